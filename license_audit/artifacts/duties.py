"""Which duties a file can show, and how each is looked for. What no file can show is left to the profile."""

from collections.abc import Callable, Collection

from license_audit.artifacts.asked import NO_FILE, Asked, Look
from license_audit.artifacts.changes import change_notice
from license_audit.artifacts.copies import license_copy
from license_audit.artifacts.credits import credit, name_begins, required_prefix
from license_audit.artifacts.folder import Artifacts
from license_audit.artifacts.wordings import copyright_line, notice_contents, notices_kept, required_wording

Check = Callable[[Asked, Artifacts], Look]
CHECKS: dict[str, Check] = {
    "license-copy": license_copy,
    "notice-file": required_wording,
    "change-notices": change_notice,
    "attribution-notices": notices_kept,
    "credit": credit,
}
"""By duty token. All others ask for conduct, or for what is agreed with recipients."""
OF_RULES: dict[tuple[str, str], Check] = {
    ("notice-contents", "notice-file"): notice_contents,
    ("notices-in-copies", "attribution-notices"): copyright_line,
}
"""By rule and token, where a rule means something narrower by the token."""


def look(asked: Asked, files: Artifacts, declared: Collection[str] = ()) -> Look:
    """What the folder shows of a duty. Parts of it that no file can show may be among those `declared` done."""
    parts = [(token, _part(token, asked, files)) for token in asked.clause.fulfilled_by]
    prefix = required_prefix(asked)
    if prefix:
        parts.append(("", name_begins(prefix, asked, files)))
    missing = [found.told for _, found in parts if found.status == "missing"]
    if missing:
        return Look("missing", told="; ".join(dict.fromkeys(missing)))
    left = [found.told for token, found in parts if found.status == "unsure" and token not in declared]
    if left:
        return Look("unsure", told="; ".join(dict.fromkeys(left)))
    shown = tuple(dict.fromkeys(place for _, found in parts for place in found.by))
    return Look("shown", by=shown) if shown else NO_FILE


def is_checked(asked: Asked) -> bool:
    """Whether a file can show any part of the duty."""
    return bool(required_prefix(asked)) or any(token in CHECKS for token in asked.clause.fulfilled_by)


def _part(token: str, asked: Asked, files: Artifacts) -> Look:
    check = OF_RULES.get((asked.clause.rule, token)) or CHECKS.get(token)
    return check(asked, files) if check is not None else NO_FILE
