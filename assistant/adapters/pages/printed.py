"""The text of a PDF's pages as PDFium finds it: a second opinion on what a page says."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium


def printed_pages(path: Path) -> tuple[str, ...]:
    """Returns the text of each page, in order; lines end as PDFium ends them, a hyphen that ends a line may be U+FFFE."""
    document = pdfium.PdfDocument(path)
    try:
        return tuple(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
