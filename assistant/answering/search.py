"""Finds passages without judging whether they answer: the first half of the ask line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.citing import pages_of
from assistant.answering.pipeline import Tools
from assistant.answering.retrieval.retrieve import filter_at, retrieve
from assistant.answering.rewriting.follow_ups import rewrite
from assistant.answering.screening.screen import screen
from assistant.model import Edition, Hit, Page, Question
from assistant.ports import Snapshot


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    query: str
    """As asked, with personal details masked."""
    standalone: str
    """As searched for: earlier turns worked in."""
    hits: tuple[Hit, ...]
    """Best first; near-duplicates of other editions are left out."""
    masked: tuple[str, ...] = ()
    """Kinds of detail that were masked."""


def search(question: Question, snapshot: Snapshot, tools: Tools, k: int = 10) -> Found:
    """Returns up to k hits for a question, over the same filter and rankings that answers use.

    Raises:
        UsageError: The question is empty or too long.
    """
    door = screen(question, tools.settings)
    standalone = rewrite(door)
    scope = filter_at(question, snapshot, question.as_at or tools.today())
    settings = tools.settings.model_copy(update={"hits_k": k})
    hits = retrieve(standalone, snapshot, tools.embedder, scope, settings, tools.calibration.passage)
    used = tuple(hit for hit in hits if hit.rejected is None)[:k]
    return Found(door.text, standalone, used, door.masked)


def located(hits: Sequence[Hit], snapshot: Snapshot) -> tuple[tuple[Hit, Edition, tuple[Page, ...]], ...]:
    """Returns each hit with its edition and the pages that it stands on."""
    editions = {each.edition_id: each for each in snapshot.editions()}
    return tuple(
        (hit, editions[hit.passage.edition_id], pages_of(hit.passage.span, snapshot.pages(hit.passage.edition_id)))
        for hit in hits
    )
