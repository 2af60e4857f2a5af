"""A document of a few lines as a snapshot, for tests of what is quoted of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.model import Edition, EditionId, Generation, Kind, Page, Passage, PassageId, Section, Span
from ingest.cutting.passages import cut_passages
from ingest.cutting.sections import lay_out
from ingest.readers import read_file

WINDOW = 60
"""Words of a passage, so that lists run over several."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What the answering steps read of a snapshot that holds one edition."""

    edition: Edition
    whole: str
    cut: tuple[Passage, ...]
    parts: tuple[Section, ...]

    @property
    def generation(self) -> Generation:
        return Generation(1, "one", len(self.cut), 1)

    def editions(self) -> tuple[Edition, ...]:
        return (self.edition,)

    def text(self, edition_id: EditionId) -> str:
        return self.whole

    def sections(self, edition_id: EditionId) -> tuple[Section, ...]:
        return self.parts

    def pages(self, edition_id: EditionId) -> tuple[Page, ...]:
        return (Page(1, "1", 0, len(self.whole)),)

    def passages_of(self, edition_id: EditionId) -> tuple[Passage, ...]:
        return self.cut

    def passages(self, ids: Sequence[PassageId]) -> tuple[Passage, ...]:
        return tuple(each for name in ids for each in self.cut if each.passage_id == name)

    def passage_at(self, edition_id: EditionId, span: Span) -> Passage | None:
        holders = (each for each in self.cut if each.span.start <= span.start and span.end <= each.span.end)
        return next(holders, None)


def laid_out(folder: Path, text: str, ending: str = "md") -> LaidOut:
    """Returns the snapshot of a document written as Markdown, or as HTML."""
    path = folder / f"document.{ending}"
    path.write_text(text, encoding="utf-8")
    layout = lay_out(read_file(path, 100))
    edition = Edition(EditionId("e"), "e", "A protocol", Kind.POLICY)
    count = lambda texts: tuple(len(each.split()) for each in texts)  # noqa: E731
    passages = cut_passages(edition, layout, count_tokens=count, limit_tokens=WINDOW)
    return LaidOut(edition, layout.text, passages, layout.sections)
