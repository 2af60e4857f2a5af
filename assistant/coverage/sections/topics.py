"""The part that sets topics against kinds of documents: where the documents answer, and where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.coverage.questions.probes import Asks, Wanted, asked
from assistant.coverage.questions.topic_answers import doubt
from assistant.coverage.questions.topics import Topic, read_topics
from assistant.coverage.texts.rarity import Rarity
from assistant.coverage.values import Part, Quoted, Row, quoted
from assistant.model import Edition, Kind
from assistant.model.coverage import Ending, Place
from assistant.ports import Snapshot

NOT_AT_ALL, PARTLY, ANSWERED = "not_at_all", "partly", "answered"
STATES = (NOT_AT_ALL, PARTLY, ANSWERED)
LEAD = (
    "Each topic that the documents are expected to cover, by kind of document: whether its questions are answered from "
    "documents of that kind alone. What is quoted for a question has to speak of what is asked, else it does not count; "
    "look at the words before you rely on a cell. A question that is not answered may be answered in other words."
)


@dataclass(frozen=True, slots=True)
class Probed:
    """How a question of a topic ended over one kind of document."""

    ending: Ending
    doubt: str | None
    """Why what would answer does not count."""

    @property
    def is_answered(self) -> bool:
        """Returns whether it is answered by words that speak of what is asked."""
        return self.ending.is_answered and self.doubt is None


def part_topics(snapshot: Snapshot, answering: Sequence[Edition], asks: Asks) -> Part:
    """Returns the matrix of topics and kinds as rows, what is not answered at all first.

    Args:
        snapshot: The library.
        answering: The editions in force that the reader may see.
        asks: What to ask with; its settings name the file of topics.

    Raises:
        ConfigurationError: The file of topics is not there or not right.
    """
    topics = read_topics(asks.resources.settings.topics)
    kinds = tuple(kind for kind in Kind if any(each.kind is kind for each in answering))
    wanted = [Wanted(probe, kind) for topic in topics for kind in kinds for probe in topic.probes]
    found = asked(wanted, snapshot, answering, asks)
    probed = probes_of(found.endings, snapshot, answering)
    cells = [_cell(topic, kind, snapshot, probed) for topic in topics for kind in kinds]
    rows = sorted((each for each in cells if each is not None), key=lambda row: STATES.index(row.state))
    return Part("topics", "Topic map", LEAD, _notes(kinds, found.waiting), STATES, tuple(rows), found.waiting)


def probes_of(
    endings: Mapping[Wanted, Ending], snapshot: Snapshot, answering: Sequence[Edition]
) -> dict[Wanted, Probed]:
    """Returns how questions ended, with the doubt that is cast on an answer."""
    rarity = Rarity(passage.text for each in answering for passage in snapshot.passages_of(each.edition_id))
    found = {}
    for wanted, ending in endings.items():
        quote = quote_at(ending.places[0], snapshot, "") if ending.is_answered else None
        why = doubt(wanted.text, quote.text, quote.headings, rarity) if quote else None
        found[wanted] = Probed(ending, why)
    return found


def _notes(kinds: Sequence[Kind], waiting: int) -> tuple[str, ...]:
    absent = [kind.value.replace("_", " ") for kind in Kind if kind not in kinds]
    notes = [f"Not indexed, so not in the map: {', '.join(absent)}."] if absent else []
    if waiting:
        notes.append(f"{waiting} questions have not been asked yet. Go on to ask them.")
    return tuple(notes)


def _cell(topic: Topic, kind: Kind, snapshot: Snapshot, probed: Mapping[Wanted, Probed]) -> Row | None:
    """Returns a cell, None where a question of it has not been asked yet."""
    found = {probe: probed.get(Wanted(probe, kind)) for probe in topic.probes}
    known = {probe: each for probe, each in found.items() if each is not None}
    if len(known) < len(found):
        return None
    answered = sum(each.is_answered for each in known.values())
    state = ANSWERED if answered == len(known) else PARTLY if answered else NOT_AT_ALL
    words = kind.value.replace("_", " ")
    facts = (("topic", topic.title), ("kind", words), ("answered", f"{answered} of {len(known)}"))
    quotes = [each for probe, one in known.items() for each in _quotes(probe, one, snapshot)]
    items = tuple((probe, _told(each)) for probe, each in known.items())
    return Row(f"{topic.topic_id}/{kind.value}", state, f"{topic.title}: {words}", facts, tuple(quotes), items)


def _quotes(probe: str, probed: Probed, snapshot: Snapshot) -> list[Quoted]:
    """Returns the first place of an ending: what answers, or what is nearest."""
    role = f"answers “{probe}”" if probed.is_answered else f"nearest to “{probe}”"
    return [quote_at(each, snapshot, role) for each in probed.ending.places[:1]]


def _told(probed: Probed) -> str:
    return f"not counted: {probed.doubt}" if probed.doubt else told(probed.ending)


def quote_at(place: Place, snapshot: Snapshot, role: str) -> Quoted:
    """Returns the words at a place. Raises ``LibraryError`` for an edition that is not indexed."""
    return quoted(
        snapshot, place.edition_id, place.spans, label=place.label, headings=place.headings, role=role
    )  # fmt: skip


def told(ending: Ending) -> str:
    """Returns how a question ended, in words."""
    return "answered" if ending.is_answered else f"refused: {(ending.reason or '').replace('_', ' ')}"
