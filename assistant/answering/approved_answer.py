"""The approved answer to a question: the one that matches, with every quote found again, or none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.approved.index import ApprovedIndex, Held
from assistant.answering.approved.matching import Asked, Compared
from assistant.answering.approved.units import claim_of, found_again
from assistant.answering.citing import citation_of, cite
from assistant.answering.differing import cited_differences, difference_notices, with_differing
from assistant.editions.areas import areas_of
from assistant.editions.notices import day
from assistant.messages import notice
from assistant.model import (
    Approved,
    ApprovedMatch,
    EditionId,
    Filter,
    Finding,
    Hit,
    Notice,
    Question,
    Verdict,
)
from assistant.model.approved import ApprovedVersion, QuotedUnit
from assistant.ports import Snapshot

FOUND_AGAIN = "Every part stands word for word in its passage, as when it was approved."


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for a question among the approved answers."""

    given: Approved | None = None
    match: ApprovedMatch | None = None


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question, and what its asker may see of the library."""

    question: Question
    texts: tuple[str, ...]
    """What is asked, masked and standing alone; several where it asks several things."""
    snapshot: Snapshot
    """As the asker sees it."""
    scope: Filter
    """What may answer."""
    at: date
    """Today."""
    sources: tuple[EditionId, ...] = ()
    """The editions that the question names; () for none."""
    own_areas: tuple[str, ...] = ()
    """Areas of the settings."""
    hits: tuple[Hit, ...] = ()
    """What was found for the question otherwise."""


def look_up(asking: AskedOf, index: ApprovedIndex, held: Held) -> Looked:
    """Returns the approved answer to a question, and why it was given or what was nearest.

    Only answers count whose quoted editions the asker may all see; the others do not exist for them.
    """
    visible = {each.edition_id for each in asking.snapshot.editions()}
    areas = tuple(dict.fromkeys(areas_of(asking.snapshot.editions(), asking.own_areas).values()))
    every = [_looked_up(index.asked(text, held, areas), asking, held, visible, index) for text in asking.texts]
    return next((each for each in every if each.given), every[0] if every else Looked())


def _looked_up(
    asked: Asked, asking: AskedOf, held: Held, visible: Collection[EditionId], index: ApprovedIndex
) -> Looked:
    rejected: list[ApprovedMatch] = []
    for version, compared in index.nearest(asked, held, visible, asking.own_areas):
        match = _match(version, compared, index)
        if match.rejected is None:
            match = replace(match, rejected=_out_of_scope(version, asking))
        given = _given(version, asking) if match.rejected is None else None
        if given is not None:
            return Looked(given, match)
        rejected.append(match if match.rejected else replace(match, rejected="quotes"))
    return Looked(match=max(rejected, key=lambda each: each.score, default=None))


def _match(version: ApprovedVersion, compared: Compared, index: ApprovedIndex) -> ApprovedMatch:
    rejected = None if index.is_match(compared) else compared.differs_in or "below_threshold"
    score = 1.0 if compared.is_equal else round(compared.score, 4)
    return ApprovedMatch(
        version.answer_id, version.version, compared.wording, round(compared.cosine, 4), score,
        index.calibration.threshold, rejected,
    )  # fmt: skip


def _out_of_scope(version: ApprovedVersion, asking: AskedOf) -> str | None:
    """Returns "scope" where a question is narrowed to other documents than an answer quotes."""
    question = asking.question
    kinds = {each.edition_id: each.kind for each in asking.snapshot.editions()}
    only = question.editions or asking.sources
    is_outside = (only and not set(version.editions) <= set(only)) or (
        question.kinds and any(kinds[each] not in question.kinds for each in version.editions)
    )
    return "scope" if is_outside else None


def _given(version: ApprovedVersion, asking: AskedOf) -> Approved | None:
    """Returns an answer with its citations; None where one of its quotes does not hold in this generation."""
    units = [found_again(each, asking.snapshot, asking.scope.excluded) for each in version.content.units]
    held = [each for each in units if isinstance(each, QuotedUnit)]
    if len(held) < len(units) or not held:
        return None
    findings = tuple(Finding(claim_of(each, asking.snapshot), Verdict.SUPPORTED, FOUND_AGAIN) for each in held)
    return _with_differences(version, findings, asking)


def _with_differences(version: ApprovedVersion, findings: tuple[Finding, ...], asking: AskedOf) -> Approved:
    """Returns an answer with what differs from it, as the last publication found it.

    Where it quotes what is not for everybody, that is looked for now.
    """
    statements, citations = cite(findings, asking.snapshot)
    search = version.groups != ()
    pairs = with_differing(findings, asking.hits, asking.scope, asking.snapshot)[1] if search else ()
    own = {(each.claim.passage_id, each.claim.parts) for each in findings}
    claims = {(each.passage_id, each.parts): each for pair in pairs for each in (pair.claim, pair.other)}
    others = [claim for place, claim in claims.items() if place not in own]
    more = tuple(citation_of(claim, number, asking.snapshot) for number, claim in enumerate(others, len(citations) + 1))
    everything = (*citations, *more)
    differences = cited_differences(pairs, everything)
    conflicts = (Notice("differs", text) for text in version.conflicts)
    content = version.content
    assert version.approved_at is not None
    return Approved(
        version.answer_id,
        version.version,
        content.own_words,
        statements,
        everything,
        content.owner,
        version.approved_at.date(),
        content.review_by,
        content.audience,
        content.area,
        (*_notices(version, asking), *conflicts, *difference_notices(differences, everything)),
        differences,
    )


def _notices(version: ApprovedVersion, asking: AskedOf) -> tuple[Notice, ...]:
    review_by = version.content.review_by
    if review_by is None or review_by >= asking.at:
        return ()
    return (notice("approved_past_review", owner=version.content.owner, on=day(review_by)),)
