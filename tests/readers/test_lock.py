"""models.lock, written and read."""

from pathlib import Path

import pytest

from license_audit.errors import AuditError
from license_audit.model.evidence import DataSource, FoundText, Passage
from license_audit.model.lock import Block, Lock, LockedParent, LockedText, lock_key
from license_audit.outputs.lock import render_lock
from license_audit.readers.lock import LockedEvidence, read_lock

DIGEST = "0123456789abcdef" * 4
TEXT = LockedText(
    found=(
        FoundText(key="mit", status="unaltered", lines=(1, 9), passages=(Passage(clause="mit/grant", lines=(3, 4)),)),
    ),
    sections=(("paragraph 1", "aa"), ("2.b", "bb")),
)


def edge(model: str) -> LockedParent:
    """A fine-tune of a model."""
    return LockedParent(model=model, relation="fine-tune", basis="declared", where="x/y/README.md:3")


BLOCK = Block(
    source="hub",
    commit="1" * 40,
    at="2026-11-26T10:00:00Z",
    declared=("mit",),
    found=("mit",),
    files={"LICENSE": DIGEST, "README.md": DIGEST[::-1]},
    texts=("LICENSE", "EULA"),
    parents=(edge("x/base"),),
    data=(DataSource(name="d/s", basis="declared"), DataSource(name="d/t", basis="stated")),
)
LOCK = Lock(
    tool="1",
    models={"x/y": BLOCK, "x/base": Block(source="hub", declared=("apache-2.0",))},
    datasets={"d/s": Block(source="hub", declared=("cc-by-nc-4.0",))},
    texts={DIGEST: TEXT},
)


def written(folder: Path, text: str) -> Path:
    """A lock file."""
    (folder / "models.lock").write_text(text, encoding="utf-8")
    return folder / "models.lock"


def test_what_is_written_is_read(tmp_path: Path) -> None:
    text = render_lock(LOCK)
    assert read_lock(written(tmp_path, text)) == LOCK
    assert render_lock(read_lock(tmp_path / "models.lock")) == text
    assert '"2.b bb"' in text
    assert '"schema": "1"' in text


def test_order_does_not_matter() -> None:
    other = Lock(tool="1", models=dict(reversed(LOCK.models.items())), datasets=LOCK.datasets, texts=LOCK.texts)
    assert render_lock(other) == render_lock(LOCK)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '{\n "schema": "1",\n<<<<<<< ours\n',
            ":3:1: is not valid JSON: expecting property name enclosed in double quotes; a merge",
        ),
        ("[" * 100_000, ":1:1: is nested too deeply"),
        (f'{{"tool": {"9" * 5000}}}', ":1:1: is nested too deeply, or holds an endless number"),
        ("[]", ":1:1: Input should be a valid dictionary"),
        (
            '{"tool": "1", "models": {\n "x/y": {"source": "hub"},\n "x/y": {"source": "hub"}}}',
            ":3:2: the key 'x/y' stands here twice",
        ),
        (
            '{"schema": "1",\n "tool": "1",\n "models": {"x/y": {\n  "source": "web"}}}',
            ":4:3: models.x/y.source: Input",
        ),
        ('{"schema": "2", "tool": "1"}', ":1:2: schema: Input should be '1'"),
        ('{"tool": "1", "texts": {"zz": {}}}', ":1:"),
    ],
)
def test_a_file_with_mistakes(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(AuditError) as caught:
        read_lock(written(tmp_path, text))
    assert f"models.lock{told}" in str(caught.value.problems[0])


def test_evidence_of_a_model_and_its_parents() -> None:
    evidence = LockedEvidence(LOCK).of("x/y", "x/y")
    assert evidence is not None
    assert evidence.declared == ("mit",)
    assert [(text.file, text.key, text.status) for text in evidence.texts or ()] == [
        ("x/y/LICENSE", "mit", "unaltered"),
        ("x/y/EULA", "", "unknown"),
    ]
    assert [parent.evidence.declared for parent in evidence.parents] == [("apache-2.0",)]
    assert [source.declared for source in evidence.data] == [("cc-by-nc-4.0",), None]
    assert evidence.digests == (DIGEST,)
    assert evidence.origin is not None
    assert evidence.origin.locked


def test_a_model_that_is_not_locked() -> None:
    assert LockedEvidence(LOCK).of("x/z", "x/z") is None


def test_a_hosted_model() -> None:
    evidence = LockedEvidence(Lock(tool="1", models={"openai:gpt-4": Block(source="provider")})).of(
        "openai:gpt-4", "openai:gpt-4"
    )
    assert evidence is not None
    assert (evidence.provider, evidence.origin) == ("openai", None)


def test_a_loop_hides_no_other_parent() -> None:
    """Whoever is asked for first, what the loop cuts is not remembered."""
    models = {
        "a/a": Block(source="hub", parents=(edge("b/b"), edge("c/c"))),
        "b/b": Block(source="hub", parents=(edge("a/a"),)),
        "c/c": Block(source="hub", declared=("mit",)),
    }
    locked = LockedEvidence(Lock(tool="1", models=models))
    assert locked.of("a/a", "a/a") is not None
    second = locked.of("b/b", "b/b")
    assert second is not None
    (first,) = second.parents
    assert [parent.evidence.model for parent in first.evidence.parents] == ["b/b", "c/c"]


def test_a_chain_without_end_is_cut() -> None:
    models = {f"m/{number}": Block(source="hub", parents=(edge(f"m/{number + 1}"),)) for number in range(60)}
    evidence, depth = LockedEvidence(Lock(tool="1", models=models)).of("m/0", "m/0"), 0
    while evidence is not None and evidence.parents:
        evidence, depth = evidence.parents[0].evidence, depth + 1
    assert 12 < depth < 16


def test_names_of_blocks() -> None:
    assert (lock_key("x/y", None), lock_key("x/y", "main")) == ("x/y", "x/y@main")


def test_models_that_name_one_another_come_to_an_end() -> None:
    names = [f"m/{number}" for number in range(9)]
    models = {
        name: Block(source="hub", parents=tuple(edge(other) for other in names if other != name)) for name in names
    }
    evidence = LockedEvidence(Lock(tool="1", models=models)).of("m/0", "m/0")
    waiting = [evidence] if evidence is not None else []
    seen = set()
    while waiting:
        model = waiting.pop()
        seen.add(model.model)
        waiting += [parent.evidence for parent in model.parents]
    assert any("whose lineage is too large to follow" in name for name in seen)


def test_capitals_make_no_other_block() -> None:
    evidence = LockedEvidence(LOCK).of("X/Y", "X/Y")
    assert evidence is not None
    assert (evidence.model, evidence.declared) == ("X/Y", ("mit",))
