"""Questions that the indexed documents answer, for the empty page."""

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

SHOWN = 4
PLAIN = re.compile(r"[A-Za-z’' -]+")
OF_ITSELF = re.compile(
    r"^(about|aim|what|who|when|where|why|how|if|and|introduction|principle)\b"
    r"|\b(this|document|guidance|summary|review date|annex|appendix|contents|glossary|key)\b",
    re.IGNORECASE,
)
"""Headings that make no topic: questions, and what a document says of itself."""
TRIED = 12
_found: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}


def examples(state: State, asker: Asker, snapshot: Snapshot) -> tuple[str, ...]:
    """Returns the questions of the settings, else some made of headings, each one answered by the library."""
    chosen = state.assistant.settings.page.examples
    if chosen:
        return chosen
    key = (state.assistant.resources.fingerprint(snapshot), asker.groups)
    if key not in _found:
        tried = itertools.islice(_candidates(state, asker, snapshot), TRIED)
        answered = (each for each in tried if _is_answered(state, asker, snapshot, each))
        _found[key] = tuple(itertools.islice(answered, SHOWN))
    return _found[key]


def _is_answered(state: State, asker: Asker, snapshot: Snapshot, text: str) -> bool:
    return isinstance(state.assistant.ask_over(Question(text, groups=asker.groups), snapshot), Answered)


def _candidates(state: State, asker: Asker, snapshot: Snapshot) -> Iterator[str]:
    editions, known = (open_to(each, asker.groups) for each in (snapshot.editions(), snapshot.known()))
    hidden = excluded_at(editions, known, state.assistant.resources.today())
    open_ones = [each for each in editions if each.edition_id not in hidden]
    open_ones.sort(key=lambda each: each.kind.authority)
    by_edition = [
        [name for each in snapshot.sections(edition.edition_id) if (name := _topic(each.headings))]
        for edition in open_ones
    ]
    for row in itertools.zip_longest(*by_edition):
        yield from dict.fromkeys(f"What do the documents say about {name}?" for name in row if name)


def _topic(headings: tuple[str, ...]) -> str | None:
    name = headings[-1].split(":")[-1].strip().rstrip(".?") if len(headings) > 1 else ""
    if not 12 <= len(name) <= 60 or not PLAIN.fullmatch(name) or OF_ITSELF.search(name):
        return None
    return name if name.split()[0].isupper() else name[0].lower() + name[1:]
