"""Pages of HTML from templates: self-contained, without requests, and strangers' words as text."""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from license_audit.errors import printable
from license_audit.resources import data_folder

if TYPE_CHECKING:
    from jinja2 import Environment

MARKS: Mapping[str, str] = {"allowed": "✓", "conditional": "!", "undetermined": "?", "disallowed": "×"}
"""Signs of the verdicts, for those who do not see colors."""
STYLE = "style.css"
PLAIN = re.compile(r"[A-Za-z0-9 .,:-]*")


def page(template: str, values: Mapping[str, Any], scripts: tuple[str, ...] = (), running: str = "") -> str:
    """A template of reports/templates that extends page.html.j2, filled in, as one whole page.

    `scripts` are the texts of scripts that the page runs; its content security policy names each by its hash and allows
    no others. `running` stands at the top of each printed page: words of ours, since a stylesheet escapes nothing.
    """
    if not PLAIN.fullmatch(running):
        raise ValueError(f"not plain enough for a stylesheet: {running!r}")
    environment = _environment()
    style = environment.get_template(STYLE).render(running=running)
    filled = environment.get_template(template).render(
        **values, marks=MARKS, style=style, policy=content_policy(style, scripts), scripts=scripts
    )
    return filled.strip() + "\n"


@cache
def _environment() -> "Environment":
    """Reads and compiles each template once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  # slow, and only needed here

    return Environment(
        loader=FileSystemLoader(data_folder() / "reports" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def content_policy(style: str, scripts: tuple[str, ...]) -> str:
    """The policy that a browser enforces: nothing is fetched, and nothing runs but what is named by its hash."""
    allowed = [f"script-src {' '.join(map(_hashed, scripts))}"] if scripts else []
    rules = ["default-src 'none'", f"style-src {_hashed(style)}", *allowed, "base-uri 'none'", "form-action 'none'"]
    return "; ".join(rules)


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _shown(value: object) -> object:
    """Text of strangers without control characters; what a macro made is left as it is."""
    return printable(value) if type(value) is str else value
