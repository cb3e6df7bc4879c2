"""Commands in YAML and JSON: texts for a shell, and lists whose items are words or lines."""

from collections.abc import Generator, Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import Word, in_text, in_words
from license_audit.readers.scan.structured import Mapping, Scalar, Sequence, in_place
from license_audit.readers.scan.structured_keys import has_lines, is_command, small

_PROGRAMS = (
    ("vllm", ("vllm", "serve")),
    ("local-ai", ("local-ai", "run")),
    ("localai", ("local-ai", "run")),
    ("text-generation-inference", ("text-generation-launcher",)),
)
"""What an image runs, by a part of its name: its arguments may name a model without a flag."""
_SHELLS = frozenset(("sh", "bash", "zsh", "/bin/sh", "/bin/bash", "/usr/bin/bash", "bash -c", "sh -c"))
_MAX_WORDS = 20_000


def shell(scalar: Scalar, before: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Models in a text for a shell, at their places in the file. `before` are words that stand before it."""
    if before and not scalar.text.lstrip().startswith("-") and "\n" not in scalar.text:
        yield from in_words(tuple(_words(scalar, before)))
        return
    lead = "server " if scalar.text.lstrip().startswith("-") else ""
    start = 0
    for hit in in_text(lead + scalar.text):
        column = hit.column - len(lead) if hit.line == 1 else hit.column
        line, column, start = in_place(scalar, hit.line, column, hit.id, start)
        yield hit._replace(line=line, column=column)


def of_container(mapping: Mapping, before: tuple[str, ...]) -> Iterator[Hit]:
    """Models in the command of a container, whose words stand under several keys."""
    words: list[Word] = []
    for name in ("entrypoint", "command", "args"):
        for key, node in mapping.pairs:
            if small(key.text) != name:
                continue
            if isinstance(node, Scalar):
                yield from shell(node, before if not words and name != "entrypoint" else ())
            elif isinstance(node, Sequence):
                words += yield from _items(node)
    yield from of_words(words, before)


def of_words(words: list[Word], before: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Models that words name. Those that start with a flag stand behind a program that is named elsewhere."""
    if not words:
        return
    first = words[0].text
    if first.startswith("-") or (before and before[0] not in first and not first.startswith("/")):
        words = [*(Word(word, 0, 0) for word in before or ("server",)), *words]
    yield from (hit for hit in in_words(words[:_MAX_WORDS]) if hit.line)


def program_of(mapping: Mapping) -> tuple[str, ...]:
    """What the image of a container runs; nothing where that is not known."""
    node = mapping.get("image")
    image = (
        node.text if isinstance(node, Scalar) else node.text("repository", "name") if isinstance(node, Mapping) else ""
    )
    return next((words for part, words in _PROGRAMS if part in image.lower()), ())


def under_key(key: str, node: Scalar | Sequence, before: tuple[str, ...] = ()) -> Iterator[Hit]:
    """Models in what stands under a key for commands."""
    if isinstance(node, Scalar):
        yield from shell(node, before)
    elif has_lines(key):
        for item in node.items:
            if isinstance(item, Scalar):
                yield from shell(item)
    else:
        words = yield from _items(node)
        yield from of_words(words, before)


def is_container(mapping: Mapping) -> bool:
    """Whether a mapping tells what a container runs."""
    names = {small(key.text) for key, _ in mapping.pairs}
    return bool(names & {"command", "args", "entrypoint"}) and (
        "image" in names or len(names & {"command", "args"}) > 1
    )


def is_of_container(key: str) -> bool:
    """Whether a key is read with the others of its container."""
    return small(key) in ("command", "args", "entrypoint")


def looks_like_command(key: str, text: str) -> bool:
    """Whether a value is a command: by its key, or by flags at its start."""
    return is_command(key) or text.startswith("--")


def _words(scalar: Scalar, before: tuple[str, ...]) -> Iterator[Word]:
    yield from (Word(word, 0, 0) for word in before)
    yield from _split(scalar)


def _split(scalar: Scalar) -> Iterator[Word]:
    at = 0
    for part in scalar.text.split(" "):
        if part:
            line, column, _ = in_place(scalar, 1, at + 1, part)
            yield Word(part.strip("\"'"), line, column)
        at += len(part) + 1


def _items(node: Sequence) -> Generator[Hit, None, list[Word]]:
    """Gives what whole scripts among the items name, and returns the words of the others."""
    words: list[Word] = []
    items = [item for item in node.items if isinstance(item, Scalar)]
    runs_shell = any(item.text in _SHELLS for item in items[:3])
    for item in items:
        text = item.text
        if words and words[-1].text == "-c" and words[0].text.rpartition("/")[2].startswith("python"):
            words.append(Word(text, item.line, item.column))
        elif "\n" in text.strip() or (runs_shell and " " in text) or (" " in text and not text.startswith(("-", "{"))):
            yield from shell(item)
        elif " " in text and text.startswith("-"):
            words += _split(item)
        elif text:
            line, column, _ = in_place(item, 1, 1, text)
            words.append(Word(text.strip(), line, column))
    return words
