"""Namespaces of OpenDocument, ready to stand before a name."""

from __future__ import annotations

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f"{{{_ODF}:office:1.0}}"
TEXT = f"{{{_ODF}:text:1.0}}"
TABLE = f"{{{_ODF}:table:1.0}}"
STYLE = f"{{{_ODF}:style:1.0}}"
DRAW = f"{{{_ODF}:drawing:1.0}}"
FO = f"{{{_ODF}:xsl-fo-compatible:1.0}}"
MANIFEST = f"{{{_ODF}:manifest:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
