"""Which license a text is: in every form, among its twins, beside others; prose is none, and nothing makes it fail."""

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from license_audit.engine.identify import Match, identify
from license_audit.engine.identify.identification import Near
from license_audit.known import text_index
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.published import CORE, FORMS, edited, own, scancode

PLAIN = {
    # Lines above the terms; what stands in them names the text. No other word may differ from copy to copy.
    "llama-2-license-2023": 2,
    "bigcode-open-rail-m-v1": 3,
    "bigscience-open-rail-m": 3,
    "cdla-permissive-1.0": 2,
    "epl-1.0": 1,
}


def found(text: str | bytes) -> list[tuple[str, str]]:
    """Key and status of every match, in their order."""
    return [(match.key, match.status) for match in identify(text, text_index()).matches]


def only(text: str) -> Match:
    """The only match."""
    (match,) = identify(text, text_index()).matches
    return match


def outcome(match: Match) -> object:
    """All that is said of a match."""
    return match.key, match.status, match.similarity, match.changes, match.span, match.alike


# Forms of one text.


OPEN = {
    (name, form)
    for name in ("bigscience-rail-1.0", "responsible-ai-source-1.1")
    for form in ("roman numbers", "bullets for numbers")
}
"""Forms in which the identifier is still wrong."""


@pytest.mark.parametrize(
    ("name", "form"), [(name, form) for name in CORE for form in FORMS if (name, form) not in OPEN]
)
def test_a_published_text_is_unaltered_in_every_form(name: str, form: str) -> None:
    assert found(FORMS[form](scancode(name))) == [(CORE[name], "unaltered")]


@pytest.mark.parametrize("form", FORMS)
def test_the_license_of_this_repository_is_apache_in_every_form(form: str) -> None:
    assert found(FORMS[form](own())) == [("apache-2.0", "unaltered")]


@pytest.mark.parametrize("name", CORE)
def test_the_first_id_is_the_one_of_the_catalog(name: str, catalog: PackagedCatalog) -> None:
    ids = {known.key: known.spdx for known in catalog.known()}
    assert ids.get(CORE[name], CORE[name]) in only(scancode(name)).ids


def test_an_untouched_text_takes_up_its_file() -> None:
    text = scancode("mit")
    match = only(text)
    assert match.lines == (1, len(text.splitlines()))
    assert match.span == (0, len(match.words))
    assert (match.similarity, match.changes, match.alike) == (1.0, (), ())


def test_a_license_in_a_readme_stands_between_its_headings() -> None:
    text = FORMS["a readme"](scancode("cdla-permissive-2.0"))
    lines = text.splitlines()
    first, last = only(text).lines
    assert first == lines.index("## License") + 3
    assert lines.index("## Citation") - 2 <= last <= lines.index("## Citation")


@pytest.mark.parametrize(
    ("here", "there"),
    [("license", "licence"), ("authorized", "authorised"), ("acknowledgment", "acknowledgement"), ("http:", "https:")],
)
@pytest.mark.parametrize("name", ["apache-2.0", "bigscience-rail-1.0", "zlib", "ms-pl"])
def test_the_spelling_of_another_country_is_no_change(name: str, here: str, there: str) -> None:
    assert found(scancode(name).replace(here, there)) == [(CORE[name], "unaltered")]


def test_the_sections_of_an_untouched_text_have_places() -> None:
    sections = [place.section for place in only(scancode("llama-2-license-2023")).places]
    roman = ["1.b.i", "1.b.ii", "1.b.iii", "1.b.iv", "1.b.v"]
    assert sections == ["preamble", "1", "1.a", "1.b", *roman, "2", "3", "4", "5", "5.a", "5.b", "5.c", "6", "7"]


# Copies in other words than the published ones.


@pytest.mark.parametrize(
    ("name", "key", "phrase"),
    [
        ("epl-2.0", "epl-2.0", "Source Code is also Distributed under one"),  # Exhibit A is worded in another way
        ("wtfpl-2.0", "wtfpl", "14 rue de Plaisance"),  # in place of the author's address on the network
        ("pddl-1.0", "pddl-1.0", "and other intellectual property rights"),  # in place of `other IP rights`
        ("gpl-1.0", "GPL-1.0-only", "51 Franklin Street"),  # the foundation has moved, and its advice with it
    ],
)
def test_a_copy_in_other_words_is_altered_where_it_differs(name: str, key: str, phrase: str) -> None:
    text = scancode(name)
    match = only(text)
    assert (match.key, match.status) == (key, "altered")
    _, line = edited(text, phrase, "")
    assert [change for change in match.changes if not change.lines[0] - 1 <= line <= change.lines[1] + 1] == []


def test_a_copy_without_its_list_of_compatible_licenses_is_partial() -> None:
    assert found(scancode("eupl-1.2")) == [("eupl-1.2", "partial")]


# Twins.


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("afl-1.2", "AFL-1.2"),
        ("agpl-1.0", "AGPL-1.0-only"),
        ("artistic-1.0", "Artistic-1.0"),
        ("artistic-perl-1.0", "Artistic-1.0-Perl"),
        ("bsd-1-clause", "BSD-1-Clause"),
        ("bsd-plus-patent", "BSD-2-Clause-Patent"),
        ("cc-by-1.0", "CC-BY-1.0"),
        ("cc-by-2.0", "CC-BY-2.0"),
        ("cc-by-2.5", "CC-BY-2.5"),
        ("cc-by-nc-1.0", "CC-BY-NC-1.0"),
        ("cc-by-nc-sa-2.0", "CC-BY-NC-SA-2.0"),
        ("cddl-1.1", "CDDL-1.1"),
        ("curl", "curl"),
        ("historical", "HPND"),
        ("json", "JSON"),
        ("mit-ack", "MIT-feh"),
        ("mit-modern", "MIT-Modern-Variant"),
        ("mit-no-false-attribs", "MITNFA"),
        ("mpl-1.0", "MPL-1.0"),
        ("osl-2.1", "OSL-2.1"),
        ("x11-fsf", "X11-distribute-modifications-variant"),
        ("zlib-acknowledgement", "zlib-acknowledgement"),
    ],
)
def test_a_twin_of_a_better_known_text_is_itself(name: str, key: str) -> None:
    assert found(scancode(name)) == [(key, "unaltered")]


@pytest.mark.parametrize(
    ("name", "key"),
    [("apache-1.1", "Apache-1.1"), ("lgpl-2.0", "LGPL-2.0-only"), ("mpl-1.1", "MPL-1.1"), ("eupl-1.1", "EUPL-1.1")],
)
def test_an_earlier_version_in_other_words_is_no_other_version(name: str, key: str) -> None:
    assert only(scancode(name)).key == key


# Several texts, and none.


@pytest.mark.parametrize("rule", ["\n", "\n\n", f"\n\n{'-' * 72}\n\n", f"\n{'=' * 40}\n\nOther parts:\n\n"])
@pytest.mark.parametrize(
    "names",
    [
        ("apache-2.0", "mit"),
        ("mit", "bsd-simplified", "isc"),
        ("llama-2-license-2023", "cc-by-nc-4.0"),
        ("gpl-2.0", "gpl-3.0"),
        ("bigscience-open-rail-m", "stable-diffusion-2022-08-22"),
        ("zlib", "boost-1.0", "unlicense", "mpl-2.0"),
    ],
)
def test_every_text_of_a_file_is_found_in_its_place(names: tuple[str, ...], rule: str) -> None:
    text = rule.join(scancode(name) for name in names)
    assert found(text) == [(CORE[name], "unaltered") for name in names]


def test_texts_of_one_file_do_not_overlap() -> None:
    first, second = identify(f"{scancode('apache-2.0')}\n{scancode('mit')}", text_index()).matches
    assert first.span[1] <= second.span[0]
    assert first.lines[1] < second.lines[0]


PROSE = [
    "",
    "MIT",
    "License: Apache-2.0\n",
    "This project is licensed under the Apache License 2.0. See LICENSE for the full text.",
    "The GPL asks whoever hands on a program to hand on its source too, and the MIT license does not.",
    "We chose CC BY 4.0 for the data because everybody may then share and adapt it, if they name us.",
    "Llama 2 may be used commercially unless a company has more than 700 million monthly users.",
    "SPDX-License-Identifier: BSD-3-Clause\n// Adds two numbers.\nint add(int a, int b) { return a + b; }\n",
    "# Tiny\n\nA model for cats.\n\n## License\n\nApache 2.0 for the code, OpenRAIL for the weights.\n",
    "Copyright (c) 2024 Jane Doe. All rights reserved.\n",
    "The software is fast. The software is small. It runs without a network, and it is free of charge.\n" * 30,
    "许可协议规定，模型只能用于研究。" * 20,
    "\0\1\2" * 500,
]


@pytest.mark.parametrize("text", PROSE, ids=range(len(PROSE)))
def test_prose_about_licenses_is_none(text: str) -> None:
    assert found(text) == []


def test_random_words_are_no_license() -> None:
    dice = random.Random(7)  # noqa: S311  # a fixed seed, nothing secret
    words = scancode("apache-2.0").split() + scancode("gpl-3.0").split()
    assert found(" ".join(dice.choices(words, k=20_000))) == []


@pytest.mark.parametrize("folder", ["license_audit", "rules", "licenses", "examples"])
def test_no_file_of_ours_holds_a_license(folder: str) -> None:
    paths = [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".yaml", ".md", ".html", ".css"}]
    assert {path.name: found(path.read_bytes()) for path in paths if found(path.read_bytes())} == {}
    assert paths


def test_an_unknown_text_that_comes_near_a_known_one() -> None:
    text = " ".join(scancode("cdla-permissive-2.0").split()[:120]) + " and the rest is another story." * 40
    near = identify(text, text_index()).nearest
    assert near is not None
    assert near.key == "cdla-permissive-2.0"
    assert 0 < near.share < 0.5


def test_prose_comes_near_nothing() -> None:
    assert identify("The quick brown fox jumps over the lazy dog. " * 50, text_index()).nearest is None


def test_a_text_that_is_found_has_no_nearest() -> None:
    assert identify(scancode("mit"), text_index()).nearest is None
    assert Near("mit", 0.5) == ("mit", 0.5)


# Laws.


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert identify(text, text_index()).matches == ()


@given(st.binary())
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert identify(data, text_index()).matches == ()


@given(st.data())
def test_no_cutting_and_pasting_makes_it_fail(data: st.DataObject) -> None:
    names = st.sampled_from(["mit", "apache-2.0", "bsd-original", "cc-by-4.0", "llama-2-license-2023", "isc"])
    pieces = []
    for _ in range(data.draw(st.integers(1, 4))):
        text = scancode(data.draw(names))
        start = data.draw(st.integers(0, len(text)))
        pieces.append(text[start : start + data.draw(st.integers(0, 3000))])
    text = data.draw(st.sampled_from(["", "\n", "\n\n", " x "])).join(pieces)
    spans = [match.span for match in identify(text, text_index()).matches]
    assert spans == sorted(spans)
    for match in identify(text, text_index()).matches:
        lines = text.count("\n") + 1
        assert 1 <= match.lines[0] <= match.lines[1] <= lines
        assert 0 <= match.similarity <= 1
        assert all(1 <= change.lines[0] <= change.lines[1] <= lines for change in match.changes)
        assert (match.status == "unaltered") == (not match.changes)


CASES = (str.lower, str.upper, str.title, str.swapcase)
BLANKS = (
    str,
    lambda text: text.replace(" ", "\t \f"),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n", " \n"),
)


@given(st.sampled_from(sorted(CORE)), st.sampled_from(CASES), st.sampled_from(BLANKS), st.data())
def test_letter_case_blanks_and_line_ends_never_change_the_outcome(
    name: str, case: Callable[[str], str], blanks: Callable[[str], str], data: st.DataObject
) -> None:
    words = scancode(name).split(" ")
    del words[data.draw(st.integers(0, len(words) - 1))]
    text = f"Some words before it.\n\n{' '.join(words)}\nAnd after it.\n"
    before, after = identify(text, text_index()), identify(blanks(case(text)), text_index())
    assert [outcome(match) for match in after.matches] == [outcome(match) for match in before.matches]


@given(st.data())
def test_no_word_of_the_terms_can_be_replaced_unseen(data: st.DataObject) -> None:
    # Numbering, titles and copyright lines may differ, so words of a title and one-letter words are left alone.
    name = data.draw(st.sampled_from(sorted(PLAIN)))
    text = scancode(name)
    terms = len("\n".join(text.split("\n")[: PLAIN[name]]))
    places = list(re.finditer(r"[A-Za-z]{2,}", text[terms:]))
    place = data.draw(st.sampled_from(places))
    word = data.draw(
        st.one_of(
            st.sampled_from(["not", "no", "may", "shall", "any", "only", "seven"]), st.text("abcdefghij", min_size=5)
        )
    )
    assume(word != place[0].lower())
    changed = text[: terms + place.start()] + word + text[terms + place.end() :]
    (match,) = identify(changed, text_index()).matches
    assert (match.key, match.status) == (CORE[name], "altered")
