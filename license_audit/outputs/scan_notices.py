"""A scan as problems: one for each place that somebody has to look at, and one for each file that was not read."""

from license_audit.model.scan import Mention, Scan, Unread
from license_audit.outputs import notices
from license_audit.outputs.kinds import kind
from license_audit.outputs.notices import Notice, facts, numbered, path, sentence
from license_audit.outputs.scan_text import lacks, named, remedy, unread


def notices_of_scan(scan: Scan) -> tuple[Notice, ...]:
    """What there is to tell of a scan, in the order of its files."""
    told = [notice_of_mention(one, scan) for one in scan.mentions if one.standing in ("missing", "unclear")]
    return numbered([*told, *(notice_of_gap(gap, scan) for gap in scan.unread)])


def notice_of_mention(mention: Mention, scan: Scan) -> Notice:
    """What there is to tell of a model that is missing from the manifest, or may be."""
    name = notices.named(mention.id)
    is_missing = mention.standing == "missing"
    rule = "missing-model" if is_missing else "unclear-model"
    known = {
        "kind": mention.kind,
        "role": mention.role,
        "reader": mention.reader,
        "certainty": mention.certainty,
        "provider": mention.provider,
        "revision": mention.revision,
    }
    return Notice(
        rule=rule,
        level="error" if is_missing else "note",
        title=notices.named(f"{kind(rule).title}: {name}"),
        message=sentence(_capital(f"{named(mention)} {lacks(mention, scan)}")),
        details=(),
        help=sentence(_capital(remedy(mention, scan))),
        file=path(scan.folder, mention.file),
        line=max(mention.line, 1),
        column=max(mention.column, 0),
        subject=name,
        standing="fails" if is_missing else "passes",
        facts=facts(known),
        about=(mention.id, mention.provider),
    )


def notice_of_gap(gap: Unread, scan: Scan) -> Notice:
    """What there is to tell of a file that was not read."""
    name = notices.named(gap.file)
    return Notice(
        rule="unread-file",
        level=gap.level,
        title=notices.named(f"{kind('unread-file').title}: {name}"),
        message=sentence(f"{name} was not scanned: {unread(gap)}"),
        details=(),
        help=kind("unread-file").help,
        file=path(scan.folder, gap.file),
        line=max(gap.line, 1),
        column=0,
        subject=name,
        standing="fails" if gap.level == "error" else "passes",
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
