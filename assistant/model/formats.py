"""The file formats of documents: the one list that reading, finding, uploading and serving files derive from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

PAGE = "page"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format that documents come in."""

    name: str
    label: str
    """As a person calls it."""
    endings: tuple[str, ...]
    """Endings of its files, in lower case, the usual one first."""
    media_type: str
    """Sent with a download."""
    is_shown_inline: bool = False
    """Whether a browser may show it in place; all others are saved, so that nothing in them runs on this site."""
    is_collection: bool = False
    """Whether a file holds many editions, one a line, as ready texts: it is not uploaded, and no copy of it is stored."""
    is_container: bool = False
    """Whether a file holds others, which are documents of their own: it is not uploaded, what it holds is."""
    page_word: str = PAGE
    """What a page of it is called; where that is another word, it stands in the label: "slide 3"."""


PDF = FileFormat("pdf", "PDF", (".pdf",), "application/pdf", is_shown_inline=True)
DOCX = FileFormat("docx", "DOCX", (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
PPTX = FileFormat(
    "pptx",
    "PowerPoint (PPTX)",
    (".pptx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    page_word="slide",
)
XLSX = FileFormat(
    "xlsx",
    "Excel (XLSX)",
    (".xlsx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    page_word="sheet",
)
ODT = FileFormat("odt", "OpenDocument text (ODT)", (".odt",), "application/vnd.oasis.opendocument.text")
RTF = FileFormat("rtf", "RTF", (".rtf",), "application/rtf")
DOC = FileFormat("doc", "Word of before 2007 (DOC)", (".doc",), "application/msword")
PPT = FileFormat(
    "ppt", "PowerPoint of before 2007 (PPT)", (".ppt",), "application/vnd.ms-powerpoint", page_word="slide"
)
HTML = FileFormat("html", "HTML", (".html", ".htm"), "text/html; charset=utf-8")
MHTML = FileFormat("mhtml", "saved web page (MHTML)", (".mhtml", ".mht"), "multipart/related")
MARKDOWN = FileFormat("markdown", "Markdown", (".md", ".markdown"), "text/markdown; charset=utf-8")
TEXT = FileFormat("text", "plain text", (".txt",), "text/plain; charset=utf-8")
EML = FileFormat("eml", "mail (EML)", (".eml",), "message/rfc822", is_container=True)
MSG = FileFormat("msg", "Outlook mail (MSG)", (".msg",), "application/vnd.ms-outlook", is_container=True)
ZIP = FileFormat("zip", "ZIP of a folder", (".zip",), "application/zip", is_container=True)
JSONL = FileFormat("jsonl", "JSONL", (".jsonl",), "application/jsonl", is_collection=True)

FORMATS = (PDF, DOCX, PPTX, XLSX, ODT, RTF, DOC, PPT, HTML, MHTML, MARKDOWN, TEXT, EML, MSG, ZIP, JSONL)
MAILS = (EML, MSG)
"""The formats that hold a mail."""
UPLOADABLE = tuple(each for each in FORMATS if not each.is_collection and not each.is_container)
"""The formats that may be uploaded."""
PAGE_WORDS = frozenset(each.page_word for each in FORMATS)
"""What pages are called."""
_BY_ENDING = {ending: each for each in FORMATS for ending in each.endings}


def format_of(path: PurePath | str) -> FileFormat | None:
    """Returns the format that a file's name says, None for an unknown ending."""
    return _BY_ENDING.get(PurePath(path).suffix.lower())


def is_collection(path: PurePath | str) -> bool:
    """Returns whether a file's name says that it holds many editions."""
    file_format = format_of(path)
    return file_format is not None and file_format.is_collection


def is_container(path: PurePath | str) -> bool:
    """Returns whether a file's name says that it holds other files."""
    file_format = format_of(path)
    return file_format is not None and file_format.is_container


def shown_name(path: PurePath) -> str:
    """Returns what a file is called where its folder is known: its name, after that of the file that holds it."""
    parts = path.parts
    first = next((at for at, part in enumerate(parts[:-1]) if is_container(part)), len(parts) - 1)
    return "/".join(parts[first:])


def endings_of(formats: tuple[FileFormat, ...] = FORMATS) -> tuple[str, ...]:
    """Returns the endings of some formats, in their order."""
    return tuple(ending for each in formats for ending in each.endings)
