"""The frame of all pages."""

import pytest

from license_audit.outputs.pages import page


@pytest.mark.parametrize("text", ['x"; } body { display: none', "a\nb", "</style>", "ä", "\\"])
def test_only_plain_words_run_along_printed_pages(text: str) -> None:
    with pytest.raises(ValueError, match="not plain enough"):
        page("report.html.j2", {}, running=text)
