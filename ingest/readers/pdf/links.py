"""Addresses that a PDF links to, put on the words that carry the link where they can be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.readers.blocks import Block, Link
from ingest.readers.pdf.lines import PdfPage


def with_links(blocks: Sequence[Block], reader: PdfReader, pages: Sequence[PdfPage]) -> tuple[Block, ...]:
    """Returns the blocks with the addresses of the link annotations whose line is part of them.

    A link is put on the whole line that its rectangle crosses: PDF says where a link is, not which words it covers.
    """
    by_page = {page.number: _targets(reader, page) for page in pages}
    return tuple(_linked(block, by_page) for block in blocks)


def _targets(reader: PdfReader, page: PdfPage) -> list[tuple[int, int, str]]:
    """Returns raw start, raw end and address of each linked line of a page."""
    found = []
    for uri, low, high in _annotations(reader, page.number):
        for line in page.lines:
            if low - 2 <= line.y + 0.3 * line.size <= high + 2 and line.text.places:
                places = [place % 100_000_000 for place in line.text.places if place >= 0]
                found.append((places[0], places[-1] + 1, uri))
                break
    return found


def _annotations(reader: PdfReader, number: int) -> list[tuple[str, float, float]]:
    found = []
    try:
        for reference in reader.pages[number - 1].get("/Annots") or []:
            annotation: Any = reference.get_object()
            action = annotation.get("/A")
            uri = action.get_object().get("/URI") if action is not None else None
            if uri:
                box = [float(each) for each in annotation["/Rect"]]
                found.append((str(uri), min(box[1], box[3]), max(box[1], box[3])))
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError):
        return found
    return found


def _linked(block: Block, by_page: dict[int, list[tuple[int, int, str]]]) -> Block:
    links: dict[str, Link] = {}
    for run in block.runs:
        for start, end, uri in by_page.get(run.page, []):
            low, high = max(start, run.raw_start), min(end, run.raw_start + run.length)
            if low < high:
                at = run.start + low - run.raw_start
                links.setdefault(uri, Link(at, at + high - low, uri))
    return replace(block, links=tuple(links.values())) if links else block
