"""Fields of old Word files: LibreOffice computes dates and references anew and loses conditions."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from assistant.errors import UnreadableDocument
from ingest.readers.docx.numbering import W

MARK = "⟦"
"""Stands before what a field shows that was computed anew."""
_END = "⟧"
_LOST = rb"(?:IF|NEXTIF|SKIPIF|COMPARE|ASK|FILLIN|=)"
"""Fields whose result LibreOffice empties without a trace (measured with 7.4.7)."""
_LOST_IN_RTF = re.compile(rb"\\fldinst[^{}]{0,40}(?:\{[^{}]{0,80}?)?[\s}]" + _LOST + rb"[\s\\]")
_LOST_IN_DOC = re.compile(rb"\x13\s*" + _LOST + rb"\s")
_STABLE = frozenset(
    "PAGE NUMPAGES SECTIONPAGES SECTION TOC TOA HYPERLINK PAGEREF NOTEREF SEQ TC XE FORMTEXT FORMCHECKBOX FORMDROPDOWN SYMBOL "
    "LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT EQ QUOTE INDEX SHAPE".split()
)
"""Fields whose result is the same, or stands in no sentence."""
_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")


def check_fields(path: Path) -> None:
    """Checks that a file has no field whose result would get lost.

    Raises:
        UnreadableDocument: It has one.
    """
    held = path.read_bytes()
    narrow = held.replace(b"\0", b"")  # text of two bytes a letter
    if _LOST_IN_RTF.search(held) or (not held.startswith(b"{\\rtf") and _LOST_IN_DOC.search(narrow)):
        what = "it has fields with conditions (IF), whose words LibreOffice loses"
        raise UnreadableDocument(path, what, "Open it in Word, press Ctrl+A and Ctrl+Shift+F9, and save it as .docx")


def mark_fields(path: Path) -> None:
    """Puts a mark before and after what each field of a Word file shows that was computed anew."""
    marked = path.with_name("marked.docx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(marked, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _marked(part) if _PARTS.fullmatch(name) else part)
    shutil.move(marked, path)


def _marked(part: bytes) -> bytes:
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    for field in list(root.iter(f"{W}fldSimple")):
        if _is_new(str(field.get(f"{W}instr") or "")):
            field.insert(0, _run(MARK))
            field.append(_run(_END))
    open_fields: list[str] = []
    for run in list(root.iter(f"{W}r")):
        for child in run:
            if child.tag == f"{W}fldChar":
                _step(run, str(child.get(f"{W}fldCharType")), open_fields)
            elif child.tag == f"{W}instrText" and open_fields:
                open_fields[-1] += child.text or ""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _step(run: Any, kind: str, open_fields: list[str]) -> None:
    if kind == "begin":
        open_fields.append("")
    elif kind == "separate" and open_fields and _is_new(open_fields[-1]):
        run.addnext(_run(MARK))
    elif kind == "end" and open_fields and _is_new(open_fields.pop()):
        run.addnext(_run(_END))


def _is_new(said: str) -> bool:
    name = said.split()[0].upper() if said.split() else ""
    return bool(name) and name not in _STABLE


def _run(text: str) -> Any:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = text
    return run
