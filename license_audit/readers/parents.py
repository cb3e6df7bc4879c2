"""The parents of one model, collected from all that names them: who declares, who states, who only hints."""

from collections.abc import Sequence

from license_audit.model.card import NamedParent
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import Evidence, Parent
from license_audit.model.manifest import check_model_id
from license_audit.model.words import FROM_OUTPUTS, Basis, Relation
from license_audit.readers.card import UNREADABLE
from license_audit.readers.configured import Configured


class Edges:
    """Collects edges, each parent once, and marks those that sources contest."""

    def __init__(self, child: str) -> None:
        self._child = child.lower()
        self._found: dict[str, Parent] = {}

    @property
    def parents(self) -> tuple[Parent, ...]:
        """The edges in the order in which they were found."""
        return tuple(self._found.values())

    def add(self, name: str, relation: Relation | None, basis: Basis, where: str, *, contested: bool = False) -> None:
        """An edge, unless the parent is there already, or is the model itself."""
        model = name if is_id(name) or name.startswith("(") else UNREADABLE
        key = model.lower()
        if key in (self._child, *self._found):
            return
        self._found[key] = Parent(
            evidence=Evidence(model=model),
            relation=relation or "fine-tune",
            basis=basis,
            contested=contested,
            where=where,
        )

    def declare(self, edges: Sequence[Configured]) -> None:
        """What a configuration or weights declare. Where front matter names none of them, all are contested."""
        is_whole = len(self._found) >= len(edges)
        news = [edge for edge in edges if not self._agrees(edge.name, is_whole=is_whole or edge.relation != "merge")]
        is_other = bool(self._found) and bool(news) and len(news) == len(edges)
        if is_other:
            self._found = {key: parent.model_copy(update={"contested": True}) for key, parent in self._found.items()}
        for edge in edges:
            self._relate(edge)
        for edge in news:
            self.add(edge.name, edge.relation, "declared", edge.where, contested=is_other)

    def _relate(self, edge: Configured) -> None:
        """A card cannot make a student of what its configuration loads: of the two relations the nearer one holds."""
        held = self._found.get(edge.name.lower())
        if held is not None and held.relation in FROM_OUTPUTS and edge.relation not in FROM_OUTPUTS:
            update = {"relation": edge.relation, "contested": True}
            self._found[edge.name.lower()] = held.model_copy(update=update)

    def state(self, named: NamedParent, where: str) -> None:
        """What the prose states; a question where something else is declared."""
        declared = any(parent.basis == "declared" for parent in self._found.values())
        if not (declared and self._agrees(named.name)):
            self.add(named.name, named.relation, "stated", where, contested=declared)

    def hint(self, name: str, relation: Relation, where: str, catalog: Catalog) -> None:
        """What a configuration only hints at: a parent where none is named, else of interest if its name is known."""
        is_known = catalog.model(name) is not None or catalog.family(name) is not None
        if relation == "component" or not self._found or (is_known and not self._agrees(name)):
            self.add(name, relation, "inferred", where, contested=bool(self._found) and relation != "component")

    def _agrees(self, name: str, *, is_whole: bool = True) -> bool:
        """Whether the parent is there already.

        A parent without a name may be any of those there, unless the list of them is not `is_whole`.
        """
        if not is_id(name):
            return bool(self._found) and is_whole
        return name.lower() in self._found


def is_id(name: str) -> bool:
    """Whether a name can be that of a Hub model."""
    try:
        check_model_id(name)
    except ValueError:
        return False
    return True
