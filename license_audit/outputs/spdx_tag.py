"""SPDX 2.3 as tags and values."""

from io import StringIO

from license_audit.model.catalog import Catalog
from license_audit.model.report import Report
from license_audit.outputs.bom import Bom
from license_audit.outputs.bom_gathering import gather


def render(report: Report, titles: Catalog, *, color: bool) -> str:
    """The bill of materials of a report."""
    del color
    return write_bom(gather(report, titles))


def write_bom(bom: Bom) -> str:
    """The bill as SPDX 2.3 in tags and values."""
    from spdx_tools.spdx.writer.tagvalue.tagvalue_writer import (  # noqa: PLC0415  # slow to import
        write_document_to_stream,
    )

    from license_audit.outputs.spdx_document import document  # noqa: PLC0415  # imports the same

    found = StringIO()
    write_document_to_stream(document(bom), found, validate=False, drop_duplicates=False)
    return found.getvalue()
