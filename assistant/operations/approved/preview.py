"""What the asker of a question will see of an approved answer, and what a higher authority says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answering.approved.units import claim_of
from assistant.answering.citing import citation_of, cite
from assistant.answering.differing import Differing, cited_differences, difference_notices, with_differing
from assistant.answering.verify.quotes import verify_quotes
from assistant.editions.in_force import excluded_at
from assistant.errors import UsageError
from assistant.model import Approved, Claim, Draft, Filter, Kind, Verdict
from assistant.model.approved import ApprovedContent
from assistant.ports import Snapshot

STATUTE = (Kind.LEGISLATION, Kind.STATUTORY_GUIDANCE)


def preview_of(content: ApprovedContent, snapshot: Snapshot, today: date) -> Approved:
    """Returns a content as an asker sees it who may see the whole generation. Raises ``UsageError`` for an unverified quote."""
    claims = tuple(claim_of(each, snapshot) for each in content.units)
    findings = verify_quotes(Draft(claims), snapshot)
    unsupported = [each.reason for each in findings if each.verdict is not Verdict.SUPPORTED]
    if unsupported:
        raise UsageError(unsupported[0])
    statements, citations = cite(findings, snapshot)
    scope = Filter(excluded=excluded_at(snapshot.editions(), snapshot.known(), today))
    pairs = tuple(pair for each in findings for pair in with_differing((each,), (), scope, snapshot)[1])
    others = _others(pairs, claims)
    more = tuple(citation_of(each, at, snapshot) for at, each in enumerate(others, len(citations) + 1))
    differences = cited_differences(pairs, (*citations, *more))
    notices = difference_notices(differences, (*citations, *more))
    return Approved(
        "", 0, content.own_words, statements, (*citations, *more), content.owner, today, content.review_by,
        content.audience, content.area, notices, differences,
    )  # fmt: skip


def conflicts_of(preview: Approved) -> tuple[str, ...]:
    """Returns what legislation or statutory guidance says otherwise than a quote, a sentence each."""
    own = {number for each in preview.statements for number in each.citations}
    kinds = {each.number: each.edition.kind for each in preview.citations}
    texts = []
    for each, said in zip(preview.differences, preview.notices, strict=True):
        others = [kinds[number] for number in each.citations if number not in own] or [kinds[n] for n in each.citations]
        if any(kind in STATUTE for kind in others):
            texts.append(said.text)
    return tuple(dict.fromkeys(texts))


def _others(pairs: Sequence[Differing], claims: Sequence[Claim]) -> list[Claim]:
    own = {(each.passage_id, each.parts) for each in claims}
    found = {(each.passage_id, each.parts): each for pair in pairs for each in (pair.claim, pair.other)}
    return [each for place, each in found.items() if place not in own]
