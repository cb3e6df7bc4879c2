"""What is concluded about a model's own terms, and what does not travel."""

from datetime import date

import pytest

from license_audit.engine.binder import Binder
from license_audit.engine.formula import Leaf
from license_audit.engine.lineage import resolve
from license_audit.engine.own_terms import Moment, Own, own_terms
from license_audit.model.catalog import CatalogModel, Window
from license_audit.model.evidence import Evidence, FoundText, Origin, Parent
from license_audit.model.profile import Fulfilment
from license_audit.readers.catalog import PackagedCatalog

ON = date(2026, 11, 24)
OLD = Window("cc-by-sa-3.0", None, "2024-01", "a note", "high")
NEW = Window("apache-2.0", "2024-01", None, "a note", "high")
MODEL = CatalogModel("lab/model", "Lab", (OLD, NEW), (), "fine-tune", None)


def keys(obtained: date | None, on: date = ON) -> list[str]:
    """License keys that may hold for a copy."""
    own = own_terms(Evidence(model="lab/model"), MODEL, PackagedCatalog(), Moment(on, obtained))
    return [key for key, _ in own.windows]


@pytest.mark.parametrize(
    ("obtained", "expected"),
    [
        (date(2020, 1, 1), ["cc-by-sa-3.0"]),
        (date(2023, 12, 31), ["cc-by-sa-3.0"]),
        (date(2024, 1, 1), ["apache-2.0"]),
        (None, ["cc-by-sa-3.0", "apache-2.0"]),
    ],
)
def test_a_window_without_a_first_day_reaches_back(obtained: date | None, expected: list[str]) -> None:
    assert keys(obtained) == expected


def test_terms_that_came_later_than_the_question_do_not_count() -> None:
    assert keys(None, on=date(2023, 6, 1)) == ["cc-by-sa-3.0"]


def test_an_open_date_is_one_question() -> None:
    own = own_terms(Evidence(model="lab/model"), MODEL, PackagedCatalog(), Moment(ON, None))
    guards = [guard for _, guard in own.windows]
    assert {guard.path for guard in guards if isinstance(guard, Leaf)} == {"use.obtained_on"}


def found(key: str = "", status: str = "unaltered", **more: object) -> FoundText:
    """A text as somebody found it."""
    return FoundText.model_validate({"file": f"m/{key or 'LICENSE'}", "key": key, "status": status, **more})


def texts(*found: FoundText, declared: tuple[str, ...] | None = None) -> Own:
    """The own terms of a model with these texts."""
    return own_terms(Evidence(model="m", declared=declared, texts=found), None, PackagedCatalog(), Moment(ON, None))


def kinds(own: Own) -> list[str]:
    """Kinds of findings, in order."""
    return [finding.kind for finding in own.findings]


def test_two_texts_in_one_folder_both_apply() -> None:
    own = texts(found("mit"), found("apache-2.0"))
    assert own.windows == (("mit", True), ("apache-2.0", True))
    assert own.unknown is False
    assert kinds(own) == ["several-licenses"]


def test_an_altered_text_is_not_the_license() -> None:
    changes = [
        {"kind": "changed", "section": "2", "lines": (67, 67)},
        {"kind": "removed", "section": "1.b.v", "lines": (60, 62)},
        {"kind": "added", "section": "after", "lines": (90, 91)},
        {"kind": "added", "section": "5", "lines": (80, 80)},
    ]
    own = texts(found("llama-2-community", "altered", changes=changes), declared=("llama2",))
    assert own.windows == ()
    assert own.unknown is True
    assert kinds(own) == ["text-altered", "declared-differs-from-text"]
    altered, _ = own.findings
    assert altered.message == (
        "m/llama-2-community: an altered copy of llama-2-community: 2 changed (line 67); "
        "1.b.v removed (would stand at line 60); terms added after the text (lines 90 to 91); 5 added to (line 80)"
    )
    assert altered.clauses == (
        "llama-2-community/1.b.v",
        "llama-2-community/2",
        "llama-2-community/5.a",
        "llama-2-community/5.c",
        "llama-2-community/5.c/2",
    )


def test_part_of_a_text_names_what_it_could_as_well_be() -> None:
    own = texts(found("codegeex", "partial", alike=("codegeex2",)))
    assert own.unknown is True
    (part,) = own.findings
    assert part.message == "m/codegeex: only a part of codegeex: ; it could as well be codegeex2"
    assert part.clauses == ()


def test_an_unknown_text_names_the_nearest() -> None:
    near = texts(found(status="unknown", nearest="mit", similarity=0.31))
    assert (near.windows, near.unknown, kinds(near)) == ((), True, ["unknown-text"])
    assert near.findings[0].message.endswith("the nearest is mit, of whose words 31% agree")
    (far,) = texts(found(status="unknown")).findings
    assert far.message == "m/LICENSE: no known license text"


def test_a_card_that_declares_another_license_than_the_text() -> None:
    own = texts(found("llama-2-community"), declared=("apache-2.0",))
    assert own.windows == (("llama-2-community", True),)
    assert own.unknown is False
    assert kinds(own) == ["declared-differs-from-text"]


def test_a_license_for_code_does_not_take_the_place_of_the_one_declared_for_weights() -> None:
    own = texts(found("mit"), declared=("llama2",))
    assert own.windows == (("mit", True), ("llama-2-community", True))
    assert kinds(own) == ["declared-differs-from-text", "code-license-on-weights"]
    both = texts(found("mit"), declared=("apache-2.0",))
    assert both.windows == (("mit", True),)
    assert kinds(both) == ["declared-differs-from-text"]


def test_a_license_that_is_named_and_not_there() -> None:
    own = texts(declared=("mit",))
    assert own.windows == (("mit", True),)
    assert kinds(own) == ["text-missing"]
    assert kinds(texts(declared=())) == ["license-missing"]


def test_a_policy_alone_is_no_license() -> None:
    own = texts(found("llama-2-aup"), declared=("llama2",))
    assert own.windows == (("llama-2-community", True),)
    assert kinds(own) == ["text-missing"]
    altered = texts(found("llama-2-aup", "altered"), declared=("llama2",))
    assert altered.unknown is True
    assert kinds(altered) == ["text-missing", "text-altered"]
    beside = texts(found("llama-2-community"), found("llama-2-aup", "altered"))
    assert (beside.windows, beside.unknown) == ((("llama-2-community", True),), True)


def test_words_of_clauses_that_are_not_in_the_text() -> None:
    own = texts(found("mit", lost=("mit/notice",)))
    assert own.unknown is False
    assert [(finding.kind, finding.clauses) for finding in own.findings] == [("passage-not-found", ("mit/notice",))]


def test_a_text_that_only_the_list_knows_is_not_encoded() -> None:
    found_ = resolve(Evidence(model="m", texts=(found("HPND"),)), Binder(PackagedCatalog()), Moment(ON, None))
    assert found_.concluded == ("HPND",)
    assert [finding.kind for finding in found_.findings] == ["clauses-not-encoded"]


def test_outputs_of_a_free_model_leave_no_trace() -> None:
    parent = Parent(evidence=Evidence(model="lab/base", declared=("apache-2.0",)), relation="distill", basis="declared")
    found = resolve(
        Evidence(model="m", declared=("mit",), parents=(parent,)), Binder(PackagedCatalog()), Moment(ON, None)
    )
    assert (found.terms.keys, found.findings) == (("mit",), ())


def test_a_record_in_full() -> None:
    assert Fulfilment.model_validate({"duty": "credit", "licenses": ["mit"]}) == Fulfilment(
        duty="credit", licenses=("mit",)
    )


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (None, "lab/x: says other and names no license"),
        ("LICENSE.md", "lab/x: says other and names no license; its license_link is LICENSE.md"),
    ],
)
def test_other_without_a_name_tells_where_the_card_points(
    catalog: PackagedCatalog, link: str | None, told: str
) -> None:
    own = own_terms(Evidence(model="lab/x", declared=("other",), license_link=link), None, catalog, Moment(ON, None))
    assert [finding.message for finding in own.findings] == [told]


BESIDE = CatalogModel(
    "lab/model", "Lab", (NEW, Window("c4ai-aup", None, None, "a note", "high")), (), "fine-tune", None
)
AT_HUB = Origin(source="hub", commit="0" * 40)


def offered(model: CatalogModel, text: str, obtained: date | None, **more: object) -> Own:
    """The own terms of a model of the catalog with a text."""
    evidence = Evidence.model_validate({"model": "lab/model", "texts": (found(text),), **more})
    return own_terms(evidence, model, PackagedCatalog(), Moment(ON, obtained))


def test_a_text_that_the_publisher_is_not_known_to_use_replaces_nothing() -> None:
    alone = offered(MODEL, "mit", date(2025, 1, 1))
    assert alone.windows == (("mit", True), ("apache-2.0", True))
    told = offered(MODEL, "mit", date(2025, 1, 1), declared=("mit",))
    assert [key for key, _ in told.windows] == ["mit", "apache-2.0"]
    assert [guard.path for _, guard in told.windows if isinstance(guard, Leaf)] == ["evidence.license_text"]
    assert kinds(alone) == kinds(told) == ["declared-differs-from-text"]


def test_a_text_of_another_time_does_not_replace_the_terms_of_the_copy() -> None:
    folder = offered(MODEL, "apache-2.0", date(2023, 1, 1))
    assert folder.windows == (("apache-2.0", True), ("cc-by-sa-3.0", True))
    assert offered(MODEL, "apache-2.0", date(2023, 1, 1), origin=Origin(source="folder")).windows == folder.windows
    hub = offered(MODEL, "apache-2.0", date(2023, 1, 1), origin=AT_HUB)
    assert hub.windows == (("cc-by-sa-3.0", True),)
    assert "obtained-under-other-terms" in kinds(folder)
    assert "obtained-under-other-terms" in kinds(hub)


def test_a_text_of_the_copy_s_own_time_decides() -> None:
    assert offered(MODEL, "apache-2.0", None).windows == (("apache-2.0", True),)
    assert offered(MODEL, "cc-by-sa-3.0", date(2023, 1, 1)).windows == (("cc-by-sa-3.0", True),)


def test_terms_that_stand_beside_the_license_stay_when_its_text_is_found() -> None:
    assert offered(BESIDE, "apache-2.0", date(2025, 1, 1)).windows == (("apache-2.0", True), ("c4ai-aup", True))


def test_a_policy_that_lies_beside_a_license_binds_and_alone_leaves_the_terms_open() -> None:
    assert texts(found("mit"), found("c4ai-aup")).windows == (("mit", True), ("c4ai-aup", True))
    astray = texts(found("mit"), found("llama-3.1-aup"))
    assert astray.unknown is True
    assert "policy-astray" in kinds(astray)
    assert texts(found("llama-2-community"), found("llama-2-aup")).windows == (("llama-2-community", True),)
    alone = Evidence(model="m", texts=(found("c4ai-aup"),))
    assert resolve(alone, Binder(PackagedCatalog()), Moment(ON, None)).terms.unknown is True


def test_an_altered_text_without_encoded_clauses_touches_none() -> None:
    own = texts(found("MIT-0", status="altered"))
    (altered,) = [finding for finding in own.findings if finding.kind == "text-altered"]
    assert altered.clauses == ()
    assert own.unknown is True
