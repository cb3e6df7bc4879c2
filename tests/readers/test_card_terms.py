"""What the prose of a card states about terms."""

import pytest

from license_audit.model.evidence import Statement
from license_audit.readers.card import read_card


def said(prose: str) -> list[tuple[str, str, str]]:
    """Kind, subject and license name of each statement."""
    return [(one.kind, one.about, one.license) for one in read_card(prose, "c").stated]


@pytest.mark.parametrize(
    ("prose", "name"),
    [
        ("- **License:** Apache 2.0", "Apache 2.0"),
        ("- License: apache-2.0", "apache-2.0"),
        ("* **Model License**: [Otter License 1.0](LICENSE)", "Otter License 1.0"),
        ("**License:** cc-by-nc-4.0", "cc-by-nc-4.0"),
        ("| License | MIT |", "MIT"),
        ("| | |\n|---|---|\n| **License** | [Otter License](LICENSE) |", "Otter License"),
        ("## License\n\nMIT", "MIT"),
        ("## License\n\nApache-2.0\n\n## More", "Apache-2.0"),
        ("**License**\n\nIt is distributed under the Apache License 2.0 (see the file).", "Apache License 2.0"),
        ("This model is released under the Otter Community License Agreement.", "Otter Community License Agreement"),
        ("The weights are licensed under CC BY-NC-SA 4.0.", "CC BY-NC-SA 4.0"),
        ("It is made available under the Apache 2.0 license.", "Apache 2.0 license"),
        ("The model is licensed under the GPL-3.0 license.", "GPL-3.0 license"),
        ("The model is under a BSD-3-Clause license.", "BSD-3-Clause license"),
        ("The model is released under the CreativeML OpenRAIL-M license.", "CreativeML OpenRAIL-M license"),
        ("Use of this model is governed by the Otter License.", "Otter License"),
        ("This model has an MIT license.", "MIT license"),
        ("License: Llama 2 Community License", "Llama 2 Community License"),
        ("## License\n```\nOtter License\n\nPermission is granted\n```", "Otter License"),
        (
            "**License** Custom terms are available at: https://acme.example/otter/license.",
            "https://acme.example/otter/license",
        ),
        ("## Licence\n\nCe modèle est sous la Licence Apache 2.0.", "Apache 2.0"),
        ("## Lizenz\n\nDas Modell steht unter der Apache 2.0 Lizenz.", "Apache 2.0"),
        ("Licencia: MIT", "MIT"),
        ("After talks on the Beaver License it is now released under the Otter License.", "Otter License"),
        ("## License\n\nllama2", "llama2"),
        ("## License\n```\nTerms\nOtter License\n```", "Otter License"),
        ("## License\n```\nTerms\n```\n\nMIT", "MIT"),
        ("## 协议\n\n模型权重遵循《水獭模型许可协议》。", "《水獭模型许可协议》".strip("《》")),
        ("许可证：apache-2.0", "apache-2.0"),
        ("## ライセンス\n\nMIT", "MIT"),
        ("<h2>License</h2>\n<p>MIT</p>", "MIT"),
    ],
)
def test_the_prose_names_a_license(prose: str, name: str) -> None:
    assert [(kind, about, license_.strip("《》")) for kind, about, license_ in said(prose)] == [
        ("license", "model", name)
    ]


@pytest.mark.parametrize(
    ("prose", "about"),
    [
        ("The code is licensed under the Apache 2.0 license.", "code"),
        ("- **Code License:** MIT", "code"),
        ("The dataset is released under CC BY 4.0 license.", "data"),
        ("本仓库中代码依照 Apache-2.0 协议开源", "code"),
        ("The code and the model weights are licensed under the Apache 2.0 license.", "model"),
    ],
)
def test_what_a_license_is_about(prose: str, about: str) -> None:
    assert [(kind, subject) for kind, subject, _ in said(prose)] == [("license", about)]


@pytest.mark.parametrize(
    "prose",
    [
        "This model is not licensed for the Apache Software License yet.",
        "License: TBD",
        "- **License:** [More Information Needed]",
        "## License\n\n[To be decided before release]",
        "No license has been chosen, MIT License or other.",
        "It reports unauthorized or unlicensed practice of any profession and regulated goods.",
        "The license on this model does not constitute legal advice.",
        "```bibtex\n@misc{x, license={MIT License}}\n```",
        "The following models are released under the Otter License.",
        "Unlike others it is under no MIT License.",
        "Please accept our License before you ask.",
        "## Models\n- [Otter chat](https://huggingface.co/acme/otter-chat): a sibling.\n  * License: _CC-BY-NC-SA-4.0_",
        "| Model | License | Size |\n|---|---|---|\n| otter | MIT | 7 |",
        "License: other",
        "Violating use is prohibited by the Otter License.",
        "MIT researchers trained it.",
        "## License\n\nPlease read what follows here with some care.",
    ],
)
def test_words_that_name_no_license_of_the_model(prose: str) -> None:
    assert said(prose) == []


@pytest.mark.parametrize(
    ("prose", "kind", "about"),
    [
        ("For non-commercial use.", "non-commercial", "model"),
        ("The model must not be used for commercial purposes.", "non-commercial", "model"),
        ("Commercial use is strictly prohibited.", "non-commercial", "model"),
        ("No commercial use.", "non-commercial", "model"),
        ("The dataset is for non-commercial use.", "non-commercial", "data"),
        ("本模型禁止商用。", "non-commercial", "model"),
        ("模型不得用于任何商业用途。", "non-commercial", "model"),
        ("商用利用不可です。", "non-commercial", "model"),
        ("Uso no comercial.", "non-commercial", "model"),
        ("Nur für nicht-kommerzielle Zwecke.", "non-commercial", "model"),
        ("Usage non commercial.", "non-commercial", "model"),
        ("For research use only.", "research-only", "model"),
        ("It may only be used for academic research.", "research-only", "model"),
        ("It is intended solely for research.", "research-only", "model"),
        ("The model is intended for research purposes.", "research-only", "model"),
        ("仅供学术研究使用。", "research-only", "model"),
        ("研究目的のみで利用できます。", "research-only", "model"),
        ("Uniquement pour la recherche.", "research-only", "model"),
        ("Exclusivamente para investigación.", "research-only", "model"),
        ("Nur für die Forschung.", "research-only", "model"),
    ],
)
def test_limits_on_use(prose: str, kind: str, about: str) -> None:
    assert said(prose) == [(kind, about, "")]


@pytest.mark.parametrize(
    "prose",
    [
        "It is intended for commercial and research use in English.",
        "For commercial and non-commercial use.",
        "Its use is not limited to non-commercial purposes.",
        "We release it for research and limited commercial use.",
        "We did research on otters.",
        "The model supports academic research and commercial use.",
        "For research purposes, we recommend our other code.",
        "It is free for research, non-commercial, and commercial use.",
        "You may tune it provided you comply with the Llama 3 terms.",
    ],
)
def test_use_that_is_not_limited(prose: str) -> None:
    assert said(prose) == []


@pytest.mark.parametrize(
    ("prose", "name"),
    [
        ("It is subject to the license of the base model.", ""),
        ("Same license as the original model.", ""),
        ("Please refer to the original model's license.", ""),
        ("As it is built with Llama 2, please adhere to the Llama 2 Community License.", "Llama 2 Community License"),
        ("The base model is licensed under the Otter License.", "Otter License"),
        ("模型须遵循原模型的许可协议。", ""),
    ],
)
def test_terms_that_are_left_to_a_parent(prose: str, name: str) -> None:
    assert [(kind, license_) for kind, _, license_ in said(prose)] == [("upstream-terms", name)]


def test_a_license_that_comes_with_the_parents() -> None:
    assert said("It is released under the Apache 2.0 license, inherited from the base model.") == [
        ("license", "model", "Apache 2.0 license"),
        ("upstream-terms", "model", ""),
    ]


def test_the_license_of_a_card_inside_the_card_is_that_of_a_parent() -> None:
    prose = "License: MIT\n\n# Original model card: Otter\n\n## License\n\nOtter License\n\nFor research use only."
    assert said(prose) == [("license", "model", "MIT"), ("upstream-terms", "model", "Otter License")]


def test_each_statement_once_with_its_line_and_words() -> None:
    text = (
        "---\nlicense: mit\n---\n\nLicense: MIT\n\n## License\n\nThe model is under the\nMIT License.\n\nLicense: mit\n"
    )
    stated = read_card(text, "c").stated
    assert stated[0] == Statement(kind="license", license="MIT", quote="License: MIT", line=5)
    assert [(one.license, one.line, one.quote) for one in stated[1:]] == [("MIT License", 10, "MIT License.")]


def test_a_quote_is_cut_around_the_words() -> None:
    text = f"{'word ' * 60}it is released under the Otter Community License, {'word ' * 60}"
    (statement,) = read_card(text, "c").stated
    assert len(statement.quote) <= 200
    assert "Otter Community License" in statement.quote


@pytest.mark.parametrize(
    "prose",
    [
        "Otter is for study alone and restricted from any commercial use.",
        "All such merges are only suitable for personal use.",
        "For personal use only.",
        "Commercial use and any other harmful deed are prohibited.",
    ],
)
def test_more_words_against_commercial_use(prose: str) -> None:
    assert [kind for kind, _, _ in said(prose)] == ["non-commercial"]


@pytest.mark.parametrize(
    "prose",
    [
        "It can also be used for research purposes.",
        "The weights are both for teaching and research purposes.",
        "They may also serve for research use.",
        "Commercial use and research are fine and it is not needed to ask.",
        "Thank you to the lab for another model released under Apache 2.0.",
    ],
)
def test_research_among_other_things_and_thanks_are_no_terms(prose: str) -> None:
    assert said(prose) == []


def test_research_stays_the_only_use_when_a_card_says_so() -> None:
    assert said("The weights can be used only for research.") == [("research-only", "model", "")]
    assert said("It may also be shared for research purposes only.") == [("research-only", "model", "")]


def test_a_license_of_the_project_is_one_of_the_model() -> None:
    assert said("## License\n\nThis project is licensed under Artistic-2.0") == [("license", "model", "Artistic-2.0")]
    assert said("## License\n\nThis project's code is licensed under MIT.") == [("license", "code", "MIT")]


@pytest.mark.parametrize(
    ("sentence", "own", "limited"),
    [
        ("Our 1-step model is only provided for research purposes.", "acme/otter-lightning", False),
        ("The 70B variant is only provided for research purposes.", "acme/otter-7b", False),
        ("The 70B variant is only provided for research purposes.", "acme/otter-70b", True),
        ("The 70 B model is only provided for research purposes.", "acme/otter-70b", True),
        ("Our 1-step model is only provided for research purposes.", "", True),
        ("Our model is only provided for research purposes.", "acme/otter-7b", True),
    ],
)
def test_a_limit_on_another_size_is_none_on_this_model(sentence: str, own: str, limited: bool) -> None:
    assert [one.kind for one in read_card(sentence, "c", own).stated] == ["research-only"] * limited


def test_data_that_is_under_a_license() -> None:
    tuned = "This model is tuned on a {} and it works."
    made = "recipe corpus generated by our cooks and released under a free license (CC-BY-SA)"
    assert said(tuned.format(made)) == [("license", "data", "CC-BY-SA")]
    assert said("This model is tuned on a corpus released under the MIT license.") == [
        ("license", "data", "MIT license")
    ]
    assert said("This model is trained on our data. It is released under the MIT license.") == [
        ("license", "model", "MIT license")
    ]
    assert said("This model learned from our corpus and is released under the MIT license.") == [
        ("license", "model", "MIT license")
    ]


def test_use_as_per_a_license() -> None:
    assert said("Free for any use, as per the Otter Community License.") == [
        ("license", "model", "Otter Community License")
    ]
    assert said("Contents of this repository are under the MIT license.") == [("license", "model", "MIT license")]
