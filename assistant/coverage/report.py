"""The whole coverage report: its parts, what they count, and what changed since the last run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.coverage.decisions import JudgedPart, judged
from assistant.coverage.questions.probes import Asks
from assistant.coverage.references.works import Catalogue
from assistant.coverage.sections.duties import part_duties
from assistant.coverage.sections.edition_diff import part_diff
from assistant.coverage.sections.questions import Reasked, part_questions, reasked
from assistant.coverage.sections.recommendations import part_recommendations
from assistant.coverage.sections.references import part_currency, part_references
from assistant.coverage.sections.topics import part_topics
from assistant.coverage.values import Part
from assistant.editions.access import open_to
from assistant.editions.in_force import excluded_at
from assistant.model import Edition, EditionId
from assistant.model.coverage import CoverageRun, Decision
from assistant.ports import Embedder, Snapshot


@dataclass(frozen=True, slots=True)
class Reader:
    """Over what, for whom and at which day a report is made."""

    snapshot: Snapshot
    groups: Collection[str] | None
    """Groups of who reads it; None sees every edition."""
    at: date

    def visible(self) -> tuple[Edition, ...]:
        """Returns the indexed editions that the reader may see."""
        indexed = self.snapshot.editions()
        return indexed if self.groups is None else open_to(indexed, self.groups)

    def known(self) -> tuple[Edition, ...]:
        """Returns the editions of the catalogue that are not indexed and that the reader may know of."""
        known = self.snapshot.known()
        return known if self.groups is None else open_to(known, self.groups)

    def answering(self) -> tuple[Edition, ...]:
        """Returns those of them that answer questions at the day."""
        visible = self.visible()
        hidden = set(excluded_at(visible, self.known(), self.at))
        return tuple(each for each in visible if each.edition_id not in hidden)

    def catalogue(self) -> Catalogue:
        """Returns the editions that the reader may know of, at the day."""
        return Catalogue(self.visible(), self.known(), self.at)

    def held(self) -> tuple[str, ...]:
        """Returns those of the reader's groups that some edition is restricted to, sorted; () for none."""
        every = {group for each in (*self.snapshot.editions(), *self.snapshot.known()) for group in each.groups}
        return tuple(sorted(every if self.groups is None else every & {*self.groups}))

    @property
    def scope(self) -> str:
        """Returns the groups held, with commas. Readers of one scope see the same editions."""
        return ",".join(self.held())


def as_reader(reader: Reader, asks: Asks) -> Asks:
    """Returns what to ask with so that no edition answers that the reader may not see."""
    return replace(asks, groups=reader.held())


LIBRARY_PARTS: Mapping[str, Callable[[Reader], Part]] = {
    "duties": lambda reader: part_duties(reader.snapshot, reader.answering()),
    "recommendations": lambda reader: part_recommendations(reader.snapshot, reader.answering()),
    "references": lambda reader: part_references(reader.snapshot, reader.answering(), reader.catalogue()),
    "currency": lambda reader: part_currency(reader.snapshot, reader.catalogue()),
}
"""The parts that need nothing but the library."""
ASKING_PARTS: Mapping[str, Callable[[Reader, Asks], Part]] = {
    "questions": lambda reader, asks: part_questions(reader.snapshot, reader.answering(), as_reader(reader, asks)),
    "topics": lambda reader, asks: part_topics(reader.snapshot, reader.answering(), as_reader(reader, asks)),
}
"""The parts that ask questions."""
PARTS = ("questions", "topics", "duties", "recommendations", "references", "currency")
"""Every part of the report, in the order of the overview."""


def make(name: str, reader: Reader, asks: Asks, decisions: Iterable[Decision] = ()) -> JudgedPart:
    """Returns one part with its decisions. Raises ``KeyError`` for a part that is not in ``PARTS``."""
    if name in ASKING_PARTS:
        return judged(ASKING_PARTS[name](reader, asks), decisions)
    return judged(LIBRARY_PARTS[name](reader), decisions)


def diff_of(reader: Reader, embedder: Embedder, old: str, new: str) -> Part:
    """Returns the changes between two editions. Raises ``UsageError`` where one is not indexed."""
    return part_diff(reader.snapshot, embedder, EditionId(old), EditionId(new), reader.visible())


def make_diff(reader: Reader, embedder: Embedder, old: str, new: str, decisions: Iterable[Decision] = ()) -> JudgedPart:
    """Returns the changes between two editions with their decisions. Raises ``UsageError`` where one is not indexed."""
    return judged(diff_of(reader, embedder, old, new), decisions)


def ask_again(reader: Reader, asks: Asks) -> Reasked:
    """Asks the questions that stand open of the documents of today."""
    return reasked(reader.snapshot, reader.answering(), as_reader(reader, asks))


def make_all(reader: Reader, asks: Asks, decisions: Sequence[Decision] = ()) -> tuple[JudgedPart, ...]:
    """Returns every part of ``PARTS``; ``asks.tell`` is told of each and may stop the run by raising."""
    found = []
    for place, name in enumerate(PARTS):
        if asks.tell is not None:
            asks.tell("coverage", place, len(PARTS))
        found.append(make(name, reader, asks, decisions))
    if asks.tell is not None:
        asks.tell("coverage", len(PARTS), len(PARTS))
    return tuple(found)


def run_of(parts: Iterable[JudgedPart], reader: Reader, at: datetime) -> CoverageRun:
    """Returns the counts of a whole report, to be kept."""
    counts = {each.part.name: each.counts() for each in parts}
    return CoverageRun(at, reader.snapshot.generation.fingerprint, counts, reader.scope)


def changes_since(parts: Iterable[JudgedPart], before: CoverageRun | None) -> dict[str, dict[str, int]]:
    """Returns part, then state, to how many findings more (or, below 0, fewer) there are than in an earlier run.

    Only what differs is named, of the parts that both have; {} where there was no run before.
    """
    if before is None:
        return {}
    found = {}
    for each in parts:
        earlier = before.counts.get(each.part.name)
        if earlier is None:
            continue
        moved = {state: count - earlier.get(state, 0) for state, count in each.counts().items()}
        differing = {state: by for state, by in moved.items() if by}
        if differing:
            found[each.part.name] = differing
    return found
