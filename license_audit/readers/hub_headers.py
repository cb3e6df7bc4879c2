"""What the headers of a hub's answers say: how long to wait, which commit, which content."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_FOR_EVER = 1_000_000_000
"""Seconds; longer times that a server names are cut to this."""
_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 9
_STRONG_TAG = re.compile(r'"?([0-9a-f]{40}|[0-9a-f]{64})"?')
_SHA1_DIGITS = 40


class Answer(NamedTuple):
    """A whole answer with status 200."""

    body: bytes
    hops: Sequence[Mapping[str, str]]
    """Headers of each redirect on the way and of the answer itself, in order; names in lower case."""
    is_home: bool
    """Whether the answer came from the host that was asked, not from another one it pointed to."""


class Allowance(NamedTuple):
    """What is left of a quota."""

    remaining: int
    seconds: int
    """Until it is full again."""


def allowance(headers: Mapping[str, str]) -> Allowance | None:
    """What the RateLimit header says; None when there is none, or none that can be read."""
    # Its names are listed in a way that the type checker cannot read. Only who asks a hub waits for the library.
    from huggingface_hub.utils import parse_ratelimit_headers  # type: ignore[attr-defined]  # noqa: PLC0415

    try:
        info = parse_ratelimit_headers(headers)
    except ValueError:  # more digits than Python reads as a number
        return None
    return Allowance(info.remaining, min(info.reset_in_seconds, _FOR_EVER)) if info else None


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait before asking again; None when the answer names none.

    RateLimit counts only when nothing is left: it comes with every answer. A date in Retry-After is held against the
    answer's own Date, so that the two clocks need not agree.
    """
    quota = allowance(headers)
    if quota and quota.remaining == 0:
        return quota.seconds
    value = headers.get("retry-after", "").strip()
    if _NUMBER.fullmatch(value):
        return int(value) if len(value) <= _DIGITS else _FOR_EVER
    until, now = _date(value), _date(headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def flaw(answer: Answer, commit: str) -> str | None:
    """Why an answer cannot be the file that was asked for at that commit; None when nothing speaks against it.

    An ETag that is no digest, or a weak one, says nothing. That of another host may be made in any way; what the Hub
    itself says of the content stands in the headers of its redirect.
    """
    commits = {hop["x-repo-commit"] for hop in answer.hops if "x-repo-commit" in hop}
    if commits - {commit}:
        return "the Hub answers with a file of another commit"
    lengths = {hop["x-linked-size"] for hop in answer.hops if "x-linked-size" in hop}
    if any(_NUMBER.fullmatch(length) and length != str(len(answer.body)) for length in lengths):
        return "the file came with another length than the Hub names"
    tags = [hop["x-linked-etag"] for hop in answer.hops if "x-linked-etag" in hop]
    if answer.is_home:
        tags.append(answer.hops[-1].get("etag", ""))
    digests = [match[1] for tag in tags if (match := _STRONG_TAG.fullmatch(tag))]
    if any(digest != _digest(answer.body, len(digest)) for digest in digests):
        return "the content is not what its ETag says"
    return None


def _digest(body: bytes, digits: int) -> str:
    if digits == _SHA1_DIGITS:
        # The name that git gives the content; nothing is protected by it.
        return hashlib.sha1(b"blob %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
    return hashlib.sha256(body).hexdigest()


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
