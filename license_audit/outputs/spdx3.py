"""SPDX 3.0.1 as JSON-LD, with the classes of its profiles for AI and data sets."""

from io import BytesIO

from license_audit.model.catalog import Catalog
from license_audit.model.report import Report
from license_audit.outputs.bom import Bom
from license_audit.outputs.bom_gathering import gather


def render(report: Report, titles: Catalog, *, color: bool) -> str:
    """The bill of materials of a report."""
    del color
    return write_bom(gather(report, titles))


def write_bom(bom: Bom) -> str:
    """The bill as SPDX 3.0.1 in JSON-LD."""
    from spdx_python_model import v3_0_1 as spdx  # noqa: PLC0415  # slow to import

    from license_audit.outputs.spdx3_document import objects  # noqa: PLC0415  # imports the same

    found = BytesIO()
    spdx.JSONLDSerializer().write(objects(bom), found, indent=1)
    return found.getvalue().decode() + "\n"
