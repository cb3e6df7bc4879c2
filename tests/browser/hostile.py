"""What strangers may write wherever a reader lets them, in files for the real command."""

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.reports import ROOT

ODD = "\x00\x07\x1b[31m\x7f\x85\u2028\u2029\u200b\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad"
"""Control characters, line ends of other systems, marks that turn the direction, and characters without width."""
UNSEEN = r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
"""The same as a pattern of JavaScript: none of it may be in the text of a page as it is."""
LONE = "\ud800x\udfff"
"""Halves of characters, which are no text."""
RUN = "window.canary=1"
MARKUP = (
    f"<script>{RUN}</script></script></style></title></textarea><style>body{{display:none}}</style><!-- <![CDATA[ "
    f"<img src=x onerror={RUN}><svg onload={RUN}><iframe src=javascript:{RUN}><base href=https://example.org/>"
    f"<meta http-equiv=refresh content=0><a href=\"javascript:{RUN}\" onclick='{RUN}'>l</a>\"'` onmouseover={RUN} x=\"'"
    f" javascript:{RUN} data:text/html,<script>{RUN}</script> &lt;b&gt;&#60;script&#62;"
    " {{ 7*7 }}{{ config }}{% for x in y %}{# c #}${7*7}"
)


@dataclass(frozen=True)
class Stranger:
    """What somebody writes into every field."""

    markup: str
    odd: str
    word: str
    paths: tuple[str, ...]
    """Names of folders, which may hold no angle brackets and no control characters."""

    def says(self, about: str, *, long: bool = True) -> str:
        """A value that begins with plain words, as the readers of YAML let it pass."""
        hidden = "".join(one for one in self.odd if unicodedata.category(one) != "Cc")
        return f"{about} {self.markup}{hidden}{f' {self.word}' if long else ''}"

    def prose(self, *, lines: bool = False) -> str:
        """What stands in a card, a license text or a NOTICE; the odd ends of lines with `lines`."""
        odd = "".join(one for one in self.odd if lines or one not in "\x85\u2028\u2029")
        return f"{self.markup}{odd}"


HOSTILE = Stranger(
    MARKUP,
    ODD,
    "w" * 10_000,
    (
        f"\"'onmouseover={RUN} x='",
        f"javascript:{RUN}",
        "{{ 7*7 }}{% raw %}&lt;script&gt;",
        "a\u2028b\u202ec\u200bd\u2066e",
        "w" * 200,
    ),
)
TAME = Stranger("harmless words", "", "word", ("model-a", "model-b", "model-c", "model-d", "model-e"))
"""Somebody who means no harm, and writes into the same fields."""
SHOWN = ("organization", "use", "by", "why", "gist", "wording", "remedy")
"""Fields that a page tells."""


def fill(folder: Path, who: Stranger) -> Path:
    """A manifest, a profile, rules of one's own and model folders, in the words of somebody. Gives the folder."""
    use = who.says("use")
    for number, name in enumerate(who.paths):
        _model(folder / name, number, who)
    models: list[dict[str, Any]] = [{"path": name, "use": [use]} for name in who.paths]
    models += [{"id": "mistralai/Codestral-22B-v0.1", "use": [use, "plain"]}]
    # JSON is YAML, and writes every odd character as an escape. A key of more than 1,024 characters has to say so.
    key = json.dumps(use)
    profile = json.dumps(_profile(use, who)).replace(f"{key}:", f"? {key} :")
    (folder / "models.yaml").write_text(json.dumps({"schema": 1, "models": models}), encoding="ascii")
    (folder / "profile.yaml").write_text(profile, encoding="ascii")
    for kind, data in (("rules/odd-duty", _rule(who)), ("licenses/odd-house", _policy(who))):
        path = folder / f"{kind}.yaml"
        path.parent.mkdir()
        path.write_text(json.dumps(data), encoding="ascii")
    return folder


def _rule(who: Stranger) -> dict[str, Any]:
    return {
        "rule": "odd-duty",
        "kind": "duty",
        "title": who.says("title"),
        "meaning": who.says("meaning"),
        "when": {"fact": "use.tags", "op": "includes-any", "value": [who.says("tag")]},
        "question": who.says("question"),
        "remedy": who.says("remedy"),
    }


def _policy(who: Stranger) -> dict[str, Any]:
    clause = {
        "id": "1",
        "rule": "odd-duty",
        "acts": "any",
        "anchor": "odd",
        "gist": who.says("gist", long=False),
        "wording": who.says("wording"),
    }
    return {
        "schema": 1,
        "key": "odd-house",
        "kind": "policy",
        "title": who.says("policy"),
        "publisher": who.says("publisher"),
        "spdx": "LicenseRef-odd-house",
        "version": who.says("version"),
        "date": "2026-09-01",
        "sections": ["1"],
        "reviewed": {"by": who.says("reviewer"), "on": "2026-09-01", "confidence": "high"},
        "clauses": [clause],
    }


def _profile(use: str, who: Stranger) -> dict[str, Any]:
    declared = {
        "description": who.says("description"),
        "purpose": "commercial",
        "environment": "production",
        "acts": ["run", "fine-tune", "distribute-derivative"],
        "audience": "public",
        "offered_in": ["DE"],
        "tags": [who.says("tag")],
        "derivative": {"name": who.says("name"), "public_statements": True},
        "accepted": {"by": who.says("acceptance")},
    }
    waiver = {
        "model": "mistralai/Codestral-22B-v0.1",
        "finding": "mistral-mnpl-0.1/3.2/1",
        "by": who.says("by"),
        "why": who.says("why"),
        "until": "2026-12-31",
    }
    held = {"licensor": who.says("licensor"), "covers": ["llama-2-community"], "reference": who.says("reference")}
    claim = {"against": who.says("against"), "about": "apache-2.0", "right": who.says("right")}
    return {
        "schema": 1,
        "organization": {
            "name": who.says("organization"),
            "kind": "company",
            "agreements": [held],
            "claims_against": [claim],
        },
        "uses": {use: declared, "plain": {"purpose": "commercial", "acts": ["run"]}},
        "waivers": [waiver],
    }


def _model(folder: Path, number: int, who: Stranger) -> None:
    """A card, a license text that somebody changed, a NOTICE, and a configuration."""
    folder.mkdir()
    front = {
        "license": "other" if number % 2 else "apache-2.0",
        "license_name": who.says("license", long=False),
        "license_link": f"javascript:{RUN}",
        "base_model": ["mistralai/Mistral-7B-v0.1", who.markup],
        "datasets": [who.markup, "tatsu-lab/alpaca"],
        "tags": [who.markup],
    }
    prose = (
        f"# Model\n\nFor non-commercial use only, {who.prose()}\n\n"
        f"This model is released under the Apache 2.0 license. {who.prose()}\n\n"
        f"{who.word}\n\n[terms](javascript:{RUN}) ![x](data:text/html,{RUN})\n"
    )
    (folder / "README.md").write_text(f"---\n{json.dumps(front)}\n---\n\n{prose}", encoding="utf-8")
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    text = text.replace("perpetual, worldwide", f"perpetual {who.prose()} {who.word}, worldwide")
    (folder / "LICENSE").write_text(text, encoding="utf-8")
    (folder / "NOTICE").write_text(f"Portions by {who.prose(lines=True)}\n{who.word}\n", encoding="utf-8")
    (folder / "config.json").write_text(json.dumps({"_name_or_path": who.markup, "model_type": who.word}), "utf-8")
