"""One published text beside a scanned one: which sections differ, where, and what may differ."""

import re
from itertools import pairwise

import pytest

from license_audit.engine.identify import Match, identify
from license_audit.engine.identify.draft import draft
from license_audit.engine.identify.matching import compared
from license_audit.engine.identify.reference import Identity
from license_audit.engine.identify.words import Words
from license_audit.known import text_index
from tests.published import CORE, edited, line_of, paragraphs, scancode

FORBIDDING = "Nobody may run this work on Sundays without written consent of its makers."
TELLING = "Hospitals, banks and schools are outside these permissions."


def only(text: str) -> Match:
    """The only match."""
    (match,) = identify(text, text_index()).matches
    return match


def told(match: Match) -> list[tuple[str, str, tuple[int, int]]]:
    """Every change: kind, section and lines."""
    return [(change.kind, change.section, change.lines) for change in match.changes]


# Words of published texts, by the section that the text numbers them with, and other words.

LLAMA_2 = [
    ("1.a", "use, reproduce, distribute", "use, reproduce"),
    ("1.a", "royalty-free limited license", "royalty-bearing limited license"),
    ("1.b.i", "you shall provide a copy", "you shall not provide a copy"),
    ("1.b.ii", "will not apply to you", "will apply to you"),
    ("1.b.iii", "You must retain in all copies", "You may retain in all copies"),
    ("1.b.iv", "must comply with applicable laws", "may comply with applicable laws"),
    ("1.b.v", "You will not use the Llama", "You will use the Llama"),
    ("2", "greater than 700 million", "greater than 70 million"),
    ("2", "you must request a license", "you may request a license"),
    ("3", "WITHOUT WARRANTIES OF ANY KIND", "WITH WARRANTIES OF ANY KIND"),
    ("4", "IN NO EVENT WILL META", "IN ANY EVENT WILL META"),
    ("5.a", "neither Meta nor Licensee may use", "either Meta or Licensee may use"),
    ("5.b", "you are and will be the owner", "you are not and will be the owner"),
    ("5.c", "under this Agreement shall terminate as of", "under this Agreement shall continue as of"),
    ("6", "you shall delete and cease", "you shall keep and cease"),
    ("7", "shall have exclusive jurisdiction", "shall have no jurisdiction"),
]
APACHE = [
    ("1", "fifty percent (50%)", "fifteen percent (50%)"),
    ("2", "publicly display, publicly perform, sublicense,", "publicly display, sublicense,"),
    ("3", "where such license applies only to", "where such license applies not to"),
    ("4", "You may reproduce and distribute", "You may not reproduce and distribute"),
    ("4.a", "You must give any other recipients", "You need not give any other recipients"),
    ("4.b", "You must cause any modified files", "You need not cause any modified files"),
    ("5", "Unless You explicitly state otherwise", "Although You explicitly state otherwise"),
    ("6", "does not grant permission", "does grant permission"),
    ("7", "You are solely responsible for", "You are not responsible for"),
    ("8", "In no event and under", "In any event and under"),
    ("9", "and only if You agree", "and even if You agree"),
]
LISTED_BSD = [
    ("1", "must retain the above", "need not retain the above"),
    ("2", "must reproduce the above", "need not reproduce the above"),
    ("3", "must display the following", "need not display the following"),
]
GPL_2 = [
    ("1", "You may charge a fee for", "You may not charge a fee for"),
    ("2.a", "You must cause the modified files", "You need not cause the modified files"),
    ("3.b", "at least three years", "at least eight years"),
    ("4", "You may not copy, modify", "You may copy, modify"),
    ("5", "You are not required to accept", "You are required to accept"),
    ("6", "You are not responsible for", "You are responsible for"),
    ("7", "do not excuse you from", "do excuse you from"),
    ("8", "may add an explicit", "may not add an explicit"),
    ("11", "THERE IS NO WARRANTY", "THERE IS A WARRANTY"),
]
GPL_3 = [
    ("0", "with no transfer of a copy, is not", "with no transfer of a copy, is"),
    ("1", "need not include anything", "must not include anything"),
    ("2", "Sublicensing is not allowed", "Sublicensing is allowed"),
    ("3", "you waive any legal power", "you waive no legal power"),
    ("4", "You may charge any price", "You may not charge any price"),
    ("5.a", "must carry prominent notices stating that you", "need not carry prominent notices stating that you"),
    ("5.c", "You must license the entire work", "You may license the entire work"),
    ("5.d", "your work need not make them", "your work must make them"),
    ("6.b", "at least three years", "at least eight years"),
    ("6.c", "allowed only occasionally", "allowed always occasionally"),
    ("8", "prior to 60 days after", "prior to 6 days after"),
    ("9", "You are not required to accept", "You are required to accept"),
    ("10", "You may not impose any further", "You may impose any further"),
    ("11", "non-exclusive, worldwide, royalty-free", "exclusive, worldwide, royalty-free"),
    ("12", "then as a consequence you may not", "then as a consequence you may"),
    ("13", "you have permission to link", "you lack permission to link"),
    ("14", "no additional obligations are imposed", "some additional obligations are imposed"),
    ("15", "THERE IS NO WARRANTY", "THERE IS A WARRANTY"),
    ("17", "cannot be given local legal effect", "can be given local legal effect"),
]
MPL_2 = [
    ("1.8", "means this document", "means another document"),
    ("1.14", "fifty percent (50%)", "fifteen percent (50%)"),
    ("2.3", "No additional rights or", "Some additional rights or"),
    ("2.3.a", "a Contributor has removed from", "a Contributor has added to"),
    ("3.1", "must be under the terms of", "need not be under the terms of"),
    ("3.2.a", "must also be made available", "need not also be made available"),
    ("3.4", "You may not remove or alter", "You may remove or alter"),
    ("4", "You must: (a) comply with", "You may: (a) comply with"),
    ("5.1", "prior to 60 days after", "prior to 6 days after"),
    ("5.2", "License shall terminate", "License shall continue"),
    ("5.3", "shall survive termination", "shall not survive termination"),
    ("6", "without warranty of any kind, either", "with warranty of any kind, either"),
    ("7", "Under no circumstances and under", "Under all circumstances and under"),
    ("8", "may be brought only in", "may not be brought only in"),
    ("9", "shall be reformed only to", "shall not be reformed only to"),
    ("10.2", "You may distribute the Covered Software", "You may not distribute the Covered Software"),
]
# Its paragraphs are numbered through four sections; the use restrictions stand in Attachment A.
OPENRAIL = [
    ("II.2", "publicly perform, sublicense, and distribute the", "sublicense, and distribute the"),
    ("III.4.b", "You must give any Third Party", "You need not give any Third Party"),
    ("III.5", "Therefore You cannot use", "Therefore You can use"),
    ("III.6", "claims no rights in the Output", "claims all rights in the Output"),
    ("IV.7", "reserves the right to restrict", "waives the right to restrict"),
    ("IV.10", "In no event and under", "In any event and under"),
    ("appendix.b", "harming or attempting to exploit", "helping or attempting to exploit"),
    ("appendix.l", "To provide medical advice", "To provide no medical advice"),
]
LLAMA_1 = [
    ("1.b", "You may make a reasonable", "You may not make a reasonable"),
    ("2.b", "alter or remove copyright", "alter or keep copyright"),
    ("6", "You will indemnify, defend", "You will not indemnify, defend"),
    ("7.a", "will automatically terminate upon", "will never terminate upon"),
    ("7.b", "We may terminate this License", "We may not terminate this License"),
]
ZLIB = [
    ("1", "must not be misrepresented; you", "may be misrepresented; you"),
    ("2", "must be plainly marked", "must not be plainly marked"),
    ("3", "may not be removed", "may be removed"),
]
READ = {
    "llama-2-license-2023": LLAMA_2,
    "llama-license-2023": LLAMA_1,
    "apache-2.0": APACHE,
    "bsd-original": LISTED_BSD,
    "gpl-2.0": GPL_2,
    "gpl-3.0": GPL_3,
    "mpl-2.0": MPL_2,
    "bigscience-open-rail-m": OPENRAIL,
    "zlib": ZLIB,
}
"""By license: the section as the text numbers it, words that stand there, and others."""


OPEN = {"clear-bsd"}
"""Texts of which the identifier passes over some turned word."""


@pytest.mark.parametrize(
    ("name", "section", "old", "new"),
    [pytest.param(name, *row, id=f"{name} {row[0]} {row[2]}") for name, rows in READ.items() for row in rows],
)
def test_a_phrase_turned_round_is_told_with_its_section_and_lines(name: str, section: str, old: str, new: str) -> None:
    text, line = edited(scancode(name), old, new)
    match = only(text)
    assert (match.key, match.status) == (CORE[name], "altered")
    ((kind, where, (first, last)),) = told(match)
    assert (kind, where) == ("changed", section)
    assert first <= line <= last


@pytest.mark.parametrize("name", READ)
def test_all_phrases_turned_round_are_told_at_once(name: str) -> None:
    text = scancode(name)
    for _, old, new in READ[name]:
        text, _ = edited(text, old, new)
    match = only(text)
    assert (match.key, match.status) == (CORE[name], "altered")
    assert {section for _, section, _ in told(match)} == {section for section, _, _ in READ[name]}


TURNS = {
    "may not": "may",
    "shall not": "shall",
    "must not": "must",
    "will not": "will",
    "not": "always",
    "may": "may not",
    "shall": "shall not",
    "must": "need not",
    "without": "with",
    "all": "no",
    "any": "no",
}
TURNABLE = re.compile(rf"\b({'|'.join(TURNS)})\b", re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(CORE.keys() - OPEN))
def test_a_turned_word_anywhere_in_a_text_is_told_with_its_line(name: str) -> None:
    text = scancode(name)
    places = list(TURNABLE.finditer(text))
    for place in places[:: max(1, len(places) // 12)]:
        line = line_of(text, place.start())
        match = only(text[: place.start()] + TURNS[place[0].lower()] + text[place.end() :])
        assert (match.key, match.status) == (CORE[name], "altered"), line
        assert any(first <= line <= last for _, _, (first, last) in told(match)), line


def test_an_altered_text_is_altered_however_much_agrees() -> None:
    text, _ = edited(scancode("gpl-3.0"), "Sublicensing is not allowed", "Sublicensing is allowed")
    assert 0.999 < only(text).similarity < 1


# Something added.


@pytest.mark.parametrize("sentence", [FORBIDDING, TELLING])
@pytest.mark.parametrize("name", CORE)
def test_a_sentence_after_the_end_is_added(name: str, sentence: str) -> None:
    text = f"{scancode(name).rstrip()}\n\n{sentence}\n"
    match = only(text)
    assert (match.key, match.status) == (CORE[name], "altered")
    assert ("added", "after", (text.count("\n"),) * 2) in told(match)


@pytest.mark.parametrize("sentence", [FORBIDDING, TELLING])
@pytest.mark.parametrize("name", sorted(CORE.keys() - {"bsd-original", "odbl-1.0", "open-weights-permissive-1.0.0"}))
def test_a_sentence_before_the_beginning_is_added(name: str, sentence: str) -> None:
    match = only(f"{sentence}\n\n{scancode(name)}")
    assert (match.key, match.status) == (CORE[name], "altered")
    assert ("added", "before", (1, 1)) in told(match)


@pytest.mark.parametrize("sentence", [FORBIDDING, TELLING])
@pytest.mark.parametrize("name", CORE)
def test_a_sentence_between_two_paragraphs_is_told_with_its_line(name: str, sentence: str) -> None:
    parts = paragraphs(scancode(name))
    for at in {len(parts) // 3, len(parts) // 2, len(parts) - 1} - {0}:
        above = "\n\n".join(parts[:at])
        match = only("\n\n".join([above, sentence, *parts[at:]]))
        line = above.count("\n") + 3
        assert (match.key, match.status) == (CORE[name], "altered"), at
        assert any(first <= line <= last for _, _, (first, last) in told(match)), at


# Something left out.


@pytest.mark.parametrize(
    ("name", "start", "end", "sections"),
    [
        ("llama-2-license-2023", "v. You will not", "2. Additional", ["1.b.v"]),
        ("llama-2-license-2023", "iii. You must", "iv. Your use", ["1.b.iii"]),
        ("llama-2-license-2023", "2. Additional", "3. Disclaimer", ["2"]),
        ("llama-2-license-2023", "5. Intellectual", "6. Term", ["5", "5.a", "5.b", "5.c"]),
        ("apache-2.0", "3. Grant of Patent", "4. Redistribution", ["3"]),
        ("apache-2.0", "(b) You must", "(c) You must", ["4.b"]),
        ("mpl-2.0", "5. Termination", "****", ["5", "5.1", "5.2", "5.3"]),
        ("gpl-3.0", "12. No Surrender", "13. Use with", ["12"]),
        ("zlib", "2. Altered", "3. This notice", ["2"]),
        ("bsd-original", "2. Redistributions", "3. All", ["2"]),
        ("bigscience-open-rail-m", "(l) To provide", "(m) To generate", ["appendix.l"]),
    ],
)
def test_a_section_left_out_is_removed(name: str, start: str, end: str, sections: list[str]) -> None:
    text = scancode(name)
    first = text.index(start)
    match = only(text[:first] + text[text.index(end, first) :])
    assert (match.key, match.status) == (CORE[name], "altered")
    assert [(kind, section) for kind, section, _ in told(match)] == [("removed", section) for section in sections]
    line = line_of(text, first)
    assert all(line - 4 <= place[0] <= place[1] <= line + 4 for _, _, place in told(match))


@pytest.mark.parametrize(
    "name",
    [
        "apache-2.0",
        "artistic-2.0",
        "bigscience-open-rail-m",
        "cdla-sharing-1.0",
        "epl-1.0",
        "llama-2-license-2023",
        "ms-pl",
    ],
)
def test_what_is_left_of_a_text_that_was_cut_off_is_partial(name: str) -> None:
    lines = scancode(name).splitlines()
    match = only("\n".join(lines[: len(lines) * 6 // 10]))
    assert (match.key, match.status) == (CORE[name], "partial")
    assert {kind for kind, _, _ in told(match)} <= {"removed", "changed"}
    assert 0.3 < match.similarity < 0.8


def test_an_appendix_may_be_left_out_where_the_list_says_so() -> None:
    text = scancode("apache-2.0")
    assert only(text[: text.index("END OF TERMS")]).status == "unaltered"


def test_texts_that_have_nothing_in_common_cannot_be_compared() -> None:
    assert compared(text_index().text(0), Words("A garden with a wall.")) is None


def test_a_text_beside_itself_has_no_changes_and_all_places() -> None:
    text = scancode("epl-1.0")
    comparison = compared(draft(text).known(Identity("epl", ("EPL",), "Eclipse", ""), b"12345678"), Words(text))
    assert comparison is not None
    assert comparison.changes() == []
    places = comparison.places()
    assert (places[0].start, places[-1].end) == (0, len(comparison.scanned))
    assert all(left.end == right.start for left, right in pairwise(places))
