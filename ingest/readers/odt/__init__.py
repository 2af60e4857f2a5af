"""ODT reader: headings by outline level or by looks, lists with their numbers, tables row by row, notes kept."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from assistant.errors import UnreadableDocument
from ingest.readers.archives import DAMAGES, check_parts
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.bold_headings import with_bold_headings
from ingest.readers.odt.body import Body
from ingest.readers.odt.names import DC, MANIFEST, OFFICE
from ingest.readers.odt.styles import Styles
from ingest.readers.titles import title_of

NOT_WHOLE, SAVE_AGAIN = "not a whole OpenDocument text", "Save it again as .odt"


def read_odt(path: Path) -> ReadFile:
    """Returns an OpenDocument text as blocks, one page in all.

    Deleted words of tracked changes, hidden and struck-through words and comments are listed or left out.

    Raises:
        UnreadableDocument: It is no such text, damaged, encrypted, empty, or grows too large when unpacked.
    """
    check_parts(path, NOT_WHOLE, SAVE_AGAIN)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in _PARTS if name in archive.namelist()}
            roots = {name: _parsed(part) for name, part in parts.items() if part.strip()}
    except (etree.XMLSyntaxError, *DAMAGES) as error:
        raise UnreadableDocument(path, NOT_WHOLE, SAVE_AGAIN) from error
    return _read(path, roots)


_PARTS = ("META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml")


def _parsed(part: bytes) -> Any:
    if part[:1] not in (b"<", b"\xef"):  # encrypted parts are no XML
        return None
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _read(path: Path, roots: dict[str, Any]) -> ReadFile:
    manifest = roots.get("META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{MANIFEST}encryption-data") is not None:
        raise UnreadableDocument(path, "it is encrypted", "Remove its password and save it again")
    content = roots.get("content.xml")
    text = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or text is None:
        raise UnreadableDocument(path, NOT_WHOLE, SAVE_AGAIN)
    styles = Styles([each for each in (roots.get("styles.xml"), content) if each is not None])
    body = Body(styles)
    body.read_all(text, roots.get("styles.xml"))
    if not body.blocks:
        raise UnreadableDocument(path, "no readable text", "Check that the text is not only in pictures", 1)
    blocks = with_bold_headings(body.blocks, body.standing)
    meta = roots.get("meta.xml")
    said = meta.findtext(f"{OFFICE}meta/{DC}title") if meta is not None else None
    cover = [*body.titles, *(each.text for each in blocks if each.kind is BlockKind.HEADING)]
    return ReadFile(blocks, (body.page.text,), ("1",), tuple(body.exclusions), title_of(said, cover))
