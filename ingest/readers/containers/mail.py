"""A mail: its own words without quoted replies and signature, and its attachments as documents of their own."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path, PurePosixPath

from bs4 import BeautifulSoup

from assistant.errors import UnreadableDocument
from assistant.model.formats import format_of
from ingest.readers.containers.members import BODY, Member, Unpacked

_HEADERS = ("from", "subject", "date", "received", "mime-version", "to")
_QUOTED = re.compile(
    r"""
    ^\s*(?:
      -{2,}\s*(?:original\ message|forwarded\ message|reply\ message)\s*-{2,}.*
      | _{10,}
      | on\ .{5,120}\ wrote:
      | from:[^\n]+\n\s*(?:sent|date|to|cc|subject):[^\n]*
      | begin\ forwarded\ message:
    )\s*$
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""The line from which on a mail repeats another."""
_SIGNATURE = re.compile(
    r"""
    ^(?:
      --\s?
      | (?:(?:kind|best|warm|many)\ )?regards,?
      | (?:(?:many|with)\ )?thanks,?
      | yours\ (?:sincerely|faithfully),?
      | best\ wishes,?
      | sent\ from\ my\ .*
    )$
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""The line from which on a mail says who wrote it."""
_QUOTES = "blockquote, .gmail_quote, #divRplyFwdMsg, #divRplyFwdMsg ~ *, .moz-cite-prefix, #appendonsend ~ *, [class*=signature]"
_BLOCKS = ("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "br")


def unpack_mail(path: Path, into: Path) -> list[Member]:
    """Returns the own words of a mail as text, and its attachments; mails that are attached are files themselves.

    Raises:
        UnreadableDocument: It is no mail, or holds neither words nor files that are read.
    """
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    if not isinstance(message, EmailMessage) or not any(name in message for name in _HEADERS):
        raise UnreadableDocument(path, "not a whole mail", "Save it again from the mail program as .eml")
    return unpack_message(message, path, into)


def unpack_message(message: EmailMessage, path: Path, into: Path) -> list[Member]:
    """Returns the own words of the mail in a file, and its attachments.

    Raises:
        UnreadableDocument: It holds neither words nor files that are read.
    """
    unpacked = Unpacked(path, into)
    words = own_words(_text(message))
    if words:
        unpacked.add(BODY, words.encode("utf-8", "replace"), " ".join(str(message.get("subject") or "").split()))
    for number, part in enumerate(message.iter_attachments(), start=1):
        _attachment(part, number, unpacked)
    if not unpacked.members:
        raise UnreadableDocument(path, "no readable text and no attachment", "Leave it out", 1)
    return unpacked.members


def _attachment(part: EmailMessage, number: int, unpacked: Unpacked) -> None:
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    content = part.get_payload(decode=True)
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        name = name if name.endswith(".eml") else f"{name or f'attached-{number}'}.eml"
        content = inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Message) else b""
    name = name or f"attached-{number}"
    if format_of(name) is None or not isinstance(content, bytes):
        unpacked.leave_out(name, f"format {PurePosixPath(name).suffix or 'without ending'} is not read")
    else:
        unpacked.add(name, content)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None or body.get_payload() is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError):
        held = body.get_payload(decode=True)
        text = held.decode("cp1252", "replace") if isinstance(held, bytes) else ""
    return _of_html(text) if body.get_content_type() == "text/html" else text


def _of_html(text: str) -> str:
    soup = BeautifulSoup(text, "lxml")
    for tag in [*soup.select(_QUOTES), *soup.find_all(["script", "style", "head", "s", "del"])]:
        tag.decompose()
    for tag in soup.find_all(_BLOCKS):
        tag.insert_before("\n" if tag.name == "br" else "\n\n")
    return soup.get_text()


def own_words(text: str) -> str:
    """Returns the words of a mail without what it repeats of others and without the signature."""
    text = text.replace("\r\n", "\n").replace("\xa0", " ")
    quoted = _QUOTED.search(text)
    text = text[: quoted.start()] if quoted else text
    text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
    signature = _SIGNATURE.search(text)
    return (text[: signature.start()] if signature else text).strip()
