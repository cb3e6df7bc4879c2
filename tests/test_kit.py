"""A kit closes what it says it closes, and what is taken out of it opens again."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.kits import MORE, OTHERS, TEXTS, checked, duties, fill_in, judged, kit, manifest, model, run, text_of
from tests.published import edited

KEYS = (*TEXTS, *OTHERS, *MORE)
COPIES = {
    "apache-2.0": ["4.a"],
    "cc-by-4.0": ["3.a.1.C"],
    "cc-by-nc-4.0": ["3.a.1.C"],
    "cc-by-nc-sa-4.0": ["3.a.1.C", "3.b.2"],
    "cc-by-sa-3.0": ["4.a", "4.a/3", "4.b.I", "4.b.III"],
    "cc-by-sa-4.0": ["3.a.1.C", "3.b.2"],
    "llama-2-community": ["1.b.i"],
    "mit": ["notice"],
    "falcon-180b-1.0": ["4.1.c"],
    "falcon-2-11b-1.0": ["4.1.2"],
    "falcon-llm-1.0": ["4.1.a"],
    "falcon-tii-2024-12": ["4.1.2"],
    "mistral-mnpl-0.1": ["2.2/1"],
    "mistral-mrl-0.1": ["2.2/1"],
}
"""Clauses that ask for the license text. A credit holds the address where that is enough, so it is taken out first."""
BY_HAND = {
    "apache-2.0": [],
    "cc-by-4.0": ["2.a.5.B", "3.a.4"],
    "cc-by-nc-4.0": ["2.a.5.B", "3.a.4"],
    "cc-by-nc-sa-4.0": ["2.a.5.C", "3.b.3"],
    "cc-by-sa-3.0": ["4.a/2", "4.b.II"],
    "cc-by-sa-4.0": ["2.a.5.C", "3.b.3"],
    "llama-2-community": [],
    "mit": [],
    "falcon-180b-1.0": ["4.1.a", "4.1.b", "5.1", "5.3", "6.1"],
    "falcon-2-11b-1.0": ["4.1.1", "5.1", "5.3", "6.1"],
    "falcon-llm-1.0": ["4.3.b", "5.1"],
    "falcon-tii-2024-12": ["4.1.1", "5.1", "5.3", "6.1"],
    "mistral-mnpl-0.1": ["2.3/1", "2.3/3"],
    "mistral-mrl-0.1": ["2.3/1", "2.3/3"],
}
"""Clauses that no file can show done."""
PHRASES = {
    "apache-2.0": ("give any other recipients of the Work", "give no other recipients of the Work"),
    "mit": ("to deal in the Software without restriction", "to deal in the Software with restriction"),
    "llama-2-community": ("you shall provide a copy of this Agreement", "you need provide a copy of this Agreement"),
}


def prepared(tmp_path: Path, key: str) -> Path:
    """A manifest that hands out a model under a license, changed and unchanged."""
    text = text_of(key)
    if text is None:
        pytest.skip("the text is only in the corpus, which is not here")
    model(tmp_path, text)
    return manifest(tmp_path, license_=key if "-sa-" in key or key == "falcon-llm-1.0" else "own-terms")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.mark.parametrize("key", KEYS)
def test_a_kit_closes_what_it_says_and_nothing_else(tmp_path: Path, key: str) -> None:
    path = prepared(tmp_path, key)
    before = duties(judged(path))
    said = {one["clause"]: one["state"] for one in kit(path)["duties"]}
    assert before.keys() == said.keys()
    assert {name for name, state in said.items() if state == "no-file"} == {f"{key}/{name}" for name in BY_HAND[key]}
    assert {"answered", "fill-in", "no-file"} >= set(said.values())
    after = duties(checked(path))
    assert {name for name in after if after[name] != before[name]} == {
        name for name, state in said.items() if state == "answered"
    }
    assert all(after[name] == "fulfilled" for name, state in said.items() if state == "answered")
    folders = list((tmp_path / "dist" / "ship").rglob("CHANGES.md"))
    for found in folders:
        fill_in(found.parent)
    filled = duties(checked(path))
    assert {name for name, outcome in filled.items() if outcome == "owed"} == {f"{key}/{n}" for n in BY_HAND[key]}


@pytest.mark.parametrize("key", KEYS)
def test_a_line_taken_out_of_notice_opens_exactly_its_duty(tmp_path: Path, key: str) -> None:
    path = prepared(tmp_path, key)
    kit(path)
    whole = duties(checked(path))
    opened: dict[str, str] = {}
    for notice in (tmp_path / "dist").rglob("NOTICE"):
        if notice.parent.name in ("ship", "draft"):
            text = notice.read_text(encoding="utf-8")
            lines = text.splitlines(keepends=True)
            for number, line in enumerate(lines):
                if line.strip():
                    notice.write_text("".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")
                    now = duties(checked(path))
                    changed = [name for name in whole if now[name] != whole[name]]
                    opened[line.strip()] = ", ".join(changed)
            notice.write_text(text, encoding="utf-8")
    heads = [line for line in opened if line.endswith(":")]
    assert all(not opened[line] for line in heads)
    expected = {
        "apache-2.0": {"4.c": 1, "4.d": 3},
        "falcon-180b-1.0": {"4.1.e": 1, "4.1.f": 3},
        "falcon-2-11b-1.0": {"4.1.4": 1, "4.1.5": 3},
        "falcon-llm-1.0": {"4.1.c, falcon-llm-1.0/4.3.c": 1, "4.1.d": 3},
        "falcon-tii-2024-12": {"4.1.4": 1, "4.1.5": 3},
        "llama-2-community": {"1.b.iii": 1},
        "mistral-mnpl-0.1": {"2.2/2": 1},
        "mistral-mrl-0.1": {"2.2/2": 1},
    }.get(key, {})
    found = [names for line, names in opened.items() if line not in heads]
    assert {name: found.count(f"{key}/{name}") for name in expected} == expected
    assert len(found) == sum(expected.values())


@pytest.mark.parametrize("key", KEYS)
def test_one_other_word_in_a_license_copy_opens_the_copy(tmp_path: Path, key: str) -> None:
    path = prepared(tmp_path, key)
    kit(path)
    for credit in (tmp_path / "dist").rglob("ATTRIBUTION.md"):
        credit.unlink()
    whole = duties(checked(path))
    (copy,) = (tmp_path / "dist").rglob("LICENSE")
    text = copy.read_text(encoding="utf-8")
    if key in PHRASES:
        altered, _ = edited(text, *PHRASES[key])
    else:
        words = text.split(" ")
        place = next(n for n, word in enumerate(words) if n > len(words) // 2 and word.isalpha() and len(word) > 5)
        altered = " ".join([*words[:place], "otherwise", *words[place + 1 :]])
    copy.write_text(altered, encoding="utf-8")
    use = checked(path)
    now = duties(use)
    assert {name for name in whole if now[name] != whole[name]} == {f"{key}/{name}" for name in COPIES[key]}
    assert all(now[f"{key}/{name}"] == "owed" for name in COPIES[key])
    told = [one.message for one in use.findings if one.kind == "artifact-missing"]
    assert sum("unaltered" in message for message in told) == len(COPIES[key])
    copy.unlink()
    assert all(duties(checked(path))[f"{key}/{name}"] == "owed" for name in COPIES[key])


def test_the_example_that_hands_something_out(tmp_path: Path) -> None:
    path = ROOT / "examples" / "acme" / "models.yaml"
    result = run("kit", path, "--output", tmp_path / "dist")
    assert result.exit_code == 0
    assert "support-assistant: no kit, since none of its acts hands anything to others" in result.stderr
    assert sorted(one.name for one in (tmp_path / "dist").iterdir()) == ["open-release"]
    assert "acme-tickets-7b is built using" in (tmp_path / "dist/open-release/ATTRIBUTION.md").read_text("utf-8")
