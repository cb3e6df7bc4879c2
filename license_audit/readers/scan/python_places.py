"""Which arguments of a call take the name of a model."""

import ast
import re
from typing import NamedTuple

from license_audit.readers.scan.names import is_hub_id
from license_audit.readers.scan.python_calls import (
    ADAPTER,
    ARGUMENT,
    CALLS,
    ENDPOINTS,
    FLAGS,
    HOSTED,
    LISTED,
    LOAD,
    OLLAMA,
    OLLAMA_REQUESTS,
    OPTIONS,
    PREFIXED,
    REQUESTS,
    Call,
    Place,
)
from license_audit.readers.scan.python_hosted import is_family
from license_audit.readers.scan.python_names import is_model, is_written, words

_REPLICATE = Place("hosted", "hosted", "replicate")
_NO_KEYWORDS: frozenset[str] = frozenset()
_COMMON = words("completion acompletion Agent LM")
"""Names that mean a model only beside these libraries."""
_COMMON_LIBRARIES = words("litellm dspy pydantic_ai crewai")
_MLX = words("mlx_lm mlx_vlm mlx_whisper")


class Places(NamedTuple):
    """Places of a call."""

    places: tuple[tuple[ast.expr, Place, str], ...] = ()
    """Expression, place, and name of the keyword."""
    keywords: frozenset[str] = _NO_KEYWORDS
    """Keywords that are done with."""
    is_data: bool = False
    """Whether the call says that what it names is a data set or a space."""


class Option(NamedTuple):
    """An option of a command line, a flag, or a variable of the environment with a default."""

    name: str
    value: ast.expr | None
    is_environment: bool = False


def role_of_option(node: ast.Call, name: str) -> Option | None:
    """The option that a call describes, or the variable of the environment that it reads."""
    arguments = node.args
    if name in OPTIONS:
        names = [str(item.value) for item in arguments if isinstance(item, ast.Constant) and type(item.value) is str]
        stated = next((keyword.value for keyword in node.keywords if keyword.arg == "default"), None)
        long = next((item for item in names if item.startswith("--")), "")
        positional = name in ("add_argument", "argument") and len(names) == 1
        return Option((long or (names[0] if positional else "")).strip("-").replace("-", "_"), stated)
    if name in FLAGS and len(arguments) > 1 and isinstance(arguments[0], ast.Constant):
        return Option(str(arguments[0].value), arguments[1])
    if name in ("getenv", "get", "setdefault", "env") and len(arguments) > 1 and isinstance(arguments[0], ast.Constant):
        holder = getattr(node.func, "value", None)
        is_environment = name != "get" or getattr(holder, "attr", "") == "environ"
        return Option(str(arguments[0].value), arguments[1], is_environment)
    return None


def places_of_call(node: ast.Call, name: str, libraries: frozenset[str]) -> Places:
    """The places of a call that the vocabulary knows, or that its name tells."""
    base, root = _called_on(node)
    if name in REQUESTS and base in ENDPOINTS:
        return _by_keywords(node, HOSTED)
    if name in OLLAMA_REQUESTS and "ollama" in libraries and _is_of_ollama(node, root, libraries):
        is_first = name in ("pull", "show") or (name != "create" and root != "client")
        return _by_keywords(node, OLLAMA, first=is_first, also=words("from_"))
    if name == "dict" and {"abbr", "path"} <= {keyword.arg for keyword in node.keywords}:
        # OpenCompass lists its models and its data sets like this; the latter are read by a reader of their own.
        is_data = any((keyword.arg or "").startswith("reader") for keyword in node.keywords)
        return _by_keywords(node, LOAD, also=words("path tokenizer_path"), is_data=is_data)
    first = _by_first(name, base, libraries)
    if first is not None:
        return Places(tuple((value, first, "") for value in node.args[:1]))
    known = CALLS.get(name)
    if known is None or (known.bases and base not in known.bases):
        return Places(tuple((value, ARGUMENT, "") for value in node.args)) if is_model(name) else Places()
    if name in _COMMON and libraries.isdisjoint(_COMMON_LIBRARIES):
        return _by_keywords(node, ARGUMENT)
    if "Dataset" in base or _is_of_data(node):
        return _by_keywords(node, known.place, first=True, also=known.keywords, is_data=True)
    return _known(node, name, base, _settled(known, name, libraries))


def is_release(name: str, value: object) -> bool:
    """Whether a constant with a name of no meaning holds the id of a release: `SMALL = "org/gpt2-124m"`."""
    if not (type(value) is str and name.isupper() and "/" in value and is_hub_id(value)):
        return False
    return is_family(value.partition("/")[2]) and re.search(r"\d", value) is not None and not is_written(name)


def _is_of_ollama(node: ast.Call, root: str, libraries: frozenset[str]) -> bool:
    """Whether a call is one of the library's functions, or a method of its client."""
    if isinstance(node.func, ast.Name):
        return "from ollama import" in libraries
    return root == "client" or "ollama" in root.lower()


def _by_first(name: str, base: str, libraries: frozenset[str]) -> Place | None:
    """The place that is the first argument of functions with everyday names."""
    if base == "replicate" and name in ("run", "stream", "async_run"):
        return _REPLICATE
    if name == "load" and base in ("spacy", "clip"):
        return LISTED
    return LOAD if name == "load" and not base and not libraries.isdisjoint(_MLX) else None


def _settled(known: Call, name: str, libraries: frozenset[str]) -> Call:
    """A call as the libraries of the file mean it."""
    if name == "LLM" and "crewai" in libraries:
        return known._replace(place=PREFIXED)
    return known._replace(positions=(0, 1)) if name == "pipeline" and "lmdeploy" in libraries else known


def _known(node: ast.Call, name: str, base: str, known: Call) -> Places:
    place, positions = known.place, known.positions
    if name == "from_pretrained" and "Peft" in base:
        positions, place = (0, 1), ADAPTER if len(node.args) > 1 else LOAD
    elif name == "pipeline" and _looks_named(node):
        positions = (0, 1)
    found = [(node.args[index], place, "") for index in positions if index < len(node.args)]
    taken = set(known.unless)
    for keyword in node.keywords:
        if keyword.arg and keyword.arg not in known.unless and (keyword.arg in known.keywords or is_model(keyword.arg)):
            found.append((keyword.value, place, keyword.arg))
            taken.add(keyword.arg)
    return Places(tuple(found), frozenset(taken))


def _is_of_data(node: ast.Call) -> bool:
    """Whether a call says that its repository is a data set or a space."""
    types = (keyword.value for keyword in node.keywords if keyword.arg == "repo_type")
    return any(getattr(value, "value", None) in ("dataset", "space") for value in types)


def _called_on(node: ast.Call) -> tuple[str, str]:
    """The name right before a method's, and the first one: `chat` and `client` in `client.x.chat.create`."""
    value: ast.expr = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    if not isinstance(node.func, ast.Attribute):
        return "", ""
    base = getattr(value, "attr", "") or getattr(value, "id", "")
    while isinstance(value, (ast.Attribute, ast.Call)):
        value = value.value if isinstance(value, ast.Attribute) else value.func
    return base, getattr(value, "id", "")


def _by_keywords(
    node: ast.Call, place: Place, *, first: bool = False, also: frozenset[str] = _NO_KEYWORDS, is_data: bool = False
) -> Places:
    found = [(node.args[0], place, "")] if first and node.args else []
    names = [keyword.arg for keyword in node.keywords if keyword.arg in also or is_model(keyword.arg or "")]
    found += [(keyword.value, place, keyword.arg or "") for keyword in node.keywords if keyword.arg in names]
    return Places(tuple(found), frozenset(name for name in names if name), is_data)


def _looks_named(node: ast.Call) -> bool:
    """Whether the first argument of a pipeline is an id, as where the task is left to be found out."""
    first = node.args[0] if node.args else None
    return isinstance(first, ast.Constant) and "/" in str(first.value)
