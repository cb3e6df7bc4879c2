"""Programs that take a model as a word of its own, and where it stands."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from license_audit.readers.scan.commands_places import words_of
from license_audit.readers.scan.commands_shell import Word

Sort = Literal["hub", "ollama", "any", "gallery", "clone", "made"]
"""What a program takes. `hub`: a name without organization is one of the Hub. `ollama`: of an Ollama library. `any`: as
its shape says. `gallery`: of the tool's own list. `clone`: an address that is cloned. `made`: what it makes itself."""


class Program(NamedTuple):
    """Words that start a program, and what the word after its flags names."""

    words: tuple[str, ...]
    sort: Sort
    role: str
    many: bool = False
    """Whether all words are models, and not only the first."""


PROGRAMS = (
    Program(("vllm", "serve"), "hub", "serve"),
    Program(("ollama", "run"), "ollama", "run"),
    Program(("ollama", "pull"), "ollama", "download", many=True),
    Program(("ollama", "show"), "ollama", "run"),
    Program(("ollama", "create"), "made", "make"),
    Program(("huggingface-cli", "download"), "hub", "download"),
    Program(("hf", "download"), "hub", "download"),
    Program(("hfd.sh",), "hub", "download"),
    Program(("hfd",), "hub", "download"),
    Program(("hf_download.sh",), "hub", "download"),
    Program(("modelscope", "download"), "any", "download"),
    Program(("git", "clone"), "clone", "download"),
    Program(("lfs", "clone"), "clone", "download"),
    Program(("submodule", "add"), "clone", "download"),
    Program(("local-ai", "run"), "gallery", "run", many=True),
    Program(("models", "install"), "gallery", "download", many=True),
    Program(("ramalama", "run"), "ollama", "run"),
    Program(("ramalama", "pull"), "ollama", "download"),
    Program(("ramalama", "serve"), "ollama", "serve"),
    Program(("model", "pull"), "any", "download"),
    Program(("model", "run"), "any", "run"),
    Program(("lms", "get"), "any", "download"),
    Program(("lms", "load"), "any", "load"),
    Program(("trtllm-serve",), "any", "serve"),
    Program(("serve", "api_server"), "any", "serve"),
    Program(("lite", "auto_awq"), "any", "load"),
    Program(("lmdeploy", "chat"), "any", "run"),
    Program(("openllm", "start"), "any", "serve"),
    Program(("openllm", "serve"), "any", "serve"),
    Program(("openllm", "run"), "any", "run"),
    Program(("mlc_llm", "serve"), "any", "serve"),
    Program(("mlc_llm", "chat"), "any", "run"),
    Program(("tune", "download"), "hub", "download"),
    Program(("litgpt", "download"), "hub", "download"),
    Program(("litgpt", "chat"), "hub", "run"),
    Program(("litgpt", "finetune"), "hub", "load"),
    Program(("litgpt", "finetune_lora"), "hub", "load"),
    Program(("litgpt", "serve"), "hub", "serve"),
    Program(("litgpt", "generate"), "hub", "run"),
    Program(("litgpt", "evaluate"), "hub", "load"),
    Program(("litgpt", "pretrain"), "hub", "load"),
    Program(("exo", "run"), "gallery", "run"),
    Program(("spacy", "download"), "gallery", "download"),
    Program(("download-model.py",), "hub", "download"),
)
"""Two words of these stand in this order; a tool of one word is its first."""
_MAX_WORDS = 40
"""Words after a program among which its model is looked for."""
_BY_FIRST: dict[str, list[Program]] = {}
for _program in PROGRAMS:
    _BY_FIRST.setdefault(_program.words[0], []).append(_program)
_GROUPS = {"models": ("local-ai", "localai"), "model": ("docker",), "lfs": ("git",), "submodule": ("git",)}
"""Words that mean a program only after another one."""
_SWITCH = re.compile(
    r"--(?:enable|disable|no|use|allow|force|trust|enforce|skip|with|without|quiet|verbose|resume|async|help|local|recurse"
    r"|recursive|single|depth=|insecure|keepalive=|bf16|fp16|load-in|debug|yes|api|reload|detach|rm|it)(?:[-=].*)?|-[a-zA-Z]{0,2}"
    r"|--[\w-]+=.*",
    re.DOTALL,
)
"""Flags after which no value of theirs stands."""
_VALUED = frozenset(("-b", "-c", "-o", "-p", "-r", "-j", "-f", "-t", "-n", "-C", "-u"))
QUIET = words_of("""
    [ [[ alias apk apt apt-get awk basename break case cat cd chmod chown comm complete continue cp cut date df
    diff dirname du echo egrep error exit expr false fgrep find fi fn function grep groupadd head info kill
    kubectl_wait ln log logger log_error log_info log_warn ls mv pip pip3 popd printf ps pushd pwd read return
    rg rm sed select shift sleep sort stat sudo_apt tail tar tee test touch tr trap true type ulimit umask uname
    uniq unset unzip usage useradd warn wc which whereis yum zip die fail print conda mamba brew dnf
""")
"""Programs whose words are text, files and packages."""
_BEFORE = words_of("""
    ! { } ( ) && || ; if then else elif do while until time exec sudo nohup env command builtin nice ionice
    stdbuf setsid coproc - @ eval
""")
"""Words that stand before a program."""


def start(words: Sequence[Word]) -> int:
    """Where the program stands: after words of the shell and of programs that start others."""
    at = 0
    while at < len(words) and words[at].text in _BEFORE:
        at += 1
    return at


def program_name(text: str) -> str:
    """The name of a program without its folder."""
    return text.rpartition("/")[2].removesuffix(".exe")


def arguments(words: Sequence[Word]) -> Iterator[tuple[Program, Word]]:
    """Each word that stands where a program takes a model, with the program."""
    names = [program_name(word.text) for word in words]
    seen: set[str] = set()
    taken = 0
    for at, name in enumerate(names):
        # What stands behind a program is a word of its, and no further program.
        for program in _BY_FIRST.get(name, ()) if at >= taken else ():
            end = at + len(program.words)
            if tuple(names[at:end]) == program.words and _fits(program, names[max(0, at - 1) : at], seen):
                taken = end + _MAX_WORDS
                found = free(words[end:taken])
                yield from ((program, word) for word in (found if program.many else islice(found, 1)))
        seen.add(name)


def _fits(program: Program, before: Sequence[str], seen: set[str]) -> bool:
    """Whether words mean a program, by the word before them and by all that were seen before."""
    wanted = _GROUPS.get(program.words[0])
    if wanted is not None:
        return any(name in seen for name in wanted)
    return len(program.words) > 1 or not before or before[0] in ("bash", "sh", "python", "python3", "sudo")


def free(words: Sequence[Word]) -> Iterator[Word]:
    """The words that are neither flags nor values of flags."""
    waits = False
    for word in words:
        if word.text in ("--", "\\"):
            continue
        if word.text.startswith("-") and len(word.text) > 1:
            waits = word.text in _VALUED or not _SWITCH.fullmatch(word.text)
        elif waits:
            waits = False
        else:
            yield word
