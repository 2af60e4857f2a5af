"""The groups whose documents an outcome touched: who may read the question follows from them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.named_sources import editions_named, named_source_of
from assistant.model import Answered, Citation, EditionId, Outcome, Question, Refused, Signposted
from assistant.model.people import Groups
from assistant.ports import Snapshot


def touched_groups(outcome: Outcome, question: Question, snapshot: Snapshot) -> tuple[Groups, ...]:
    """Returns for each restricted edition that an outcome touched the groups that may see it, sorted, each once.

    Touched is what the outcome cites (an approved answer too) or lists as nearest or related, what the question names as its
    source or is narrowed to, and, where the outcome shows nothing, whatever was considered. () where all of that is for everybody.

    Args:
        outcome: The outcome.
        question: The question that it is of.
        snapshot: The generation that it was asked of.
    """
    every = snapshot.editions()
    if not any(each.groups for each in every):
        return ()
    source = named_source_of(outcome.standalone, every)
    named = {*question.editions, *(editions_named(source, every) if source else ())}
    shown = {each.edition.edition_id for each in _citations(outcome)}
    touched = named | (shown or _considered(outcome))
    return tuple(sorted({tuple(sorted(each.groups)) for each in every if each.groups and each.edition_id in touched}))


def _citations(outcome: Outcome) -> Iterator[Citation]:
    yield from outcome.approved.citations if outcome.approved else ()
    if isinstance(outcome, Signposted):
        yield from (each.citation for each in outcome.steps)
        yield from _citations(outcome.then) if outcome.then else ()
        return
    yield from outcome.citations
    if isinstance(outcome, Refused):
        yield from (each.citation for each in outcome.decides)
        yield from outcome.nearest
    if isinstance(outcome, Answered):
        yield from outcome.related


def _considered(outcome: Outcome) -> set[EditionId]:
    return {each.passage.edition_id for each in outcome.trace.hits}
