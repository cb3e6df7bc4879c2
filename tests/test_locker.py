"""The locker on a looker of our own, where no hub is needed."""

from dataclasses import dataclass, field, replace
from datetime import date

from license_audit.errors import Problem
from license_audit.locking import MAX_DEPTH, Locker, Outcome
from license_audit.model.lock import Lock
from license_audit.model.manifest import ModelEntry
from license_audit.model.repository import Contents, Look, Repository, Unavailable
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.lock import LockedEvidence

NOBODY = Unavailable("there is no such repository", "gone")


@dataclass
class Shelf:
    """Models by name, each with its card, and licenses of data sets."""

    cards: dict[str, str]
    data: dict[str, Repository] = field(default_factory=dict)
    day: str = "monday"
    is_kept: bool = False

    def model(self, name: str, revision: str | None, known: str | None) -> Look:
        """The model, always at the same commit."""
        del revision, known
        if name not in self.cards:
            return Look(NOBODY, self.day)
        raw = self.cards[name].encode()
        return Look(
            Repository(name, name, "1" * 40, "none", ("README.md",)),
            self.day,
            contents=Contents({"README.md": raw}),
            is_kept=self.is_kept,
        )

    def dataset(self, name: str) -> Look:
        """The data set."""
        return Look(self.data.get(name, NOBODY), self.day)


def lock(catalog: PackagedCatalog, shelf: Shelf, name: str, old: Lock | None = None, *upgrade: str) -> Outcome:
    """Lock one model."""
    entry = ModelEntry(id=name, use=("main",))
    return Locker(catalog, shelf, date(2026, 11, 26), old, frozenset(upgrade)).run(
        [entry], {}, lambda key, message: Problem(key, 0, 0, message)
    )


def test_a_lineage_is_followed_so_far_and_no_further(catalog: PackagedCatalog) -> None:
    cards = {f"lab{n}/m": f"---\nlicense: mit\nbase_model: lab{n + 1}/m\n---\n" for n in range(MAX_DEPTH + 5)}
    outcome = lock(catalog, Shelf(cards), "lab0/m")
    assert sorted(outcome.lock.models) == sorted(f"lab{n}/m" for n in range(MAX_DEPTH + 1))


def test_data_whose_terms_changed(catalog: PackagedCatalog) -> None:
    """A milder move: it stays noted until it is taken over, and fails no gate."""
    shelf = Shelf({"lab/m": "---\nlicense: mit\ndatasets: [d/s]\n---\n"})
    shelf.data["d/s"] = Repository("d/s", "d/s", "2" * 40, "none", (), ("mit",))
    first = lock(catalog, shelf, "lab/m").lock
    shelf.data["d/s"] = replace(shelf.data["d/s"], id="d/new", licenses=("cc-by-nc-4.0",))
    second = lock(catalog, shelf, "lab/m", first).lock
    assert second.datasets["d/s"].declared == ("mit",)
    assert [(move.kind, move.message, move.on) for move in second.datasets["d/s"].moves] == [
        ("data", "d/s is called d/new now", "2026-11-26"),
        ("data", "d/s: the card declared mit and declares cc-by-nc-4.0", "2026-11-26"),
    ]
    third = lock(catalog, shelf, "lab/m", second, "d/s").lock
    assert (third.datasets["d/s"].declared, third.datasets["d/s"].moves) == (("cc-by-nc-4.0",), ())


def test_another_day_is_no_change(catalog: PackagedCatalog) -> None:
    cards = {"lab/m": "---\nlicense: mit\ndatasets: [d/s]\n---\n"}
    first = lock(catalog, Shelf(cards), "lab/m").lock
    assert lock(catalog, Shelf(cards, day="tuesday"), "lab/m", first).lock == first


def test_how_far_up_a_model_lies_does_not_depend_on_who_answers_first(catalog: PackagedCatalog) -> None:
    """Two ways lead to `near/x`: two steps, and twelve. What lies above it is in reach by the short one."""
    long = {f"way{n}/m": f"---\nlicense: mit\nbase_model: way{n + 1}/m\n---\n" for n in range(10)}
    cards = {
        "lab/m": "---\nlicense: mit\nbase_model: [way0/m, short/m]\n---\n",
        **long,
        "way10/m": "---\nlicense: mit\nbase_model: near/x\n---\n",
        "short/m": "---\nlicense: mit\nbase_model: near/x\n---\n",
        "near/x": "---\nlicense: mit\nbase_model: above/y\n---\n",
        "above/y": "---\nlicense: mit\n---\n",
    }
    assert "above/y" in lock(catalog, Shelf(cards), "lab/m").lock.models


def test_what_was_kept_before_somebody_looked_is_no_news(catalog: PackagedCatalog) -> None:
    """A colleague's lock file is newer than what an earlier run kept here."""
    newer = lock(catalog, Shelf({"lab/m": "---\nlicense: mit\n---\n"}, day="2026-02-02"), "lab/m").lock
    older = Shelf({"lab/m": "---\nlicense: cc-by-nc-4.0\n---\n"}, day="2026-01-01", is_kept=True)
    assert lock(catalog, older, "lab/m", newer).lock == newer
    assert lock(catalog, replace(older, day="2026-03-03"), "lab/m", newer).moved


def test_a_lock_file_of_another_version_is_not_called_edited(catalog: PackagedCatalog) -> None:
    shelf = Shelf({"lab/m": "---\nlicense: mit\n---\nSee [a](https://example.org).\n"})
    first = lock(catalog, shelf, "lab/m").lock
    block = first.models["lab/m"].model_copy(update={"remarks": ("another",)})
    edited = first.model_copy(update={"models": {"lab/m": block}})
    assert lock(catalog, shelf, "lab/m", edited).untrue == ("lab/m",)
    assert lock(catalog, shelf, "lab/m", edited.model_copy(update={"tool": "0"})).untrue == ()


def test_data_is_followed_to_what_it_was_made_from(catalog: PackagedCatalog) -> None:
    """And a loop of them comes to an end."""
    shelf = Shelf({"lab/m": "---\nlicense: mit\ndatasets: [d/a]\n---\n"})
    shelf.data["d/a"] = Repository("d/a", "d/a", "2" * 40, "none", (), ("mit",), datasets=("d/b", "plain"))
    shelf.data["d/b"] = Repository("d/b", "d/b", "2" * 40, "none", (), ("cc-by-nc-4.0",), datasets=("d/a",))
    found = lock(catalog, shelf, "lab/m").lock
    assert sorted(found.datasets) == ["d/a", "d/b"]
    evidence = LockedEvidence(found).of("lab/m", "lab/m")
    assert evidence is not None
    assert [(source.name, source.declared, source.where) for source in evidence.data] == [
        ("d/a", ("mit",), "lab/m/README.md:3"),
        ("d/b", ("cc-by-nc-4.0",), "through d/a"),
        ("plain", None, "through d/a"),
    ]
