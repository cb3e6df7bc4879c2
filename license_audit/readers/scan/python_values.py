"""Which strings an expression of Python may stand for, as far as its file tells. Nothing is executed."""

import ast
from collections.abc import Callable, Iterator

from license_audit.readers.scan.names import hub_address, is_hub_id
from license_audit.readers.scan.python_calls import DEFAULTED
from license_audit.readers.scan.python_scopes import Bound, Elements, Parameter, Scope, Text

MAX_STEPS = 400
"""Expressions that are looked at for one place; what is tangled more than that stands for nothing."""
MAX_DEPTH = 12
MAX_WAYS = 6
"""Values that each part of a composed string may have."""
_READS_ENVIRONMENT = frozenset(("getenv", "get", "env", "pop", "setdefault", "config", "str_env", "getvar"))
_SAME = frozenset(("strip", "str", "rstrip", "lstrip", "Path", "expanduser", "SecretStr", "cast_str", "ModelName"))
_CHOICES = frozenset(("selectbox", "radio", "text_input", "choice", "Choice", "grid_search", "Literal"))


class Values:
    """The values of one file's expressions."""

    def __init__(self) -> None:
        self.attributes: dict[str, list[tuple[ast.expr, Scope]]] = {}
        """Attributes with what they are given anywhere in the file, whatever they belong to."""
        self.calls: dict[str, list[tuple[ast.Call, Scope]]] = {}
        """Calls by the name that is called."""

    def of(self, expression: Bound, scope: Scope) -> list[Text]:
        """What an expression may stand for, each string once at each of its places."""
        evaluation = _Evaluation(self)
        found = {(text.value, id(text.node)): text for text in evaluation.value(expression, scope, 0)}
        return list(found.values()) if evaluation.steps > 0 else []


class _Evaluation:
    """Looks at one expression and at what it is made of."""

    def __init__(self, known: Values) -> None:
        self.known, self.steps = known, MAX_STEPS

    def value(self, expression: Bound, scope: Scope, depth: int) -> Iterator[Text]:
        self.steps -= 1
        if self.steps <= 0 or depth > MAX_DEPTH:
            return
        if type(expression) is ast.Constant:
            if type(expression.value) is str:
                yield Text(expression.value, expression)
            return
        read = _READERS.get(type(expression))
        if read is not None:
            yield from read(self, expression, scope, depth + 1)

    def name(self, node: ast.Name, scope: Scope, depth: int) -> Iterator[Text]:
        found = scope.find(node.id)
        for bound in found[1] if found else ():
            yield from self.value(bound, found[0] if found else scope, depth)

    def attribute(self, node: ast.Attribute, _: Scope, depth: int) -> Iterator[Text]:
        for bound, scope in self.known.attributes.get(node.attr, ()):
            yield from self.value(bound, scope, depth)

    def either(self, node: ast.IfExp, scope: Scope, depth: int) -> Iterator[Text]:
        yield from self.value(node.body, scope, depth)
        yield from self.value(node.orelse, scope, depth)

    def any(self, node: ast.BoolOp, scope: Scope, depth: int) -> Iterator[Text]:
        for value in node.values:
            yield from self.value(value, scope, depth)

    def inner(self, node: ast.NamedExpr | ast.Await | ast.FormattedValue, scope: Scope, depth: int) -> Iterator[Text]:
        yield from self.value(node.value, scope, depth)

    def parameter(self, node: Parameter, scope: Scope, depth: int) -> Iterator[Text]:
        if node.default is not None:
            yield from self.value(node.default, scope, depth)
        for call, around in self.known.calls.get(node.function, ()):
            given = next((keyword.value for keyword in call.keywords if keyword.arg == node.name), None)
            if given is None and 0 <= node.position < len(call.args):
                given = call.args[node.position]
            if given is not None:
                yield from self.value(given, around, depth)

    def elements(self, node: Elements, scope: Scope, depth: int) -> Iterator[Text]:
        for item in self.items(node.items, scope, depth):
            if node.part < 0:
                yield from self.value(item, scope, depth)
            elif isinstance(item, (ast.Tuple, ast.List)) and node.part < len(item.elts):
                yield from self.value(item.elts[node.part], scope, depth)

    def items(self, node: Bound, scope: Scope, depth: int) -> Iterator[ast.expr]:
        """What a list, a name of one, or the items of a mapping hold."""
        self.steps -= 1
        if self.steps <= 0 or depth > MAX_DEPTH:
            return
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            yield from node.elts
        elif isinstance(node, ast.Dict):
            yield from (key for key in node.keys if key is not None)
        elif isinstance(node, ast.Name):
            found = scope.find(node.id)
            for bound in found[1] if found else ():
                yield from self.items(bound, scope, depth + 1)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for mapping in self.mappings(node.func.value, scope, depth + 1):
                if node.func.attr == "values":
                    yield from mapping.values
                elif node.func.attr == "items":
                    pairs = zip(mapping.keys, mapping.values, strict=True)
                    yield from (ast.Tuple([key, value], ast.Load()) for key, value in pairs if key is not None)
                elif node.func.attr == "keys":
                    yield from (key for key in mapping.keys if key is not None)

    def mappings(self, node: Bound, scope: Scope, depth: int) -> Iterator[ast.Dict]:
        self.steps -= 1
        if self.steps <= 0 or depth > MAX_DEPTH:
            return
        if isinstance(node, ast.Dict):
            yield node
        elif isinstance(node, ast.Name):
            found = scope.find(node.id)
            for bound in found[1] if found else ():
                yield from self.mappings(bound, scope, depth + 1)
        elif isinstance(node, ast.Attribute):
            for bound, around in self.known.attributes.get(node.attr, ()):
                yield from self.mappings(bound, around, depth + 1)

    def subscript(self, node: ast.Subscript, scope: Scope, depth: int) -> Iterator[Text]:
        yield from self.picked(node.value, node.slice, scope, depth)

    def picked(self, holder: ast.expr, key: ast.expr, scope: Scope, depth: int) -> Iterator[Text]:
        """What stands under a key of a mapping or at a place of a list; all of it where the key is not known."""
        wanted = key.value if isinstance(key, ast.Constant) else None
        is_mapping = False
        for mapping in self.mappings(holder, scope, depth):
            is_mapping = True
            for name, value in zip(mapping.keys, mapping.values, strict=True):
                if wanted is None or (isinstance(name, ast.Constant) and name.value == wanted):
                    yield from self.value(value, scope, depth)
        if not is_mapping:
            items = list(self.items(holder, scope, depth))
            picked = items[wanted : wanted + 1] if type(wanted) is int and wanted >= 0 else items
            for item in picked if wanted is None or type(wanted) is int else ():
                yield from self.value(item, scope, depth)

    def call(self, node: ast.Call, scope: Scope, depth: int) -> Iterator[Text]:
        function, arguments = node.func, node.args
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name == "format" and isinstance(function, ast.Attribute):
            yield from self.formatted(function.value, node, scope, depth)
        elif name in DEFAULTED:
            yield from self.value(default_of(node) or node.func, scope, depth)
        elif name in _READS_ENVIRONMENT:
            if isinstance(function, ast.Attribute) and arguments:
                yield from self.picked(function.value, arguments[0], scope, depth)
            for given in (*arguments[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "default")):
                yield from self.value(given, scope, depth)
        elif name == "getattr":
            for given in arguments[2:]:
                yield from self.value(given, scope, depth)
        elif name in _SAME:
            inner = arguments[0] if arguments else function.value if isinstance(function, ast.Attribute) else None
            if inner is not None and len(arguments) <= 1:
                yield from self.value(inner, scope, depth)
        elif name in _CHOICES:
            for given in (*arguments, *(keyword.value for keyword in node.keywords)):
                for item in self.items(given, scope, depth):
                    yield from self.value(item, scope, depth)
                yield from (text for text in self.value(given, scope, depth) if is_hub_id(text.value))

    def joined(self, node: ast.JoinedStr, scope: Scope, depth: int) -> Iterator[Text]:
        parts = []
        for part in node.values:
            plain = not isinstance(part, ast.FormattedValue) or (
                part.conversion in (-1, ord("s")) and not part.format_spec
            )
            parts.append(list(self.value(part, scope, depth)) if plain else [])
        yield from _composed(parts, node)

    def added(self, node: ast.BinOp, scope: Scope, depth: int) -> Iterator[Text]:
        if isinstance(node.op, ast.Add):
            yield from _composed([list(self.value(side, scope, depth)) for side in (node.left, node.right)], node)
        elif isinstance(node.op, ast.Mod):
            given = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            yield from self.filled(node.left, given, "%s", node, scope, depth)

    def formatted(self, pattern: ast.expr, node: ast.Call, scope: Scope, depth: int) -> Iterator[Text]:
        if not node.keywords:
            yield from self.filled(pattern, node.args, "{}", node, scope, depth)
            return
        for text in self.value(pattern, scope, depth):
            value: list[list[Text]] = [[Text(text.value, text.node)]]
            for keyword in node.keywords:
                known = list(self.value(keyword.value, scope, depth))[:MAX_WAYS]
                value = [[Text(part.value.replace("{" + str(keyword.arg) + "}", way.value), node)
                          for part in value[0] for way in known]]  # fmt: skip
            yield from (part for part in value[0] if "{" not in part.value)

    def filled(
        self, pattern: ast.expr, given: list[ast.expr], mark: str, node: ast.expr, scope: Scope, depth: int
    ) -> Iterator[Text]:
        """A pattern with its marks replaced by what is given, in order."""
        for text in self.value(pattern, scope, depth):
            pieces = text.value.split(mark)
            parts = [[Text(pieces[0], text.node)]]
            for piece, value in zip(pieces[1:], [*given, *[ast.Constant(None)] * len(pieces)], strict=False):
                parts += [list(self.value(value, scope, depth)), [Text(piece, text.node)]]
            yield from _composed(parts, node)


def default_of(node: ast.Call) -> ast.expr | None:
    """The default in the description of a field or parameter; the body of a default factory."""
    for keyword in node.keywords:
        if keyword.arg in ("default", "value"):
            return keyword.value
        if keyword.arg in ("default_factory", "factory") and isinstance(keyword.value, ast.Lambda):
            return keyword.value.body
    return node.args[0] if node.args else None


def _composed(parts: list[list[Text]], node: ast.expr) -> Iterator[Text]:
    """Strings made of parts that follow each other; how they begin, where a part is not known."""
    ways: list[tuple[str, ast.expr | None, bool]] = [("", None, True)]
    for part in parts:
        if not part:
            ways = [(value, origin, False) for value, origin, _ in ways]
            break
        ways = [
            (value + way.value, origin or (way.node if _is_complete(way.value) else None), way.is_whole)
            for value, origin, _ in ways
            for way in part[:MAX_WAYS]
        ][: MAX_WAYS**2]
    yield from (Text(value, origin or node, is_whole) for value, origin, is_whole in ways if value)


def _is_complete(value: str) -> bool:
    return is_hub_id(value) or hub_address(value) is not None


_READERS: dict[type, Callable[..., Iterator[Text]]] = {
    ast.Name: _Evaluation.name,
    ast.Attribute: _Evaluation.attribute,
    ast.IfExp: _Evaluation.either,
    ast.BoolOp: _Evaluation.any,
    ast.NamedExpr: _Evaluation.inner,
    ast.Await: _Evaluation.inner,
    ast.FormattedValue: _Evaluation.inner,
    ast.Subscript: _Evaluation.subscript,
    ast.Call: _Evaluation.call,
    ast.JoinedStr: _Evaluation.joined,
    ast.BinOp: _Evaluation.added,
    Elements: _Evaluation.elements,
    Parameter: _Evaluation.parameter,
}
