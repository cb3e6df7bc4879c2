"""What one walk over a Python file has seen."""

import ast
from dataclasses import dataclass, field

from license_audit.readers.scan.python_calls import Place
from license_audit.readers.scan.python_names import words
from license_audit.readers.scan.python_scopes import Bound, Scope
from license_audit.readers.scan.python_values import Values

LEAVES = frozenset(
    (
        *(
            ast.Name,
            ast.Load,
            ast.Store,
            ast.Del,
            ast.Pass,
            ast.Import,
            ast.ImportFrom,
            ast.alias,
            ast.Global,
            ast.Nonlocal,
        ),
        *(ast.Break, ast.Continue, ast.Add, ast.Mod, ast.MatchSingleton),
        *(int, str, bool, float, complex, bytes, type(None)),
    )
)
"""What holds nothing to visit."""
RESPONSE = words("object choices usage finish_reason")
"""Keys of an answer of an API, which repeats the name of its model."""
SAID = words(
    """help description metavar label placeholder info homepage title citation readme example examples body detail
    caption"""
)
"""Keywords whose strings are for readers."""
WRITTEN = words("output_dir hub_model_id save_directory save_path local_dir")


@dataclass
class Seen:
    """What one walk has seen."""

    values: Values = field(default_factory=Values)
    places: list[tuple[Bound, Scope, Place, str]] = field(default_factory=list)
    """Expression, scope, place, and the name of the place where it has one."""
    strings: list[ast.Constant | ast.JoinedStr] = field(default_factory=list)
    """Strings in no place for models, which may hold an address or a text of another language."""
    commands: list[tuple[ast.expr, Scope]] = field(default_factory=list)
    """Lists of words and texts of commands."""
    outputs: dict[str, int] = field(default_factory=dict)
    """Names and attributes that are written to, with the first line where they are."""
    data: set[str] = field(default_factory=set)
    """Names and attributes of data sets."""
