"""JSON with places, read as people write it: comments, trailing commas and a missing end are no reason to stop."""

import json
import re

from license_audit.readers.scan.structured import MAX_DEPTH, Mapping, Node, Scalar, Sequence

_TOKEN = re.compile(
    r'"(?P<text>(?:[^"\\]+|\\.)*)"?(?P<key>\s*:)?'
    r"|(?<![\w$])(?P<bare>[A-Za-z_$][\w$]{0,80}+)\s{0,20}+:"
    r"|//[^\n]*+"
    r"|/\*(?:[^*]+|\*(?!/))*(?:\*/)?"
    r"|(?P<open>[{\[])"
    r"|(?P<close>[}\]])",
    re.DOTALL,
)
"""What ends a text or a comment may be missing, so that no match fails after a long way. Possessive groups would say it
shorter, and match wrongly before Python 3.11.5.

Numbers, words and commas are passed over: none can be a model, and none is needed to tell keys from values.
"""


def json_document(text: str) -> Node | None:
    """What a JSON text holds in strings, and None where it is neither an object, a list nor a string.

    Takes linear time, whatever the text is.
    """
    return _Reading(text).read()


class _Reading:
    """One pass over the tokens, with the containers that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line, self.start, self.counted = 1, 0, 0
        self.top: Mapping | Sequence = Sequence()
        self.open: list[Mapping | Sequence] = [self.top]
        self.key: Scalar | None = None

    def read(self) -> Node | None:
        root = self.open[0]
        for match in _TOKEN.finditer(self.text):
            kind = match.lastgroup
            if kind == "text":
                self._place(self._scalar(match["text"], match.start() + 1))
            elif kind == "key":
                self.key = self._scalar(match["text"], match.start() + 1)
            elif kind == "bare":
                self.key = self._scalar(match["bare"], match.start())
            elif kind == "open":
                self._enter(Mapping() if match["open"] == "{" else Sequence())
            elif kind == "close" and len(self.open) > 1:
                self.open.pop()
                self.top = self.open[-1]
                self.key = None
        return next(iter(root.items), None) if isinstance(root, Sequence) else None

    def _enter(self, container: Mapping | Sequence) -> None:
        if len(self.open) <= MAX_DEPTH:
            self._place(container)
        self.key = None
        self.open.append(container)
        self.top = container

    def _place(self, node: Node) -> None:
        top = self.top
        if isinstance(top, Sequence):
            top.items.append(node)
        elif self.key is not None:
            top.pairs.append((self.key, node))
            self.key = None

    def _scalar(self, inner: str, at: int) -> Scalar:
        lines = self.text.count("\n", self.counted, at)
        if lines:
            self.line += lines
            self.start = self.text.rfind("\n", self.counted, at) + 1
        self.counted = at
        if "\\" not in inner:
            return Scalar(inner, self.line, at - self.start + 1)
        return Scalar(_unescaped(inner), self.line, at - self.start + 1, raw=inner)


def _unescaped(inner: str) -> str:
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        return inner
