"""What came from an address as a file that the readers can open: its ending, its encoding."""

from __future__ import annotations

import codecs
import mimetypes
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from assistant.model.formats import HTML, UPLOADABLE, FileFormat, format_of
from ingest.sources.web.client import Answer

_BY_TYPE = {
    **{each.media_type.split(";")[0]: each for each in UPLOADABLE},
    "application/xhtml+xml": HTML,
}
_SAYS_NOTHING = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/force-download",
    "application/download",
)
MARK = codecs.BOM_UTF8


def format_of_answer(answer: Answer, address: str) -> FileFormat | None:
    """Returns the format of what came, None for one that is not read: pictures, sound, scripts, archives."""
    by_type = _BY_TYPE.get(answer.content_type)
    if by_type is not None:
        return by_type
    if answer.content_type not in _SAYS_NOTHING and answer.content_type != "text/plain":
        return None
    for name in (answer.filename, PurePosixPath(unquote(urlsplit(address).path)).name):
        found = format_of(name) if name else None
        if found in UPLOADABLE:
            return found
    return None


def may_be_read(address: str) -> bool:
    """Returns whether an address may lead to something that is read, as far as its ending tells."""
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    guessed = mimetypes.guess_type(name)[0] or ""
    if format_of(name) is not None:
        return format_of(name) in UPLOADABLE
    return not guessed.startswith(("image/", "audio/", "video/", "font/")) and guessed not in (
        "text/css", "text/javascript", "application/javascript", "application/json", "application/zip", "text/calendar",
        "application/x-tar", "application/x-msdownload", "application/rss+xml", "application/xml", "text/xml",
    )  # fmt: skip


def in_its_encoding(path: Path, charset: str) -> None:
    """Rewrites a page in UTF-8 with its mark where the server names another encoding, which counts before the page's own.

    Source: HTML standard, 13.2.3.1: the transport's encoding is certain, a meta element's is tentative.
    """
    body = path.read_bytes()
    if not charset or body.startswith((MARK, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    try:
        name = codecs.lookup(charset).name
        text = body.decode({"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name))
    except (LookupError, UnicodeDecodeError):
        return  # the server is wrong: what the page says counts
    path.write_bytes(MARK + text.encode("utf-8"))
