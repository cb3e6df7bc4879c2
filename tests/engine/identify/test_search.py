"""Which known texts a text may hold: whole, in part, several, or none."""

from collections.abc import Iterable

import pytest

from license_audit.engine.identify.align import Alignment, Run
from license_audit.engine.identify.draft import draft
from license_audit.engine.identify.index import Index, pack
from license_audit.engine.identify.reference import Identity, Known
from license_audit.engine.identify.search import Found, Hit, hits, nearest
from license_audit.engine.identify.words import Words, digest

DANCE = """\
Dance License

Whoever has a copy of this work may dance with it in the garden by day and by night, alone or in company.
Every dance starts on the left foot and ends on the right one, unless rain falls on the grass before noon.
Shoes are worn at all times, hats are not, and nobody steps on the flowers that grow beside the wall.
Musicians are paid in bread and cheese before the second dance begins, and in wine after the last of them.
The work comes as it stands; nobody answers for a broken heel, a lost button or a neighbor who complains.
"""
SONG = """\
Song License

Songs may be sung by everybody who has learned the words and the tune of them by heart and loves them.
Who does not sing hums, and who does not hum beats the time with two wooden spoons on an empty barrel.
The choir stands in three rows, children in front, and looks at the hands of whoever conducts the evening.
"""
BALL = DANCE.replace("Dance License", "Ball License") + (
    "Guests of a ball bring a candle each, and leave before the last candle has burned down to the table.\n"
)
TWIG = "Take this twig, plant it, water it well, and give a branch of the tree to whoever asks you for one.\n"
WALK = " ".join(f"step{number} over stone{number * 7}" for number in range(400)) + "\n"


def known(key: str, text: str) -> Known:
    """What is kept of a text."""
    identity = Identity(key, (f"LicenseRef-{key}",), text.partition("\n")[0] if "License" in text[:14] else key, "")
    return draft(text).known(identity, digest(Words(text).words))


def index(**texts: str) -> Index:
    """An index of own texts."""
    return Index(pack(known(key, text) for key, text in texts.items()))


ALL = index(dance=DANCE, song=SONG, ball=BALL, twig=TWIG, walk=WALK)


def keys(text: str, among: Index = ALL) -> list[str]:
    """Keys of the texts that are found, best first."""
    return [found.hit.text.identity.key for found in hits(Words(text).shadow, among)]


def best(text: str) -> Found:
    """What is found first."""
    return next(hits(Words(text).shadow, ALL))


@pytest.mark.parametrize(
    ("key", "text"), [("dance", DANCE), ("song", SONG), ("ball", BALL), ("twig", TWIG), ("walk", WALK)]
)
def test_a_whole_text_is_found(key: str, text: str) -> None:
    assert keys(text) == [key]
    assert best(text).hit.share == 1.0
    assert best(text).hit.errors == 0


@pytest.mark.parametrize("before", ["", "Once upon a time there was a garden.\n"])
@pytest.mark.parametrize("after", ["", "And so they lived happily ever after in it.\n"])
def test_a_text_among_other_words_is_found(before: str, after: str) -> None:
    for key, text in (("dance", DANCE), ("song", SONG), ("twig", TWIG)):
        assert keys(before + text + after) == [key]


def test_the_shorter_of_two_siblings_is_found_where_it_stands_alone() -> None:
    assert keys(DANCE) == ["dance"]
    assert keys(DANCE.partition("\n")[2]) == ["dance"]
    assert keys(BALL) == ["ball"]
    assert keys(BALL.partition("\n")[2]) == ["ball"]


def test_several_texts_are_found_best_first() -> None:
    assert keys(SONG + "\n" + WALK + "\n" + DANCE) == ["walk", "dance", "song"]


def test_a_text_that_stands_twice_is_found_twice() -> None:
    assert keys(f"{TWIG}\n{SONG}\n{TWIG}") == ["song", "twig", "twig"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (" ".join(DANCE.split()[:70]), "dance"),
        (" ".join(DANCE.split()[:40]), None),
        (" ".join(TWIG.split()[:18]), "twig"),
        (" ".join(TWIG.split()[:12]), None),
        (" ".join(WALK.split()[:420]), "walk"),
        (" ".join(WALK.split()[:150]), None),
        ("", None),
        ("Prose about dances, songs and a garden with a wall and flowers.", None),
    ],
)
def test_so_much_of_a_text_must_be_there(text: str, key: str | None) -> None:
    assert keys(text) == ([key] if key else [])


def test_another_copy_of_the_same_text_is_named_too() -> None:
    other = known("dance", DANCE.replace("bread and cheese", "cheese and bread"))
    among = Index(pack([known("dance", DANCE), other, known("song", SONG)]))
    (found,) = hits(Words(DANCE).shadow, among)
    assert [hit.text.identity.key for hit in found.others] == ["dance"]


def test_the_nearest_of_the_known_texts() -> None:
    near = nearest(Words(" ".join(DANCE.split()[:40])).shadow, ALL)
    assert near is not None
    assert near.text.identity.key in {"dance", "ball"}
    assert near.share < 0.5
    assert nearest(Words("Nothing of it is known.").shadow, ALL) is None
    assert nearest("", ALL) is None


def test_a_title_of_another_text_is_no_part_of_this_one() -> None:
    filler = "Here follows what somebody wrote about gardens many years ago in another town."
    text = f"Dance License\n\n{filler}\n\n{DANCE.partition(chr(10))[2]}"
    words = Words(text)
    hit = best(text).hit
    assert hit.text.identity.key == "dance"
    assert words.words[hit.alignment.span[0]] == "whoever"


def hit_of(runs: Iterable[Run], length: int, share: float, errors: int) -> Hit:
    """A hit of which only numbers matter."""
    return Hit(0, ALL.text(0), Alignment(list(runs), length), 1.0, share, errors)


def test_a_text_without_a_difference_is_preferred_to_one_that_agrees_in_few_words_more() -> None:
    altered = hit_of([Run(0, 0, 50), Run(55, 55, 50)], 105, 0.95, 5)
    whole = hit_of([Run(0, 0, 95)], 95, 1.0, 0)
    assert altered.says_less_than(whole)
    assert not whole.says_less_than(altered)
    assert not altered.says_less_than(hit_of([Run(0, 0, 80)], 80, 1.0, 0))
    assert not altered.says_less_than(hit_of([Run(0, 0, 95)], 140, 0.7, 0))
