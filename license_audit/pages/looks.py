"""What a license comes to in a few words, as the table of all licenses has it: computed, never typed.

A text that was not read to its end is never told to allow anything.
"""

from collections.abc import Iterable

from license_audit.engine.binding import BoundClause, BoundLicense, comparisons
from license_audit.engine.ground import Atom
from license_audit.engine.situation import DERIVED_FACTS, kind_of
from license_audit.model.page import Link, Words, joined
from license_audit.model.record import Record
from license_audit.model.words import Act, Duty
from license_audit.pages.asking import COMMERCIAL, COMPANY, LIMITS, NOBODY, Came, came, situation
from license_audit.pages.shelf import Shelf, codes, listed
from license_audit.pages.thresholds import lines

SERVED: tuple[Act, ...] = ("run", "build-product")
HOSTED: tuple[Act, ...] = ("host-as-api",)
LEARNED: tuple[Act, ...] = ("train-on-outputs",)
TRAINED, LICENSE = "use.outputs.train_models", "use.derivative.license"
OUTPUTS = "use.outputs."
SHOWN: tuple[Duty, ...] = (
    "attribution-notices",
    "change-notices",
    "credit",
    "disclose-machine-generated",
    "display-built-with",
    "display-model-name",
    "interface-notice",
    "name-prefix",
    "notice-file",
    "public-statement",
)
"""What shows a duty done to print, show or name something. A copy of the license, which nearly all ask, is not here."""
COLUMNS = (
    "Commercial use",
    "Figures that matter",
    "Hosting for others",
    "Training on outputs",
    "Passed on",
    "Names and notices",
)


class Look(Record):
    """Cells in the order of the columns."""

    commercial: Words
    figures: Words
    hosting: Words
    outputs: Words
    passed_on: Words
    notices: Words

    @property
    def cells(self) -> tuple[Words, ...]:
        """All of them."""
        return (self.commercial, self.figures, self.hosting, self.outputs, self.passed_on, self.notices)


class Reader:
    """A license with the policies that are part of it."""

    def __init__(self, license_: BoundLicense, shelf: Shelf) -> None:
        self.license, self.shelf = license_, shelf
        policies = [shelf.bound(part.key) for part in license_.license.incorporates]
        self.documents = (license_, *(policy for policy in policies if policy is not None))
        self.is_read = None not in policies and not any(one.is_partial for one in self.documents)
        """Whether all that belongs to it has been read to its end."""

    def look(self) -> Look:
        """All cells."""
        return Look(
            self._commercial(), self._figures(), self._hosting(), self._outputs(), self._passed_on(), self._notices()
        )

    def _commercial(self) -> Words:
        found = came(self.documents, situation(COMPANY, COMMERCIAL, SERVED), SERVED, lambda _: True)
        return self._told(SERVED, found)

    def _hosting(self) -> Words:
        found = came(self.documents, situation(NOBODY, {}, HOSTED), HOSTED, lambda bound: _names(bound, HOSTED))
        return self._told(HOSTED, found)

    def _outputs(self) -> Words:
        kinds = [value for value in kind_of(TRAINED).values or () if value != "none"]
        found = {
            kind: came(
                self.documents,
                situation(NOBODY, {"outputs": {"train_models": kind}}, LEARNED),
                LEARNED,
                _is_about_outputs,
            )
            for kind in kinds
        }
        every = [one for some in found.values() for one in some]
        barred = [kind for kind, some in found.items() if any(one.bites for one in some)]
        if 0 < len(barred) < len(kinds):
            return (f"not for {', '.join(barred)}: ", *self._cited(one for one in every if one.bites))
        return self._told(LEARNED, every)

    def _told(self, acts: tuple[Act, ...], found: list[Came]) -> Words:
        """One word and the sections that make it so, the gravest first."""
        biting = [one for one in found if one.bites]
        if biting:
            return ("no: ", *self._cited(biting))
        if self.license.license.kind == "license" and set(acts) & set(self.license.not_granted):
            return ("no: not granted",)
        if found:
            return ("limited: ", *self._cited(found))
        if not self.is_read:
            return ("not known",)
        owed = [bound for bound in self.license.clauses if bound.kind == "duty" and _names(bound, acts)]
        return ("with duties: ", *self._sections(owed)) if owed else ("yes",)

    def _cited(self, found: Iterable[Came]) -> Words:
        """Sections, each once; those that somebody reads otherwise are marked."""
        contested: dict[Link, bool] = {}
        for one in found:
            section = self._section(one.bound)
            contested[section] = contested.get(section, False) or one.is_contested
        return listed((section, " (contested)") if is_so else (section,) for section, is_so in contested.items())

    def _sections(self, clauses: Iterable[BoundClause]) -> Words:
        return listed((self._section(bound),) for bound in clauses)

    def _section(self, bound: BoundClause) -> Link:
        """A clause by its section; one of a policy with the name of the policy."""
        link = self.shelf.clause_link(bound)
        is_own = bound.id == f"{self.license.key}/{bound.clause.id}"
        return link if is_own else Link(bound.id, link.page, link.anchor)

    def _figures(self) -> Words:
        """Lines that a figure must not cross, and those from which on something is owed."""
        found: dict[str, list[BoundClause]] = {}
        for document in self.documents:
            for bound in document.clauses:
                for line in lines(bound) if bound.kind in (*LIMITS, "duty") else ():
                    if line.atom.number and line.atom.fact not in DERIVED_FACTS:
                        told = f"{line.figure} {line.told}{' (duty)' if bound.kind == 'duty' else ''}: "
                        found.setdefault(told, []).append(bound)
        return joined([(told, *self._sections(clauses)) for told, clauses in found.items()], "; ")

    def _passed_on(self) -> Words:
        """What a changed model or its recipients are bound to."""
        clauses = self.license.clauses
        alike = [bound for bound in clauses if bound.kind in LIMITS and LICENSE in _facts(bound)]
        share: tuple[Words, ...] = (("share-alike: ", *self._sections(alike)),) if alike else ()
        binding = _tokens(bound for bound in clauses if bound.rule.restriction)
        return listed((*share, *(codes([token]) for token in binding))) or self._nothing()

    def _notices(self) -> Words:
        """What is to be printed, shown or named."""
        return codes(token for token in _tokens(self.license.clauses) if token in SHOWN) or self._nothing()

    def _nothing(self) -> Words:
        return ("none",) if self.is_read else ("not known",)


def _tokens(clauses: Iterable[BoundClause]) -> Iterable[str]:
    """What shows the duties among these clauses done, each once."""
    return dict.fromkeys(token for bound in clauses if bound.kind == "duty" for token in bound.duties)


def _facts(bound: BoundClause) -> set[str]:
    return {test.fact for test in comparisons(bound.when) if isinstance(test, Atom)}


def _is_about_outputs(bound: BoundClause) -> bool:
    about = any(fact.startswith(OUTPUTS) for fact in _facts(bound))
    return about or bound.rule.limits_outputs or _names(bound, LEARNED)


def _names(bound: BoundClause, acts: tuple[Act, ...]) -> bool:
    """Whether a clause is about these acts, and not about every use."""
    if bound.acts:
        return "run" not in bound.acts and bool(set(acts) & set(bound.acts))
    return any(
        test.fact == "use.acts" and set(acts) & set(test.values)
        for test in comparisons(bound.when)
        if isinstance(test, Atom)
    )
