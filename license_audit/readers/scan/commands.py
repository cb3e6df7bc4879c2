"""Models that shell commands name: those a program is told to load, fetch or serve.

Words that are printed, data sets that are read and images that are started are none. Ids in comments are not seen.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_embedded import read_as
from license_audit.readers.scan.commands_flags import in_flags, in_json, revision_of
from license_audit.readers.scan.commands_hosted import provider_at
from license_audit.readers.scan.commands_places import library, loads, place
from license_audit.readers.scan.commands_programs import QUIET, Program, arguments, free, program_name, start
from license_audit.readers.scan.commands_shell import Command, Word, commands
from license_audit.readers.scan.commands_values import address, hits, is_release, mirrored, once
from license_audit.readers.scan.commands_variables import Variables
from license_audit.readers.scan.names import hub_address

__all__ = ["Variables", "Word", "in_text", "in_words"]

_MAX_DEPTH = 3
"""Commands within words of commands that are read."""
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=(.*)", re.DOTALL)
_DEFAULT = re.compile(r"\$\{([A-Za-z_]\w*):?[-=]([^{}$\s]+)\}")
_SETS = frozenset(("export", "declare", "local", "readonly", "typeset", "set", "setenv", "env"))
_DATA_SETS = re.compile(r"--(?:repo[-_]type|type)[= ](?:dataset|space)s?\b|\bhfd(?:\.sh)?\s.*--dataset\b")
_SHELLS = re.compile(
    r"(?:.*/)?(?:(?:ba|z|da|k|c|fi)?sh|eval|ssh|su|tmux|screen|xargs|watch|parallel|script|send-keys|srun|pdsh|docker|podman"
    r"|kubectl|modal|sky|runpodctl|gcloud|az|singularity|apptainer|pm2|flock|timeout|bash|concurrently)"
)
"""Programs that run what stands in a word of theirs."""
_RUN = ("sbatch", "qsub", "sudo", "read")
"""Further programs that read what is run, or what is put into a variable to be run."""
_SCRIPT = re.compile(
    r"\s*(?:#!|(?:python3?|torchrun|deepspeed|accelerate|srun|vllm|docker|CUDA_VISIBLE_DEVICES=\S*)\s)"
)
"""How a text starts that is a script, and nothing for people to read."""
_PYTHON = re.compile(r"(?:.*/)?(?:python|pypy)[\d.]*")
_OTHERWISE = re.compile(r"data|out|sav|push|serv|image|upload|project|run|exp|wandb|title|prompt|tag", re.IGNORECASE)
"""Names of variables that say that a value is made, served or read, and not loaded."""
_FILE_ENDS = ("Modelfile", ".modelfile")
"""How Modelfiles are called, under names that no other reader knows."""
_HUB_SSH = re.compile(r"(?:ssh://)?git@(?:huggingface\.co|hf\.co)[:/]([\w.-]+/[\w.-]+?)(?:\.git)?")
_PULL = re.compile(r"https?://\S+/api/pull\b")


def in_text(
    text: str, line: int = 1, column: int = 1, *, indent: int = 0, variables: Variables | None = None, depth: int = 0
) -> Iterator[Hit]:
    """Models that a shell text names. `line` and `column` are where it starts in its file.

    Its further lines start `indent` characters to the right. `variables` are those set before it, and are added to.
    """
    if depth > _MAX_DEPTH:
        return
    known = Variables() if variables is None else variables
    yield from once(
        hit for command in commands(text, line, column, indent) for hit in _in_command(command, known, depth)
    )


def in_words(words: Sequence[Word], variables: Variables | None = None, depth: int = 0) -> Iterator[Hit]:
    """Models that the words of one command name; its first words may be assignments.

    `variables` are those set before, and are added to. `depth` counts the commands that this one lies in.
    """
    known = Variables() if variables is None else variables
    yield from once(_in_words(words, known, depth))


def _in_command(command: Command, variables: Variables, depth: int) -> Iterator[Hit]:
    if command.array:
        for word in command.words:
            yield from _assigned(command.array, word.part(_key_length(word.text)), variables)
    elif command.body is not None:
        yield from _in_body(command, command.body, variables, depth)
    else:
        yield from in_words(command.words, variables, depth)
        if command.writes and program_name(command.words[0].text) in ("echo", "printf"):
            for word in command.words[1:]:
                yield from read_as(command.writes, word.text, word.line, word.column - 1)


def _key_length(text: str) -> int:
    """How long the key of a value in a list with keys is: `["a"]=`."""
    found = re.match(r"\[[^\]]*\]=", text)
    return found.end() if found else 0


def _in_words(words: Sequence[Word], variables: Variables, depth: int) -> Iterator[Hit]:
    at = start(words)
    while at < len(words) and (found := _ASSIGNMENT.fullmatch(words[at].text)):
        yield from _assigned(found[1], words[at].part(found.start(2)), variables)
        at = at + 1 + start(words[at + 1 :])
    rest = words[at:]
    if not rest:
        return
    name = program_name(rest[0].text)
    if name in _SETS:
        yield from _in_settings(rest[1:], variables)
    if name == "for" and len(rest) > 3 and rest[2].text == "in":  # noqa: PLR2004  # for NAME in VALUE
        for word in rest[3:]:
            yield from _assigned(rest[1].text, word, variables)
    elif name == ":":
        yield from _defaults(rest[1:])
    elif name not in QUIET:
        yield from _in_program(rest, variables, depth)
    if name in ("cd", "ls", "test", "[", "cp", "mv"):
        yield from _mirrored(rest[1:])


def _in_settings(words: Sequence[Word], variables: Variables) -> Iterator[Hit]:
    """What `export` and its kin set, also where name and value are two words."""
    plain = [word for word in words if not re.fullmatch(r"-[a-zA-Z]{1,3}", word.text)]
    for word in plain:
        found = _ASSIGNMENT.fullmatch(word.text)
        if found:
            yield from _assigned(found[1], word.part(found.start(2)), variables)
    if len(plain) == 2 and re.fullmatch(r"[A-Za-z_]\w*", plain[0].text):  # noqa: PLR2004  # setenv NAME VALUE
        yield from _assigned(plain[0].text, plain[1], variables)


def _assigned(name: str, word: Word, variables: Variables) -> Iterator[Hit]:
    certainty = place(name)
    for found in variables.resolved(word):
        if certainty is None and is_release(found.text) and not _OTHERWISE.search(name):
            certainty = "likely"
        variables.put(name, found)
        for piece in re.finditer(r"[^\s,]+", found.text) if certainty else ():
            line, column = found.place(piece.start())
            yield from hits(
                piece[0], line, column, "environment", certainty or "likely", provider=library(name), loads=loads(name)
            )


def _defaults(words: Sequence[Word]) -> Iterator[Hit]:
    """Values that variables get where they have none: `${MODEL:=org/name}`."""
    for word in words:
        for found in _DEFAULT.finditer(word.text):
            certainty = place(found[1])
            if certainty:
                line, column = word.place(found.start(2))
                yield from hits(found[2], line, column, "environment", certainty, loads=loads(found[1]))


def _mirrored(words: Sequence[Word]) -> Iterator[Hit]:
    for word in words:
        found = mirrored(word.text)
        if found is not None:
            yield Hit(word.line, word.column, found.id, found.kind, "path", found.certainty)


def _in_program(words: Sequence[Word], variables: Variables, depth: int) -> Iterator[Hit]:
    line = " ".join(word.text for word in words)
    provider = provider_at(line) if "http" in line else ""
    if program_name(words[0].text) in ("curl", "http", "wget", "https", "xh"):
        yield from _in_request(words, line, provider)
    elif not _DATA_SETS.search(line):
        revision = revision_of(words)
        for hit in (*in_flags(words, variables), *_in_arguments(words, variables)):
            yield hit._replace(revision=revision) if revision and hit.kind == "hub" and not hit.revision else hit
    yield from _positional(words)
    yield from _addresses(words, variables)
    yield from _mirrored(words[1:])
    yield from _defaults(words)
    yield from _nested(words, variables, depth)


def _positional(words: Sequence[Word]) -> Iterator[Hit]:
    """Releases among the words behind an image that is run, or behind a script."""
    names = [program_name(word.text) for word in words]
    if names[0] in ("docker", "podman", "nerdctl") and "run" in names:
        words = words[names.index("run") + 1 :]
    elif _PYTHON.fullmatch(names[0]) or names[0] in ("torchrun", "accelerate", "deepspeed", "bash", "sh"):
        words = words[1:]
    else:
        return
    # The first is the image or the script itself.
    for word in itertools.islice(free(words), 1, None):
        if is_release(word.text):
            yield from hits(word.text, word.line, word.column, "argument", "likely")


def _in_arguments(words: Sequence[Word], variables: Variables) -> Iterator[Hit]:
    for program, word in arguments(words):
        for found in variables.resolved(word):
            if program.sort == "made":
                variables.made.add(found.text)
            elif found.text not in variables.made:
                yield from _argument(program, found)


def _argument(program: Program, word: Word) -> Iterator[Hit]:
    if program.sort == "clone":
        # Nobody clones an organization: this is a model of the Hub's early days. Longer ids are found as addresses.
        early = hub_address(word.text)
        if early is not None and "/" not in early.id:
            yield Hit(word.line, word.column, early.id.removesuffix(".git"), "hub", program.role)
    elif program.sort == "ollama":
        yield from hits(word.text, word.line, word.column, program.role, provider="ollama")
    elif program.sort == "gallery":
        if re.fullmatch(r"[A-Za-z0-9][\w.:@/-]*", word.text):
            known = tuple(hits(word.text, word.line, word.column, program.role))
            yield from known or (Hit(word.line, word.column, word.text, "name", program.role, "likely"),)
    else:
        yield from hits(word.text, word.line, word.column, program.role, loads=program.sort == "hub")


def _addresses(words: Sequence[Word], variables: Variables) -> Iterator[Hit]:
    """Addresses of a hub in any word: whatever fetches them fetches a model."""
    for word in words:
        if "://" not in word.text and "hf.co" not in word.text and "git@" not in word.text:
            continue
        for found in variables.resolved(word):
            ssh = _HUB_SSH.fullmatch(found.text)
            known = address(f"https://huggingface.co/{ssh[1]}" if ssh else found.text.partition("=")[2] or found.text)
            known = known or address(found.text)
            if known is not None:
                line, column = found.place(max(0, found.text.find("http")))
                name = known.id.removesuffix(".git")
                yield Hit(line, column, name, known.kind, "download", "certain", known.revision)


def _in_request(words: Sequence[Word], line: str, provider: str) -> Iterator[Hit]:
    """What a request asks for: a model of an API, or one that an Ollama server is told to fetch."""
    if _PULL.search(line):
        provider = "ollama"
    if provider:
        for word in words:
            text = word.text
            yield from in_json(word, provider=provider)
            if provider == "ollama" and (found := re.search(r"\"name\"\s*:\s*\"([\w./:-]+)\"", text)):
                yield Hit(*word.place(found.start(1)), found[1], "ollama", "download")


def _nested(words: Sequence[Word], variables: Variables, depth: int) -> Iterator[Hit]:
    """Commands that stand in one word of another, and programs given to an interpreter."""
    runs = any(_SHELLS.fullmatch(word.text) or word.text in ("-c", "-lc", "--command", "--wrap") for word in words)
    for before, word in itertools.pairwise(words):
        if not any(sign in word.text for sign in (" ", "\n")):
            continue
        if _PYTHON.fullmatch(words[0].text) and before.text == "-c":
            yield from read_as("command.py", word.text, word.line, 0 if "\n" in word.text else word.column - 1)
        elif runs or " --" in word.text or word.text.startswith("--"):
            yield from in_text(word.text, word.line, word.column, variables=variables, depth=depth + 1)


def _in_body(command: Command, body: Word, variables: Variables, depth: int) -> Iterator[Hit]:
    """What a command reads from a here-document, by the file that it writes or by the program that reads it."""
    names = [program_name(word.text) for word in command.words]
    file = command.writes
    if not file and "tee" in names:
        file = next((word.text for word in command.words[names.index("tee") + 1 :] if word.text[:1] != "-"), "")
    if file.endswith(_FILE_ENDS) or ("ollama" in names and "create" in names):
        yield from read_as("Modelfile", body.text, body.line)
    elif file:
        yield from read_as(file, body.text, body.line)
    elif any(_PYTHON.fullmatch(name) for name in names):
        yield from read_as("command.py", body.text, body.line)
    elif "kubectl" in names or "oc" in names or "helm" in names:
        yield from read_as("command.yaml", body.text, body.line)
    elif any(_SHELLS.fullmatch(name) or name in _RUN for name in names) or (
        names == ["cat"] and _SCRIPT.match(body.text)
    ):
        yield from in_text(body.text, body.line, variables=variables, depth=depth + 1)
