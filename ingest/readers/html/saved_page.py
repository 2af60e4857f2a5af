"""MHTML: a web page saved as one file, which holds the page and its pictures as the parts of a mail."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from assistant.errors import UnreadableDocument
from ingest.readers.blocks import ReadFile
from ingest.readers.html import blocks_of_html
from ingest.readers.html.encoding import encoding_of

_SAVE_AGAIN = "Save the page again in the browser, as one file"


def read_saved_page(path: Path) -> ReadFile:
    """Returns a saved web page as blocks, one page in all; frames and pictures in it are not read.

    Raises:
        UnreadableDocument: It holds no page, is damaged, or shows no text.
    """
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None or not isinstance(page, EmailMessage):
        raise UnreadableDocument(path, "no web page in it", _SAVE_AGAIN)
    read = blocks_of_html(_text(path, page))
    if not read.blocks:
        raise UnreadableDocument(path, "no readable text", _SAVE_AGAIN, 1)
    return read


def _text(path: Path, page: EmailMessage) -> str:
    held = page.get_payload(decode=True)
    if not isinstance(held, bytes):
        raise UnreadableDocument(path, "no web page in it", _SAVE_AGAIN)
    for encoding in (page.get_content_charset(), "utf-8", encoding_of(held)):
        try:
            return held.decode(encoding or "utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    raise UnreadableDocument(path, "neither UTF-8 nor in the encoding that it names", _SAVE_AGAIN)
