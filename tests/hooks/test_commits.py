"""Commits in the sample repository, stopped and let pass through git and both runners of hooks."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from license_audit.readers.scan import kinds
from license_audit.readers.scan.registry import fitting
from tests.hooks.users import SHOP, TOOLS, User, needs_wheels

pytestmark = needs_wheels
JUDGED, SCANNED, TREE = "licenses of models", "models that the manifest lacks", "models that the manifest lost"
NAMES = {"license-audit": JUDGED, "license-audit-scan": SCANNED, "license-audit-tree": TREE}
REFUSED = {
    "disallowed": (JUDGED, ["DISALLOWED  mosaicml/mpt-7b-chat  for  search  [models.yaml:5]", "cc-by-nc-sa-4.0/2.a.1"]),
    "undetermined": (
        JUDGED,
        [
            "UNDETERMINED (best allowed, worst disallowed)  tiiuae/falcon-7b-instruct  for  search  [models.yaml:5]",
            "question: uses.search.attributable_revenue: ",
            "question: uses.search.obtained_on: ",
        ],
    ),
    "lapsed": (
        JUDGED,
        [
            "DISALLOWED  mistralai/Codestral-22B-v0.1  for  desk  [models.yaml:6]",
            "waiver-lapsed: the waiver of mistral-mnpl-0.1/3.2/1 by legal@nordlicht.example",
            "2026-06-30",
        ],
    ),
    "unlisted": (SCANNED, ["src/answers.py:19:26: missing: model BAAI/bge-reranker-v2-m3"]),
    "forgotten": (TREE, ["src/answers.py:8:36: missing: model mistralai/Mistral-7B-Instruct-v0.3"]),
}
"""For each change, the hook that stops it, and what it says."""


class Committer:
    """A user with one of the runners."""

    def __init__(self, user: User, tool: str) -> None:
        home = user.environment["HOME"]
        caches = {"PRE_COMMIT_HOME": f"{home}/pre-commit", "PREK_HOME": f"{home}/prek", "NO_COLOR": "1"}
        self.user = User({**user.environment, **caches})
        self.tool = TOOLS[tool]

    def shop(self, folder: Path) -> Path:
        """The sample with the hooks installed."""
        self.user.shop(folder)
        done = self.user.run(folder, *self.tool, "install")
        assert done.code == 0, done.output
        return folder

    def commit(self, shop: Path) -> tuple[bool, str, dict[str, str]]:
        """Whether everything could be committed, what was said, and what each hook did."""
        before = self.user.git(shop, "rev-parse", "HEAD")
        self.user.git(shop, "add", "--all")
        done = self.user.run(shop, "git", "commit", "-m", "A change")
        is_there = self.user.git(shop, "rev-parse", "HEAD") != before
        assert is_there == (done.code == 0), done.output
        return is_there, done.output, endings(done.output)


def endings(output: str) -> dict[str, str]:
    """What each hook did: Passed, Failed or Skipped."""
    lines = (line for line in output.splitlines() if ".." in line)
    told = ((name, line) for line in lines for name in NAMES.values() if line.startswith(f"{name}."))
    return {name: line.rpartition(".")[2].rpartition(")")[2] for name, line in told}


@pytest.fixture(scope="session", params=sorted(TOOLS))
def committer(request: pytest.FixtureRequest, user: User) -> Committer:
    return Committer(user, request.param)


def test_each_change_is_told_here() -> None:
    assert {path.stem for path in (SHOP / "variants").iterdir()} == {"allowed", *REFUSED}


def test_a_change_that_is_allowed_is_committed_without_a_word(committer: Committer, tmp_path: Path) -> None:
    shop = committer.shop(tmp_path / "shop")
    committer.user.git(shop, "apply", "variants/allowed.patch")
    is_there, output, done = committer.commit(shop)
    assert is_there
    assert done == dict.fromkeys(NAMES.values(), "Passed")
    assert "mistralai" not in output
    assert "gate" not in output
    # What says nothing of models or terms starts no check.
    (shop / "src" / "prices.py").write_text("PRICE = 12\n", encoding="utf-8")
    is_there, _, done = committer.commit(shop)
    assert is_there
    assert done == {JUDGED: "Skipped", SCANNED: "Passed", TREE: "Skipped"}


@pytest.mark.parametrize("change", REFUSED)
def test_a_change_that_is_not_is_refused_with_the_reason(committer: Committer, tmp_path: Path, change: str) -> None:
    shop = committer.shop(tmp_path / "shop")
    committer.user.git(shop, "apply", f"variants/{change}.patch")
    is_there, output, done = committer.commit(shop)
    hook, words = REFUSED[change]
    assert not is_there
    assert [name for name, ending in done.items() if ending == "Failed"] == [hook], output
    plain = " ".join(output.split())
    for word in words:
        assert " ".join(word.split()) in plain, output


def test_a_manifest_elsewhere_is_named_by_arguments(committer: Committer, tmp_path: Path) -> None:
    shop = committer.shop(tmp_path / "shop")
    (shop / "legal").mkdir()
    for name in ("models.yaml", "profile.yaml"):
        (shop / name).rename(shop / "legal" / name)
    config = (shop / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    for hook, arguments in (
        ("license-audit", "[legal/models.yaml, --fail-on, disallowed]"),
        ("license-audit-scan", "[--manifest, legal/models.yaml, --]"),
        ("license-audit-tree", "[--manifest, legal/models.yaml]"),
    ):
        config = config.replace(f"- id: {hook}\n", f"- id: {hook}\n        args: {arguments}\n")
    (shop / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    is_there, output, done = committer.commit(shop)
    assert is_there, output
    assert done == dict.fromkeys(NAMES.values(), "Passed")
    committer.user.git(shop, "apply", "--include=src/*", "variants/unlisted.patch")
    is_there, output, done = committer.commit(shop)
    assert not is_there
    assert "BAAI/bge-reranker-v2-m3 (load) is not in legal/models.yaml" in output
    assert done[SCANNED] == "Failed"


def test_a_file_is_never_taken_for_an_option_or_a_command(committer: Committer, tmp_path: Path) -> None:
    shop = committer.shop(tmp_path / "shop")
    load = 'from transformers import pipeline\npipeline("rank", model="BAAI/bge-reranker-v2-m3")\n'
    (shop / "--manifest=mine.yaml").write_text("schema: 1\nmodels: [{id: BAAI/bge-reranker-v2-m3, use: search}]\n")
    odd = ("--fix.py", "src/a b.py", "src/;touch pwned;$(touch pwned)`touch pwned`.py", "src/ünï.py")
    for name in odd:
        (shop / name).write_text(load, encoding="utf-8")
    is_there, output, done = committer.commit(shop)
    assert not is_there
    assert done[SCANNED] == "Failed"
    for name in odd:
        assert f"{name}:2:" in output
    assert not list(shop.rglob("pwned"))


def test_tried_from_a_clone_on_a_file_of_every_kind(committer: Committer, hooks: Path, tmp_path: Path) -> None:
    """Every file that the scan can read is passed to it, whatever its name and its bytes."""
    shop = committer.user.shop(tmp_path / "shop")
    for name, content in sorted(samples().items()):
        (shop / "kinds" / name).parent.mkdir(parents=True, exist_ok=True)
        (shop / "kinds" / name).write_bytes(content)
    committer.user.git(shop, "add", "--force", ".")
    listed = committer.user.git(shop, "-c", "core.quotePath=false", "ls-files").splitlines()
    expected = [name for name in listed if fitting(name) and name not in ("models.yaml", "profile.yaml", "models.lock")]
    done = committer.user.run(shop, *committer.tool, "try-repo", str(hooks), "--all-files", "--verbose")
    assert done.code == 0, done.output
    assert endings(done.output) == dict.fromkeys(NAMES.values(), "Passed")
    assert "2 allowed; gate passes" in done.output
    assert done.output.count(f"{len(expected)} files read; scan passes") == 2, done.output


def samples() -> dict[str, bytes]:
    """A file for each pattern of each kind, by path."""
    return {
        pattern.replace("**", "a").replace("*", "a").replace("?", "a"): b"\n".join(
            (*getattr(module, "SIGNS", ()), b"\0\xff")
        )
        for module in (import_module(f"{kinds.__name__}.{one.name}") for one in iter_modules(kinds.__path__))
        for pattern in module.NAMES
    }
