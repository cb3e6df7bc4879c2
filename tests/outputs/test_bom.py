"""What a bill of materials holds, before any format."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from license_audit.audit import run
from license_audit.inventory import inventory
from license_audit.known import text_index
from license_audit.model.evidence import DataSource, Evidence, FoundText, Origin
from license_audit.model.report import Assessment, Edge, Finding, ModelUse, Question, Report
from license_audit.outputs.bom import Bom, Component
from license_audit.outputs.bom_data import data_component
from license_audit.outputs.bom_gathering import gather
from license_audit.outputs.bom_licenses import LIST_VERSION, NEWER, Register, clean, slug
from license_audit.outputs.bom_subjects import Subject
from license_audit.readers.catalog import PackagedCatalog
from tests import bills
from tests.bills import ACME, COMMIT, ON, OTHER, TEXT, named

LLAMA = "LicenseRef-scancode-llama-2-license-2023"


@pytest.fixture(scope="module")
def bom(tmp_path_factory: pytest.TempPathFactory, catalog: PackagedCatalog) -> Bom:
    """The bill of one model of every kind."""
    return bills.bill(tmp_path_factory.mktemp("site"), catalog)


@pytest.fixture(scope="module")
def report(catalog: PackagedCatalog) -> Report:
    """The report of the example."""
    return run(ACME / "models.yaml", ACME / "profile.yaml", catalog, ON)


_EMPTY = ("decisive", "terms", "clauses", "owed", "questions", "changes", "readings")
_OF_ASSESSMENT = ("terms", "verdict", "questions")


def use(model: str = "a/b", values: Mapping[str, object] | None = None, **more: object) -> ModelUse:
    """A result with little in it."""
    given = {**(values or {}), **more}
    assessment: dict[str, object] = {
        "verdict": "allowed",
        "best": "allowed",
        "worst": "allowed",
        "reason": "r",
        **dict.fromkeys(_EMPTY, ()),
    }
    assessment |= {key: given.pop(key) for key in _OF_ASSESSMENT if key in given}
    return ModelUse.model_validate(
        {
            "model": model,
            "use": "shop",
            "line": 1,
            "declared": None,
            "found": None,
            "assessment": Assessment.model_validate(assessment),
            "findings": (),
            "gate": "passes",
            **given,
        }
    )


def around(*uses: ModelUse) -> Report:
    """A report of some results."""
    return Report(
        tool_version="0", on=ON, manifest="m.yaml", profile="p.yaml", organization=None, fail_on="disallowed", uses=uses
    )


def test_each_model_ancestor_and_data_set_once(bom: Bom) -> None:
    assert [one.name for one in bom.components if one.is_listed] == [
        "acme/tuned",
        "acme/several",
        "acme/silent",
        "acme/other",
        "acme/named",
        "acme/gone",
        "acme/loop",
        "nobody/pinned",
        "hall/base",
        "models/we ird_ü",
        "openai:gpt-4",
        "unheard-of:x-1",
    ]
    assert [one.name for one in bom.components if not one.is_listed and one.kind != "data"] == [
        "hall/loop",
        "no id at all",
    ]
    assert len({one.ref for one in bom.components}) == len(bom.components)
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", one.ref) for one in bom.components)


def test_versions_and_places(bom: Bom) -> None:
    tuned = named(bom, "acme/tuned")
    assert tuned.version == COMMIT
    assert tuned.purl == f"pkg:huggingface/acme/tuned@{COMMIT}"
    assert tuned.address == f"https://huggingface.co/acme/tuned/tree/{COMMIT}"
    assert tuned.supplier == "acme"
    pinned = named(bom, "nobody/pinned")
    assert (pinned.version, pinned.purl) == ("v1.0", "pkg:huggingface/nobody/pinned")
    assert pinned.address == "https://huggingface.co/nobody/pinned"
    gone = named(bom, "acme/gone")
    assert (gone.purl, gone.address) == ("pkg:huggingface/acme/gone", "")
    for name in ("models/we ird_ü", "no id at all", "openai:gpt-4"):
        assert (named(bom, name).purl, named(bom, name).address) == ("", "")
    assert named(bom, "models/we ird_ü").supplier == ""
    assert [named(bom, name).supplier for name in ("openai:gpt-4", "unheard-of:x-1")] == ["OpenAI", "unheard-of"]


def test_declared_as_the_card_says(bom: Bom) -> None:
    def said(name: str) -> str:
        return named(bom, name).declared.expression

    assert said("acme/tuned") == "Apache-2.0"
    assert said("acme/several") == "NOASSERTION"
    assert named(bom, "acme/several").declared.ids == ("MIT", "Apache-2.0")
    assert said("acme/silent") == "NONE"
    assert said("acme/other") == "NOASSERTION"
    assert "points to https://acme.example/terms" in named(bom, "acme/other").declared.note
    assert said("acme/gone") == said("openai:gpt-4") == "NOASSERTION"
    assert said("acme/named").startswith("LicenseRef-declared-our-text-terms-")
    assert said("acme/loop").startswith("LicenseRef-declared-gemma-")
    assert said("models/we ird_ü") == "LicenseRef-OpenMDW-1.0"


def test_concluded_is_what_is_in_force(bom: Bom) -> None:
    tuned = named(bom, "acme/tuned")
    assert tuned.concluded.expression == f"Apache-2.0 AND {LLAMA}"
    assert tuned.own == ("Apache-2.0",)
    assert f"From its ancestors: {LLAMA}." in tuned.concluded.note
    assert named(bom, "hall/base").concluded.expression == LLAMA
    for name in ("acme/several", "acme/silent", "acme/named", "acme/loop", "acme/gone", "openai:gpt-4"):
        assert named(bom, name).concluded.expression == "NOASSERTION"
    assert named(bom, "acme/several").concluded.note == "Not settled. These may be in force: MIT, Apache-2.0."


def test_what_is_said_of_a_text(bom: Bom) -> None:
    terms = {one.id: one for one in bom.terms}
    llama = terms[LLAMA]
    assert llama.title == "Llama 2 Community License Agreement"
    assert llama.page == "https://scancode-licensedb.aboutcode.org/llama-2-license-2023.html"
    assert "published by Meta." in llama.said
    assert "It makes part of itself: llama-2-aup." in llama.said
    assert f"Found in hall/base/LICENSE.txt (unaltered). SHA-256 of the texts there: {TEXT}." in llama.said
    assert "Sections on which a verdict or a duty rests here: " in llama.said
    assert "Sections of llama-2-aup" in llama.said
    assert f"OpenMDW-1.0, in versions after {LIST_VERSION}." in terms["LicenseRef-OpenMDW-1.0"].said
    (own,) = [one for id_, one in terms.items() if id_.startswith("LicenseRef-declared-our")]
    assert own.title == "our ‹/text› terms"
    assert "It points to LICENSE." in own.said
    (gemma,) = [one for id_, one in terms.items() if id_.startswith("LicenseRef-declared-gemma")]
    meant = "gemma-tou-2024-02-21, gemma-tou-2024-04-01, gemma-tou-2025-03-24"
    assert f"can mean {meant}; the date of the copy decides" in gemma.said


def test_a_name_that_two_cards_give_is_not_one_license(catalog: PackagedCatalog) -> None:
    register = Register(catalog)
    first, second = (register.card(("custom",), model).ids for model in ("a/b", "c/d"))
    assert first != second
    assert [one.title for one in register.terms()] == ["custom", "custom"]


def test_lineage_and_data(bom: Bom) -> None:
    tuned = named(bom, "acme/tuned")
    assert [(link.relation, link.told) for link in tuned.links] == [
        ("fine-tune", "fine-tune of hall/base (declared at acme/tuned/README.md:3)"),
        ("data", "trained on tatsu-lab/alpaca (declared at acme/tuned/README.md:5)"),
        ("data", "trained on Some/Unknown-Set (declared)"),
        ("data", "trained on set ‹/text› of\\x1b[31m PackageName: evil (stated)"),
        ("data", "trained on sharegpt (stated)"),
        ("data", "trained on deep/set (declared through Some/Unknown-Set)"),
    ]
    # The folder's card writes the id of its parent in other capitals.
    assert named(bom, "models/we ird_ü").links[0].ref == named(bom, "hall/base").ref == tuned.links[0].ref
    assert [link.relation for link in named(bom, "hall/loop").links] == ["fine-tune", "merge"]


def test_data_sets(bom: Bom) -> None:
    alpaca = named(bom, "tatsu-lab/alpaca")
    assert alpaca.address == "https://huggingface.co/datasets/tatsu-lab/alpaca"
    assert (alpaca.supplier, alpaca.declared.expression) == ("tatsu-lab", "NOASSERTION")
    assert alpaca.concluded.expression == "CC-BY-NC-4.0"
    assert "It holds outputs of openai." in alpaca.remarks
    # One card calls it by another spelling, and nobody read its own card there.
    unknown = named(bom, "Some/Unknown-Set")
    assert (unknown.declared.expression, unknown.concluded.expression) == ("CC-BY-4.0", "NOASSERTION")
    assert named(bom, "sharegpt").concluded.expression == "NONE"
    assert named(bom, "sharegpt").address == ""


def test_of_two_who_name_a_data_set_the_one_counts_who_read_its_card(catalog: PackagedCatalog) -> None:
    unread = DataSource(name="A/Set", basis="stated")
    read = DataSource(name="a/set", basis="declared", declared=("mit",))
    subjects = [
        Subject(evidence=Evidence(model=f"a/m{number}", data=(source,)))
        for number, source in enumerate((unread, read, unread))
    ]
    assert named(gather(around(), catalog, subjects), "a/set").declared.expression == "MIT"


def test_a_data_set_by_its_name_and_by_its_id_is_one(catalog: PackagedCatalog) -> None:
    sources = (DataSource(name="Alpaca", basis="stated"), DataSource(name="tatsu-lab/alpaca", basis="declared"))
    found = gather(around(), catalog, [Subject(evidence=Evidence(model="a/b", data=sources))])
    assert [one.name for one in found.components] == ["a/b", "tatsu-lab/alpaca"]
    assert [link.ref for link in found.components[0].links] == [found.components[1].ref] * 2


def test_outputs_of_a_hosted_model(catalog: PackagedCatalog) -> None:
    found = data_component(DataSource(name="ChatGPT", basis="stated"), Register(catalog), catalog)
    assert found.name == "outputs of ChatGPT"
    assert found.remarks[0].startswith("Outputs of a hosted model of OpenAI; ")


def test_what_cannot_be_read_is_neither_a_license_nor_a_model(catalog: PackagedCatalog) -> None:
    unread = "(what the card says but cannot be read)"
    lineage = (edge("a/b", unread, basis="stated"),)
    found = gather(around(use(declared=(unread,), lineage=lineage)), catalog)
    (one,) = found.components
    assert one.declared.expression == "NOASSERTION"
    assert one.declared.note == "What the card says of its license cannot be read."
    assert one.remarks == (f"It has an ancestor that nobody can name: merge that holds {unread} (stated, contested).",)
    assert not one.links


def test_data_without_limits(catalog: PackagedCatalog) -> None:
    free = next(one for one in catalog.datasets() if not one.limits and not one.generators)
    found = data_component(DataSource(name=free.id, basis="declared"), Register(catalog), catalog)
    assert found.remarks == (f"{free.title}. {free.note}",)


@pytest.mark.parametrize(
    ("name", "expression", "note"),
    [
        ("bigscience/P3", "NOASSERTION", "Its terms: terms of each of its data sets."),
        ("yahma/alpaca-cleaned", "CC-BY-NC-4.0", "confidence medium"),
        ("a b/c", "NOASSERTION", "Nothing is concluded"),
    ],
)
def test_terms_of_data(name: str, expression: str, note: str, catalog: PackagedCatalog) -> None:
    found = data_component(DataSource(name=name, basis="declared"), Register(catalog), catalog)
    assert found.concluded.expression == expression
    assert note in found.concluded.note


def test_terms_of_data_that_are_not_sure(catalog: PackagedCatalog) -> None:
    unsure = [one for one in catalog.datasets() if one.license is not None and one.confidence == "low"]
    found = data_component(DataSource(name=unsure[0].id, basis="stated"), Register(catalog), catalog)
    assert found.concluded.expression == "NOASSERTION"
    assert f"Its terms: {unsure[0].license}. " in found.concluded.note


def test_verdicts(bom: Bom) -> None:
    tuned = named(bom, "acme/tuned")
    assert [found.use for found in tuned.judgements] == ["shop", "lab", "lab"]
    assert all(found.told.startswith(f"For the use {found.use}: {found.verdict}") for found in tuned.judgements)
    assert "The gate fails." in named(bom, "acme/several").judgements[0].told
    assert "warning: several-licenses: " in named(bom, "acme/several").judgements[0].told


def test_remarks(bom: Bom) -> None:
    assert named(bom, "acme/tuned").remarks == (
        "The Hub calls it acme/tuned-2 now.",
        "The Hub hands out its files after a person agreed.",
        "Its card names training data.",
    )
    assert "Its card names no training data." in named(bom, "acme/silent").remarks
    assert named(bom, "acme/gone").remarks == ("It could not be read: there is no such repository.",)
    assert "acme/named/LICENSE is an altered copy of mit." in named(bom, "acme/named").remarks


def test_whatever_is_in_it_is_reached(bom: Bom) -> None:
    needs = list(bom.needs())
    reached: set[str | None] = {None}
    while len(reached) < len(more := reached | {other for one, other in needs if one in reached}):
        reached = more
    assert reached - {None} == {one.ref for one in bom.components}
    assert all(one != other for one, other in needs)
    assert len(needs) == len(set(needs))


def test_the_same_models_have_the_same_name_and_others_another(
    bom: Bom, tmp_path: Path, catalog: PackagedCatalog
) -> None:
    again = bills.bill(tmp_path, catalog)
    assert again == bom
    assert again.digest == bom.digest
    assert bom.model_copy(update={"manifest": "other.yaml"}).digest != bom.digest


def test_a_report_alone_says_the_same_where_nothing_more_was_read(report: Report, catalog: PackagedCatalog) -> None:
    """Everything of the example comes from folders and the catalog, but the digests and data of ancestors."""
    alone = gather(report, catalog)
    taken = inventory(ACME / "models.yaml", ACME / "profile.yaml", catalog, ON)
    assert gather(taken.report, catalog, taken.subjects) == alone


def test_a_report_alone_is_never_surer(tmp_path: Path, catalog: PackagedCatalog) -> None:
    found = bills.taken(bills.site(tmp_path), catalog)
    full = {one.name: one for one in gather(found.report, catalog, found.subjects).components}
    alone = gather(found.report, catalog)
    kinds = {one.kind: one.name for one in alone.components}
    assert kinds.keys() == {"model", "folder", "hosted"}
    for one in alone.components:
        assert one.name in full
        if one.concluded.state == "known":
            assert one.concluded.ids == full[one.name].concluded.ids
    assert named(alone, "acme/tuned").concluded.expression == f"Apache-2.0 AND {LLAMA}"
    assert named(alone, "hall/base").version == OTHER


def edge(child: str, parent: str, *concluded: str, basis: str = "declared") -> Edge:
    """A step of the lineage."""
    return Edge.model_validate(
        {
            "child": child,
            "parent": parent,
            "relation": "merge",
            "basis": basis,
            "contested": basis == "stated",
            "where": "",
            "concluded": concluded,
        }
    )


@pytest.mark.parametrize(
    ("values", "expression"),
    [
        ({}, "MIT"),
        ({"openness": None}, "NOASSERTION"),
        ({"concluded": ("mit", "apache-2.0"), "terms": ("mit", "apache-2.0")}, "NOASSERTION"),
        ({"lineage": (edge("a/b", "c/d", "mit", basis="stated"),)}, "NOASSERTION"),
        ({"lineage": (edge("a/b", "c/d", "mit", "isc"),)}, "NOASSERTION"),
        ({"lineage": (edge("a/b", "c/d", "isc"),), "terms": ("mit", "isc")}, "MIT AND ISC"),
        ({"findings": (Finding(kind="parent-terms-unknown", level="warning", message="m"),)}, "NOASSERTION"),
        (
            {
                "concluded": ("mit", "isc"),
                "found": ("mit", "isc"),
                "texts": (FoundText(key="mit", status="unaltered"), FoundText(key="isc", status="unaltered")),
            },
            "MIT AND ISC",
        ),
    ],
)
def test_what_a_report_leaves_open_is_no_conclusion(
    values: dict[str, object], expression: str, catalog: PackagedCatalog
) -> None:
    result = use(values={"concluded": ("mit",), "terms": ("mit",), "openness": "open", **values})
    found = gather(around(result), catalog)
    assert named(found, "a/b").concluded.expression == expression


def test_an_ancestor_with_other_terms_above_it_is_not_settled(catalog: PackagedCatalog) -> None:
    lineage = (edge("a/b", "c/d", "mit"), edge("c/d", "e/f", "isc"), edge("e/f", "c/d", "mit"), edge("e/f", "a/b"))
    result = use(concluded=("mit",), terms=("mit", "isc"), openness="open", lineage=lineage[:2])
    found = gather(around(result), catalog)
    assert named(found, "c/d").concluded.expression == "NOASSERTION"
    assert named(found, "e/f").concluded.expression == "ISC"
    looped = gather(around(use(concluded=("mit",), openness="open", lineage=lineage)), catalog)
    assert [link.ref for link in named(looped, "e/f").links] == [named(looped, name).ref for name in ("c/d", "a/b")]


def test_a_contested_parent_is_told(catalog: PackagedCatalog) -> None:
    found = gather(around(use(lineage=(edge("a/b", "c/d", "mit", basis="stated"),))), catalog)
    assert named(found, "a/b").links[0].told == "merge that holds c/d (stated, contested)"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/somebody/models/x", "x"),
        ("~/models/x", "x"),
        ("C:\\models\\x", "x"),
        ("\\\\server\\share\\x", "x"),
        ("/", "folder"),
        ("../shared/x", "../shared/x"),
    ],
)
def test_a_path_of_this_machine_is_not_told(path: str, shown: str, catalog: PackagedCatalog) -> None:
    text = FoundText(file=f"{path}/LICENSE", key="mit", status="partial")
    message = Finding(kind="odd", level="warning", message=f"{path}/LICENSE: a part", waived=f"by me: {path}")
    result = use(
        path,
        source="folder",
        found=("",),
        texts=(text,),
        concluded=("mit",),
        findings=(message,),
        lineage=(edge(path, "c/d", "mit"),),
    )
    found = gather(around(result), catalog)
    assert found.components[0].name == shown
    assert found.components[0].links
    if path not in (shown, "/"):
        assert path not in found.model_dump_json().replace("\\\\", "\\")


def test_two_folders_of_one_name_are_two(catalog: PackagedCatalog) -> None:
    found = gather(around(use("/a/x", source="folder"), use("/b/x", source="folder")), catalog)
    assert [one.name for one in found.components] == ["x", "x"]
    assert len({one.ref for one in found.components}) == 2


def test_two_revisions_are_two_and_an_ancestor_by_name_is_the_listed_one(catalog: PackagedCatalog) -> None:
    found = gather(
        around(
            use("a/b", source="lock", commit=COMMIT),
            use("A/B", source="cache", commit=OTHER),
            use("c/d", lineage=(edge("c/d", "a/B", "mit"),)),
        ),
        catalog,
    )
    assert [(one.name, one.version) for one in found.components] == [("a/b", COMMIT), ("A/B", OTHER), ("c/d", "")]
    assert found.components[2].links[0].ref == found.components[0].ref


def test_a_model_listed_twice_under_other_terms_is_not_settled(catalog: PackagedCatalog) -> None:
    one = use(concluded=("mit",), terms=("mit",), openness="open")
    other = use(use="lab", concluded=("isc",), terms=("isc",), openness="community")
    found = gather(around(one, other), catalog)
    assert found.components[0].concluded.expression == "NOASSERTION"
    assert found.components[0].openness is None
    assert len(found.components[0].judgements) == 2


def test_long_verdicts_are_cut(catalog: PackagedCatalog) -> None:
    warning = tuple(Finding(kind=f"k{number}", level="warning", message="m") for number in range(22))
    asked = (Question(path="a.b", text="?", clauses=(), decides=True),)
    found = gather(around(use(findings=warning, verdict="undetermined", questions=asked, gate="known")), catalog)
    lines = found.components[0].judgements[0].told.splitlines()
    assert lines[0] == "For the use shop: undetermined (best allowed, worst allowed)."
    assert lines[2:4] == ["Open: a.b.", "The gate fails, as it did in the baseline."]
    assert lines[-2:] == ["warning: k19: m", "and 2 more"]


def test_who_waived_and_why_stays_in_the_house(report: Report, catalog: PackagedCatalog) -> None:
    told = named(gather(report, catalog), "models/acme-helper-7b").judgements[0].told
    assert told.endswith("which travels (waived)")
    assert "legal@acme.example" not in gather(report, catalog).model_dump_json()


def test_without_a_name_or_terms(catalog: PackagedCatalog) -> None:
    bare = Subject(
        evidence=Evidence(model=" ", origin=Origin(source="folder"), data=(DataSource(name=" ", basis="stated"),))
    )
    found = gather(around(), catalog, [bare])
    assert [one.name for one in found.components] == ["unnamed", "unnamed"]
    assert found.told == "The models that m.yaml lists, judged against p.yaml for 2026-11-26. No legal advice."


def test_licenses_in_force_that_are_no_own_ones(catalog: PackagedCatalog) -> None:
    one = Subject(evidence=Evidence(model="gpt2"), licenses=("llama-2-community",), is_settled=True)
    found: Component = gather(around(), catalog, [one]).components[0]
    assert found.concluded.note == f"Its own terms: none. From its ancestors: {LLAMA}."
    assert found.purl == "pkg:huggingface/gpt2"


def test_a_license_is_said_to_be_read_in_a_few_places(catalog: PackagedCatalog) -> None:
    subjects = [
        Subject(evidence=Evidence(model=f"a/{n}"), own=("llama-2-community",), licenses=("llama-2-community",))
        for n in range(5)
    ]
    (terms,) = gather(around(), catalog, subjects).terms
    assert terms.said.count("It may be in force for a/") == 3
    assert terms.said.endswith("The same is so of 2 more.")


def test_newer_ids_are_references(catalog: PackagedCatalog) -> None:
    register = Register(catalog)
    assert register.concluded(["UnRAR", "0BSD", "apache-2.0"]) == ("LicenseRef-UnRAR", "0BSD", "Apache-2.0")
    (terms,) = register.terms()
    assert (terms.title, terms.said) == ("UnRAR", f"The SPDX list names it UnRAR, in versions after {LIST_VERSION}.")


def test_the_newer_ids_are_those_that_readers_do_not_know(catalog: PackagedCatalog) -> None:
    """Each id that a text or a card may come to is known to the list of the SPDX tools, or is among the newer ones."""
    from spdx_tools.common.spdx_licensing import (  # type: ignore[import-untyped]  # noqa: PLC0415  # slow to import
        spdx_licensing,
    )

    readers_know = spdx_licensing.known_symbols
    ids = {known.spdx for known in catalog.known()}
    ids |= {text.identity.key for text in text_index().texts() if catalog.named(text.identity.key) is None}
    listed = {id_ for id_ in ids if not id_.startswith("LicenseRef-")}
    assert {id_ for id_ in listed if id_ not in readers_know} == NEWER


def test_ids_are_told_apart() -> None:
    names = ["a/b", "a-b", "a_b", "ä", "ö", "", " ", "a" * 300, "a" * 301, "\ud800"]
    assert len({slug(name) for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", slug(name)) for name in names)
    assert slug("x", "y") != slug("x", "z")


def test_words_of_strangers() -> None:
    assert clean("a\n b\t<TEXT>c</text>\x1b") == "a b ‹text›c‹/text›\\x1b"
