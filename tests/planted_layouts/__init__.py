"""Made documents laid out as local partnerships lay theirs out, with what is right for each."""

from tests.planted_layouts import (
    boxes,
    charts,
    columns,
    headings,
    lists,
    matrices,
    notes,
    numbers,
    pages,
    pairs,
    tables,
    unruled,
    words,
)
from tests.planted_layouts.expected import LAYOUTS, Layout, Table

KINDS = (boxes, charts, columns, headings, lists, matrices, notes, numbers, pages, pairs, tables, unruled, words)
"""Each module enters its documents in ``LAYOUTS``."""

__all__ = ["KINDS", "LAYOUTS", "Layout", "Table"]
