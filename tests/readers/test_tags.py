"""License tags of cards, one line for each row of the table of tags, and what settles those that are unclear."""

from datetime import date

import pytest

from license_audit.engine.own_terms import Moment, entry_of, own_terms
from license_audit.model.catalog import AmbiguousName, KnownName
from license_audit.model.evidence import Evidence
from license_audit.readers.catalog import PackagedCatalog

ON = date(2026, 11, 26)
SAME = """
afl-3.0 agpl-3.0 apache-2.0 artistic-2.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear bsl-1.0 cc-by-3.0 cc-by-4.0
cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nc-nd-4.0 cc-by-nc-sa-4.0 cc-by-nd-4.0 cc-by-sa-4.0 cc0-1.0 ecl-2.0 epl-2.0 eupl-1.2
gpl-2.0 gpl-3.0 isc lgpl-3.0 mit mpl-2.0 ms-pl osl-3.0 unlicense wtfpl zlib
"""
"""Tags of the first row: each is the key of the same name."""
CDLA = "cdla-permissive-1.0 cdla-permissive-2.0 cdla-sharing-1.0"
MODIFIED_MIT = """
kimi-k2-modified-mit kimi-k2.5-modified-mit kimi-k2.6-modified-mit kimi-k2.7-code-modified-mit
minimax-m2-modified-mit minimax-m2.1-modified-mit mistral-modified-mit-2026
"""
HUNYUAN = """
tencent-hunyuan-3d-2 tencent-hunyuan-a13b tencent-hunyuan-dit tencent-hunyuan-image-3 tencent-hunyuan-large
tencent-hunyuan-video
"""


@pytest.mark.parametrize(
    ("tags", "keys"),
    [
        (SAME, SAME),
        ("cc-by-sa-3.0 cc-by-nc-sa-3.0", "cc-by-sa-3.0 cc-by-nc-sa-3.0"),
        ("llama2", "llama-2-community"),
        (
            "llama3 llama3.1 llama3.2 llama3.3 llama4",
            "llama-3-community llama-3.1-community llama-3.2-community llama-3.3-community llama-4-community",
        ),
        ("creativeml-openrail-m", "creativeml-openrail-m"),
        (
            "bigscience-bloom-rail-1.0 bigscience-openrail-m bigcode-openrail-m",
            "bigscience-bloom-rail-1.0 bigscience-openrail-m bigcode-openrail-m-v1",
        ),
        (
            "c-uda cdla-permissive-1.0 cdla-permissive-2.0 cdla-sharing-1.0 odbl odc-by pddl etalab-2.0",
            f"c-uda-1.0 {CDLA} odbl-1.0 odc-by-1.0 pddl-1.0 etalab-2.0",
        ),
        ("fair-noncommercial-research-license", "fair-nc-research"),
        ("falcon-180b falcon-mamba-7b-license", "falcon-180b-1.0 falcon-mamba-7b-1.0"),
        ("mnpl mrl", "mistral-mnpl-0.1 mistral-mrl-0.1"),
        ("tongyi-qianwen-research", "tongyi-qianwen-research-2023"),
        (
            "databricks-open-model-license stabilityai-ai-community lfm1.0 hyperclovax-seed jamba-open-model-license",
            "dbrx-open-model stability-community-2024 lfm-open-1.0 hyperclova-x-seed jamba-open-model",
        ),
        ("health-ai-developer-foundations glm-4 cogvideox-license", "hai-def-2024-11-15 glm-4-9b cogvideox"),
    ],
)
def test_tags_that_mean_one_text(catalog: PackagedCatalog, tags: str, keys: str) -> None:
    for tag, key in zip(tags.split(), keys.split(), strict=True):
        meaning = catalog.named(tag)
        assert isinstance(meaning, KnownName), tag
        assert meaning.key == key


@pytest.mark.parametrize(
    ("tag", "keys", "settles"),
    [
        ("gemma", "gemma-tou-2024-02-21 gemma-tou-2024-04-01 gemma-tou-2025-03-24", "date of the copy"),
        ("openrail", "bigcode-openrail-m-v1 bigscience-openrail-m creativeml-openrail-m", "text"),
        ("openrail++", "creativeml-openrail-pp-m-sd2 creativeml-openrail-pp-m-sdxl", "model"),
        ("deepseek", "deepseek-la-1.0 mit", "model with its date"),
        ("apple-amlr", "apple-amlr-fastvlm", "text"),
        ("falcon-llm-license", "falcon-2-11b-1.0 falcon-tii-2024-12", "model"),
        ("modified-mit", MODIFIED_MIT, "text with its publisher"),
        ("tongyi-qianwen", "tongyi-qianwen-2023 tongyi-qianwen-research-2023", "text"),
        ("qwen", "qwen-2024 qwen-research-2024 tongyi-qianwen-2023", "text"),
        ("qwen-research", "qwen-research-2024 tongyi-qianwen-research-2023", "text"),
        (
            "nvidia-open-model-license",
            "nvidia-open-model-2025-04 nvidia-open-model-agreement nvidia-open-model-earlier",
            "text with the date of the copy",
        ),
        ("flux-1-dev-non-commercial-license", "flux-1-dev-nc flux-1-dev-nc-2024-08", "date of the copy"),
        ("exaone", "exaone-3.0-nc exaone-4.0-nc", "text"),
        ("tencent-hunyuan-community", HUNYUAN, "text"),
        ("yi-license", "yi-series-2.1", "text"),
    ],
)
def test_tags_that_may_mean_several_texts(catalog: PackagedCatalog, tag: str, keys: str, settles: str) -> None:
    """Each possible text is known, no text is concluded from the tag alone, and what would settle it is said."""
    meaning = catalog.named(tag)
    assert meaning == AmbiguousName(tuple(keys.split()), settles)
    assert all(isinstance(catalog.named(key), KnownName) for key in keys.split())
    own = own_terms(Evidence(model="lab/x", declared=(tag,)), None, catalog, Moment(ON, None))
    assert (own.windows, own.unknown) == ((), True)
    assert [found.kind for found in own.findings] == ["license-ambiguous"]
    assert own.findings[0].message.endswith(f"; the {settles} decides")


@pytest.mark.parametrize("tag", ["unknown", "none", "Unknown"])
def test_tags_that_name_no_license_grant_nothing(catalog: PackagedCatalog, tag: str) -> None:
    assert catalog.names_nothing(tag)
    assert catalog.named(tag) is None
    own = own_terms(Evidence(model="lab/x", declared=(tag,)), None, catalog, Moment(ON, None))
    assert (own.windows, own.unknown) == ((), True)
    assert [found.kind for found in own.findings] == ["license-missing"]


def test_other_without_a_name_says_nothing_of_its_own(catalog: PackagedCatalog) -> None:
    """T54: it is no text, and neither is it none."""
    assert catalog.named("other") is None
    assert not catalog.names_nothing("other")
    own = own_terms(Evidence(model="lab/x", declared=("other",)), None, catalog, Moment(ON, None))
    assert (own.windows, own.unknown) == ((), True)
    assert [found.kind for found in own.findings] == ["other-without-name"]


@pytest.mark.parametrize(
    ("model_id", "tag", "obtained", "keys"),
    [
        ("google/gemma-7b", "gemma", date(2024, 3, 1), ["gemma-tou-2024-02-21"]),
        ("google/gemma-7b", "gemma", date(2024, 4, 1), ["gemma-tou-2024-04-01"]),
        ("google/gemma-7b", "gemma", date(2025, 3, 23), ["gemma-tou-2024-04-01"]),
        ("google/gemma-2-9b", "gemma", date(2025, 3, 24), ["gemma-tou-2025-03-24"]),
        ("google/gemma-2-9b", "gemma", None, ["gemma-tou-2024-04-01", "gemma-tou-2025-03-24"]),
        ("google/gemma-4-31B-it", "gemma", None, ["apache-2.0"]),
        ("stabilityai/stable-diffusion-2-1", "openrail++", None, ["creativeml-openrail-pp-m-sd2"]),
        ("stabilityai/stable-diffusion-xl-base-1.0", "openrail++", None, ["creativeml-openrail-pp-m-sdxl"]),
        ("bigcode/santacoder", "openrail", None, ["bigcode-openrail-m-v1"]),
        ("deepseek-ai/DeepSeek-V2", "deepseek", None, ["deepseek-la-1.0"]),
        ("deepseek-ai/DeepSeek-V3-0324", "deepseek", None, ["mit"]),
        ("tiiuae/falcon-11B", "falcon-llm-license", None, ["falcon-2-11b-1.0"]),
        ("tiiuae/Falcon3-7B-Base", "falcon-llm-license", None, ["falcon-tii-2024-12"]),
        ("moonshotai/Kimi-K2-Instruct", "modified-mit", None, ["kimi-k2-modified-mit"]),
        ("mistralai/Mistral-Medium-3.5-128B", "modified-mit", None, ["mistral-modified-mit-2026"]),
        ("Qwen/Qwen2.5-72B", "qwen", None, ["qwen-2024"]),
        ("Qwen/Qwen2.5-3B", "qwen-research", None, ["qwen-research-2024"]),
        ("Qwen/Qwen-1_8B", "tongyi-qianwen", None, ["tongyi-qianwen-research-2023"]),
        (
            "black-forest-labs/FLUX.1-dev",
            "flux-1-dev-non-commercial-license",
            date(2024, 9, 1),
            ["flux-1-dev-nc-2024-08"],
        ),
        ("black-forest-labs/FLUX.1-dev", "flux-1-dev-non-commercial-license", date(2025, 6, 27), ["flux-1-dev-nc"]),
        (
            "black-forest-labs/FLUX.1-dev",
            "flux-1-dev-non-commercial-license",
            date(2025, 6, 26),
            ["flux-1-dev-nc-2024-08", "flux-1-dev-nc"],
        ),
        ("LGAI-EXAONE/EXAONE-4.0-32B", "exaone", None, ["exaone-4.0-nc"]),
        (
            "nvidia/Nemotron-4-340B-Instruct",
            "nvidia-open-model-license",
            date(2024, 9, 1),
            ["nvidia-open-model-earlier"],
        ),
        ("meta-llama/Llama-3.2-1B", "other", None, ["llama-3.2-community"]),
    ],
)
def test_model_and_date_settle_what_a_tag_leaves_open(
    catalog: PackagedCatalog, model_id: str, tag: str, obtained: date | None, keys: list[str]
) -> None:
    evidence = Evidence(model=model_id, declared=(tag,))
    own = own_terms(evidence, entry_of(evidence, catalog), catalog, Moment(ON, obtained))
    assert [key for key, _ in own.windows] == keys
    is_open = obtained is None and len(keys) > 1
    assert all((guard is True) is not is_open for _, guard in own.windows)
    assert own.unknown is False
