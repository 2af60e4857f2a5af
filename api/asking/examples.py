"""Example questions that the indexed documents answer, for the empty chat page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from api.state import State
from assistant.editions.access import open_to
from assistant.editions.in_force import excluded_at
from assistant.model import Answered, Question
from assistant.model.people import Asker
from assistant.ports import Snapshot

MOST_EXAMPLES = 4
PLAIN = re.compile(r"[A-Za-z’' -]+")
NO_TOPIC = re.compile(
    r"^(about|aim|what|who|when|where|why|how|if|and|introduction|principle)\b"
    r"|\b(this|document|guidance|summary|review date|annex|appendix|contents|glossary|key)\b",
    re.IGNORECASE,
)
"""Headings that are no topic: questions, and what a document says about itself."""
MOST_TRIED = 12
_cache: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}


def examples(state: State, asker: Asker, snapshot: Snapshot) -> tuple[str, ...]:
    """Returns the examples of the settings, else some made from headings, each one answered by the library."""
    chosen = state.assistant.settings.page.examples
    if chosen:
        return chosen
    key = (state.assistant.resources.fingerprint(snapshot), asker.groups)
    if key not in _cache:
        candidates = itertools.islice(_candidates(state, asker, snapshot), MOST_TRIED)
        answered = (question for question in candidates if _is_answered(state, asker, snapshot, question))
        _cache[key] = tuple(itertools.islice(answered, MOST_EXAMPLES))
    return _cache[key]


def _is_answered(state: State, asker: Asker, snapshot: Snapshot, text: str) -> bool:
    return isinstance(state.assistant.ask_over(Question(text, groups=asker.groups), snapshot), Answered)


def _candidates(state: State, asker: Asker, snapshot: Snapshot) -> Iterator[str]:
    editions, known = (open_to(each, asker.groups) for each in (snapshot.editions(), snapshot.known()))
    excluded = excluded_at(editions, known, state.assistant.resources.today())
    answering = [edition for edition in editions if edition.edition_id not in excluded]
    answering.sort(key=lambda edition: edition.kind.authority)
    topics_by_edition = [
        [topic for section in snapshot.sections(edition.edition_id) if (topic := _topic(section.headings))]
        for edition in answering
    ]
    for topics in itertools.zip_longest(*topics_by_edition):
        yield from dict.fromkeys(f"What do the documents say about {topic}?" for topic in topics if topic)


def _topic(headings: tuple[str, ...]) -> str | None:
    name = headings[-1].split(":")[-1].strip().rstrip(".?") if len(headings) > 1 else ""
    if not 12 <= len(name) <= 60 or not PLAIN.fullmatch(name) or NO_TOPIC.search(name):
        return None
    return name if name.split()[0].isupper() else name[0].lower() + name[1:]
