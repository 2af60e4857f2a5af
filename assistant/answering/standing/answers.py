"""What the library says to a standing question: at most two quotes, or none where that is not certain."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.answerability.judge import Answerability, judge
from assistant.answering.answerability.sentence_features import Candidate, candidates
from assistant.answering.citing import cite
from assistant.answering.compose.extract import claim_of, distinct
from assistant.answering.resources import Resources
from assistant.answering.search_plan import hits_of, plan_search
from assistant.answering.verify.quotes import verify_quotes
from assistant.editions.locations import edition_named
from assistant.model import CitedStatement, Claim, Draft, Edition, Question, Screened
from assistant.ports import Snapshot

MOST = 2
"""Quotes that answer one standing question."""


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """A question that the assistant asks in fixed words, and what a quote has to say to answer it."""

    name: str
    queries: tuple[str, ...]
    """In fixed words, the best first; none holds a word of what somebody typed."""
    says: Callable[[str, Sequence[str], Edition], bool]
    """Whether a quote, with its headings and edition, speaks of the subject and says what is asked."""


def claims_for(
    asked: StandingQuestion, snapshot: Snapshot, resources: Resources, groups: tuple[str, ...], at: date
) -> tuple[Claim, ...]:
    """Returns at most ``MOST`` quotes of what is in force, () where the documents do not certainly answer.

    Each question is asked once for a generation, its readers and a day.

    Args:
        asked: The question.
        snapshot: The generation as its reader sees it.
        resources: What the pipeline works with.
        groups: Groups of the reader.
        at: The date asked about.
    """
    key = (snapshot.generation.number, snapshot.generation.fingerprint, asked.name, tuple(sorted(groups)), at)
    return resources.kept.of(key, lambda: _found(asked, snapshot, resources, groups, at))


def cited_statements(claims: Sequence[Claim], snapshot: Snapshot) -> tuple[CitedStatement, ...]:
    """Returns each quote that stands where it says, with its citation, numbered from 1."""
    statements, citations = cite(verify_quotes(Draft(tuple(claims)), snapshot), snapshot)
    by_number = {each.number: each for each in citations}
    return tuple(CitedStatement(each, by_number[each.citations[0]]) for each in statements)


def _found(
    asked: StandingQuestion, snapshot: Snapshot, resources: Resources, groups: tuple[str, ...], at: date
) -> tuple[Claim, ...]:
    claims: tuple[Claim, ...] = ()
    for query in asked.queries:
        found = _claims(query, asked, snapshot, resources, Question(query, groups=groups, as_at=at))
        claims = distinct([*claims, *found])
        if len(claims) >= MOST:
            break
    return claims[:MOST]


def _claims(
    query: str, asked: StandingQuestion, snapshot: Snapshot, resources: Resources, question: Question
) -> Iterator[Claim]:
    """Yields the quotes that answer one query, best first; none where the calibration finds it unanswered."""
    assert question.as_at is not None
    plan = plan_search(question, Screened(query), snapshot, question.as_at)
    hits = hits_of(plan, snapshot, resources)
    judged = judge(
        plan.analysis, candidates(plan.analysis, hits), hits, resources.calibration, resources.scorer(plan.search_query)
    )
    for candidate in likely(judged, resources.calibration.extra_share) if judged.is_answerable else ():
        claim = claim_of(candidate, snapshot)
        if asked.says(claim.text, candidate.hit.passage.headings, edition_named(claim.edition_id, snapshot)):
            yield claim


def likely(judged: Answerability, extra_share: float) -> Iterator[Candidate]:
    """Yields the sentences whose odds are at least a share of those of the best, best first."""
    for candidate, logit in judged.ranked:
        if math.exp(logit - judged.ranked[0][1]) < extra_share:
            return
        yield candidate
