"""What becomes of a block of the lock file after another look: it stays, with what moved, or a new one comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from license_audit.engine.moves import moves
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import TERMS_MOVED, Move
from license_audit.model.lock import SAME_WEIGHTS, Block, LockedText

_PASSING = ("at", "terms_since", "moves", "gate", "renamed", "source", "concluded", "how")
"""Fields that say when it was read and what followed from it that day, and not what was read."""


class Settled(NamedTuple):
    """The block to write."""

    block: Block
    is_added: bool = False
    """Whether it is new, or was moved to what is there now."""
    is_untrue: bool = False
    """Whether the old one did not hold what its own commit holds."""


@dataclass(frozen=True)
class Settler:
    """Settles blocks on one day."""

    texts: Mapping[str, LockedText]
    """Texts of the old blocks and the new ones, by digest."""
    catalog: Catalog
    on: date

    def settle(self, key: str, old: Block | None, new: Block, *, upgrade: bool = False) -> Settled:
        """The block for a key. `old` may be that of another revision of the same model, which the manifest left."""
        if old is None:
            return Settled(new, is_added=True)
        moved = self._dated(moves(key, old, new, self.texts, self.catalog), old)
        is_same = old.commit == new.commit and old.revision == new.revision
        is_untrue = is_same and old.source != "folder" and _held(old) != _held(new)
        if upgrade or old.revision != new.revision:
            changed = any(move.kind in TERMS_MOVED for move in moved)
            since = self.on.isoformat() if changed else old.terms_since
            is_news = bool(moved) or not is_same or is_untrue
            at = {} if is_news else {"at": old.at}
            block = new.model_copy(update={"terms_since": since, **at})
            return Settled(block, is_added=is_news, is_untrue=is_untrue)
        if not moved and (is_same or old.source == "folder"):
            return Settled(self._refreshed(old, new), is_untrue=is_untrue)
        return Settled(old.model_copy(update={"moves": moved}), is_untrue=is_untrue)

    def _refreshed(self, old: Block, new: Block) -> Block:
        """The same terms: a folder's other files may have changed, and a gate may have become known."""
        if old.source == "folder":
            return new.model_copy(update={"terms_since": old.terms_since})
        return old.model_copy(update={"moves": (), "gate": new.gate if old.gate is None else old.gate})

    def _dated(self, moved: tuple[Move, ...], old: Block) -> tuple[Move, ...]:
        """Each move with the day on which it was first noted."""
        known = {(move.kind, move.message): move.on for move in old.moves}
        today = self.on.isoformat()
        return tuple(move.model_copy(update={"on": known.get((move.kind, move.message)) or today}) for move in moved)


def _held(block: Block) -> dict[str, object]:
    """What a block says of its commit. Edges between copies come from other blocks."""
    parents = [parent for parent in block.parents if parent.where != SAME_WEIGHTS]
    return {**block.model_dump(exclude=set(_PASSING)), "parents": parents}
