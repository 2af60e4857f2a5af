"""The words of one paragraph: text, links and note marks, apart from what is hidden, deleted or boxed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.model import Exclusion
from ingest.readers.bold_headings import Standing
from ingest.readers.inline_text import Words
from ingest.readers.odt.names import DRAW, OFFICE, TEXT, XLINK
from ingest.readers.odt.styles import Styles
from ingest.readers.unseen import Reason, left_out

_MOST_SPACES = 100
_GAPS = (f"{TEXT}tab", f"{TEXT}line-break")
_ASIDE = (f"{OFFICE}annotation-end", f"{TEXT}bookmark", f"{TEXT}ruby-text", f"{TEXT}soft-page-break")
_PAGES = (f"{TEXT}page-number", f"{TEXT}page-count")


@dataclass(slots=True)
class ParagraphWords:
    """What a paragraph shows, and what it does not."""

    words: Words = field(default_factory=Words)
    notes: list[Any] = field(default_factory=list)
    """``text:note`` elements that are marked here, in order."""
    boxes: list[Any] = field(default_factory=list)
    """``draw:text-box`` elements that are anchored here."""
    exclusions: list[Exclusion] = field(default_factory=list)
    standing: list[Standing | None] = field(default_factory=list)
    """How much each stretch of words stands out."""

    @property
    def stands_out(self) -> Standing | None:
        """How much all its words stand out, None where some do not."""
        said = [each for each in self.standing if each is not None]
        return min(said) if said and len(said) == len(self.standing) else None


def words_of(paragraph: Any, styles: Styles, around: list[tuple[str, str]]) -> ParagraphWords:
    """Returns the words of a paragraph or heading.

    Args:
        paragraph: The element.
        styles: Of the file.
        around: Family and name of styles around it, the innermost first.
    """
    taken = ParagraphWords()
    own = ("paragraph", str(paragraph.get(f"{TEXT}style-name") or ""))
    _Walk(taken, styles).through(paragraph, [own, *around])
    return taken


class _Walk:
    def __init__(self, taken: ParagraphWords, styles: Styles) -> None:
        self.taken = taken
        self.styles = styles

    def through(self, element: Any, spans: list[tuple[str, str]]) -> None:
        self.text(element.text, spans)
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                self.child(child, spans)
            self.text(child.tail, spans)

    def child(self, child: Any, spans: list[tuple[str, str]]) -> None:
        if child.tag == f"{TEXT}s":
            count = str(child.get(f"{TEXT}c") or "1")
            self.text(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), spans)
        elif child.tag in _GAPS:
            self.text(" ", spans)
        elif child.tag == f"{TEXT}note":
            mark = "".join(child.findtext(f"{TEXT}note-citation") or "").strip()
            self.taken.words.marks.append((len(self.taken.words.text), mark))
            self.taken.notes.append(child)
        elif child.tag == f"{OFFICE}annotation":
            self.taken.exclusions.extend(left_out(Reason.NOTE, said_by(child)))
        elif child.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            self.hidden(child)
        elif child.tag == f"{TEXT}a":
            self.link(child, spans)
        elif child.tag.startswith(DRAW):
            self.taken.boxes.extend(_outermost(child))
        elif child.tag not in _ASIDE:
            own = [("text", str(child.get(f"{TEXT}style-name")))] if child.tag == f"{TEXT}span" else []
            self.through(child, [*own, *spans])

    def link(self, child: Any, spans: list[tuple[str, str]]) -> None:
        start = len(self.taken.words.text)
        self.through(child, spans)
        target = str(child.get(f"{XLINK}href") or "")
        if target and not target.startswith("#"):
            self.taken.words.links.append((start, len(self.taken.words.text), target))

    def hidden(self, child: Any) -> None:
        """Takes a field that hides words; it is on where its condition held when the file was saved."""
        said = str(child.get(f"{TEXT}string-value") or "") or said_by(child)
        self.taken.exclusions.extend(left_out(Reason.HIDDEN, said))
        self.taken.words.leave_out(said)

    def text(self, text: str | None, spans: list[tuple[str, str]]) -> None:
        if not text:
            return
        words = self.taken.words
        reason = self.styles.reason(spans)
        if reason is not None:
            self.taken.exclusions.extend(left_out(reason, text))
            words.leave_out(text)
        elif self.styles.is_raised(spans) and text.strip().isdecimal() and words.text and not words.text.endswith("m"):
            words.marks.append((len(words.text), text.strip()))
        else:
            words.add(text)
            if text.strip():
                self.taken.standing.append(self.styles.standing(spans))


def said_by(element: Any) -> str:
    """Returns everything that an element says."""
    return " ".join("".join(f" {each}" for each in element.itertext()).split())


def _outermost(drawn: Any) -> list[Any]:
    boxes = [drawn] if drawn.tag == f"{DRAW}text-box" else list(drawn.iter(f"{DRAW}text-box"))
    return [each for each in boxes if next(each.iterancestors(f"{DRAW}text-box"), None) is None]
