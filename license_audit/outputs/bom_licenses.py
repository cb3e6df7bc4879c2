"""Licenses of a bill of materials: their ids, and what may be said of a text that nobody may copy here."""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Literal

from license_audit.model.catalog import AmbiguousName, Catalog, KnownName
from license_audit.model.value import Value
from license_audit.outputs.plain import one_line

NEWER = frozenset(
    {
        "ALGLIB-Documentation",
        "Advanced-Cryptics-Dictionary",
        "BOLA-1.1",
        "BSD-2-Clause-pos-unchanged",
        "BSD-3-Clause-OpenWebUI",
        "BSD-3-Clause-Tso",
        "BSD-Mark-Modifications",
        "BSD-Source-Code-no-disclaimer",
        "BSD-Source-alt-GPL",
        "BSD-ask-to-endorse",
        "Brian-Gladman-3-Clause-no-conversion",
        "Buddy",
        "Bugroff",
        "CAPEC-tou",
        "CC-BY-NC-3.0-IGO",
        "ESA-PL-permissive-2.4",
        "ESA-PL-strong-copyleft-2.4",
        "ESA-PL-weak-copyleft-2.4",
        "FDK-MPEG-H",
        "HPND-SMC",
        "HPND-sell-variant-critical-systems",
        "Hippocratic-3.0-core",
        "ISO-permission",
        "Informatica",
        "MIT-STK",
        "MMPL-1.0.1",
        "MVT-1.1",
        "NIST-PD-TNT",
        "OSC-1.0",
        "OSSP",
        "OpenMDW-1.0",
        "ParaType-Free-Font-1.3",
        "SGMLUG-PM",
        "TekHVC",
        "UnRAR",
        "Vixie-Cron",
        "WTFNMFPL",
        "WordNet",
        "X11-no-permit-persons",
        "atc-game",
        "hyphen-bulgarian",
    }
)
"""Ids of the SPDX list that came after the version which documents name; they are written as references."""
LIST_VERSION = "3.27"
"""Version of the SPDX list whose ids every reader of these documents knows."""
_LATER = f"The SPDX list names it {{}}, in versions after {LIST_VERSION}."
_SCANCODE = "LicenseRef-scancode-"
_SCANCODE_PAGE = "https://scancode-licensedb.aboutcode.org/{}.html"
_TEXT_TAG = re.compile(r"<(/?)text>", re.IGNORECASE)
_NO_ID = re.compile(r"[^A-Za-z0-9.-]+")
SHOWN = 3
"""Places that are named where a text can be read."""
_SLUG, _HASH = 60, 12

State = Literal["known", "open", "none"]


class Licensing(Value):
    """What is declared or concluded."""

    ids: tuple[str, ...] = ()
    """License ids: all of them hold when `state` is `known`; candidates when it is `open`."""
    state: State = "open"
    """`open`: nobody can say; `none`: it was looked for, and there is none."""
    note: str = ""
    """One sentence on where that comes from."""

    @property
    def expression(self) -> str:
        """As an SPDX expression."""
        words = {"open": "NOASSERTION", "none": "NONE"}
        return words.get(self.state) or " AND ".join(self.ids)


class Terms(Value):
    """A license that is named by a reference, since no list that all readers know has its id."""

    id: str
    title: str
    said: str
    """What may be said of it, several lines."""
    page: str = ""
    """Where others describe it; empty where nobody is known to."""


def clean(text: str) -> str:
    """Words of strangers as one line that no format takes for its own marks."""
    return _TEXT_TAG.sub(r"‹\1text›", one_line(text))


def is_stand_in(name: str) -> bool:
    """Whether this stands for a name that nobody could read: it says so in parentheses."""
    return name.startswith("(")


def slug(name: str, *unique: str) -> str:
    """An id of letters, digits, points and hyphens that no other name has."""
    shown = _NO_ID.sub("-", name)[:_SLUG].strip("-.")
    digest = sha256("\0".join((name, *unique)).encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    return f"{shown}-{digest}" if shown else digest


class Register:
    """Collects the references of one document, and what is said of each."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._known: dict[str, KnownName] = {}
        self._heads: dict[str, tuple[str, list[str]]] = {}
        self._places: dict[str, dict[str, None]] = {}
        self._sections: dict[str, dict[str, None]] = {}

    def concluded(self, keys: Iterable[str], *places: str) -> tuple[str, ...]:
        """Ids for keys of the catalog, or ids of the SPDX list where the catalog has none.

        `places` are sentences on where a text of them was found, or can be read.
        """
        return tuple(dict.fromkeys(self._of_key(key, places) for key in keys))

    def card(self, names: tuple[str, ...], model: str, link: str | None = None) -> Licensing:
        """What the card of a model or data set declares, as it says it."""
        if not names:
            return Licensing(state="none", note="The card names no license.")
        pointed = f" It points to {clean(link)}." if link else ""
        listed = ", ".join(map(clean, names))
        if any(map(is_stand_in, names)):
            return Licensing(note="What the card says of its license cannot be read.")
        telling = [name for name in names if name.lower() != "other" and not self.catalog.names_nothing(name)]
        if not telling:
            return Licensing(note=f"The card says {listed} and names no license.{pointed}")
        ids = tuple(dict.fromkeys(self._declared(name, model, pointed) for name in telling))
        if len(names) > 1:
            note = f"The card lists {listed}, and not whether all apply, or which for what."
            return Licensing(ids=ids, note=f"{note}{pointed}")
        return Licensing(ids=ids, state="known", note=f"The card says {listed}.{pointed}")

    def _declared(self, name: str, model: str, pointed: str) -> str:
        """The id for a name that a card gives.

        Where it has no single meaning, the reference is for this model alone: others may mean another text by it.
        """
        meaning = self.catalog.named(name)
        if isinstance(meaning, KnownName):
            return self._of_key(meaning.key, ())
        id_ = f"LicenseRef-declared-{slug(name, model)}"
        if isinstance(meaning, AmbiguousName):
            told = f"That can mean {', '.join(meaning.keys)}; the {meaning.decided_by} decides."
        else:
            told = "Nobody knows a license of that name, and no text of it was read here."
        said = f"The card of {clean(model)} names its license {clean(name)!r}. {told}{pointed}"
        self._heads[id_] = (clean(name), [said])
        return id_

    def cite(self, key: str, section: str) -> None:
        """Note a section on which a verdict or a duty rests."""
        self._sections.setdefault(key, {})[section] = None

    def terms(self) -> tuple[Terms, ...]:
        """Every reference, sorted by id."""
        return tuple(self._terms(id_) for id_ in sorted(self._heads))

    def _cited(self, known: KnownName) -> Iterable[str]:
        for key in (known.key, *(part.key for part in known.incorporates)):
            if sections := self._sections.get(key):
                whose = "" if key == known.key else f" of {key}"
                yield f"Sections{whose} on which a verdict or a duty rests here: {', '.join(sections)}."

    def _of_key(self, key: str, places: tuple[str, ...]) -> str:
        meaning = self.catalog.named(key)
        listed = meaning.spdx if isinstance(meaning, KnownName) else key
        id_ = f"LicenseRef-{listed}" if listed in NEWER else listed
        if id_.startswith("LicenseRef-"):
            if isinstance(meaning, KnownName):
                self._known[id_] = meaning
                self._heads.setdefault(id_, (meaning.title, list(_identity(meaning))))
            else:
                self._heads.setdefault(id_, (key, [_LATER.format(key)]))
            self._places.setdefault(id_, {}).update(dict.fromkeys(places))
        return id_

    def _terms(self, id_: str) -> Terms:
        title, said = self._heads[id_]
        known = self._known.get(id_)
        lines, places = list(said), list(self._places.get(id_, {}))
        if known is not None:
            lines += self._cited(known)
        lines += places[:SHOWN]
        if len(places) > SHOWN:
            lines.append(f"The same is so of {len(places) - SHOWN} more.")
        page = _SCANCODE_PAGE.format(id_.removeprefix(_SCANCODE)) if id_.startswith(_SCANCODE) else ""
        return Terms(id=id_, title=title, said="\n".join(lines), page=page)


def _identity(known: KnownName) -> Iterable[str]:
    version = f", version {known.version}" if known.version else ""
    day = known.date or known.published
    dated = f", dated {day}" if day else ""
    yield f"{known.title}{version}{dated}, published by {known.publisher}."
    yield "Its text is not repeated here: this document says what it is, and where to read it."
    if known.incorporates:
        yield f"It makes part of itself: {', '.join(part.key for part in known.incorporates)}."
    if known.spdx in NEWER:
        yield _LATER.format(known.spdx)
    yield f"`license-audit explain {known.key}` tells its clauses." if known.encoded else "Its clauses are not encoded."
