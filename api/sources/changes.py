"""A staged change as it is shown: what differs, and what a person has to read first."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coverage.edition_diff.compare import Change, compare
from assistant.coverage.edition_diff.held_changes import Held
from assistant.coverage.sections.edition_diff import marked
from assistant.coverage.texts.paragraphs import Paragraph, text_paragraphs
from assistant.following.publishing_rule import held_in
from assistant.model import Document
from assistant.ports import ChangeTexts

MOST_SHOWN = 300
"""Most differences that are shown of one change."""
MOST_PASSAGES = 50
"""Most passages of a new document that are shown."""


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A paragraph that differs, with its words marked as ``assistant.coverage.sections.edition_diff.marked`` does."""

    kind: str
    headings: tuple[str, ...]
    label: str | None
    concerns: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """Both sides of a change, compared."""

    differences: tuple[ShownDifference, ...]
    total: int
    """Differences, shown or not."""
    held: tuple[Held, ...]
    """Why it has to be read first; () for a change that touches nothing, and where there is nothing to compare."""
    is_minor: bool
    """Whether the rule for minor changes would publish it."""

    @property
    def to_read(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Returns the words before and after, each pair once, with all that they touch."""
        touched: dict[tuple[str, str], list[str]] = {}
        for each in self.held:
            touched.setdefault((each.before, each.after), []).append(each.touched.value)
        return tuple((before, after, tuple(names)) for (before, after), names in touched.items())


def shown_change(texts: ChangeTexts) -> ShownChange:
    """Returns a change as it is shown; of a new or withdrawn document there is nothing to compare."""
    if texts.before is None or texts.after is None:
        return ShownChange((), 0, (), False)
    found = compare(_paragraphs(texts.before), _paragraphs(texts.after), texts.after.edition.kind)
    held = held_in(texts.before, texts.after)
    return ShownChange(tuple(map(_shown, found[:MOST_SHOWN])), len(found), held, not held)


def _paragraphs(document: Document) -> tuple[Paragraph, ...]:
    return text_paragraphs(document.edition.edition_id, document.text, document.sections)


def _shown(change: Change) -> ShownDifference:
    paragraph = change.new or change.old
    headings, label = (paragraph.headings, paragraph.label) if paragraph else ((), None)
    concerns = tuple(each.value for each in change.concerns)
    return ShownDifference(change.kind.value, headings, label, concerns, marked(change))
