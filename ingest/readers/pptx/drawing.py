"""Names of the parts of DrawingML, and the words of what is drawn elsewhere than on the slide."""

from __future__ import annotations

from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"


def words_of_diagram(shape: Any) -> str:
    """Returns the words of a SmartArt diagram, "" for what is none; they are stored in a part of their own."""
    ids = shape._element.find(f".//{_DGM}relIds")
    if ids is None:
        return ""
    try:
        part = shape.part.related_part(str(ids.get(f"{R}dm")))
    except KeyError:
        return ""
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    paragraphs = (" ".join("".join(each.itertext(f"{A}t")).split()) for each in root.iter(f"{A}p"))
    return " ".join(filter(None, paragraphs))
