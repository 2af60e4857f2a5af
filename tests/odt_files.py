"""Small OpenDocument texts for tests of their reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

_NAMES = {
    "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "fo": "xsl-fo-compatible",
}  # fmt: skip
NAMESPACES = " ".join(
    [f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in _NAMES.items()]
    + ['xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"']
)
MIMETYPE = "application/vnd.oasis.opendocument.text"
STYLES = """
<style:style style:name="Struck" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="Pale" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Strong" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
<text:list-level-style-bullet text:level="2" text:bullet-char="o"/></text:list-style>
<text:list-style style:name="Numbers"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
"""


def odt_file(path: Path, body: str, *, meta: str = "", styles: str = "", manifest: str = "", before: str = "") -> Path:
    """Writes an OpenDocument text from the inside of its body and returns its path."""
    parts = {
        "content.xml": f"{before}<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMESPACES}>{styles}</office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMESPACES}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f"{manifest}</m:manifest>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def p(text: str, style: str = "") -> str:
    """Returns a paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def span(style: str, text: str) -> str:
    """Returns words in a style."""
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def items(style: str, *texts: str, more: str = "") -> str:
    """Returns a list; a text that begins with a tag is the inside of its item."""
    inside = "".join(f"<text:list-item>{each if each.startswith('<') else p(each)}</text:list-item>" for each in texts)
    return f'<text:list text:style-name="{style}" {more}>{inside}</text:list>'


def row(*cells: str, more: str = "") -> str:
    """Returns a row of a table; a cell that begins with a tag is taken as it is."""
    inside = "".join(
        each if each.startswith("<table:") else f"<table:table-cell>{p(each)}</table:table-cell>" for each in cells
    )
    return f"<table:table-row {more}>{inside}</table:table-row>"
