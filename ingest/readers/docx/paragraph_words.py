"""The words of one Word paragraph: text, links and footnote marks, apart from what is hidden or boxed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.model import Exclusion
from ingest.readers.bold_headings import Standing, reads_as_heading
from ingest.readers.docx.controls import AROUND, is_prompt, is_prompting_run, shown_by, words_in
from ingest.readers.docx.looks import Looks
from ingest.readers.docx.numbering import W, value
from ingest.readers.docx.pages import PAGE
from ingest.readers.inline_text import Words
from ingest.readers.labels import starts_item
from ingest.readers.symbol_fonts import is_symbol_font, shown_in
from ingest.readers.unseen import Reason, left_out

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {**dict.fromkeys((f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"), " "), f"{W}noBreakHyphen": "-"}
_BREAKS = (f"{W}br", f"{W}cr")
_NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
_DRAWN = (f"{W}drawing", f"{W}pict", f"{MC}AlternateContent")


@dataclass(slots=True)
class ParagraphWords:
    """What a paragraph shows, and what it does not."""

    words: Words = field(default_factory=Words)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind (``footnote`` or ``endnote``) and id of each note marked, in order."""
    left_out: list[Stretch] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """``w:txbxContent`` elements that are anchored here."""
    diagrams: list[str] = field(default_factory=list)
    """Relation ids of the SmartArt diagrams and charts that are anchored here."""
    standing: list[tuple[int, Standing | None]] = field(default_factory=list)
    """Where each run with words begins, and how much it stands out."""
    breaks: list[int] = field(default_factory=list)
    """Offsets of line breaks."""
    has_room: bool = False
    """Whether words left out take room on the page, so that the paragraph keeps its number."""

    @property
    def stands_out(self) -> Standing | None:
        """How much all its words stand out, None where some do not."""
        return self._least(0, len(self.words.text))

    def lines(self) -> list[tuple[Words, Standing | None]]:
        """Returns its lines where breaks part typed items, or a bold line from the text under it; else all as one."""
        ends = [*self.breaks, len(self.words.text)]
        spans = list(zip([0, *self.breaks], ends, strict=True))
        texts = [" ".join(self.words.text[start:end].split()) for start, end in spans]
        is_list = sum(map(starts_item, texts)) > 1
        is_headed = any(texts[1:]) and self._least(*spans[0]) is not None and reads_as_heading(texts[0])
        if not is_list and (not is_headed or self.stands_out is not None):
            return [(self.words, self.stands_out)]
        spans = spans if is_list else [spans[0], (ends[0], ends[-1])]
        return [(self.words.cut(*span), self._least(*span)) for span in spans]

    def _least(self, start: int, end: int) -> Standing | None:
        found = [each for at, each in self.standing if start <= at < end]
        least = [each for each in found if each is not None]
        return min(least) if least and len(least) == len(found) else None

    def leave_out(self, reason: Reason) -> Stretch:
        """Returns the stretch of left-out words that the next belong to."""
        at = len(self.words.text)
        last = self.left_out[-1] if self.left_out else None
        if last is None or last.reason is not reason or last.at != at:
            last = Stretch(reason, at)
            self.left_out.append(last)
        return last

    def exclusions(self) -> list[Exclusion]:
        """Returns what is left out, a stretch a note."""
        return [note for each in self.left_out for note in left_out(each.reason, each.words)]


@dataclass(slots=True)
class Stretch:
    """Words side by side that are left out."""

    reason: Reason
    at: int
    """Offset in the words of the paragraph."""
    words: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Notes that are marked in it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a paragraph refers to."""

    looks: Looks
    addresses: dict[str, str]
    """Relation id to outside address."""
    marks: dict[tuple[str, str], str]
    """Kind and id of a note to its printed mark."""


def words_of(element: Any, reference: Reference) -> ParagraphWords:
    """Returns the words of a ``w:p`` element."""
    paragraph = ParagraphWords()
    _turn(element, paragraph)
    _walk(element, paragraph, reference)
    return paragraph


def _turn(element: Any, paragraph: ParagraphWords) -> None:
    """Notes that another page begins, where that is known of an element."""
    page = element.get(PAGE)
    if page is not None:
        paragraph.words.turns.append((len(paragraph.words.text), int(page)))


def _walk(element: Any, paragraph: ParagraphWords, reference: Reference) -> None:
    for child in element.iterchildren():
        if child.tag == f"{W}hyperlink":
            start = len(paragraph.words.text)
            _walk(child, paragraph, reference)
            target = reference.addresses.get(str(child.get(f"{R}id")))
            if target:
                paragraph.words.links.append((start, len(paragraph.words.text), target))
        elif is_prompt(child):
            _prompt(child, paragraph)
        elif child.tag in AROUND:
            _walk(child, paragraph, reference)
        elif child.tag == f"{W}r" and is_prompting_run(child):
            _prompt(child, paragraph)
        elif child.tag == f"{W}r":
            reason = reference.looks.reason(child)
            if reason is None:
                _run(child, paragraph, reference)
            else:
                _unread(child, paragraph, reason, reference.looks.is_vanished(child))


def _prompt(element: Any, paragraph: ParagraphWords) -> None:
    words = words_in(element)
    paragraph.leave_out(Reason.PROMPT).words += words
    paragraph.words.leave_out(words)
    paragraph.has_room = True


def _run(run: Any, paragraph: ParagraphWords, reference: Reference) -> None:
    before = len(paragraph.words.text)
    for part in run.iterchildren():
        _turn(part, paragraph)
        if part.tag == f"{W}t":
            _text(_shown(part.text or "", run), value(run, "rPr/vertAlign") == "superscript", paragraph)
        elif part.tag == f"{W}sym":
            paragraph.words.add(_sign(part))
        elif part.tag == f"{W}fldChar":
            paragraph.words.add(shown_by(part))
        elif part.tag in _SIGNS:
            if part.tag in _BREAKS and part.get(f"{W}type") is None:
                before = _stand(run, paragraph, reference, before)
                paragraph.breaks.append(len(paragraph.words.text))
            paragraph.words.add(_SIGNS[part.tag])
        elif part.tag in _NOTES:
            note = _note(part)
            paragraph.notes.append(note)
            paragraph.words.marks.append((len(paragraph.words.text), reference.marks.get(note, note[1])))
        elif part.tag in _DRAWN:
            paragraph.boxes.extend(_boxes(part))
            paragraph.diagrams.extend(_diagrams(part))
    _stand(run, paragraph, reference, before)


def _stand(run: Any, paragraph: ParagraphWords, reference: Reference, before: int) -> int:
    """Tells how much the words of a run from an offset on stand out; returns where the next begin."""
    if paragraph.words.text[before:].strip():
        paragraph.standing.append((before, reference.looks.standing(run)))
    return len(paragraph.words.text)


def _sign(part: Any) -> str:
    """Returns the sign of a ``w:sym`` element."""
    code = str(part.get(f"{W}char", ""))
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return shown_in(str(part.get(f"{W}font", "")), letter) if letter.isprintable() or ord(letter) >= 0xE000 else ""


def _shown(text: str, run: Any) -> str:
    """Returns what a text shows in the font of its run."""
    fonts = run.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
    return shown_in(font, text) if is_symbol_font(font) else text


def _unread(run: Any, paragraph: ParagraphWords, reason: Reason, is_vanished: bool) -> None:
    """Takes a run that is no evidence; a box anchored in it is one only where the anchor takes room."""
    last = paragraph.leave_out(reason)
    for part in run.iterchildren():
        if part.tag in (f"{W}t", f"{W}sym") or part.tag in _SIGNS:
            words = _sign(part) if part.tag == f"{W}sym" else _SIGNS.get(part.tag, part.text or "")
            last.words += words
            paragraph.words.leave_out(words)
            paragraph.has_room = paragraph.has_room or not is_vanished
        elif part.tag in _NOTES:
            last.notes.append(_note(part))
        elif part.tag in _DRAWN and is_vanished:
            last.words += " ".join(text.text or "" for box in _boxes(part) for text in box.iter(f"{W}t"))
        elif part.tag in _DRAWN:
            paragraph.boxes.extend(_boxes(part))


def _note(part: Any) -> tuple[str, str]:
    return part.tag[len(W) : -len("Reference")], str(part.get(f"{W}id"))


def _text(text: str, is_raised: bool, paragraph: ParagraphWords) -> None:
    """Adds text; a number raised by hand is a mark whose note is text of the document."""
    if is_raised and text.strip().isdecimal() and paragraph.words.text and not paragraph.words.text.endswith("m"):
        paragraph.words.marks.append((len(paragraph.words.text), text.strip()))
    else:
        paragraph.words.add(text)


def _diagrams(part: Any) -> list[str]:
    """Returns the relation ids of what is drawn from a part of its own, each once although Word stores a fallback."""
    ids = [str(each.get(f"{R}dm")) for each in part.iter(f"{DGM}relIds")]
    ids += [str(each.get(f"{R}id")) for each in part.iter(f"{CHART}chart")]
    return list(dict.fromkeys(ids))


def _boxes(part: Any) -> list[Any]:
    """Returns the text boxes of a drawing, each once although Word stores a fallback of it."""
    chosen = part.find(f"{MC}Choice") if part.tag == f"{MC}AlternateContent" else part
    if chosen is None:
        return []
    inner = {id(deep) for each in chosen.iter(f"{MC}Fallback") for deep in each.iter(f"{W}txbxContent")}
    return [each for each in chosen.iter(f"{W}txbxContent") if id(each) not in inner]
