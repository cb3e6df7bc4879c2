"""One walk over a parsed Python file: what names are bound to, and the places that take the name of a model."""

import ast
from collections.abc import Callable

from license_audit.readers.scan.python_calls import (
    ARGUMENT,
    CONSTANT,
    DATA,
    DEFAULT,
    DEFAULTED,
    ENVIRONMENT,
    KEY,
    NOT_PLACES,
    OUTPUTS,
    QUIET,
    SHELLS,
    Place,
)  # fmt: skip
from license_audit.readers.scan.python_names import is_model, is_written
from license_audit.readers.scan.python_places import is_release, places_of_call, role_of_option
from license_audit.readers.scan.python_scopes import Elements, Parameter, Scope
from license_audit.readers.scan.python_seen import LEAVES, RESPONSE, SAID, WRITTEN, Seen
from license_audit.readers.scan.python_values import default_of


def walk(tree: ast.Module, libraries: frozenset[str]) -> Seen:
    """Walk over a file. `libraries` are those that it mentions, which tell apart functions of one name."""
    return _Walk(libraries).run(tree)


class _Walk:
    def __init__(self, libraries: frozenset[str]) -> None:
        self.seen, self.libraries = Seen(), libraries
        self.stack: list[tuple[ast.AST, Scope]] = []

    def run(self, tree: ast.Module) -> Seen:
        """Visit every node once, with a stack of its own: nesting cannot exhaust Python's."""
        stack = self.stack
        stack.append((tree, Scope()))
        visits, leaves = _VISITS, LEAVES
        while stack:
            node, scope = stack.pop()
            visit = visits.get(type(node))
            if visit is not None:
                visit(self, node, scope)
                continue
            for value in node.__dict__.values():
                kind = type(value)
                if kind is list:
                    for item in value:
                        if type(item) not in leaves:
                            stack.append((item, scope))
                elif kind not in leaves:
                    stack.append((value, scope))
        return self.seen

    def push(self, node: ast.AST, scope: Scope) -> None:
        """Visit a node later."""
        self.stack.append((node, scope))

    def push_all(self, nodes: list[ast.expr] | list[ast.stmt], scope: Scope) -> None:
        """Visit nodes later."""
        for node in nodes:
            self.stack.append((node, scope))

    def named(self, name: str, value: ast.expr | None, scope: Scope, place: Place) -> None:
        """Note a place whose name says that it holds a model."""
        if value is not None and (is_model(name) or is_release(name, getattr(value, "value", None))):
            self.seen.places.append((value, scope, place, name))

    def constant(self, node: ast.Constant, _: Scope) -> None:
        if type(node.value) is str:
            self.seen.strings.append(node)

    def joined(self, node: ast.JoinedStr, scope: Scope) -> None:
        self.seen.strings.append(node)
        for part in node.values:
            if type(part) is ast.FormattedValue:
                self.push(part.value, scope)

    def expression(self, node: ast.Expr, scope: Scope) -> None:
        """Strings that stand alone are documentation."""
        if type(node.value) is not ast.Constant:
            self.push(node.value, scope)

    def assign(self, node: ast.Assign, scope: Scope) -> None:
        for target in node.targets:
            self.target(target, node.value, scope)
        self.value(node.targets[0], node.value, scope)

    def value(self, target: ast.expr, value: ast.expr, scope: Scope) -> None:
        """Visit what is assigned, unless its name says that it is only told or that it is a data set."""
        name = getattr(target, "id", "") or getattr(target, "attr", "")
        if type(value) in (ast.Constant, ast.JoinedStr) and (is_written(name) or name.lower().strip("_") in SAID):
            return
        self.push(value, scope)

    def annotated(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self.target(node.target, node.value, scope, DEFAULT if scope.is_class else CONSTANT)
            self.value(node.target, node.value, scope)

    def named_expression(self, node: ast.NamedExpr, scope: Scope) -> None:
        self.target(node.target, node.value, scope)
        self.push(node.value, scope)

    def target(self, target: ast.expr, value: ast.expr, scope: Scope, place: Place = CONSTANT) -> None:
        """Note what a name, an attribute, a key or several of them are given."""
        if isinstance(target, ast.Name):
            scope.bind(target.id, value)
            if scope.is_class:
                self.seen.values.attributes.setdefault(target.id, []).append((value, scope))
            self.named(scope.function if scope.is_listing else target.id, value, scope, place)
        elif isinstance(target, ast.Attribute):
            self.seen.values.attributes.setdefault(target.attr, []).append((value, scope))
            self.named(target.attr, value, scope, place)
        elif isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            is_environment = isinstance(target.value, ast.Attribute) and target.value.attr == "environ"
            self.named(str(target.slice.value), value, scope, ENVIRONMENT if is_environment else KEY)
        elif isinstance(target, (ast.Tuple, ast.List)):
            given = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
            for part, item in zip(target.elts, given, strict=False):
                self.target(part, item, scope, place)

    def loop(self, node: ast.For | ast.AsyncFor | ast.comprehension, scope: Scope) -> None:
        targets = node.target.elts if isinstance(node.target, ast.Tuple) else [node.target]
        for index, target in enumerate(targets):
            if isinstance(target, ast.Name):
                scope.bind(target.id, Elements(node.iter, index if targets[0] is not node.target else -1))
        if len(targets) == 1:
            self.named(getattr(node.target, "id", ""), node.iter, scope, CONSTANT)
        self.push(node.iter, scope)
        if isinstance(node, ast.comprehension):
            self.push_all(node.ifs, scope)
        else:
            self.push_all(node.body, scope)
            self.push_all(node.orelse, scope)

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        inner = Scope(scope, node.name)
        parameters, given = [*node.args.posonlyargs, *node.args.args], node.args.defaults
        is_method = scope.is_class and bool(parameters) and parameters[0].arg in ("self", "cls")
        called = scope.function if node.name == "__init__" else node.name
        first = len(parameters) - len(given)
        for index, parameter in enumerate(parameters):
            default = given[index - first] if index >= first else None
            inner.bind(parameter.arg, Parameter(called, parameter.arg, index - is_method, default))
            self.default(parameter.arg, default, scope)
        for parameter, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            inner.bind(parameter.arg, Parameter(called, parameter.arg, -1, default))
            self.default(parameter.arg, default, scope)
        self.push_all(node.decorator_list, scope)
        self.push_all(node.body, inner)

    def default(self, name: str, default: ast.expr | None, scope: Scope) -> None:
        self.named(name, default, scope, DEFAULT)
        if default is not None and not is_written(name):
            self.push(default, scope)

    def klass(self, node: ast.ClassDef, scope: Scope) -> None:
        inner = Scope(scope, node.name, is_class=True)
        inner.is_listing = any("Enum" in (getattr(base, "id", "") or getattr(base, "attr", "")) for base in node.bases)
        self.push_all(node.decorator_list, scope)
        self.push_all(node.bases, scope)
        self.push_all(node.body, inner)

    def returned(self, node: ast.Return, scope: Scope) -> None:
        if node.value is not None:
            self.named(scope.function, node.value if type(node.value) is not ast.Dict else None, scope, CONSTANT)
            self.push(node.value, scope)

    def compared(self, node: ast.Compare, scope: Scope) -> None:
        """Nothing is loaded by a comparison with a name."""
        for side in (node.left, *node.comparators):
            if type(side) is not ast.Constant:
                self.push(side, scope)

    def raised(self, node: ast.Raise, scope: Scope) -> None:
        if isinstance(node.exc, ast.Call):
            self.arguments(node.exc, scope, is_quiet=True)

    def asserted(self, node: ast.Assert, scope: Scope) -> None:
        self.push(node.test, scope)

    def dictionary(self, node: ast.Dict, scope: Scope) -> None:
        names = {key.value for key in node.keys if type(key) is ast.Constant}
        is_answer = not names.isdisjoint(RESPONSE)
        for key, value in zip(node.keys, node.values, strict=True):
            name = key.value if type(key) is ast.Constant and type(key.value) is str else ""
            if name and not is_answer:
                self.named(name, value, scope, KEY)
            if not (type(value) is ast.Constant and (name in SAID or is_written(name))):
                self.push(value, scope)

    def listed(self, node: ast.List | ast.Tuple, scope: Scope) -> None:
        if any(type(item) is ast.Constant and type(item.value) is str and item.value[:2] == "--" for item in node.elts):
            self.seen.commands.append((node, scope))
        self.push_all(node.elts, scope)

    def call(self, node: ast.Call, scope: Scope) -> None:
        function = node.func
        name = function.attr if type(function) is ast.Attribute else getattr(function, "id", "")
        self.seen.values.calls.setdefault(name, []).append((node, scope))
        if type(function) is ast.Attribute:
            self.push(function.value, scope)
        if name in QUIET:
            self.arguments(node, scope, is_quiet=True)
            return
        if name == "parametrize" and len(node.args) > 1:
            self.parametrized(node, scope)
        if name in SHELLS:
            self.seen.commands += [(value, scope) for value in node.args]
        if name in OUTPUTS or name in DATA:
            self.written(node, is_data=name in DATA)
        elif name not in NOT_PLACES:
            self.places(node, name, scope)
        self.arguments(node, scope, is_quiet=name in NOT_PLACES)

    def places(self, node: ast.Call, name: str, scope: Scope) -> None:
        """Note the places of a call: those the vocabulary knows, and those whose keyword says so."""
        option = role_of_option(node, name)
        if option is not None:
            value = default_of(node) if name in DEFAULTED and not option.value else option.value
            self.seen.values.attributes.setdefault(option.name, []).extend([(value, scope)] if value else [])
            self.named(option.name, value, scope, ENVIRONMENT if option.is_environment else DEFAULT)
            return
        if name in DEFAULTED:
            return
        known = places_of_call(node, name, self.libraries)
        for value, place, label in known.places:
            if known.is_data:
                self.mark(value, is_data=True)
            else:
                self.seen.places.append((value, scope, place, label))
        for keyword in node.keywords:
            if keyword.arg is None:
                continue
            if keyword.arg in WRITTEN:
                self.mark(keyword.value, is_data=False)
            elif keyword.arg not in known.keywords:
                self.named(keyword.arg, keyword.value, scope, ARGUMENT)

    def parametrized(self, node: ast.Call, scope: Scope) -> None:
        """Note what a test is run with."""
        names = str(getattr(node.args[0], "value", "")).replace(" ", "").split(",")
        for index, name in enumerate(names):
            if is_model(name):
                part = index if len(names) > 1 else -1
                self.seen.places.append((Elements(node.args[1], part), scope, ARGUMENT, name))

    def written(self, node: ast.Call, *, is_data: bool) -> None:
        """Note the names that a call writes to, or that are data sets."""
        for value in (*node.args, *(keyword.value for keyword in node.keywords)):
            self.mark(value, is_data=is_data)

    def mark(self, value: ast.expr, *, is_data: bool) -> None:
        name = getattr(value, "id", "") or getattr(value, "attr", "")
        if name and is_data:
            self.seen.data.add(name)
        elif name:
            self.seen.outputs[name] = min(value.lineno, self.seen.outputs.get(name, value.lineno))

    def arguments(self, node: ast.Call, scope: Scope, *, is_quiet: bool) -> None:
        """Visit arguments; strings for readers are left out."""
        for value in node.args:
            if not (is_quiet and type(value) in (ast.Constant, ast.JoinedStr)):
                self.push(value, scope)
        for keyword in node.keywords:
            is_told = is_quiet or keyword.arg in SAID or is_written(keyword.arg or "")
            if not (is_told and type(keyword.value) in (ast.Constant, ast.JoinedStr)):
                self.push(keyword.value, scope)


_VISITS: dict[type, Callable[..., None]] = {
    ast.Constant: _Walk.constant,
    ast.JoinedStr: _Walk.joined,
    ast.Expr: _Walk.expression,
    ast.Assign: _Walk.assign,
    ast.AnnAssign: _Walk.annotated,
    ast.NamedExpr: _Walk.named_expression,
    ast.For: _Walk.loop,
    ast.AsyncFor: _Walk.loop,
    ast.comprehension: _Walk.loop,
    ast.FunctionDef: _Walk.function,
    ast.AsyncFunctionDef: _Walk.function,
    ast.ClassDef: _Walk.klass,
    ast.Return: _Walk.returned,
    ast.Raise: _Walk.raised,
    ast.Assert: _Walk.asserted,
    ast.Compare: _Walk.compared,
    ast.Dict: _Walk.dictionary,
    ast.List: _Walk.listed,
    ast.Tuple: _Walk.listed,
    ast.Call: _Walk.call,
}
