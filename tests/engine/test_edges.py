"""What is noticed along the edges of a lineage."""

from datetime import date
from typing import Any

import pytest

from license_audit.engine.binder import Binder
from license_audit.engine.lineage import MAX_DEPTH, Resolved, resolve
from license_audit.engine.own_terms import Moment
from license_audit.model.catalog import CatalogModel, Provider, Window
from license_audit.model.evidence import DataSource, Evidence, FoundText, Origin, Parent
from license_audit.readers.catalog import PackagedCatalog

HUB = Origin(source="hub", commit="1" * 40)


def edge(evidence: Evidence | str, relation: Any = "fine-tune", basis: Any = "declared", **keys: Any) -> Parent:
    """A parent, by evidence or by name alone."""
    found = Evidence(model=evidence) if isinstance(evidence, str) else evidence
    return Parent(evidence=found, relation=relation, basis=basis, **keys)


def look(catalog: PackagedCatalog, *parents: Parent, declared: Any = ("apache-2.0",), **keys: Any) -> Resolved:
    """The effective terms of a model called `lab/child`, unless another name is given."""
    evidence = Evidence(**{"model": "lab/child", "declared": declared, "parents": parents, **keys})
    return resolve(evidence, Binder(catalog), Moment(date(2026, 11, 26), None))


def kinds(found: Resolved) -> set[str]:
    """Kinds of the findings, those about clauses aside."""
    return {finding.kind for finding in found.findings} - {"clauses-not-encoded"}


def messages(found: Resolved, kind: str) -> list[str]:
    """Messages of the findings of a kind."""
    return [finding.message for finding in found.findings if finding.kind == kind]


MAMBA = Evidence(model="lab/base", declared=("falcon-mamba-7b-1.0",))
NOTHING = Evidence(model="lab/base", declared=())


@pytest.mark.parametrize(
    ("declared", "parent", "basis", "expected"),
    [
        # encoded terms, clause by clause
        ("apache-2.0", "meta-llama/Llama-2-7b-hf", "declared", {"restriction-dropped"}),
        ("apache-2.0", "meta-llama/Llama-2-7b-hf", "stated", {"restriction-dropped", "parent-not-declared"}),
        ("llama-2-community", "meta-llama/Llama-2-7b-hf", "stated", set()),
        ("apache-2.0", "mistralai/Mistral-7B-v0.1", "stated", set()),
        # terms that are known by name and not encoded
        ("apache-2.0", MAMBA, "declared", {"restriction-dropped", "parent-terms-unknown"}),
        ("falcon-mamba-7b-1.0", MAMBA, "declared", {"parent-terms-unknown"}),
        # only a name
        (
            "apache-2.0",
            "other/llama-3.1-8b-tune",
            "declared",
            {"restriction-dropped", "parent-terms-unknown", "terms-unknown"},
        ),
        ("llama-3.1-community", "other/llama-3.1-8b-tune", "declared", {"parent-terms-unknown", "terms-unknown"}),
        ("apache-2.0", "other/some-3b", "declared", {"parent-terms-unknown", "terms-unknown"}),
        # a child that names nothing drops nothing
        ("other", MAMBA, "declared", {"other-without-name", "parent-terms-unknown"}),
        ("other", "meta-llama/Llama-2-7b-hf", "declared", {"other-without-name"}),
        (
            "other",
            "other/llama-3.1-8b-tune",
            "declared",
            {"other-without-name", "parent-terms-unknown", "terms-unknown"},
        ),
        ("apache-2.0", NOTHING, "declared", {"license-missing", "parent-terms-unknown", "parent-unlicensed"}),
    ],
)
def test_findings_about_a_parent(
    catalog: PackagedCatalog, declared: str, parent: Evidence | str, basis: str, expected: set[str]
) -> None:
    assert kinds(look(catalog, edge(parent, basis=basis), declared=(declared,))) == expected


def test_where_the_parent_is_named(catalog: PackagedCatalog) -> None:
    found = look(catalog, edge("meta-llama/Llama-2-7b-hf", basis="stated", where="m/README.md:9"))
    assert messages(found, "parent-not-declared") == [
        "m/README.md:9 names meta-llama/Llama-2-7b-hf as the origin, and base_model does not"
    ]
    found = look(catalog, edge("meta-llama/Llama-2-7b-hf", basis="stated"))
    assert messages(found, "parent-not-declared")[0].startswith("the prose names meta-llama")


def test_a_dropped_restriction_two_steps_up(catalog: PackagedCatalog) -> None:
    middle = Evidence(model="lab/middle", declared=("apache-2.0",), parents=(edge(MAMBA),))
    found = look(catalog, edge(middle))
    assert messages(found, "restriction-dropped") == [
        "apache-2.0 is declared, but lab/base comes under falcon-mamba-7b-1.0, whose clauses are not encoded yet",
        (
            "apache-2.0 is declared, but lab/middle comes under falcon-mamba-7b-1.0 through lab/base, "
            "whose clauses are not encoded yet"
        ),
    ]


@pytest.mark.parametrize(
    ("parent", "lost"),
    [
        ("meta-llama/Llama-2-7b-hf", tuple(f"llama-2-community/{section}" for section in ("1.b.iv", "1.b.v", "2"))),
        (MAMBA, ("falcon-mamba-7b-1.0",)),
        ("other/llama-3.1-8b-tune", ("its terms",)),
        ("mistralai/Mistral-7B-v0.1", ()),
    ],
)
def test_a_step_says_what_is_dropped_along_it(
    catalog: PackagedCatalog, parent: Evidence | str, lost: tuple[str, ...]
) -> None:
    found = look(catalog, edge(parent), declared=("apache-2.0",))
    assert found.lineage[0].dropped == lost
    assert not look(catalog, edge(parent), declared=("other",)).lineage[0].dropped


def test_a_step_further_up_drops_what_lies_there(catalog: PackagedCatalog) -> None:
    middle = Evidence(model="lab/middle", declared=("falcon-mamba-7b-1.0",), parents=(edge(MAMBA),))
    found = look(catalog, edge(middle))
    assert [(step.parent, step.dropped) for step in found.lineage] == [
        ("lab/middle", ("falcon-mamba-7b-1.0",)),
        ("lab/base", ()),
    ]


def test_a_parent_that_does_not_exist(catalog: PackagedCatalog) -> None:
    gone = Evidence(model="lab/gone", unavailable="no such repository")
    found = look(catalog, edge(gone, where="m/README.md:3"))
    assert messages(found, "parent-unavailable") == [
        "the parent lab/gone, named at m/README.md:3, could not be read: no such repository"
    ]
    assert found.terms.unknown is True


@pytest.mark.parametrize(
    ("name", "keys", "expected"),
    [
        ("lab/llama-2-7b-tune", {}, True),
        ("lab/llama-2-7b-tune", {"declared": ("llama2",)}, False),
        ("lab/llama-2-7b-tune", {"declared": None}, False),
        ("lab/llama-2-7b-tune", {"declared": ()}, False),
        ("lab/mistral-7b-tune", {}, False),
        ("meta-llama/Llama-2-99b", {}, True),
        ("meta-llama/Llama-2-99b", {"origin": HUB}, False),
        # what is declared says otherwise than the name
        ("lab/llama-2-7b-tune", {"parents": (edge("mistralai/Mistral-7B-v0.1"),)}, True),
        ("lab/llama-2-7b-tune", {"parents": (edge("other/llama-2-13b"),)}, False),
        ("lab/tune", {"hints": ("mistral-7b", "llama-2")}, True),
        ("lab/tune", {"hints": ("mistral-7b",)}, False),
        # Yi came under limits once and does no more
        ("lab/tune", {"hints": ("Yi-34B-200K",)}, False),
    ],
)
def test_a_name_that_points_to_a_parent(
    catalog: PackagedCatalog, name: str, keys: dict[str, Any], *, expected: bool
) -> None:
    found = look(catalog, model=name, **keys)
    assert ("parent-not-declared" in kinds(found)) is expected
    if expected:
        assert found.terms.unknown not in (True, False)


@pytest.mark.parametrize("relation", ["adapter", "component", "copy"])
def test_a_parent_that_is_used_itself(catalog: PackagedCatalog, relation: str) -> None:
    found = look(catalog, edge("mistralai/Mistral-Large-Instruct-2407", relation))
    assert [layer.bound.key for layer in found.terms.layers] == ["apache-2.0", "mistral-mrl-0.1"]
    assert found.terms.layers[1].is_derivative is False


def test_a_student_takes_over_no_terms_that_are_not_encoded(catalog: PackagedCatalog) -> None:
    assert "restriction-dropped" not in kinds(look(catalog, edge(MAMBA, "distill")))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"texts": (), "notice_file": False}, ("llama-2-community/1.b.i", "llama-2-community/1.b.iii")),
        ({"texts": (), "notice_file": True}, ("llama-2-community/1.b.i",)),
        ({"texts": (FoundText(key="llama-2-community", status="unaltered"),), "notice_file": False}, None),
        ({"texts": None}, None),
    ],
)
def test_attribution(catalog: PackagedCatalog, keys: dict[str, Any], expected: tuple[str, ...] | None) -> None:
    found = look(catalog, edge("meta-llama/Llama-2-7b-hf"), declared=("llama2",), **keys)
    told = [finding.clauses for finding in found.findings if finding.kind == "attribution-dropped"]
    assert told == ([expected] if expected else [])


@pytest.mark.parametrize(("on", "obtained", "expected"), [(2026, None, False), (2026, 2023, True)])
def test_a_license_that_the_parent_came_under_once(
    catalog: PackagedCatalog, on: int, obtained: int | None, *, expected: bool
) -> None:
    """Falcon 7B was under royalty terms until the end of May 2023. Nobody knows when the child took its copy."""
    evidence = Evidence(model="lab/child", declared=("apache-2.0",), parents=(edge("tiiuae/falcon-7b"),))
    moment = Moment(date(on, 11, 26), date(obtained, 5, 28) if obtained else None)
    found = resolve(evidence, Binder(catalog), moment)
    assert "falcon-llm-1.0" in {layer.bound.key for layer in found.terms.layers}
    assert ("restriction-dropped" in kinds(found)) is expected


def test_two_sources_that_differ(catalog: PackagedCatalog) -> None:
    first = edge("mistralai/Mistral-7B-v0.1", contested=True, where="m/README.md:2")
    second = edge("meta-llama/Llama-2-7b-hf", basis="stated", contested=True)
    found = look(catalog, first, second)
    assert messages(found, "lineage-contested") == [
        (
            "lab/child: sources name different parents: mistralai/Mistral-7B-v0.1 (declared at m/README.md:2), "
            "meta-llama/Llama-2-7b-hf (stated)"
        )
    ]
    guards = {layer.bound.key: layer.guard for layer in found.terms.layers}
    assert guards["apache-2.0"] is True
    assert guards["llama-2-community"] not in (True, False)


def test_a_publisher_states_its_own_terms_anew(catalog: PackagedCatalog) -> None:
    """The older terms of the same publisher do not travel; those of a stranger above it do."""
    llama = edge("meta-llama/Llama-2-7b-hf")
    older = Evidence(model="lab/older", declared=("cc-by-nc-4.0",), parents=(llama,), origin=HUB)
    found = look(catalog, edge(older), origin=HUB)
    assert [layer.bound.key for layer in found.terms.layers] == ["apache-2.0", "llama-2-community"]
    # The hub says that the model is somebody else's now.
    found = look(catalog, edge(older), origin=HUB, renamed="other/child")
    assert "cc-by-nc-4.0" in found.licenses
    # A folder may be called anything, so its name vouches for no publisher.
    found = look(catalog, edge(older), origin=Origin(source="folder"))
    assert [layer.bound.key for layer in found.terms.layers] == ["apache-2.0", "cc-by-nc-4.0", "llama-2-community"]


@pytest.mark.parametrize(
    ("relation", "travels"), [("fine-tune", False), ("copy", False), ("adapter", True), ("component", True)]
)
def test_a_publishers_own_base_keeps_its_terms_where_it_is_used_beside(
    catalog: PackagedCatalog, relation: str, *, travels: bool
) -> None:
    base = Evidence(model="lab/base", declared=("cc-by-nc-4.0",), origin=HUB)
    found = look(catalog, edge(base, relation), origin=HUB)
    assert ("cc-by-nc-4.0" in found.licenses) is travels


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (DataSource(name="tatsu-lab/alpaca", basis="declared", where="m/README.md:4"), "Alpaca (m/README.md:4), which"),
        (DataSource(name="OpenAssistant/oasst1", basis="declared"), None),
        (DataSource(name="lab/mine", basis="declared", declared=("cc-by-nc-4.0",)), "card declares cc-by-nc-4.0"),
        (DataSource(name="lab/mine", basis="declared", declared=("mit", "strange")), None),
        (DataSource(name="lab/mine", basis="declared"), None),
    ],
)
def test_terms_of_data(catalog: PackagedCatalog, source: DataSource, expected: str | None) -> None:
    found = look(catalog, data=(source,))
    told = messages(found, "data-terms")
    assert (told and expected in told[0]) if expected else not told
    assert found.terms.unknown is False


def test_a_hosted_model_whose_terms_are_held(catalog: PackagedCatalog, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Provider("acme", "Acme", "Acme Terms", "mit")
    monkeypatch.setattr(catalog, "provider", lambda _: held)
    found = look(catalog, model="acme:x", provider="acme", declared=None)
    assert [layer.bound.key for layer in found.terms.layers] == ["mit"]
    assert (found.terms.unknown, found.openness) == (False, "api")


def test_a_hosted_model(catalog: PackagedCatalog) -> None:
    known = look(catalog, model="openai:gpt-4", provider="openai", declared=None)
    assert messages(known, "terms-not-read")[0].startswith("openai:gpt-4 is a hosted model: OpenAI Services Agreement")
    assert (known.terms.unknown, known.openness) == (True, "api")
    nobody = look(catalog, model="acme:x", provider="acme", declared=None)
    assert messages(nobody, "terms-not-read") == ["acme:x is a hosted model: terms apply whose text is not read"]


@pytest.mark.parametrize(
    ("declared", "parent", "expected"),
    [
        ("apache-2.0", None, "open"),
        ("cc-by-4.0", None, "permissive"),
        ("apache-2.0", "meta-llama/Llama-2-7b-hf", "community"),
        ("apache-2.0", MAMBA, "community"),
        ("apache-2.0", "mistralai/Mistral-Large-Instruct-2407", "research-only"),
        ("strange", None, None),
        ("apache-2.0", "other/some-3b", None),
    ],
)
def test_openness(catalog: PackagedCatalog, declared: str, parent: Evidence | str | None, expected: str | None) -> None:
    parents = () if parent is None else (edge(parent),)
    assert look(catalog, *parents, declared=(declared,)).openness == expected


def test_a_lineage_without_end(catalog: PackagedCatalog) -> None:
    evidence = Evidence(model="m/last", declared=("mit",))
    for number in range(MAX_DEPTH + 2):
        evidence = Evidence(model=f"m/{number}", declared=("mit",), parents=(edge(evidence),), origin=HUB)
    found = resolve(evidence, Binder(catalog), Moment(date(2026, 11, 26), None))
    assert "lineage-too-deep" in kinds(found)
    assert found.terms.unknown is True


def test_merges_of_merges_come_to_an_end(catalog: PackagedCatalog) -> None:
    evidence = Evidence(model="m/first", declared=("mit",))
    for number in range(6):
        parents = tuple(edge(evidence.model_copy(update={"model": f"m/{number}-{copy}"}), "merge") for copy in range(5))
        evidence = Evidence(model=f"m/{number}", declared=("mit",), parents=parents)
    found = resolve(evidence, Binder(catalog), Moment(date(2026, 11, 26), None))
    assert "lineage-too-large" in kinds(found)
    assert found.terms.unknown is True


def test_edges_of_the_report(catalog: PackagedCatalog) -> None:
    middle = Evidence(model="lab/middle", declared=("mit",), parents=(edge("meta-llama/Llama-2-7b-hf", "merge"),))
    found = look(catalog, edge(middle, "adapter", where="m/adapter_config.json:2"))
    assert [(one.child, one.relation, one.parent, one.concluded) for one in found.lineage] == [
        ("lab/child", "adapter", "lab/middle", ("mit",)),
        ("lab/middle", "merge", "meta-llama/Llama-2-7b-hf", ("llama-2-community",)),
    ]


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ((), ["apache-2.0", "llama-2-community"]),
        # what prose or a file says does not take away what the catalog holds
        ((edge("mistralai/Mistral-7B-v0.1", basis="stated"),), ["apache-2.0", "llama-2-community"]),
        ((edge("mistralai/Mistral-7B-v0.1", basis="inferred"),), ["apache-2.0", "llama-2-community"]),
        ((edge("meta-llama/Llama-2-7b-hf", basis="stated"),), ["apache-2.0", "llama-2-community"]),
        ((edge("mistralai/Mistral-7B-v0.1"),), ["apache-2.0"]),
    ],
)
def test_parents_of_the_catalog(
    catalog: PackagedCatalog, monkeypatch: pytest.MonkeyPatch, parents: tuple[Parent, ...], expected: list[str]
) -> None:
    window = Window("apache-2.0", None, None, "a note", "high")
    listed = CatalogModel("lab/child", "Lab", (window,), ("meta-llama/Llama-2-7b-hf",), "fine-tune", None)
    known = catalog.model
    monkeypatch.setattr(catalog, "model", lambda name: listed if name == "lab/child" else known(name))
    found = look(catalog, *parents, origin=HUB)
    assert sorted(layer.bound.key for layer in found.terms.layers) == expected
    llama = [layer.guard for layer in found.terms.layers if layer.bound.key == "llama-2-community"]
    assert all(guard is True for guard in llama)


def test_the_path_of_a_folder_makes_no_publisher(catalog: PackagedCatalog) -> None:
    """A folder called like a model of the parent's publisher restates nothing."""
    folder = Origin(source="folder", is_named=False)
    parent = edge("mistralai/Mistral-Large-Instruct-2407")
    found = look(catalog, parent, model="mistralai/Mistral-7B-v0.1", origin=folder)
    assert found.licenses == ("apache-2.0", "mistral-mrl-0.1")


def test_a_parent_that_is_licensed_by_its_text_is_not_called_unlicensed(catalog: PackagedCatalog) -> None:
    above = edge(NOTHING)
    text = FoundText(key="mit", status="unaltered")
    parent = Evidence(model="hall/middle", declared=(), texts=(text,), parents=(above,))
    told = messages(look(catalog, edge(parent)), "parent-unlicensed")
    assert told == ["the parent lab/base names no license, so nothing is granted by it"]
