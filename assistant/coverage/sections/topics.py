"""The topic map: which types of document answer the questions of each topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from assistant.coverage.facts import Column, Facts, Tally
from assistant.coverage.questions.probes import Probe, ProbeContext, run_probes
from assistant.coverage.questions.topic_answers import doubt
from assistant.coverage.questions.topics import Topic, read_topics
from assistant.coverage.texts.rarity import Rarity
from assistant.coverage.values import ReportSection, Row, SourceQuote, source_quote
from assistant.model import Edition, Kind
from assistant.model.coverage import Ending, Place
from assistant.ports import Snapshot

NOT_AT_ALL, PARTLY, ANSWERED = "not_at_all", "partly", "answered"
STATES = (NOT_AT_ALL, PARTLY, ANSWERED)
LEAD = (
    "Each topic that the documents are expected to cover, by document type: whether its questions are answered from "
    "documents of that type alone. An answer counts only if the quoted words are about the subject of the question; "
    "read them before you rely on a cell. A question that is not answered may be answered if it is worded differently."
)


@dataclass(frozen=True, slots=True)
class TopicFacts(Facts):
    """Facts of a cell of the topic map."""

    topic_id: str
    topic: Annotated[str, Column("topic")]
    """Title of the topic."""
    kind: Annotated[Kind, Column("kind")]
    """Document type."""
    answered: Annotated[Tally, Column("answered")]


@dataclass(frozen=True, slots=True)
class ProbeOutcome:
    """How a question of a topic ended over one type of document."""

    ending: Ending
    doubt: str | None
    """Why the answer does not count, None where it does."""

    @property
    def is_answered(self) -> bool:
        """Returns whether it is answered by words about the subject of the question."""
        return self.ending.is_answered and self.doubt is None


def topics_section(snapshot: Snapshot, answering: Sequence[Edition], context: ProbeContext) -> ReportSection:
    """Returns the matrix of topics and document types as rows, unanswered ones first.

    Args:
        snapshot: The library.
        answering: The editions in force that the reader may see.
        context: The pipeline; its settings name the topics file.

    Raises:
        ConfigurationError: The topics file that the settings name is missing or invalid.
    """
    topics = read_topics(context.resources.settings.topics)
    kinds = tuple(kind for kind in Kind if any(each.kind is kind for each in answering))
    probes = [Probe(text, kind) for topic in topics for kind in kinds for text in topic.probes]
    results = run_probes(probes, snapshot, answering, context)
    outcomes = probe_outcomes(results.endings, snapshot, answering)
    cells = [_cell(topic, kind, snapshot, outcomes) for topic in topics for kind in kinds]
    rows = sorted((each for each in cells if each is not None), key=lambda row: STATES.index(row.state))
    return ReportSection(
        "topics", "Topic map", LEAD, _notes(kinds, results.waiting), STATES, tuple(rows), results.waiting
    )


def probe_outcomes(
    endings: Mapping[Probe, Ending], snapshot: Snapshot, answering: Sequence[Edition]
) -> dict[Probe, ProbeOutcome]:
    """Returns how each question ended, with the reason to doubt an answer."""
    rarity = Rarity(passage.text for each in answering for passage in snapshot.passages_of(each.edition_id))
    outcomes = {}
    for probe, ending in endings.items():
        quote = quote_at(ending.places[0], snapshot, "") if ending.is_answered else None
        why = doubt(probe.text, quote.text, quote.headings, rarity) if quote else None
        outcomes[probe] = ProbeOutcome(ending, why)
    return outcomes


def _notes(kinds: Sequence[Kind], waiting: int) -> tuple[str, ...]:
    absent = [kind.value.replace("_", " ") for kind in Kind if kind not in kinds]
    notes = [f"Not indexed, so not in the map: {', '.join(absent)}."] if absent else []
    if waiting:
        notes.append(f"{waiting} questions have not been asked yet; the next run asks them.")
    return tuple(notes)


def _cell(
    topic: Topic, kind: Kind, snapshot: Snapshot, outcomes: Mapping[Probe, ProbeOutcome]
) -> Row[TopicFacts] | None:
    """Returns a cell, None where one of its questions has not been asked yet."""
    asked = {text: outcomes.get(Probe(text, kind)) for text in topic.probes}
    known = {text: outcome for text, outcome in asked.items() if outcome is not None}
    if len(known) < len(asked):
        return None
    answered = sum(each.is_answered for each in known.values())
    state = ANSWERED if answered == len(known) else PARTLY if answered else NOT_AT_ALL
    words = kind.value.replace("_", " ")
    facts = TopicFacts(topic.topic_id, topic.title, kind, Tally(answered, len(known)))
    quotes = [quote for text, outcome in known.items() for quote in _quotes(text, outcome, snapshot)]
    items = tuple((text, _item_outcome(outcome)) for text, outcome in known.items())
    return Row(f"{topic.topic_id}/{kind.value}", state, f"{topic.title}: {words}", facts, tuple(quotes), items)


def _quotes(question: str, outcome: ProbeOutcome, snapshot: Snapshot) -> list[SourceQuote]:
    """Returns the first place of an ending: the answer, or the nearest passage."""
    role = f"answers “{question}”" if outcome.is_answered else f"nearest to “{question}”"
    return [quote_at(each, snapshot, role) for each in outcome.ending.places[:1]]


def _item_outcome(outcome: ProbeOutcome) -> str:
    return f"not counted: {outcome.doubt}" if outcome.doubt else ending_words(outcome.ending)


def quote_at(place: Place, snapshot: Snapshot, role: str) -> SourceQuote:
    """Returns the words at a place. Raises ``LibraryError`` for an edition that is not indexed."""
    return source_quote(
        snapshot, place.edition_id, place.spans, label=place.label, headings=place.headings, role=role
    )  # fmt: skip


def ending_words(ending: Ending) -> str:
    """Returns how a question ended, in words."""
    return "answered" if ending.is_answered else f"refused: {(ending.reason or '').replace('_', ' ')}"
