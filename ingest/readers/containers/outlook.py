"""A mail saved by Outlook: taken apart by python-oxmsg, then unpacked like any other mail."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from pathlib import Path

from olefile import DEFECT_INCORRECT, OleFileIO
from oxmsg.domain.constants import (
    PID_ATTACH_DATA_BINARY,
    PID_ATTACH_FILENAME,
    PID_ATTACH_LONG_FILENAME,
    PID_ATTACHMENT_HIDDEN,
    PID_BODY,
    PID_BODY_HTML,
    PID_DISPLAY_NAME,
    PID_HTML,
    PID_MESSAGE_CLASS,
    PID_SUBJECT,
)
from oxmsg.domain.model import (
    ATTACH_HDR_OFFSET,
    MSG_HDR_OFFSET,
    UnrecognizedCodePageError,
    UnsupportedEncodingError,
)
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from assistant.errors import UnreadableDocument
from ingest.readers.containers.mail import unpack_message
from ingest.readers.containers.members import Member

_EMBEDDED_HEADER = 24
"""Bytes before the properties of a mail within a mail ([MS-OXMSG] 2.4.1.2); a mail by itself has eight more."""
_OBJECT = "__substg1.0_3701000D"
"""Where an attachment keeps a mail ([MS-OXMSG] 2.2.2.1)."""
_PROPERTIES = "__properties_version1.0"
_PROTECTED_CLASS, _PROTECTED_FILE = "IPM.Note.SMIME", "message.rpmsg"
_SIGNED_CLASS = "IPM.Note.SMIME.MultipartSigned"
_DEEPEST = 4
"""Mails within mails that are taken out; one level more than an ingest reads, so that it tells of the last."""
_FAULTS = (
    OSError, ValueError, KeyError, IndexError, LookupError, AssertionError, RecursionError, struct.error,
    UnrecognizedCodePageError, UnsupportedEncodingError,
)  # fmt: skip


def unpack_outlook(path: Path, into: Path) -> list[Member]:
    """Returns the own words of a mail as text, and its attachments; mails that are attached are files themselves.

    Raises:
        UnreadableDocument: It is damaged or protected, or holds neither words nor files that are read.
    """
    try:
        with OleFileIO(str(path), raise_defects=DEFECT_INCORRECT) as file:
            storage = Storage.from_ole(file)
        is_protected = _is_protected(storage)
        message = _message(storage, MSG_HDR_OFFSET)
    except _FAULTS as error:
        raise UnreadableDocument(path, "not a whole Outlook mail", "Save it again from the mail program") from error
    if is_protected:
        raise UnreadableDocument(path, "it is encrypted", "Open it in Outlook and save its text and attachments")
    return unpack_message(message, path, into)


def _is_protected(storage: Storage) -> bool:
    kind = Properties(storage, MSG_HDR_OFFSET).str_prop_value(PID_MESSAGE_CLASS) or ""
    names = [_name(Properties(each, ATTACH_HDR_OFFSET)) for each in storage.iter_attachment_storages()]
    is_encrypted = kind.startswith(_PROTECTED_CLASS) and not kind.startswith(_SIGNED_CLASS)
    return is_encrypted or _PROTECTED_FILE in names


def _message(storage: Storage, header: int, depth: int = 0) -> EmailMessage:
    properties = Properties(storage, header)
    message = EmailMessage()
    subject = properties.str_prop_value(PID_SUBJECT) or ""
    message["Subject"] = " ".join("".join(c if c.isprintable() else " " for c in subject).split())
    text, html = properties.str_prop_value(PID_BODY), _html(properties)
    if text:
        message.set_content(text)
    elif html:
        message.set_content(html, subtype="html")
    for each in storage.iter_attachment_storages():
        _attach(each, message, depth)
    return message


def _html(properties: Properties) -> str | None:
    held = properties.binary_prop_value(PID_HTML)
    if held is None:
        return properties.str_prop_value(PID_BODY_HTML)
    return held.decode(properties.body_encoding, "replace")


def _attach(storage: Storage, message: EmailMessage, depth: int) -> None:
    properties = Properties(storage, ATTACH_HDR_OFFSET)
    name = _name(properties)
    inner = next((each for each in storage.storages if each.name == _OBJECT), None)
    if inner is not None and any(each.name == _PROPERTIES for each in inner.streams):
        if depth < _DEEPEST:
            message.add_attachment(_message(inner, _EMBEDDED_HEADER, depth + 1), filename=f"{Path(name).stem}.eml")
        return
    held = properties.binary_prop_value(PID_ATTACH_DATA_BINARY)
    if not _is_hidden(properties) and held is not None:
        message.add_attachment(held, maintype="application", subtype="octet-stream", filename=name)


def _is_hidden(properties: Properties) -> bool:
    """Returns whether an attachment is not shown as one: a picture within the text."""
    return any(each.pid == PID_ATTACHMENT_HIDDEN and bool(each.value) for each in properties)


def _name(properties: Properties) -> str:
    names = (
        properties.str_prop_value(pid) for pid in (PID_ATTACH_LONG_FILENAME, PID_ATTACH_FILENAME, PID_DISPLAY_NAME)
    )
    return next((name for name in names if name), "")
