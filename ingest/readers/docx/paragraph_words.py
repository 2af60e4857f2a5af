"""The words of one Word paragraph: text, links and footnote marks, apart from what is hidden or boxed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.readers.docx.numbering import W, is_on, value
from ingest.readers.inline_text import Words

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_THROUGH = {
    f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "bdo", "dir", "customXml")
}
_SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"}


@dataclass(slots=True)
class ParagraphWords:
    """What a paragraph shows, and what it does not."""

    words: Words = field(default_factory=Words)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind (``footnote`` or ``endnote``) and id of each note marked, in order."""
    hidden: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """``w:txbxContent`` elements that are anchored here."""


def words_of(element: Any, addresses: dict[str, str], marks: dict[tuple[str, str], str]) -> ParagraphWords:
    """Returns the words of a paragraph.

    Args:
        element: A ``w:p`` element.
        addresses: Relation id to outside address.
        marks: Kind and id of a note to its printed mark.
    """
    paragraph = ParagraphWords()
    _walk(element, paragraph, addresses, marks)
    return paragraph


def _walk(
    element: Any, paragraph: ParagraphWords, addresses: dict[str, str], marks: dict[tuple[str, str], str]
) -> None:
    for child in element.iterchildren():
        if child.tag == f"{W}hyperlink":
            start = len(paragraph.words.text)
            _walk(child, paragraph, addresses, marks)
            target = addresses.get(str(child.get(f"{R}id")))
            if target:
                paragraph.words.links.append((start, len(paragraph.words.text), target))
        elif child.tag in _THROUGH:
            _walk(child, paragraph, addresses, marks)
        elif child.tag == f"{W}r":
            _run(child, paragraph, marks)


def _run(run: Any, paragraph: ParagraphWords, marks: dict[tuple[str, str], str]) -> None:
    is_hidden = is_on(run, "rPr/vanish")
    for part in run.iterchildren():
        if part.tag == f"{W}t" and is_hidden:
            paragraph.hidden.append(part.text or "")
        elif part.tag == f"{W}t":
            _text(part.text or "", value(run, "rPr/vertAlign") == "superscript", paragraph)
        elif part.tag in _SPACES:
            paragraph.words.text += " "
        elif part.tag == f"{W}noBreakHyphen":
            paragraph.words.text += "-"
        elif part.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            note = (part.tag[len(W) : -len("Reference")], str(part.get(f"{W}id")))
            paragraph.notes.append(note)
            paragraph.words.marks.append((len(paragraph.words.text), marks.get(note, note[1])))
        elif part.tag in (f"{W}drawing", f"{W}pict", f"{MC}AlternateContent"):
            paragraph.boxes.extend(_boxes(part))


def _text(text: str, is_raised: bool, paragraph: ParagraphWords) -> None:
    """Adds text; a number raised by hand is a mark whose note is text of the document."""
    if is_raised and text.strip().isdecimal() and paragraph.words.text and not paragraph.words.text.endswith("m"):
        paragraph.words.marks.append((len(paragraph.words.text), text.strip()))
    else:
        paragraph.words.text += text


def _boxes(part: Any) -> list[Any]:
    """Returns the text boxes of a drawing, each once although Word stores a fallback of it."""
    chosen = part.find(f"{MC}Choice") if part.tag == f"{MC}AlternateContent" else part
    if chosen is None:
        return []
    inner = {id(deep) for each in chosen.iter(f"{MC}Fallback") for deep in each.iter(f"{W}txbxContent")}
    return [each for each in chosen.iter(f"{W}txbxContent") if id(each) not in inner]
