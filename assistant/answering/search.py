"""Finds passages without judging whether they answer: the front half of the pipeline alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.resources import Resources
from assistant.answering.screening.screen import screen
from assistant.answering.search_plan import hits_of, plan_search
from assistant.editions.locations import pages_of
from assistant.editions.visible_snapshot import visible_to
from assistant.model import Edition, EditionId, Hit, Page, Question
from assistant.ports import Snapshot


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found."""

    query: str
    """As asked, with personal details masked."""
    standalone: str
    """The same as a standalone question, earlier turns worked in."""
    hits: tuple[Hit, ...]
    """Best first; near-duplicates of other editions are left out."""
    masked: tuple[str, ...] = ()
    """Kinds of personal detail that were masked."""
    sources: tuple[EditionId, ...] = ()
    """The editions that the question names, which alone were searched; () for all in scope."""


def search(question: Question, snapshot: Snapshot, resources: Resources, k: int = 10) -> SearchResult:
    """Returns up to k hits for a question, over the same filter and rankings that answers use.

    Raises:
        UsageError: The question is empty or too long.
    """
    screened, snapshot = screen(question, resources.settings, resources.door), visible_to(snapshot, question.groups)
    plan = plan_search(question, screened, snapshot, resources.today())
    hits = tuple(hit for hit in hits_of(plan, snapshot, resources, k) if hit.rejected is None)[:k]
    return SearchResult(screened.text, plan.standalone, hits, screened.masked, plan.sources)


def located(hits: Sequence[Hit], snapshot: Snapshot) -> tuple[tuple[Hit, Edition, tuple[Page, ...]], ...]:
    """Returns each hit with its edition and the pages that it stands on."""
    editions = {each.edition_id: each for each in snapshot.editions()}
    return tuple(
        (hit, editions[hit.passage.edition_id], pages_of(hit.passage.span, snapshot.pages(hit.passage.edition_id)))
        for hit in hits
    )
