"""Two licenses clause by clause: laws over all pairs, seeded changes, and what was read in real texts."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.compare_clauses import Side, matters, pairs, side_of
from license_audit.compare_licenses import compare_licenses, unread_parts
from license_audit.compare_words import Told, differences
from license_audit.engine.binder import Binder
from license_audit.engine.binding import BoundLicense, bind_license
from license_audit.errors import AuditError
from license_audit.model.comparison import Comparison, Matter, Pair, Row
from license_audit.model.license import License
from license_audit.model.record import replace
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

CATALOG = PackagedCatalog(ROOT)
KEYS = CATALOG.license_keys()
STEPS = (1, 3, 7, 31)
"""How far apart in the catalog texts are that are compared whoever published them."""
MIRRORED = {"same": "same", "differs": "differs", "only-a": "only-b", "only-b": "only-a", "not-known": "not-known"}


def rows(pair: Pair) -> dict[str, tuple[str | None, str | None]]:
    """What a pair differs in, with both values."""
    return {row.what: (row.a, row.b) for row in pair.differences}


def pair_of(found: Comparison, clause: str) -> Pair:
    """The pair that holds a clause."""
    return next(pair for pair in found.clauses if clause in (pair.a and pair.a.clause, pair.b and pair.b.clause))


def one_of(pair: Pair) -> str:
    """The clause of A, or of B where A has none."""
    cited = pair.a or pair.b
    assert cited is not None
    return cited.clause


def alone(found: Comparison, side: str) -> set[str]:
    """Clauses without a counterpart on one side."""
    return {one_of(pair) for pair in found.clauses if pair.state == f"only-{side}"}


def straight(found: Comparison) -> list[Any]:
    """The pairs as they are."""
    return sorted(
        [
            [pair.a.clause if pair.a else "", pair.b.clause if pair.b else "", pair.state, pair.group],
            [[row.what, row.a, row.b, row.only_a, row.only_b] for row in pair.differences],
            sorted(pair.see),
        ]
        for pair in found.clauses
    )


def mirrored(found: Comparison) -> list[Any]:
    """The pairs as they have to come out when B stands first."""
    return sorted(
        [
            [pair.b.clause if pair.b else "", pair.a.clause if pair.a else "", MIRRORED[pair.state], pair.group],
            [[row.what, row.b, row.a, row.only_b, row.only_a] for row in pair.differences],
            sorted(pair.see),
        ]
        for pair in found.clauses
    )


@pytest.mark.parametrize("key", KEYS)
def test_a_license_does_not_differ_from_itself(key: str) -> None:
    found = compare_licenses(key, key, CATALOG)
    assert not found.differs
    assert {pair.state for pair in found.clauses} == {"same"}
    assert not any(pair.differences or pair.see for pair in found.clauses)
    assert {one.state for one in found.matters} <= {"same"}
    assert all(pair.a == pair.b for pair in found.clauses)
    assert all(remark.side == "both" for remark in found.remarks)


def dealt() -> list[tuple[str, str]]:
    """All pairs of one publisher's texts, which are most alike; and each text beside some of the others, in turn."""
    by_publisher: dict[str, list[str]] = {}
    for key in KEYS:
        by_publisher.setdefault(CATALOG.license(key).publisher, []).append(key)
    alike = {pair for keys in by_publisher.values() for pair in combinations(keys, 2)}
    far = {(min(a, b), max(a, b)) for step in STEPS for a, b in zip(KEYS, KEYS[step:] + KEYS[:step], strict=True)}
    return sorted(alike | {(a, b) for a, b in far if a != b})


def test_each_text_is_compared_with_several() -> None:
    found = [key for pair in dealt() for key in pair]
    assert set(found) == set(KEYS)
    assert min(found.count(key) for key in KEYS) >= 2 * len(STEPS) - 2


def test_every_clause_of_both_stands_once_and_b_beside_a_mirrors_a_beside_b() -> None:
    for a, b in dealt():
        found, other = compare_licenses(a, b, CATALOG), compare_licenses(b, a, CATALOG)
        assert straight(other) == mirrored(found), (a, b)
        for side, key in (("a", a), ("b", b)):
            license_ = CATALOG.license(key)
            held = [CATALOG.license(part.key) for part in license_.incorporates if part.held]
            expected = sorted(f"{one.key}/{clause.id}" for one in (license_, *held) for clause in one.clauses)
            cited = (getattr(pair, side) for pair in found.clauses)
            assert sorted(one.clause for one in cited if one is not None) == expected, (a, b)
        assert [(one.word, one.b, one.a, MIRRORED[one.state]) for one in other.matters] == [
            (one.word, one.a, one.b, one.state) for one in found.matters
        ]
        assert found.differs
        assert found.is_complete is (not found.remarks)


def test_llama_2_and_falcon_180b_as_they_were_read() -> None:
    found = compare_licenses("llama-2", "falcon-180b-1.0", CATALOG)
    # Users are counted by Meta alone; hosting is reserved, and a sentence is asked for, by TII alone.
    assert {"llama-2-community/2", "llama-2-community/1.b.v", "llama-2-community/1.b.iii"} <= alone(found, "a")
    assert {"falcon-180b-1.0/9.3", "falcon-180b-1.0/6.1", "falcon-180b-1.0/4.1.d"} <= alone(found, "b")
    # Any claim over the materials ends Llama 2, only a patent suit ends the patent license of Falcon 180B.
    suits = pair_of(found, "llama-2-community/5.c")
    assert suits.b is not None
    assert (suits.b.clause, suits.group) == ("falcon-180b-1.0/3.1/2", "terminations")
    assert rows(suits)["rights"] == ("any", "patent")
    assert rows(suits)["speaks about"] == ("weights, derivatives, outputs", "weights, derivatives")
    copy = pair_of(found, "falcon-180b-1.0/4.1.c")
    assert copy.a is not None
    assert copy.a.clause == "llama-2-community/1.b.i"
    assert next(row for row in copy.differences if row.what == "acts").only_a == ("host-as-api",)
    limit = pair_of(found, "llama-2-community/2")
    assert limit.a is not None
    assert limit.a.condition is not None
    assert "in 2023-06" in limit.a.condition
    assert "more than 700,000,000" in limit.a.condition
    # Nobody here has read the policy of Falcon 180B: it may forbid what Llama's policy forbids.
    weapons = next(one for one in found.matters if one.word == "weapons")
    assert (weapons.state, weapons.a, weapons.b) == ("not-known", ("llama-2-aup/2.2",), ())
    assert pair_of(found, "llama-2-aup/2.2").state == "not-known"
    assert not found.is_complete
    assert [(one.side, "falcon-180b-aup" in one.text) for one in found.remarks] == [("b", True)]


def test_falcon_180b_and_falcon_2_differ_in_hosting() -> None:
    found = compare_licenses("falcon-180b-1.0", "falcon-2-11b-1.0", CATALOG)
    hosting = {"falcon-180b-1.0/9.2", "falcon-180b-1.0/9.3", "falcon-180b-1.0/9.4", "falcon-180b-1.0/4.1.b"}
    assert alone(found, "a") == hosting
    assert alone(found, "b") == set()
    assert pair_of(found, "falcon-180b-1.0/6.1").state == "same"  # both say Falcon LLM technology
    assert "policy" in rows(pair_of(found, "falcon-180b-1.0/5.2"))
    sentence = pair_of(compare_licenses("falcon-2-11b-1.0", "falcon-tii-2024-12", CATALOG), "falcon-2-11b-1.0/6.1")
    assert set(rows(sentence)) == {"required wording"}
    a, b = rows(sentence)["required wording"]
    assert "Falcon LLM technology" in (a or "")
    assert "artificial intelligence technology" in (b or "")


def test_the_two_mistral_texts_differ_in_purpose_and_outputs() -> None:
    found = compare_licenses("mnpl", "mrl", CATALOG)
    assert found.is_complete
    assert alone(found, "a") == {"mistral-mnpl-0.1/3.2/1", "mistral-mnpl-0.1/4.2"}
    assert alone(found, "b") == {"mistral-mrl-0.1/3.2"}
    supply = pair_of(found, "mistral-mnpl-0.1/3.2/2")
    assert supply.b is not None
    assert (supply.b.clause, supply.b.section) == ("mistral-mrl-0.1/9", "9")
    assert next(row for row in supply.differences if row.what == "acts").only_b == ("publish-outputs",)
    assert rows(pair_of(found, "mistral-mrl-0.1/preamble")) == {
        "speaks about": ("weights, derivatives", "weights, derivatives, outputs")
    }
    degrees = next(row for row in found.identity if row.what == "openness")
    assert (degrees.a, degrees.b) == ("non-commercial", "research-only")
    assert rows(pair_of(found, "mistral-mnpl-0.1/2.2/2")).keys() == {"required wording"}


def test_cc_by_and_cc_by_nc_differ_in_commerce_alone() -> None:
    found = compare_licenses("CC-BY-4.0", "CC-BY-NC-4.0", CATALOG)
    assert (alone(found, "a"), alone(found, "b")) == (set(), {"cc-by-nc-4.0/2.a.1"})
    assert {pair.state for pair in found.clauses} == {"same", "only-b"}


def test_policies_are_compared_with_the_licenses_they_belong_to() -> None:
    found = compare_licenses("llama-2", "falcon-2-11b-1.0", CATALOG)
    assert found.is_complete
    closed = {one.word: one.state for one in found.matters if one.title == "Field of use is closed"}
    # Falcon 2 names living beings, falsehood, defamation and the law; drugs, spam and the rest are Meta's alone.
    assert closed["defamation"] == closed["child-exploitation"] == closed["unlawful-activity"] == "same"
    assert closed["drugs"] == closed["spam"] == "only-a"
    cut = pair_of(found, "falcon-2-11b-aup/2")
    assert (cut.group, cut.state) == ("policies", "differs")
    assert "llama-2-aup/2.1" in cut.see


class Without(PackagedCatalog):
    """The catalog as if nobody had encoded one text."""

    def __init__(self, key: str) -> None:
        super().__init__(ROOT)
        self._key = key

    def license(self, key: str) -> License:
        """The license, unless it is that text."""
        if key == self._key:
            raise KeyError(key)
        return super().license(key)

    def license_keys(self) -> tuple[str, ...]:
        """Keys of all other texts."""
        return tuple(key for key in super().license_keys() if key != self._key)


def test_texts_that_nobody_encoded_are_compared_by_what_they_are() -> None:
    found = compare_licenses("llama-2-community", "llama-3.1-community", Without("llama-3.1-community"))
    assert (found.clauses, found.matters) == ((), ())
    assert not found.is_complete
    assert [(one.side, one.text) for one in found.remarks] == [
        ("b", "the clauses of llama-3.1-community are not encoded: only what the texts are is compared, and no clause")
    ]
    told = {row.what: (row.a, row.b) for row in found.identity}
    assert told["date printed"] == ("2023-07-18", "2024-07-23")
    assert told["replaces"] == (None, "llama-3-community")
    same = compare_licenses("gemma-tou-2025-03-24", "gemma-tou-2025-03-24", Without("gemma-tou-2025-03-24"))
    assert not same.differs
    assert not same.is_complete
    assert [one.side for one in same.remarks] == ["both"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("openrail", "can mean bigcode-openrail-m-v1, bigscience-openrail-m, creativeml-openrail-m; name one of them"),
        ("llama-2-comunity", "no license is called that; did you mean llama-2-community?"),
        ("zzzzzzzzzzzzzzzzzzz", "no license is called that"),
    ],
)
def test_names_that_stand_for_no_one_text_are_told(name: str, told: str) -> None:
    with pytest.raises(AuditError) as error:
        compare_licenses("mit", name, CATALOG)
    assert told in str(error.value)
    assert len(error.value.problems) == 1


class Forgetful(Binder):
    """Has not encoded one policy."""

    def bound(self, key: str) -> BoundLicense | None:
        """The license, unless it is that policy."""
        return None if key == "llama-2-aup" else super().bound(key)


def test_a_policy_that_is_held_and_not_encoded_is_told() -> None:
    binder = Forgetful(CATALOG)
    assert list(unread_parts("llama-2-community", binder)) == [
        "llama-2-aup, part of llama-2-community by section 1.b.iv, is not encoded: what it says is not compared"
    ]
    assert list(unread_parts("llama-2-aup", binder)) == []


def changed(key: str, clause: str, **changes: Any) -> BoundLicense:
    """A license in which one clause differs."""
    license_ = CATALOG.license(key)
    clauses = tuple(one.model_copy(update=changes) if one.id == clause else one for one in license_.clauses)
    return bind_license(license_.model_copy(update={"clauses": clauses}), CATALOG)


def told_of(a: BoundLicense, b: BoundLicense) -> dict[str, Pair]:
    """The pairs of two licenses that are not the same, by clause."""
    first, second = side_of([(a, ())]), side_of([(b, ())])
    found = pairs(first, second, CATALOG)
    assert {tuple(rows(pair)) for pair in found} == {tuple(rows(pair)) for pair in pairs(second, first, CATALOG)}
    return {one_of(pair): pair for pair in found if pair.state != "same"}


THRESHOLD = CATALOG.license("llama-2-community").clauses[6].with_


@pytest.mark.parametrize(
    ("changes", "what", "told"),
    [
        ({"with_": {**THRESHOLD, "limit": 700_000_001}}, "limit", ("700,000,000", "700,000,001")),
        ({"with_": {**THRESHOLD, "comparator": "at-least"}}, "comparator", ("more than", "at least")),
        ({"with_": {**THRESHOLD, "month": "2023-05"}}, "month", ("2023-06", "2023-05")),
        (
            {"with_": {**THRESHOLD, "time": "preceding-month"}},
            "time",
            ("one month, fixed for good", "the month before, again and again"),
        ),
        (
            {"with_": {**THRESHOLD, "whose": "group"}},
            "whose",
            ("the licensee and its affiliates, added", "the whole group"),
        ),
        ({"cure": None}, "cure", ("a separate license from the licensor", None)),
        ({"unless": ()}, "exceptions", ("Received inside a finished product (section 1.b.ii)", None)),
        (
            {"travels": "never"},
            "travels",
            ("goes along with copies and derivatives", "stays with whoever got the model"),
        ),
        ({"acts": ("run", "host-as-api")}, "acts", ("any act", "run, host-as-api")),
        ({"on": ("weights",)}, "speaks about", ("weights, derivatives, outputs", "weights")),
        ({"fulfilled_by": ("credit",)}, "shown done by", ("none", "credit")),
        ({"wording": "Built with it"}, "required wording", (None, "Built with it")),
    ],
)
def test_a_seeded_change_is_told_with_both_values(
    changes: dict[str, Any], what: str, told: tuple[str | None, str | None]
) -> None:
    a = bind_license(CATALOG.license("llama-2-community"), CATALOG)
    found = told_of(a, changed("llama-2-community", "2", **changes))
    assert {name: rows(pair) for name, pair in found.items()} == {"llama-2-community/2": {what: told}}


def test_a_seeded_reading_is_told() -> None:
    a = bind_license(CATALOG.license("llama-2-community"), CATALOG)
    readings = next(one.readings for one in a.license.clauses if one.id == "1.b.v")
    milder = readings[1].model_copy(update={"with_": {"targets": []}, "effect": "review", "acts": ("distill",)})
    pair = told_of(a, changed("llama-2-community", "1.b.v", readings=(readings[0], milder)))["llama-2-community/1.b.v"]
    assert rows(pair) == {
        "also read as": (
            "words-of-the-clause: only other large language models count (targets: other-llm)",
            (
                "words-of-the-clause: only other large language models count "
                "(targets: none; acts: distill; a person must judge)"
            ),
        )
    }
    renamed = readings[1].model_copy(update={"name": "other-name", "difference": "the same in other words"})
    assert told_of(a, changed("llama-2-community", "1.b.v", readings=(readings[0], renamed))) == {}
    bare = readings[1].model_copy(update={"with_": {}})
    found = told_of(a, changed("llama-2-community", "1.b.v", readings=(readings[0], bare)))
    assert "(the same figures)" in (rows(found["llama-2-community/1.b.v"])["also read as"][1] or "")


def test_a_changed_exception_is_told_by_what_it_says() -> None:
    a = bind_license(CATALOG.license("llama-2-community"), CATALOG)
    b = changed("llama-2-community", "1.b.ii", rule="prohibition-on-event", with_={"event": "marks-used"})
    found = told_of(a, b)["llama-2-community/2"]
    assert rows(found)["exceptions"] == (
        "Received inside a finished product (section 1.b.ii)",
        "Closed conduct (section 1.b.ii; event: marks-used)",
    )


def test_a_clause_about_something_else_is_no_counterpart_but_in_the_same_place() -> None:
    a = bind_license(CATALOG.license("mit"), CATALOG)
    conduct = bind_license(CATALOG.license("cc-by-4.0"), CATALOG)
    other = changed("cc-by-4.0", "2.a.6", with_={"event": "integrity-harmed"})
    assert rows(told_of(conduct, other)["cc-by-4.0/2.a.6"]) == {"event": ("endorsement-claimed", "integrity-harmed")}
    moved = changed("cc-by-4.0", "2.a.6", id="2.z", with_={"event": "integrity-harmed"})
    found = told_of(conduct, moved)
    assert {name: pair.state for name, pair in found.items()} == {
        "cc-by-4.0/2.a.6": "only-a",
        "cc-by-4.0/2.z": "only-b",
    }
    assert all(pair.state in ("only-a", "only-b", "differs") for pair in told_of(a, conduct).values())


def test_a_definition_a_list_and_a_missing_value_are_told_in_words() -> None:
    a = bind_license(CATALOG.license("cc-by-sa-4.0"), CATALOG)
    clause = next(one for one in a.license.clauses if one.rule == "share-alike")
    sharing = {**clause.with_, "sharing": "offers-derivative-any-way", "accepted": [*clause.with_["accepted"], "mit"]}
    found = told_of(a, changed(a.key, clause.id, with_=sharing))[f"{a.key}/{clause.id}"]
    assert rows(found)["sharing"][1] == (
        "a changed model, or one trained on outputs, is made available to third parties, hosting included "
        "(offers-derivative-any-way)"
    )
    accepted = next(row for row in found.differences if row.what == "accepted")
    assert (accepted.only_a, accepted.only_b) == ((), ("mit",))
    less = {name: value for name, value in clause.with_.items() if name != "accepted"}
    broken = a.by_id[clause.id].clause.model_copy(update={"with_": less})
    one, other = a.by_id[clause.id], replace(a.by_id[clause.id], clause=broken)
    row = next(iter(differences(Told(one, a, is_policy=False), Told(other, a, is_policy=True), CATALOG)))
    assert row == Row(
        what="accepted", a=", ".join(clause.with_["accepted"]), b=None, only_a=tuple(clause.with_["accepted"])
    )
    bare = replace(one, clause=one.clause.model_copy(update={"with_": {"accepted": clause.with_["accepted"]}}))
    told = differences(Told(one, a, is_policy=False), Told(bare, a, is_policy=False), CATALOG)
    assert [(row.what, row.b) for row in told] == [("sharing", None)]
    placed = differences(Told(one, a, is_policy=False), Told(one, a, is_policy=True), CATALOG)
    assert [(row.what, row.a, row.b) for row in placed] == [
        ("stands in", "the license itself", "the policy cc-by-sa-4.0")
    ]


def test_an_act_counts_as_granted_where_every_license_in_force_grants_it() -> None:
    mit = bind_license(CATALOG.license("mit"), CATALOG)
    narrow = changed("apache-2.0", "2", acts=("run",))
    policy = bind_license(CATALOG.license("llama-2-aup"), CATALOG)
    a, b = side_of([(mit, ())]), side_of([(mit, ()), (narrow, ()), (policy, ())])
    found = {one.word: one for one in matters(a, b) if one.topic == "act"}
    assert found["run"].state == "same"
    assert found["host-as-api"] == Matter(
        topic="act", title="Permission to act", word="host-as-api", state="only-a", a=("mit/grant",), b=()
    )
    assert list(found)[:2] == ["run", "fine-tune"]
    unread = Side((), unread=True)
    assert {one.state for one in matters(a, unread)} == {"not-known"}
    assert {one.state for one in matters(unread, a)} == {"not-known"}
    assert {pair.state for pair in pairs(unread, a, CATALOG)} == {"not-known"}


@given(st.permutations(range(12)), st.sampled_from(["llama-2-community", "falcon-180b-1.0", "cc-by-nc-4.0"]))
def test_the_order_of_clauses_says_nothing(order: list[int], key: str) -> None:
    license_ = CATALOG.license(key)
    places = [place for place in order if place < len(license_.clauses)] + list(range(12, len(license_.clauses)))
    shuffled: License = license_.model_copy(update={"clauses": tuple(license_.clauses[place] for place in places)})
    assert told_of(bind_license(license_, CATALOG), bind_license(shuffled, CATALOG)) == {}


NAMES = st.sampled_from(["weapons", "spam", "drugs", "fraud-disinformation"])
FIELDS = st.lists(st.sets(NAMES, min_size=1), max_size=5)


def closing(fields: list[set[str]], first: int) -> BoundLicense:
    """A license that closes fields of use, one clause for each set."""
    policy = CATALOG.license("llama-2-aup")
    one = next(clause for clause in policy.clauses if clause.rule == "prohibited-domain")
    clauses = tuple(
        one.model_copy(update={"id": f"{first + number}", "with_": {"domains": sorted(names)}})
        for number, names in enumerate(fields)
    )
    return bind_license(policy.model_copy(update={"clauses": clauses, "key": f"fields-{first}"}), CATALOG)


@given(FIELDS, FIELDS, st.sampled_from([1, 3, 50]))
def test_which_side_comes_first_makes_no_difference(a: list[set[str]], b: list[set[str]], first: int) -> None:
    one, other = side_of([(closing(a, 1), ())]), side_of([(closing(b, first), ())])
    found, back = pairs(one, other, CATALOG), pairs(other, one, CATALOG)
    names = [["" if cited is None else cited.clause for cited in (pair.a, pair.b)] for pair in found]
    mirror = [["" if cited is None else cited.clause for cited in (pair.b, pair.a)] for pair in back]
    assert sorted(names) == sorted(mirror)
    assert len({one_of(pair) for pair in found if pair.a}) == len(a)
    assert all(set(pair.see).isdisjoint({one_of(pair)}) for pair in found)
