"""What is asked for, and what an evidence file holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from assistant.editions.status import EditionWithStatus
from assistant.errors import UsageError
from assistant.operations.evidence.library_then import LibraryThen
from assistant.operations.evidence.pages import EvidencePage
from assistant.operations.evidence.quoted import QuotedPlace, QuotedSection


class EvidenceKind(StrEnum):
    """What an evidence file is about."""

    ANSWER = "answer"
    """What the documents answered to a question as at a day."""
    TOPIC = "topic"
    """The passages about some words as at a day."""
    RECORD = "record"
    """What was shown to somebody who asked."""


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """One of a question, a topic and a stored outcome."""

    question: str = ""
    topic: str = ""
    record_id: str = ""
    as_at: date | None = None
    """Today unless given; not with a stored outcome, which has its own day."""

    @property
    def kind(self) -> EvidenceKind:
        """What is asked for. Raises ``UsageError`` unless it is exactly one thing."""
        given = {
            EvidenceKind.ANSWER: self.question.strip(),
            EvidenceKind.TOPIC: self.topic.strip(),
            EvidenceKind.RECORD: self.record_id.strip(),
        }
        named = [kind for kind, text in given.items() if text]
        if len(named) != 1:
            raise UsageError("Give one of a question, a topic and the id of a stored outcome.")
        if named[0] is EvidenceKind.RECORD and self.as_at is not None:
            raise UsageError("A stored outcome has its own day: leave the date out.")
        return named[0]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that is sealed."""

    kind: EvidenceKind
    subject: str
    """The question or topic, masked."""
    day: date
    """The day asked about; of a stored outcome, the day on which it was shown."""
    made_at: datetime
    version: str
    """Of the program."""
    fingerprint: str
    """Of index, calibration and settings that gave the outcome."""
    outcome: Mapping[str, Any]
    """The object of ``ask --json``; of a topic, that of ``search --json``."""
    message: str
    """What was said besides quotes: a refusal's message, or a card; "" for none."""
    notices: tuple[str, ...]
    sections: tuple[QuotedSection, ...]
    pages: tuple[EvidencePage, ...]
    without_page: tuple[QuotedPlace, ...]
    """Quotes whose page is not stored in the words in which it was quoted."""
    library: LibraryThen
    editions: tuple[EditionWithStatus, ...]
    """Those that the reader may see, with their status on the day."""
    blocked: int
    """Passages near the question that the policy team keeps from answering it; they are not quoted."""
    text_digests: Mapping[str, str]
    """sha256 of the text of each quoted edition, by its id."""

    @property
    def quoted(self) -> frozenset[str]:
        """The ids of the editions that are quoted."""
        return frozenset(str(place.edition_id) for section in self.sections for place in section.places)
