"""The lineage of a model as a picture: rows of boxes, each parent below its child, with places in pixels."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from license_audit.model.report import Edge, ModelUse
from license_audit.outputs.lineage import RELATIONS
from license_audit.outputs.plain import one_line

WIDTH = 640
INDENT, DEEPEST = 28, 8
"""Of each step, and the last step that is set in further."""
HEIGHT, GAP, LOSS = 44, 12, 16
"""Of a box, between boxes, and of the line that tells what is dropped."""
NAME, TERMS = 46, 34
"""Characters that fit; the list beside the picture has the whole names."""
MOST = 60
"""Rows of a picture; the list has the rest."""


class Box(NamedTuple):
    """A model in the picture."""

    x: int
    y: int
    width: int
    height: int
    name: str
    terms: str
    relation: str
    """How its child comes from it; empty for the model itself."""
    is_sure: bool
    """Whether it is declared, and nothing else is said elsewhere."""
    loss: str
    """What the child drops; empty where it drops nothing."""
    joint: int
    """Vertical place at which the line from its child begins."""


class Picture(NamedTuple):
    """All boxes, the model itself first."""

    height: int
    boxes: tuple[Box, ...]
    more: int
    """Steps that are not in the picture."""


def picture(use: ModelUse) -> Picture | None:
    """The lineage of a model; None when it has no parents."""
    if not use.lineage:
        return None
    above: dict[str, list[Edge]] = {}
    for edge in use.lineage:
        above.setdefault(edge.child, []).append(edge)
    steps = list(_steps(use.lineage[0].child, above, 1, frozenset()))
    boxes = [_box(0, 0, use.model, use.concluded, None, 0)]
    ends = {0: HEIGHT}
    for depth, edge in steps[: MOST - 1]:
        y = boxes[-1].y + boxes[-1].height + GAP
        boxes.append(_box(depth, y, edge.parent, edge.concluded, edge, ends[depth - 1]))
        ends[depth] = y + boxes[-1].height
    last = boxes[-1]
    return Picture(last.y + last.height, tuple(boxes), len(steps) - len(boxes) + 1)


def _steps(
    model: str, above: Mapping[str, list[Edge]], depth: int, below: frozenset[str]
) -> Iterable[tuple[int, Edge]]:
    """Every step upwards from a model with its distance; what names its own descendant is not followed."""
    for edge in above.get(model, ()) if model not in below else ():
        yield depth, edge
        yield from _steps(edge.parent, above, depth + 1, below | {model})


def _box(depth: int, y: int, model: str, terms: tuple[str, ...], edge: Edge | None, joint: int) -> Box:
    x = min(depth, DEEPEST) * INDENT
    dropped = edge.dropped if edge else ()
    loss = f"drops {_cut(', '.join(dropped), NAME + TERMS - depth)}" if dropped else ""
    doubt = ", contested" if edge is not None and edge.contested else ""
    relation = f"the model above is a {RELATIONS[edge.relation]} this one ({edge.basis}{doubt})" if edge else ""
    return Box(
        x=x,
        y=y,
        width=WIDTH - x,
        height=HEIGHT + (LOSS if loss else 0),
        name=_cut(model, NAME - 3 * min(depth, DEEPEST)),
        terms=_cut(", ".join(terms) or "terms not known", TERMS),
        relation=relation,
        is_sure=edge is None or (edge.basis == "declared" and not edge.contested),
        loss=loss,
        joint=joint,
    )


def _cut(text: str, length: int) -> str:
    """At most so many characters; the end of a name tells more than its middle."""
    plain = one_line(text)
    if len(plain) <= length:
        return plain
    tail = length // 2
    return f"{plain[: length - tail - 1]}…{plain[-tail:]}"
