"""Thirty invented documents, each with words that its reader cannot see or that its author struck out."""

from tests.planted_unseen.docx import DOCX
from tests.planted_unseen.html import HTML
from tests.planted_unseen.markdown import MARKDOWN
from tests.planted_unseen.pdf_covered import COVERED
from tests.planted_unseen.pdf_outside import OUTSIDE
from tests.planted_unseen.pdf_pale import PALE
from tests.planted_unseen.pdf_struck import STRUCK
from tests.planted_unseen.planted import Planted

PLANTED: tuple[Planted, ...] = (*PALE, *COVERED, *OUTSIDE, *STRUCK, *DOCX, *HTML, *MARKDOWN)

__all__ = ["PLANTED", "Planted"]
