"""An organization's own rules: a folder laid over the packaged catalog, and policies that hold for every model."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from license_audit.audit import check_files, run
from license_audit.cli import main
from license_audit.errors import AuditError
from license_audit.explain import explain
from license_audit.lint import lint_catalog
from license_audit.model.report import ModelUse
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.catalog_files import CatalogFiles
from license_audit.readers.overlay import Overlay
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "house-rules"
ON = date(2026, 11, 24)
RULE = """\
rule: ours
kind: prohibition
title: Ours
meaning: It means this.
when: {fact: use.tags, op: includes-any, value: [secret]}
question: Is it secret?
remedy: Stop.
"""
POLICY = """\
schema: 1
key: house
kind: policy
title: House
publisher: We
spdx: LicenseRef-house
version: "1"
date: null
sections: ["1"]
reviewed: {by: us, on: 2026-11-24, confidence: high}
clauses:
  - {id: "1", rule: ours, acts: any, anchor: a few words, gist: Nothing secret.}
"""
Laying = Callable[..., PackagedCatalog]


@pytest.fixture
def lay(tmp_path: Path) -> Laying:
    """Lay a folder with one rule and one policy over the packaged catalog; files may be changed, added, left out."""

    def laying(files: dict[str, str] | None = None, *, bare: bool = False) -> PackagedCatalog:
        given = {} if bare else {"rules/ours.yaml": RULE, "licenses/house.yaml": POLICY}
        for name, text in {**given, **(files or {})}.items():
            path = tmp_path / "own" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return PackagedCatalog(ROOT, tmp_path / "own")

    return laying


def told(caught: pytest.ExceptionInfo[AuditError], tmp_path: Path) -> list[str]:
    """The problems, with paths as from inside the test's folder."""
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def linted(catalog: PackagedCatalog, tmp_path: Path) -> list[str]:
    """What lint says, with such paths."""
    return [str(problem).replace(f"{tmp_path}/", "") for problem in lint_catalog(catalog)]


def test_a_folder_is_laid_over_the_packaged_catalog(lay: Laying, tmp_path: Path) -> None:
    catalog = lay()
    assert catalog.rule("ours").title == "Ours"
    assert catalog.rule("permission").kind == "grant"
    assert catalog.license("house").kind == "policy"
    assert catalog.license("mit").key == "mit"
    assert {"ours", "permission"} <= set(catalog.rule_names())
    assert {"house", "mit"} <= set(catalog.license_keys())
    assert catalog.house_policies() == ("house",)
    assert (catalog.title("house"), catalog.openness("house"), catalog.title("mit")) == ("House", None, "MIT License")
    assert linted(catalog, tmp_path) == []
    with pytest.raises(KeyError):
        catalog.rule("nothing")
    with pytest.raises(KeyError):
        catalog.definition("nothing")


def test_without_a_folder_there_is_no_policy_of_ones_own(catalog: PackagedCatalog) -> None:
    assert catalog.house_policies() == ()


LISTS = {
    "rules/definitions.yaml": """\
definitions:
  mine: {meaning: m, when: {fact: use.purpose, op: is, value: research}}
""",
    "licenses/names.yaml": """\
schema: 1
known:
  thing-1: {title: Thing, publisher: We, spdx: LicenseRef-thing, kind: license, openness: community, version: null,
            date: null, language: en, aliases: [the thing]}
ambiguous: {things: {keys: [thing-1, mit], decided_by: text}}
nothing: [To Do]
""",
    "licenses/data.yaml": """\
schema: 1
data:
  we/data: {title: D, license: thing-1, note: n, source: s, confidence: low}
""",
    "licenses/providers.yaml": "schema: 1\nproviders:\n  we: {title: We AI, terms: Ours, license: thing-1}\n",
    "licenses/families.yaml": "schema: 1\nfamilies:\n  thing: {names: [thingy], licenses: [thing-1]}\n",
    "licenses/models/we.yaml": """\
schema: 1
publisher: We
organizations: [we-org]
models:
  we-org/a: {terms: [{license: thing-1, source: s, confidence: high}]}
""",
    "licenses/models/meta.yaml": """\
schema: 1
publisher: Meta
models:
  meta-llama/Llama-99: {terms: [{license: thing-1, source: s, confidence: high}]}
""",
}


def test_lists_add_to_the_packaged_ones(lay: Laying, tmp_path: Path) -> None:
    catalog = lay(LISTS)
    assert linted(catalog, tmp_path) == []
    assert catalog.definition("mine").meaning == "m"
    assert catalog.definition("modifies").meaning
    for name in ("thing-1", "The Thing", "licenseref-thing"):
        assert catalog.named(name) is catalog.named("thing-1")
    assert catalog.openness("thing-1") == "community"
    assert catalog.ambiguous()["things"].keys == ("thing-1", "mit")
    assert (catalog.names_nothing("to do"), catalog.names_nothing("unknown")) == (True, True)
    assert catalog.dataset("we/data") is not None
    assert catalog.dataset("tatsu-lab/alpaca") is not None
    assert catalog.provider("we") is not None
    assert catalog.provider("openai") is not None
    assert {catalog.family(name).name for name in ("thingy-7b", "Llama-2-7b")} == {"thing", "llama-2"}  # type: ignore[union-attr]
    assert [catalog.model(name).publisher for name in ("we-org/A", "meta-llama/Llama-99", "meta-llama/Llama-2-7b")] == [  # type: ignore[union-attr]
        "We",
        "Meta",
        "Meta",
    ]
    assert [catalog.publisher(name) for name in ("we", "WE-ORG", "meta", "codellama", "mistral_ai", "nobody")] == [
        "We",
        "We",
        "Meta",
        "Meta",
        "Mistral AI",
        None,
    ]


def test_a_problem_is_placed_in_the_file_that_holds_the_value(lay: Laying, tmp_path: Path) -> None:
    catalog = lay(LISTS)
    assert catalog.load_all() == []
    own = catalog.place("names", ("known", "thing-1", "title"), "x")
    assert str(own).replace(f"{tmp_path}/", "") == "own/licenses/names.yaml:3:20: x"
    for key, path in (("names", ("known", "mit")), ("names", ("known", "nobodys")), ("mit", ("key",))):
        assert catalog.place(key, path, "x").file == f"licenses/{key}.yaml"
    assert lay(LISTS).place("names", ("ambiguous", "things"), "x").file.endswith("own/licenses/names.yaml")


def test_a_file_is_read_from_the_folder_that_holds_it(lay: Laying, tmp_path: Path) -> None:
    lay()
    files = Overlay(CatalogFiles(ROOT), CatalogFiles(tmp_path / "own", "own/"))
    shown = {name: files.document(name).file for name in ("rules/ours.yaml", "rules/permission.yaml")}
    assert shown == {"rules/ours.yaml": "own/rules/ours.yaml", "rules/permission.yaml": "rules/permission.yaml"}
    assert (files.holds("rules/ours.yaml"), files.holds("rules/nothing.yaml")) == (True, False)
    with pytest.raises(KeyError):
        files.document("rules/nothing.yaml")


def test_a_catalog_may_do_without_a_list_that_the_folder_holds(lay: Laying, tmp_path: Path) -> None:
    lay(LISTS)
    (tmp_path / "bare" / "licenses").mkdir(parents=True)
    (tmp_path / "bare" / "rules").mkdir()
    for name in ("licenses/names.yaml", "rules/definitions.yaml"):
        shutil.copy(ROOT / name, tmp_path / "bare" / name)
    catalog = PackagedCatalog(tmp_path / "bare", tmp_path / "own")
    assert [provider.name for provider in catalog.providers()] == ["we"]
    assert catalog.definition("mine").meaning == "m"


NOT_HELD = "plamo-community"


def test_a_text_that_is_known_by_name_alone_may_be_written_down(lay: Laying, tmp_path: Path) -> None:
    text = (ROOT / "licenses" / "mit.yaml").read_text(encoding="utf-8")
    text = (
        text.replace("key: mit", f"key: {NOT_HELD}")
        .replace("spdx: MIT", "spdx: LicenseRef-plamo-community")
        .replace("MIT License", "PLaMo Community License")
        .replace(", Expat", "")
    )
    text = text.replace("publisher: Massachusetts Institute of Technology", "publisher: Preferred Networks")
    catalog = lay({f"licenses/{NOT_HELD}.yaml": text})
    known = catalog.named(NOT_HELD)
    assert getattr(known, "encoded", None) is True
    assert catalog.openness(NOT_HELD) == "community"
    assert linted(catalog, tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("rules/permission.yaml", RULE, "rules/permission.yaml:1:7: a packaged rule is called permission; "),
        ("licenses/mit.yaml", POLICY, "licenses/mit.yaml:2:6: a packaged license is called mit; "),
        (
            "rules/definitions.yaml",
            LISTS["rules/definitions.yaml"].replace("mine", "modifies"),
            "rules/definitions.yaml:2:13: a packaged definition is called modifies; ",
        ),
        ("licenses/names.yaml", LISTS["licenses/names.yaml"].replace("thing-1:", "isc:"), "licenses/names.yaml:3:8: "),
        (
            "licenses/names.yaml",
            LISTS["licenses/names.yaml"].replace("the thing", "Llama2"),
            "licenses/names.yaml:4:49: the packaged catalog knows the name 'Llama2'; ",
        ),
        (
            "licenses/names.yaml",
            LISTS["licenses/names.yaml"].replace("things:", "openrail:"),
            "licenses/names.yaml:5:23: the packaged catalog knows the name 'openrail'; ",
        ),
        (
            "licenses/names.yaml",
            LISTS["licenses/names.yaml"].replace("To Do", "mit"),
            "licenses/names.yaml:6:11: the packaged catalog knows the name 'mit'; ",
        ),
        (
            "licenses/names.yaml",
            LISTS["licenses/names.yaml"].replace("the thing", "Unknown"),
            "licenses/names.yaml:4:49: the packaged catalog knows the name 'Unknown'; ",
        ),
        (
            "licenses/names.yaml",
            LISTS["licenses/names.yaml"].replace("the thing", "LicenseRef-House"),
            "licenses/house.yaml:6:7: the name 'LicenseRef-house' stands for thing-1 as well",
        ),
        ("licenses/House.yaml", POLICY, "licenses/house.yaml:2:6: the name 'house' stands for House as well"),
        (
            "licenses/house.yaml",
            POLICY.replace("sections", "aliases: [x, GPL]\nsections"),
            "licenses/house.yaml:9:14: the packaged catalog knows the name 'GPL'; ",
        ),
        ("licenses/house.yaml", POLICY.replace("LicenseRef-house", "MIT"), "licenses/house.yaml:6:7: the packaged "),
        (
            "licenses/data.yaml",
            LISTS["licenses/data.yaml"].replace("we/data", "Tatsu-Lab/Alpaca"),
            "licenses/data.yaml:3:21: the packaged data hold the name 'Tatsu-Lab/Alpaca'; ",
        ),
        (
            "licenses/providers.yaml",
            LISTS["licenses/providers.yaml"].replace("terms:", "aliases: [x, OPENAI], terms:"),
            "licenses/providers.yaml:3:35: the packaged providers hold the name 'OPENAI'; ",
        ),
        (
            "licenses/families.yaml",
            LISTS["licenses/families.yaml"].replace("thing:", "llama-2:"),
            "licenses/families.yaml:3:12: the packaged families hold the name 'llama-2'; ",
        ),
        (
            "licenses/models/we.yaml",
            LISTS["licenses/models/we.yaml"].replace("we-org/a", "META-LLAMA/Llama-2-7b"),
            "licenses/models/we.yaml:5:26: the packaged catalog knows the terms of META-LLAMA/Llama-2-7b",
        ),
        (
            "licenses/models/we.yaml",
            LISTS["licenses/models/we.yaml"].replace("[we-org]", "[we-org, Meta-Llama]"),
            "licenses/models/we.yaml:3:25: Meta-Llama is an organization of Meta in the packaged catalog; leave it out",
        ),
        (
            "licenses/models/z.yaml",
            LISTS["licenses/models/we.yaml"].replace("[we-org]", "[]"),
            "licenses/models/z.yaml:5:13: we-org/a stands in own/licenses/models/we.yaml as well",
        ),
    ],
)
def test_nothing_that_is_there_is_replaced(lay: Laying, tmp_path: Path, name: str, text: str, problem: str) -> None:
    with pytest.raises(AuditError) as caught:
        lay(
            {
                **({"licenses/models/we.yaml": LISTS["licenses/models/we.yaml"]} if name.endswith("z.yaml") else {}),
                name: text,
            }
        )
    assert [line for line in told(caught, tmp_path) if line.startswith(f"own/{problem}")]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"rules/ours.yaml": RULE + "kind: x\n"}, "own/rules/ours.yaml:8:1: the key 'kind' stands here twice"),
        (
            {"rules/ours.yaml": RULE.replace("kind", "kinds")},
            "own/rules/ours.yaml:2:8: unknown key kinds; did you mean ",
        ),
        ({"licenses/house.yaml": "- a\n"}, "own/licenses/house.yaml:1:1: expected a mapping"),
        ({"licenses/models/x.yaml": "schema: 1\n"}, "own/licenses/models/x.yaml:1:1: publisher is missing"),
        ({"licenses/names.yaml": "schema: 2\n"}, "own/licenses/names.yaml:1:9: schema"),
        ({"rules/more.yml": RULE}, "own/rules/more.yml: is not read; expected a name that ends in .yaml"),
        ({"rules/MORE.YAML": RULE}, "own/rules/MORE.YAML: is not read; expected a name that ends in .yaml"),
        ({"licenses/deep/x.yaml": POLICY}, "own/licenses/deep: is not read; expected files right in licenses"),
    ],
)
def test_a_mistake_is_told_before_anything_is_judged(
    lay: Laying, tmp_path: Path, files: dict[str, str], problem: str
) -> None:
    with pytest.raises(AuditError) as caught:
        lay(files)
    assert [line for line in told(caught, tmp_path) if line.startswith(problem)]


def test_what_is_no_mistake(lay: Laying, tmp_path: Path) -> None:
    catalog = lay({"README.md": "x", "rules/README.md": "x", "rules/.git/x.yaml": "x", "models.yaml": "schema: 1\n"})
    assert linted(catalog, tmp_path) == []


def test_every_mistake_is_told_at_once(lay: Laying, tmp_path: Path) -> None:
    with pytest.raises(AuditError) as caught:
        lay({"rules/ours.yaml": "a: b\n", "licenses/house.yaml": "c: d\n", "rules/x.yml": ""})
    assert {line.split(":")[0] for line in told(caught, tmp_path)} == {
        "own/rules/ours.yaml",
        "own/licenses/house.yaml",
        "own/rules/x.yml",
    }


def test_a_folder_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AuditError, match="missing: cannot be read: no such file or directory"):
        PackagedCatalog(ROOT, tmp_path / "missing")
    with pytest.raises(AuditError, match="cannot be read: embedded null byte"):
        PackagedCatalog(ROOT, Path("a\0b"))
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(AuditError, match=r"file: is not a folder; expected one with rules/ and licenses/"):
        PackagedCatalog(ROOT, tmp_path / "file")
    (tmp_path / "empty" / "rules").mkdir(parents=True)
    with pytest.raises(AuditError, match=r"empty: holds no rules/\*\.yaml and no licenses/\*\.yaml"):
        PackagedCatalog(ROOT, tmp_path / "empty")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "rules").write_text("x", encoding="utf-8")
    with pytest.raises(AuditError, match="odd/rules: cannot be listed: not a directory"):
        PackagedCatalog(ROOT, tmp_path / "odd")
    monkeypatch.chdir(tmp_path / "odd")
    with pytest.raises(AuditError, match=r"^rules: cannot be listed: not a directory"):
        PackagedCatalog(ROOT, Path())


GRANT = '  - {id: "1", rule: permission, acts: [run], anchor: a, gist: Run.}\n'
LICENSE = POLICY.replace("house", "ours-1").replace("kind: policy", "kind: license")
PART = 'incorporates: [{key: house, by: "1", held: true}]\n'


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {"rules/ours.yaml": RULE.replace("use.tags", "use.tag")},
            "rules/ours.yaml:5:14: no fact is called use.tag; did you mean use.tags?",
        ),
        (
            {"rules/ours.yaml": RULE.replace("rule: ours", "rule: other")},
            "rules/ours.yaml:1:7: the rule is called 'other', the file 'ours'",
        ),
        (
            {"licenses/house.yaml": POLICY.replace("rule: ours", "rule: our")},
            "licenses/house.yaml:12:5: clause 1 names the rule 'our', which does not exist",
        ),
        (
            {"licenses/house.yaml": POLICY.replace("rule: ours", "rule: permission")},
            "rules/ours.yaml:1:7: no clause uses the rule ours, so it would never be looked at",
        ),
        (
            {"licenses/house.yaml": POLICY + GRANT.replace('"1"', '"1/2"')},
            "licenses/house.yaml:13:5: clause 1/2 grants something; a policy of your own only asks and forbids",
        ),
        (
            {"rules/ours.yaml": RULE.replace("title", "covers_acts: true\ntitle")},
            "licenses/house.yaml:12:5: clause 1 grants something; a policy of your own only asks and forbids",
        ),
        (
            {"licenses/ours-1.yaml": LICENSE},
            "licenses/ours-1.yaml:2:6: nobody says how open ours-1 is; give it a record with its openness in ",
        ),
        (
            {"licenses/house.yaml": POLICY + PART, "licenses/b.yaml": POLICY.replace("house", "b") + PART},
            "licenses/house.yaml:13:15: house is part of another text, and so can have no parts of its own",
        ),
        (
            {"licenses/house.yaml": POLICY.replace("key: house", "key: hous")},
            "licenses/house.yaml:2:6: the key is 'hous', the file is called 'house'",
        ),
        (
            {"licenses/house.yaml": POLICY + POLICY.splitlines()[-1] + "\n"},
            "licenses/house.yaml:13:5: a second clause has the id '1'",
        ),
        (
            {"licenses/house.yaml": POLICY.replace("a few words", "one more than the eight that there may be")},
            "licenses/house.yaml:12:5: the anchor of 1 has more than 8 words",
        ),
        (
            {"licenses/house.yaml": POLICY + PART.replace("house", "nobodys")},
            "licenses/house.yaml:13:15: the policy 'nobodys' does not exist",
        ),
        (
            {"licenses/house.yaml": POLICY.replace('sections: ["1"]', 'sections: ["1", "2"]')},
            "licenses/house.yaml:9:11: section 2 is covered by no clause and no no_duty entry",
        ),
        (
            {"licenses/falcon-180b-aup.yaml": POLICY.replace("house", "falcon-180b-aup")},
            "licenses/falcon-180b-aup.yaml:3:7: the packaged catalog knows falcon-180b-aup, and no license here makes ",
        ),
        (
            {
                "rules/ours.yaml": RULE.replace(
                    "when: {fact: use.tags, op: includes-any, value: [secret]}", "when: {policy: mit}"
                )
            },
            "licenses/house.yaml:12:5: clause 1: the policy 'mit' is not incorporated here as held",
        ),
        (
            {"licenses/names.yaml": LISTS["licenses/names.yaml"].replace("[thing-1, mit]", "[thing-1, nobodys]")},
            "licenses/names.yaml:5:21: nobody knows a text 'nobodys'",
        ),
        (
            {"licenses/models/we.yaml": LISTS["licenses/models/we.yaml"]},
            "licenses/models/we.yaml:5:32: nobody knows a license 'thing-1'",
        ),
        (
            {"licenses/providers.yaml": LISTS["licenses/providers.yaml"]},
            "licenses/providers.yaml:3:44: nobody knows a license 'thing-1'",
        ),
    ],
)
def test_a_rule_or_policy_without_effect_is_a_mistake(
    lay: Laying, tmp_path: Path, files: dict[str, str], problem: str
) -> None:
    found = linted(lay(files), tmp_path)
    assert [line for line in found if line.startswith(f"own/{problem}")], found


def test_a_policy_that_is_part_of_a_license_holds_for_that_license_alone(lay: Laying) -> None:
    catalog = lay({"licenses/ours-1.yaml": LICENSE + PART})
    assert catalog.house_policies() == ()
    nested = lay({"licenses/ours-1.yaml": LICENSE.replace("kind: license", "kind: policy") + PART})
    assert nested.house_policies() == ("ours-1",)


PROFILE = """\
schema: 1
organization: {name: Acme, kind: company, agreements: [], claims_against: []}
uses:
  shop: {purpose: commercial, acts: [run], domains: [translation], outputs: {train_models: none}TAGS}
"""
Judging = Callable[..., ModelUse]


@pytest.fixture
def judge(tmp_path: Path) -> Judging:
    """Judge one model with a catalog."""

    def judging(catalog: PackagedCatalog, entry: str, tags: str = "", more: str = "", acts: str = "run") -> ModelUse:
        tagged = f", tags: {tags}" if tags else ""
        profile = PROFILE.replace("TAGS", tagged).replace("[run]", f"[{acts}]")
        (tmp_path / "profile.yaml").write_text(profile + more, encoding="utf-8")
        (tmp_path / "models.yaml").write_text(f"schema: 1\nmodels:\n  - {entry}\n", encoding="utf-8")
        (found,) = run(tmp_path / "models.yaml", tmp_path / "profile.yaml", catalog, ON).uses
        return found

    return judging


MISTRAL = "{id: mistralai/Mistral-7B-v0.1, use: shop}"
ENTRIES = (MISTRAL, "{id: nobody/knows, use: shop}", "{provider: openai, id: gpt-4, use: shop}")


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_policy_of_ones_own_reaches_every_model(lay: Laying, judge: Judging, entry: str) -> None:
    found = judge(lay(), entry, "[secret]")
    assert found.assessment.verdict == "disallowed"
    assert found.assessment.terms[-1] == "house"
    assert found.assessment.decisive == ("house/1",)
    (cited,) = [clause for clause in found.assessment.clauses if clause.license == "house"]
    assert (cited.clause, cited.section, cited.outcome) == ("house/1", "1", "barred")
    assert found.gate == "fails"


@pytest.mark.parametrize(
    ("entry", "verdict"), [*zip(ENTRIES, ("allowed", "undetermined", "undetermined"), strict=True)]
)
def test_a_policy_of_ones_own_gives_no_permission(lay: Laying, judge: Judging, entry: str, verdict: str) -> None:
    assert judge(lay(), entry, "[]").assessment.verdict == verdict


def test_a_policy_of_ones_own_asks(lay: Laying, judge: Judging) -> None:
    found = judge(lay(), MISTRAL)
    assert (found.assessment.verdict, found.assessment.best, found.assessment.worst) == (
        "undetermined",
        "allowed",
        "disallowed",
    )
    (asked,) = found.assessment.questions
    assert (asked.path, asked.text, asked.clauses) == ("uses.shop.tags", "Is it secret?", ("house/1",))


def test_a_card_that_names_the_policy_as_its_license_is_granted_nothing(
    lay: Laying, judge: Judging, tmp_path: Path
) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "README.md").write_text("---\nlicense: house\n---\n", encoding="utf-8")
    found = judge(lay(), "{path: m, use: shop}", "[]")
    assert (found.assessment.verdict, found.assessment.terms) == ("undetermined", ("house",))
    assert "evidence.license_text" in {question.path for question in found.assessment.questions}


DUTY = RULE.replace("kind: prohibition", "kind: duty")


def test_a_duty_of_ones_own_is_owed_until_it_is_recorded(lay: Laying, judge: Judging) -> None:
    catalog = lay({"rules/ours.yaml": DUTY})
    owed = judge(catalog, MISTRAL, "[secret]")
    assert (owed.assessment.verdict, owed.assessment.owed) == ("conditional", ("house/1",))
    done = judge(catalog, MISTRAL, "[secret], fulfils: [house/1]")
    assert (done.assessment.verdict, done.assessment.owed) == ("allowed", ())


def test_a_duty_of_ones_own_does_not_close_what_the_license_leaves_open(lay: Laying, judge: Judging) -> None:
    """An open duty of the license fails the gate; one more duty beside it must not let the model pass."""
    acts, shared = "distribute-derivative", "fulfils: [license-copy, attribution-notices, change-notices]"
    plain = judge(lay({"rules/ours.yaml": DUTY}), MISTRAL, f"[], {shared}", acts=acts).assessment
    assert (plain.verdict, plain.best, plain.worst) == ("undetermined", "allowed", "conditional")
    more = judge(lay({"rules/ours.yaml": DUTY}), MISTRAL, f"[secret], {shared}", acts=acts)
    assert (more.assessment.verdict, more.assessment.best, more.assessment.worst) == (
        "undetermined",
        "conditional",
        "conditional",
    )
    assert more.gate == "fails"
    assert "Does the original ship a NOTICE file?" in more.assessment.reason


WAIVERS = "waivers:\n" + "".join(
    f"  - {{model: MODEL, finding: {finding}, by: legal, why: w, until: 2027-01-01}}\n" for finding in ("house/1", "X")
)


def test_a_waiver_can_name_a_clause_of_ones_own(lay: Laying, judge: Judging) -> None:
    waivers = WAIVERS.replace("MODEL", "mistralai/Mistral-7B-v0.1")
    found = judge(lay(), MISTRAL, "[secret]", waivers)
    assert (found.gate, found.assessment.verdict) == ("waived", "disallowed")
    assert "house/1 is waived" in {finding.message for finding in found.findings}


def test_a_waiver_of_ones_own_clause_does_not_answer_for_the_license(lay: Laying, judge: Judging) -> None:
    """The terms of a hosted model stay unread, whatever is waived beside them."""
    hosted, waivers = ENTRIES[2], WAIVERS.replace("MODEL", "openai:gpt-4")
    for tags in ("[secret]", ""):
        assert judge(lay(), hosted, tags, waivers).gate == "fails"
        assert (
            judge(lay(), hosted, tags, waivers.replace("finding: X", "finding: evidence.license_text")).gate == "waived"
        )


def test_models_that_look_alike_are_judged_apart(lay: Laying, tmp_path: Path) -> None:
    """Two models under the same terms, of which one is too old."""
    rule = RULE.replace(
        "use.tags, op: includes-any, value: [secret]", "evidence.age_in_months, op: at-least, value: 36"
    )
    catalog = lay({"rules/ours.yaml": rule})
    (tmp_path / "profile.yaml").write_text(PROFILE.replace("TAGS", ""), encoding="utf-8")
    models = [f"  - {{id: mistralai/Mistral-7B-{name}, use: shop}}\n" for name in ("v0.1", "Instruct-v0.3")]
    (tmp_path / "models.yaml").write_text("schema: 1\nmodels:\n" + "".join(models), encoding="utf-8")
    report = run(tmp_path / "models.yaml", tmp_path / "profile.yaml", catalog, ON)
    assert [use.assessment.verdict for use in report.uses] == ["disallowed", "allowed"]


@pytest.mark.parametrize(
    ("tags", "told_"),
    [
        ("[secret]", ""),
        ("{items: [secret], open: true}", ""),
        ("[secrets]", "4:106: no rule looks at the tag 'secrets'; did you mean secret?"),
        ("[secret, a]", "4:114: no rule looks at the tag 'a'"),
    ],
)
def test_a_tag_that_no_rule_looks_at(lay: Laying, tmp_path: Path, tags: str, told_: str) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(PROFILE.replace("TAGS", f", tags: {tags}"), encoding="utf-8")
    assert [str(problem) for problem in check_files(None, path, lay())] == ([f"{path}:{told_}"] if told_ else [])


def test_tags_without_rules_are_a_mistake(catalog: PackagedCatalog, tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(PROFILE.replace("TAGS", ", tags: [secret]"), encoding="utf-8")
    (problem,) = check_files(None, path, catalog)
    assert problem.message == "no rule looks at the tag 'secret'; was --rules left out?"


def test_tags_of_a_reading_and_of_a_parameter(lay: Laying, tmp_path: Path) -> None:
    rule = RULE.replace("[secret]", "{parameter: what}").replace("when", "parameters: [what]\nwhen")
    readings = (
        "readings: [{name: a, difference: b, held_by: c}, {name: d, difference: e, held_by: f, with: {what: [y]}}]"
    )
    policy = POLICY.replace("acts: any", f"acts: any, with: {{what: [x]}}, {readings}")
    path = tmp_path / "profile.yaml"
    path.write_text(PROFILE.replace("TAGS", ", tags: [x, y]"), encoding="utf-8")
    assert check_files(None, path, lay({"rules/ours.yaml": rule, "licenses/house.yaml": policy})) == []


def test_the_example_is_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "house")
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    for call in (
        ["validate", "--rules", "house"],
        ["validate", "house/models.yaml", "--profile", "house/profile.yaml", "--rules", "house"],
        ["test", "house/cases.yaml", "--rules", "house"],
    ):
        result = runner.invoke(main, call)
        assert result.exit_code == 0, result.output
    assert "5 passed, 0 failed" in result.output


def test_the_example_is_explained_and_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    runner = CliRunner()
    result = runner.invoke(main, ["explain", "acme-house/3", "--rules", "examples/house-rules"])
    assert "holds when the tags include customer-data and the openness is none of open, permissive" in result.output
    result = runner.invoke(
        main, ["questions", "examples/house-rules/models.yaml", "--rules", "examples/house-rules", "--on", "2026-11-24"]
    )
    assert "asked by acme-house/2" in result.output
    assert explain("human-review", PackagedCatalog(ROOT, EXAMPLE)).endswith("used by: acme-house/4\n")


@pytest.mark.parametrize("command", ["explain house", "validate", "questions", "test x.yaml", "lock"])
def test_mistakes_in_the_folder_end_every_command(lay: Laying, tmp_path: Path, command: str) -> None:
    lay({"rules/ours.yaml": RULE.replace("use.tags", "use.tag")})
    (tmp_path / "models.yaml").write_text("schema: 1\nmodels: []\n", encoding="utf-8")
    more = [str(tmp_path / "models.yaml")] if command == "lock" else []
    result = CliRunner().invoke(main, [*command.split(), *more, "--rules", str(tmp_path / "own")])
    assert result.exit_code == 3
    assert "own/rules/ours.yaml:5:14: no fact is called use.tag; did you mean use.tags?" in result.output
    missing = CliRunner().invoke(main, [*command.split(), *more, "--rules", str(tmp_path / "none")])
    assert missing.exit_code == 3
    assert "none: cannot be read: no such file or directory" in missing.output
