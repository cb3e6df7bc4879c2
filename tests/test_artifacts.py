"""What a folder that is handed out shows, what it does not show, and what nobody can tell from it."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from license_audit.artifacts.duties import CHECKS, OF_RULES
from license_audit.artifacts.names import safe
from license_audit.artifacts.naming import names_any, tells_license, without_address
from license_audit.artifacts.visible import visible
from license_audit.artifacts.words import Paragraph, Worded, words_of
from license_audit.auditor import Auditor
from license_audit.model.evidence import Evidence
from license_audit.model.profile import Fulfilment, Profile
from license_audit.model.report import ModelUse
from license_audit.readers.catalog import PackagedCatalog
from tests.kits import CARD, NOTICE, checked, duties, fill_in, judged, kit, manifest, model, run
from tests.published import scancode

BY = "“base” by Base-Lab (https://huggingface.co/base-lab/base)"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


def dist(tmp_path: Path, **files: str) -> Path:
    """A folder that is handed out; `_` in a name stands for a dot."""
    folder = tmp_path / "dist"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def findings(use: ModelUse, kind: str) -> list[str]:
    return [one.message for one in use.findings if one.kind == kind]


def shown_by(use: ModelUse, clause: str) -> list[str]:
    (found,) = (one.shown_by for one in use.assessment.clauses if one.clause == clause)
    return list(found)


def apache(tmp_path: Path, notice: str = NOTICE, **more: str) -> Path:
    model(tmp_path, scancode("apache-2.0"), notice=notice)
    return manifest(tmp_path, **more)


def test_words_are_found_however_lines_are_broken() -> None:
    text = Worded("# Notes\n> Copyright © 2023\n> Base   LAB.\nEnd", without=[(4, 4)])
    hit = text.find(words_of("copyright (c) 2023 base lab"))
    assert hit is not None
    assert (hit.line, hit.is_whole) == (2, True)
    assert text.find(words_of("2023 base")) is not None
    assert text.find_lines(words_of("2023 base")) is None
    assert text.find_lines(words_of("base lab")) is not None
    assert text.find(words_of("lab end")) is None
    assert text.find(()) is None
    assert Worded("a b\nb").find_lines(("b",)) == Worded("x y\nb").find(("b",))
    assert [one.line for one in Worded("\na\nb\n\n\nc").paragraphs()] == [2, 6]
    assert not Paragraph(1, "a b").holds(())


@pytest.mark.parametrize(
    ("name", "plain"),
    [("meta-llama/Llama-2-7b", "meta-llama--Llama-2-7b"), ("ship", "ship"), ("LICENSE.txt", "LICENSE.txt")],
)
def test_plain_names_stay(name: str, plain: str) -> None:
    assert safe(name) == plain


@pytest.mark.parametrize(
    "name",
    ["../../etc", "a/b/c", "a--b", "..", "", "/", "a\u202eb", "ü" * 300, "x" * 300, "-rf", ".git", "a\x00b", "a\\b"],
)
def test_no_name_leads_anywhere(name: str) -> None:
    made = safe(name)
    assert made != name
    assert len(made) < 100
    assert not made.startswith((".", "-"))
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")
    assert safe(f"{name} ") != made


def test_an_address_is_enough_only_where_the_clause_says_so(catalog: PackagedCatalog) -> None:
    for key in catalog.license_keys():
        for clause in catalog.license(key).clauses:
            if clause.rule == "license-copy":
                says = "link" in clause.gist or "address" in clause.gist
                assert says == (catalog.license(key).address is not None), (key, clause.id)
                is_own = "changed model" in clause.gist
                assert is_own == clause.of_derivative, (key, clause.id)


def test_every_duty_that_a_file_can_show_is_a_duty_of_the_catalog(catalog: PackagedCatalog) -> None:
    tokens = {token for name in catalog.rule_names() for token in catalog.rule(name).fulfilled_by}
    assert tokens > set(CHECKS)
    assert all(token in catalog.rule(rule).fulfilled_by for rule, token in OF_RULES)


def test_a_duty_is_done_only_with_the_text_of_the_very_license(tmp_path: Path) -> None:
    path = apache(tmp_path)
    dist(tmp_path, LICENSE=scancode("mit"))
    use = checked(path)
    assert duties(use)["apache-2.0/4.a"] == "owed"
    assert any("no copy of the Apache License 2.0 in LICENSE in" in told for told in findings(use, "artifact-missing"))
    dist(tmp_path, LICENSE=scancode("mit"), OTHER_md=f"# Terms\n\n{scancode('apache-2.0')}")
    use = checked(path)
    assert duties(use)["apache-2.0/4.a"] == "fulfilled"
    (place,) = shown_by(use, "apache-2.0/4.a")
    assert place.endswith("dist/OTHER.md:3")


def test_a_part_of_a_license_is_no_copy(tmp_path: Path) -> None:
    path = apache(tmp_path)
    text = scancode("apache-2.0")
    dist(tmp_path, LICENSE=text[: len(text) // 2])
    use = checked(path)
    assert duties(use)["apache-2.0/4.a"] == "owed"
    assert any("dist/LICENSE:1 is no unaltered copy" in told for told in findings(use, "artifact-missing"))


def test_what_the_profile_records_and_the_folder_lacks_is_owed(tmp_path: Path) -> None:
    path = apache(tmp_path, fulfils="license-copy, change-notices, attribution-notices, notice-file")
    dist(tmp_path, LICENSE=scancode("apache-2.0"), README_md="# Model\n\nbase-lab/base was changed by Acme in 2026.\n")
    assert set(duties(judged(path)).values()) == {"fulfilled"}
    use = checked(path)
    assert duties(use) == {
        "apache-2.0/4.a": "fulfilled",
        "apache-2.0/4.b": "fulfilled",
        "apache-2.0/4.c": "owed",
        "apache-2.0/4.d": "owed",
    }
    assert use.assessment.verdict == "conditional"
    warned = [one for one in use.findings if one.kind == "artifact-contradicts"]
    assert [one.clauses for one in warned] == [("apache-2.0/4.c",), ("apache-2.0/4.d",)]
    assert {one.level for one in warned} == {"warning"}
    assert "is recorded as done, and counts as owed: line 1 of LICENSE of base-lab/base" in warned[0].message
    assert findings(use, "artifact-missing") == []


def test_a_record_for_another_license_stays(tmp_path: Path) -> None:
    model(tmp_path, scancode("apache-2.0"))
    model(tmp_path, scancode("mit"), "other")
    fulfils = "license-copy, {duty: attribution-notices, licenses: [mit]}, apache-2.0/4.d"
    path = manifest(tmp_path, "{id: base-lab/base, path: base, use: ship}", fulfils=fulfils)
    with path.open("a", encoding="utf-8") as file:
        file.write("  - {id: base-lab/other, path: other, use: ship}\n")
    dist(tmp_path, README_md="nothing")
    result = run("check", path, "--artifacts", tmp_path / "dist", "--no-cache")
    told = " ".join(result.stdout.split())
    assert "mit/notice (Copyright line and permission text in every copy) is recorded as done" in told
    assert "apache-2.0/4.d (Contents of the NOTICE file live on) is recorded as done" in told
    assert "apache-2.0/4.c (Existing notices are kept): line 1" in told
    whole = f"Copyright (c) 2024 Base Lab\n\n{scancode('mit')}"
    dist(tmp_path, LICENSE=whole)
    result = run("check", path, "--artifacts", tmp_path / "dist", "--no-cache")
    assert "shown done: mit/notice" in " ".join(result.stdout.split())


def test_a_required_sentence_counts_in_a_notice_file_alone(tmp_path: Path) -> None:
    text = scancode("llama-2-license-2023")
    model(tmp_path, text, notice="")
    path = manifest(tmp_path)
    kit(path)
    (found,) = (tmp_path / "dist").rglob("NOTICE")
    sentence = found.read_text(encoding="utf-8")
    for one in (tmp_path / "dist").rglob("*"):
        if one.is_file():
            one.unlink()
    folder = dist(tmp_path, LICENSE=text, README_md=sentence)
    clause = "llama-2-community/1.b.iii"
    assert duties(checked(path, f"ship={folder}"))[clause] == "owed"
    dist(tmp_path, NOTICE_txt=text)
    use = checked(path, f"ship={folder}")
    assert duties(use)[clause] == "owed"
    assert any("is not in NOTICE.txt in" in told for told in findings(use, "artifact-missing"))
    dist(tmp_path, NOTICE_txt=sentence.upper().replace(" ", "\n  "))
    use = checked(path, f"ship={folder}")
    assert duties(use)[clause] == "fulfilled"
    assert shown_by(use, clause)[0].startswith(f"{folder}/NOTICE.txt:")


def test_notice_contents_may_stand_in_the_documentation_with_other_lines_between(tmp_path: Path) -> None:
    path = apache(tmp_path)
    lines = NOTICE.splitlines()
    dist(tmp_path, README_md="# Model\n\n- " + "\n- and more\n- ".join(lines) + "\n")
    assert duties(checked(path))["apache-2.0/4.d"] == "fulfilled"
    dist(tmp_path, README_md=f"# Model\n\n{' '.join(lines)}\n")
    assert duties(checked(path))["apache-2.0/4.d"] == "fulfilled"
    dist(tmp_path, README_md="\n".join(reversed(lines)))
    assert duties(checked(path))["apache-2.0/4.d"] == "owed"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("base-lab/base was modified by Acme on 2026-11-20.", "fulfilled"),
        ("Modifications of Base-Lab/Base: other layers (2026).", "fulfilled"),
        ("The base was modified in 2026.", "owed"),
        ("base-lab/base was modified by Acme.", "owed"),
        ("The database was modified in 2026.", "owed"),
        ("base-lab/base\n\nmodified in 2026", "owed"),
        ("base-lab/base was made smaller in 2026.", "owed"),
        ("base-lab/base was modified in 2026 by [fill in: who].", "owed"),
        ("Since 2024, modifications of base-lab/base are welcome.", "owed"),
        ("base-lab/base: see the release page for changes since 2023.", "owed"),
        ("base-lab/base was last modified by base-lab in 2023.", "owed"),
        ("Whether base-lab/base was modified in 2024: ask us.", "owed"),
        ("Was base-lab/base modified? Released 2024.", "owed"),
        ("Was base-lab/base modified in 2024?", "owed"),
    ],
)
def test_a_note_of_changes_names_the_original_and_a_date(tmp_path: Path, text: str, outcome: str) -> None:
    path = apache(tmp_path)
    dist(tmp_path, README_md=f"# Acme\n\n{text}\n")
    assert duties(checked(path))["apache-2.0/4.b"] == outcome


def test_a_number_in_the_name_of_the_original_is_no_date(tmp_path: Path) -> None:
    model(tmp_path, scancode("apache-2.0"), "large-2024")
    path = manifest(tmp_path, "{id: lab/large-2024, path: large-2024, use: ship}")
    for text, outcome in (("", "owed"), (" in 2026", "fulfilled")):
        dist(tmp_path, README_md=f"# Acme\n\nLarge-2024 was modified by Acme{text}.\n")
        assert duties(checked(path))["apache-2.0/4.b"] == outcome


def test_what_others_wrote_of_their_changes_is_no_note_of_ours(tmp_path: Path) -> None:
    path = apache(tmp_path, notice=f"{NOTICE}base-lab/base was modified by Jane Doe in 2023.\n")
    kit(path)
    use = checked(path)
    assert duties(use)["apache-2.0/4.d"] == "fulfilled"
    assert duties(use)["apache-2.0/4.b"] == "owed"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (f"{BY}, licensed under CC: https://creativecommons.org/licenses/by/4.0/", "fulfilled"),
        (f"{BY}, licensed under Creative Commons Attribution 4.0 International", "fulfilled"),
        (f"{BY}, licensed under its license", "owed"),
        ("base by Base-Lab, https://creativecommons.org/licenses/by/4.0/", "owed"),
        ("https://huggingface.co/base-lab/base, https://creativecommons.org/licenses/by/4.0/", "owed"),
        ("base (https://huggingface.co/base-lab/base), https://creativecommons.org/licenses/by/4.0/", "owed"),
    ],
)
def test_credit_names_title_author_source_and_license(tmp_path: Path, text: str, outcome: str) -> None:
    model(tmp_path, scancode("cc-by-4.0"))
    path = manifest(tmp_path)
    kept = "Copyright 2024 The Base Authors\nCopyright (c) 2024 Base Lab\nCopyright 2023 Base Lab"
    dist(tmp_path, CREDITS_md=f"{text}\n\n{kept}\n")
    assert duties(checked(path))["cc-by-4.0/3.a.1.A"] == outcome
    copy = "creativecommons" in text and "base-lab/base" in text
    assert duties(checked(path))["cc-by-4.0/3.a.1.C"] == ("fulfilled" if copy else "owed")
    dist(tmp_path, CREDITS_md=f"{text}\n")
    use = checked(path)
    assert duties(use)["cc-by-4.0/3.a.1.A"] == "owed"


def test_credit_for_a_folder_of_unknown_origin_is_nothing_a_file_can_show(tmp_path: Path) -> None:
    model(tmp_path, scancode("cc-by-sa-3.0"))
    path = manifest(tmp_path, "{path: base, use: ship}", license_="cc-by-sa-3.0")
    said = {one["clause"]: one["state"] for one in kit(path)["duties"]}
    assert said["cc-by-sa-3.0/4.c"] == "by-hand"
    fill_in(tmp_path / "dist" / "ship")
    use = checked(path)
    assert "who made base, and where it comes from, is not known" in " ".join(findings(use, "artifact-unclear"))


def test_a_copyright_line_that_is_not_at_hand_decides_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# Base\n", encoding="utf-8")
    path = manifest(tmp_path)
    dist(tmp_path, LICENSE=f"Copyright 2020 Somebody Else\n\n{scancode('mit')}")
    use = checked(path)
    assert duties(use) == {"mit/notice": "owed"}
    assert "the copyright line of base-lab/base is not on this machine" in findings(use, "artifact-unclear")[0]
    path = manifest(tmp_path, fulfils="attribution-notices")
    use = checked(path)
    assert duties(use) == {"mit/notice": "fulfilled"}
    path = manifest(tmp_path, fulfils="license-copy, attribution-notices")
    (tmp_path / "dist" / "LICENSE").unlink()
    use = checked(path)
    assert duties(use) == {"mit/notice": "owed"}
    assert len(findings(use, "artifact-contradicts")) == 1


def test_notices_that_nobody_recognizes_are_not_taken_for_kept(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "LICENSE").write_text(scancode("apache-2.0"), encoding="utf-8")
    (folder / "vocab.txt").write_text("copyright\n©\n", encoding="utf-8")
    path = manifest(tmp_path)
    said = {one["clause"]: one["state"] for one in kit(path)["duties"]}
    assert said == {"apache-2.0/4.a": "answered", "apache-2.0/4.b": "fill-in", "apache-2.0/4.c": "by-hand"}
    assert "no notice was recognized" in " ".join(findings(checked(path), "artifact-unclear"))


def test_a_file_that_is_too_long_to_be_searched_leaves_kept_notices_open(tmp_path: Path) -> None:
    path = apache(tmp_path)
    (tmp_path / "base" / "big.txt").write_text("x " * 2_100_000, encoding="utf-8")
    folder = dist(tmp_path, README_md=CARD, LICENSE=(tmp_path / "base" / "LICENSE").read_text(encoding="utf-8"))
    (folder / "CREDITS.txt").write_text("y " * 2_100_000, encoding="utf-8")
    use = checked(path)
    assert duties(use)["apache-2.0/4.c"] == "owed"
    told = findings(use, "artifact-unclear")
    assert any("CREDITS.txt is 4,200,000 bytes long" in one for one in told)
    assert any("not every file of base-lab/base is here" in one for one in told)


def test_an_empty_notice_file_holds_nothing_to_pass_on(tmp_path: Path) -> None:
    path = apache(tmp_path, notice="\n---\n")
    said = {one["clause"]: one["state"] for one in kit(path)["duties"]}
    assert said["apache-2.0/4.d"] == "by-hand"
    assert "NOTICE of base-lab/base holds no words" in " ".join(findings(checked(path), "artifact-unclear"))


def test_the_license_of_the_changed_model_is_the_one_declared(tmp_path: Path) -> None:
    model(tmp_path, scancode("cc-by-sa-4.0"))
    dist(tmp_path, LICENSE=scancode("cc-by-sa-4.0"))
    for license_, outcome in (("cc-by-sa-4.0", "fulfilled"), ("own-terms", "owed")):
        path = manifest(tmp_path, license_=license_)
        assert duties(checked(path))["cc-by-sa-4.0/3.b.2"] == outcome
    path = manifest(tmp_path)
    profile = tmp_path / "profile.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace(", license: own-terms", ""), encoding="utf-8")
    use = checked(path)
    assert duties(use)["cc-by-sa-4.0/3.b.2"] == "owed"
    assert "uses.*.derivative.license names no license" in " ".join(findings(use, "artifact-unclear"))


def test_a_merge_names_each_of_its_parents(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    card = "---\nlicense: apache-2.0\nbase_model: [mistralai/Mistral-7B-v0.1, mosaicml/mpt-7b]\n---\n# Mine\n"
    (folder / "README.md").write_text(card, encoding="utf-8")
    path = manifest(tmp_path, "{path: mine, use: ship}")
    kit(path)
    changes = (tmp_path / "dist").rglob("CHANGES.md")
    text = next(changes).read_text(encoding="utf-8")
    assert text.count("Changed from: ") == 2
    assert "Mistral-7B-v0.1" in text
    assert "mpt-7b" in text
    for found in (tmp_path / "dist").rglob("CHANGES.md"):
        fill_in(found.parent)
        assert duties(checked(path))["apache-2.0/4.b"] == "fulfilled"
        found.write_text(found.read_text(encoding="utf-8").replace("mpt-7b", "x"), encoding="utf-8")
        assert duties(checked(path))["apache-2.0/4.b"] == "owed"


RULES = {
    "rules/set-beginning.yaml": """\
rule: set-beginning
kind: duty
title: The name begins with a set word
meaning: A changed model that is handed out is called so that its name begins with a set word.
parameters: [prefix]
question: What is the changed model called?
remedy: Call it so.
""",
    "licenses/lab-license.yaml": """\
schema: 1
key: lab-license
kind: license
title: Lab License
publisher: Base Lab
licensors: []
spdx: LicenseRef-lab-license
version: "1"
date: 2025-01-01
aliases: []
incorporates: []
derivatives: [fine-tune]
sections: ["1", "2", "3", "4", "5"]
reviewed: {by: us, on: 2026-11-24, confidence: high}
clauses:
  - {id: "1", rule: permission, acts: [fine-tune, distribute-weights, distribute-derivative], on: [weights],
     anchor: may use, gist: Everything is permitted.}
  - {id: "2", rule: set-beginning, acts: [distribute-derivative], on: [names], with: {prefix: Lab-Made},
     anchor: begins with, gist: The name begins with Lab-Made.}
  - {id: "3", rule: license-copy, acts: [distribute-derivative], on: [weights], anchor: a copy,
     gist: A copy goes along.}
  - {id: "4", rule: notice-file, acts: [distribute-derivative], on: [weights], anchor: a file,
     gist: A file goes along.}
  - {id: "5", rule: duty-on-event, acts: [distribute-derivative], on: [weights], with: {event: marks-used},
     anchor: marks, gist: Marks are told.}
""",
    "licenses/names.yaml": """\
schema: 1
known:
  lab-license: {title: Lab License, spdx: LicenseRef-lab-license, publisher: Base Lab, openness: community,
    kind: license, version: "1", date: 2025-01-01, language: en, aliases: []}
""",
}


def test_a_name_begins_as_a_clause_of_one_s_own_asks(tmp_path: Path) -> None:
    for name, text in RULES.items():
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text(text, encoding="utf-8")
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "README.md").write_text("---\nlicense: lab-license\n---\n", encoding="utf-8")
    path = manifest(tmp_path)
    folder = dist(tmp_path)
    words = ("--format", "json", "--no-cache", "--rules", tmp_path / "own", "--artifacts", folder)
    for name, declared, outcome in (
        ("", "acme-x", "owed"),
        ("# Lab Made x", "acme-x", "owed"),
        ("# Lab Made x", "lab-made-x", "fulfilled"),
        ("---\nmodel_name: 'lab_made x'\n---\n# Lab-Made x", "lab-made-x", "owed"),
        ("<!--\n# Lab-Made x\n-->\n# x", "lab-made-x", "owed"),
        ("# x, Lab-Made", "lab-made-x", "owed"),
    ):
        profile = tmp_path / "profile.yaml"
        manifest(tmp_path)
        profile.write_text(profile.read_text(encoding="utf-8").replace("acme-x", declared), encoding="utf-8")
        if name:
            dist(tmp_path, README_md=name)
        use = json.loads(run("check", path, *words).stdout)["uses"][0]
        outcomes = {one["clause"]: one["outcome"] for one in use["assessment"]["clauses"]}
        assert outcomes["lab-license/2"] == outcome, (name, declared, use["findings"])
    unclear = " ".join(one["message"] for one in use["findings"])
    assert "the text of lab-license cannot be recognized" in unclear
    assert "the clause prints no wording" in unclear
    said = {one["clause"]: one["state"] for one in kit(path, "--rules", tmp_path / "own")["duties"]}
    assert said == {"lab-license/2": "by-hand", "lab-license/3": "by-hand", "lab-license/4": "by-hand"}


def test_text_is_read_whatever_its_encoding(tmp_path: Path) -> None:
    path = apache(tmp_path)
    folder = dist(tmp_path)
    (folder / "NOTICE").write_bytes(NOTICE.encode("utf-16"))
    (folder / "weights.safetensors").write_bytes(b"\0\1")
    (folder / "LICENSE").write_bytes(b"\xef\xbb\xbf" + scancode("apache-2.0").replace("\n", "\r\n").encode())
    use = checked(path)
    assert duties(use)["apache-2.0/4.d"] == duties(use)["apache-2.0/4.a"] == "fulfilled"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("base-lab/base", True),
        ("We changed base-lab/base.", True),
        ("`Base-Lab/Base`, and more", True),
        ("https://huggingface.co/base-lab/base/", True),
        ("(www.hf.co/base-lab/base)", True),
        ("base-lab/base-7b", False),
        ("base-lab/base.v2", False),
        ("base-lab/base/tree", False),
        ("other/base-lab/base", False),
        ("other/base-lab base", False),
        ("x-base-lab/base", False),
        ("evil.example/huggingface.co/base-lab/base", False),
        ("https://evil.example/?to=huggingface.co/base-lab/base", False),
    ],
)
def test_a_longer_name_is_another_model(text: str, *, is_named: bool) -> None:
    assert names_any(text, ["base-lab/base"]) == is_named


def test_a_longer_address_is_another_place() -> None:
    address = "huggingface.co/base-lab/base"
    assert without_address(f"see https://{address}.", address) == "see  ."
    for text in (f"{address}-7b", f"evil.example/{address}", f"not{address}"):
        assert without_address(text, address) is None
    license_ = "creativecommons.org/licenses/by/4.0"
    for end in ("", "/", ".", "/deed", "/legalcode.en", "/deed.pt_BR/"):
        assert tells_license(f"(https://{license_}{end})", license_)
    for end in ("x", "/igo/", "-nc", ".1"):
        assert not tells_license(f"https://{license_}{end}", license_)


@pytest.mark.parametrize("other", ["base-lab/base-7b-instruct", "evil.example/huggingface.co/base-lab/base-7b"])
def test_a_credit_for_another_model_is_none(tmp_path: Path, other: str) -> None:
    model(tmp_path, scancode("cc-by-4.0"), notice="")
    path = manifest(tmp_path, "{id: base-lab/base-7b, path: base, use: ship}")
    kit(path)
    folder = tmp_path / "dist" / "ship"
    fill_in(folder)
    clauses = [f"cc-by-4.0/3.a.1.{letter}" for letter in "AB"]
    assert [duties(checked(path))[clause] for clause in clauses] == ["fulfilled"] * 2
    for name in ("ATTRIBUTION.md", "CHANGES.md"):
        text = (folder / name).read_text(encoding="utf-8")
        old = "huggingface.co/base-lab/base-7b" if "huggingface" in other else "base-lab/base-7b"
        text = text.replace(old, other).replace("Changed from: base-lab/base-7b", "Changed from: x/base-lab/base-7b")
        (folder / name).write_text(text, encoding="utf-8")
    assert [duties(checked(path))[clause] for clause in clauses] == ["owed"] * 2


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a <!-- b\nb --> c", "a       \n      c"),
        ("a <!-- b\nb", "a       \n "),
        ("a <SCRIPT>b</script > c", "a                     c"),
        ("a <style>b", "a         "),
        ("a <p hidden>b <p>c</p></p> d", f"a {' ' * 24} d"),
        ("a <p style='display: none'>b", f"a {' ' * 26}"),
        ("a <i hidden>b <u>c</u> </i> d", f"a {' ' * 25} d"),
        ("a <br hidden> b <p>c</p>", "a <br hidden> b <p>c</p>"),
        ("a <del>b</del> c", "a              c"),
        (
            "a <p style='font-size: 0'>b</p> <p style='opacity: 0.5'>c</p>",
            f"a {' ' * 29} <p style='opacity: 0.5'>c</p>",
        ),
        ("a ~~b\nc~~ d", "a    \n    d"),
        ("a ~~b\n\nc~~ d ~~~ e ~~~", "a ~~b\n\nc~~ d ~~~ e ~~~"),
        ("[//]: # (a)\n[a]: https://b", "           \n[a]: https://b"),
        ("a < b", "a < b"),
        ("<a " + "b" * 30_000, "<a " + "b" * 30_000),
        ("plain", "plain"),
    ],
)
def test_what_nobody_sees_is_blank(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("before", "after"),
    [("<!--\n", "\n-->\n"), ("<script>\n", "</script>\n"), ("<style>", "</style>"), ("<div hidden>", "</div>")],
)
def test_hidden_text_shows_nothing(tmp_path: Path, before: str, after: str) -> None:
    path = apache(tmp_path)
    kit(path)
    folder = tmp_path / "dist" / "ship"
    fill_in(folder)
    assert set(duties(checked(path)).values()) == {"fulfilled"}
    for file in folder.rglob("*"):
        if file.is_file() and file.name != "kit.json":
            file.write_text(f"{before}{file.read_text(encoding='utf-8')}{after}", encoding="utf-8")
    assert set(duties(checked(path)).values()) == {"owed"}


def test_a_license_beside_a_comment_is_a_copy(tmp_path: Path) -> None:
    path = apache(tmp_path)
    dist(tmp_path, LICENSE_md=f"<!-- ours -->\n{scancode('apache-2.0')}")
    assert duties(checked(path))["apache-2.0/4.a"] == "fulfilled"
    lines = "\n".join(f"~~{line}~~" if line.strip() else "" for line in scancode("apache-2.0").splitlines())
    dist(tmp_path, LICENSE_md=lines)
    assert duties(checked(path))["apache-2.0/4.a"] == "owed"


def test_the_credits_of_a_kit_are_no_note_of_changes(tmp_path: Path) -> None:
    model(tmp_path, scancode("cc-by-4.0"), notice="")
    card = tmp_path / "base" / "README.md"
    card.write_text(f"{CARD}Copyright 2022 Old Lab, modified by Base Lab\n", encoding="utf-8")
    for name in ("base", "base-modified-7b"):
        path = manifest(tmp_path, f"{{id: base-lab/{name}, path: base, use: ship}}")
        kit(path)
        use = checked(path)
        assert duties(use)["cc-by-4.0/3.a.1.A"] == "fulfilled"
        assert duties(use)["cc-by-4.0/3.a.1.B"] == "owed"
        assert "CHANGES.md:3 is not filled in" in " ".join(findings(use, "artifact-missing"))
        credits_ = tmp_path / "dist" / "ship" / "ATTRIBUTION.md"
        text = credits_.read_text(encoding="utf-8").replace("licensed", "changed in 2026, licensed")
        credits_.write_text(text, encoding="utf-8")
        assert duties(checked(path))["cc-by-4.0/3.a.1.B"] == "owed"
        shutil.rmtree(tmp_path / "dist")


FORM = "Changed from: {0}\nChanged by: {1}\nChanged on: {2}\nWhat was changed: {3}"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("base-lab/base was not changed in 2024.", "owed"),
        ("base-lab/base will be modified in 2027.", "owed"),
        ("base-lab/base may be modified in 2027.", "owed"),
        ("Changes to base-lab/base: none in 2026.", "owed"),
        ("It isn't true that Acme changed base-lab/base in 2026.", "owed"),
        ("base-lab/base was modified by Acme, see https://acme.example/2026/a.", "owed"),
        ("base-lab/base was modified: base-lab/base-2026", "owed"),
        ("base-lab/base was modified, see acme.example/2026 and www.acme.example", "owed"),
        ("base-lab/base was modified on 20/11/2026.", "fulfilled"),
        ("base-lab/base was modified in 2026 by [todo].", "owed"),
        ("Copyright 2026 Acme, who changed base-lab/base", "owed"),
        ("This is not by Base Lab. base-lab/base was modified by Acme on 3 May 2026.", "fulfilled"),
        ("Acme modified base-lab/base in 2026 for its own use; it is not endorsed by anybody.", "fulfilled"),
        (FORM.format("base-lab/base", "Acme", "2026-11-20", "all layers,\nand the words"), "fulfilled"),
        ("- **Changed from:** base-lab/base\n" + FORM.format("x", "Acme", "2026", "layers")[16:], "fulfilled"),
        (FORM.format("base-lab/base", "...", "2026", "..."), "owed"),
        (FORM.format("base-lab/base", "Acme", "2026", ""), "owed"),
        (FORM.format("base-lab/base", "Acme", "2026", "nothing yet"), "owed"),
        (FORM.format("base-lab/base", "Acme", "2027", "layers will be pruned"), "owed"),
        (FORM.format("base-lab/base", "[ fill in: who]", "2026", "layers"), "owed"),
        (FORM.format("base-lab/base", "Acme", "[FILL IN: day, 2026]", "layers"), "owed"),
        (FORM.format("base-lab/base", "Acme", "2026", "[todo]"), "owed"),
        (FORM.format("base-lab/base", "Acme", "today", "https://acme.example/2026"), "owed"),
        (FORM.format("base-lab/base-7b", "Acme", "2026", "layers of base-lab/base"), "owed"),
        ("Model: [fill in: name]\n" + FORM.format("base-lab/base", "Acme", "2026", "layers"), "owed"),
        ("Changed from: base-lab/base\nChanged on: 2026", "owed"),
    ],
)
def test_a_note_of_changes_says_that_it_was_done(tmp_path: Path, text: str, outcome: str) -> None:
    path = apache(tmp_path)
    dist(tmp_path, CHANGES_md=f"# Changed files\n\n{text}\n")
    assert duties(checked(path))["apache-2.0/4.b"] == outcome


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("// a b c", True),
        ("> “A b c", True),
        ("<p>A b c</p>", True),
        ("Notice\na b c", True),
        ("It is so. A b c", True),
        ("It is false that a b c", False),
        ("Not true: a b c", False),
        ("It is false that\na b c", False),
        ("NOT TRUE:\n\na b c", False),
        ("This is not true: for x:\n\na b c", False),
        ("For lab/not-so:\n\na b c", True),
        ("No a b c\nA b c", True),
        ("x a b c d", False),
    ],
)
def test_a_sentence_begins_its_line_or_follows_another(text: str, *, begins: bool) -> None:
    assert (Worded(text).find_sentence(("a", "b", "c")) is not None) == begins


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("NOTICE", "fulfilled"),
        ("THIRD_PARTY_NOTICES.txt", "fulfilled"),
        ("ThirdPartyNotices.txt", "fulfilled"),
        ("unnoticed.bin.txt", "owed"),
        ("noticeable.txt", "owed"),
    ],
)
def test_a_notice_file_is_called_so(tmp_path: Path, name: str, outcome: str) -> None:
    model(tmp_path, scancode("llama-2-license-2023"), notice="")
    path = manifest(tmp_path)
    kit(path)
    (found,) = (tmp_path / "dist").rglob("NOTICE")
    text = found.read_text(encoding="utf-8")
    found.rename(found.with_name(name))
    assert duties(checked(path))["llama-2-community/1.b.iii"] == outcome
    sentence = text.split("\n\n")[1]
    found.with_name(name).write_text(f"It is false that {sentence}", encoding="utf-8")
    assert duties(checked(path))["llama-2-community/1.b.iii"] == "owed"


def test_notice_contents_below_a_denial_are_not_passed_on(tmp_path: Path) -> None:
    path = apache(tmp_path)
    for before, outcome in (("", "fulfilled"), ("It is so.\n", "fulfilled"), ("NOT TRUE:\n", "owed")):
        dist(tmp_path, NOTICE=f"{before}{NOTICE}")
        assert duties(checked(path))["apache-2.0/4.d"] == outcome


def test_another_holder_is_not_the_one_of_the_copyright_line(tmp_path: Path) -> None:
    model(tmp_path, scancode("mit"), notice="")
    path = manifest(tmp_path)
    for holder, outcome in (("Base Lab", "fulfilled"), ("Base Lab Imposters Inc", "owed")):
        dist(tmp_path, LICENSE=f"Copyright (c) 2024 {holder}\n\n{scancode('mit')}")
        assert duties(checked(path))["mit/notice"] == outcome


def test_an_altered_copy_beside_the_address_is_told(tmp_path: Path) -> None:
    model(tmp_path, scancode("cc-by-4.0"), notice="")
    path = manifest(tmp_path)
    kit(path)
    (copy,) = (tmp_path / "dist").rglob("LICENSE")
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text.replace("royalty-free", "royalty-bearing"), encoding="utf-8")
    use = checked(path)
    assert duties(use)["cc-by-4.0/3.a.1.C"] == "owed"
    told = " ".join(findings(use, "artifact-unclear"))
    assert "is no unaltered copy of the Creative Commons Attribution 4.0" in told
    assert "beside the address of the license" in told


def test_a_notice_in_an_unknown_encoding_is_compared_with_nothing(tmp_path: Path) -> None:
    path = apache(tmp_path)
    raw = "Base\nCopyright 2023 Jürgen Müller\n".encode("latin-1")
    (tmp_path / "base" / "NOTICE").write_bytes(raw)
    (tmp_path / "base" / "AUTHORS").write_bytes(raw)
    kit(path)
    with (tmp_path / "dist" / "ship" / "NOTICE").open("ab") as file:
        file.write(raw)
    use = checked(path)
    assert duties(use)["apache-2.0/4.c"] == duties(use)["apache-2.0/4.d"] == "owed"
    told = " ".join(findings(use, "artifact-unclear"))
    assert "NOTICE of base-lab/base is in an unknown encoding" in told
    assert "is in an unknown encoding, so nothing can be compared with it" in told


def test_the_declared_name_of_the_changed_model_says_no_date(tmp_path: Path) -> None:
    path = apache(tmp_path)
    profile = tmp_path / "profile.yaml"
    text = profile.read_text(encoding="utf-8")
    for declared, outcome in (("name: large-2024, ", "owed"), ("", "fulfilled")):
        profile.write_text(text.replace("name: acme-x, ", declared), encoding="utf-8")
        dist(tmp_path, CHANGES_md="Acme changed base-lab/base into large-2024.\n")
        assert duties(checked(path))["apache-2.0/4.b"] == outcome


@pytest.mark.parametrize(("declared", "verdict"), [({}, "undetermined"), ({"fulfils": []}, "disallowed")])
def test_what_a_folder_shows_is_no_whole_list_of_what_is_done(declared: dict[str, object], verdict: str) -> None:
    """A registration leaves no file: where the profile lists nothing, it stays a question."""
    facts = {"purpose": "commercial", "acts": ["run"], "domains": ["customer-service"], **declared}
    organization = {"kind": "company", "agreements": [], "claims_against": []}
    data = {"schema": "1", "organization": organization, "uses": {"shop": facts}}
    profile = Profile.model_validate(data)
    auditor = Auditor(profile, PackagedCatalog(), date(2026, 11, 26))
    terms = auditor.resolve(Evidence(model="THUDM/chatglm3-6b"), date(2026, 1, 1)).terms
    shown = profile.uses["shop"].model_copy(update={"fulfils": (Fulfilment(clause="chatglm3-6b/4"),)})
    assert auditor.assess(terms, "shop", shown).verdict == verdict
