"""The steps of the pipeline; each is thin and calls the module that does the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.answerability.judge import Answerability, judge
from assistant.answering.answerability.opinions import weigh
from assistant.answering.answerability.sentence_features import candidates
from assistant.answering.answerability.small_library import is_confirmed
from assistant.answering.approved.blocked import BLOCKED, without_blocked
from assistant.answering.ask_state import AskState, PartState
from assistant.answering.citing import citation_of, cite
from assistant.answering.compose.extract import MOST_RELATED, distinct, extract, quoted_units
from assistant.answering.differing import Differing, cited_differences, difference_notices, with_differing
from assistant.answering.generated import check_written, draft_written, left_out, meets_answer_type
from assistant.answering.named_sources import speaks_of
from assistant.answering.own_area import Areas, area_notices, areas_asked, own_area_first, with_own_hits
from assistant.answering.query_analysis.not_mentioned import absent_words, apart, type_missing
from assistant.answering.query_analysis.whole_asked import WholeAsked
from assistant.answering.resources import Resources
from assistant.answering.screening.courtesy import courtesy_of
from assistant.answering.screening.screen import screen
from assistant.answering.search_plan import SearchPlan, hits_of, is_superseded_only, plan_search
from assistant.answering.standing.case_criteria import fitting_criteria, who_decides
from assistant.answering.verify.quotes import verify_quotes
from assistant.editions.access import open_to
from assistant.editions.notices import edition_notices, figure_notices, source_notice
from assistant.messages import (
    COURTESIES,
    NOT_TOGETHER,
    REFUSALS,
    needs_judgement,
    not_mentioned,
    not_of_type,
    notice,
    spelling_notice,
)
from assistant.model import Answered, Citation, Claim, Contact, Draft, Finding, Hit, Notice, Reason, Refused, Verdict
from assistant.model.judged import JudgedEffect
from assistant.ports import Snapshot

MOST_NEAREST = 3
"""Most passages that a refusal shows."""
_REFUSED_EARLY = {
    "out_of_scope": Reason.OUT_OF_SCOPE,
    "too_vague": Reason.TOO_VAGUE,
    "nothing_left": Reason.NOTHING_LEFT_TO_ASK,
    "courtesy": Reason.COURTESY,
}


def screened(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Masks personal details, finds the level, and ends the pipeline for a question that is not to be searched."""
    screening = state.screening or screen(state.question, resources.settings, resources.door)
    state = replace(state, screening=screening)
    early = _REFUSED_EARLY.get(screening.route)
    return _refused(state, early, resources) if early else state


def rewritten(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Makes a follow-up stand alone, with the language model where it may write, and plans the search."""
    rewriter = resources.rewriter if state.wants_writing else None
    return replace(state, search=plan_search(state.question, state.screened, snapshot, state.at, rewriter))


def retrieved(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Finds passages, and ends the pipeline where there is none."""
    areas = areas_asked(state.standalone, state.search, snapshot, resources.settings.area)
    parts = tuple(
        PartState(each.text, each.plan, _hits(each.plan, areas, snapshot, resources)) for each in state.plan.parts
    )
    state = replace(state, hits=_hits(state.plan, areas, snapshot, resources), parts=parts, areas=areas)
    state = _without_blocked(state, snapshot, resources)
    if state.hits:
        return state
    is_superseded = is_superseded_only(state.plan, state.question, snapshot, resources)
    return _refused(state, Reason.SUPERSEDED_ONLY if is_superseded else Reason.NO_PASSAGE, resources)


def _without_blocked(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Rejects hits that the policy team keeps from answering what is asked; search still finds them."""
    held = resources.approved.held() if resources.approved else None
    if held is None or not held.blocks:
        return state
    assert resources.approved is not None
    blocks = resources.approved.topic_blocks(
        resources.approved.asked(state.standalone, held), held, state.question.groups
    )
    if not blocks:
        return state
    editions = {each.edition_id: each for each in snapshot.editions()}
    parts = tuple(replace(each, hits=without_blocked(each.hits, blocks, editions)) for each in state.parts)
    return replace(state, hits=without_blocked(state.hits, blocks, editions), parts=parts, blocks=blocks)


def _hits(plan: SearchPlan, areas: Areas, snapshot: Snapshot, resources: Resources) -> tuple[Hit, ...]:
    return with_own_hits(hits_of(plan, snapshot, resources), plan, areas, snapshot, resources)


def composed(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Ranks the sentences, decides whether they answer, and drafts the answer or refuses.

    Each of several questions is judged by itself; where none is answered, they are judged as one.
    """
    if state.screened.route == "judgement":
        return _with_criteria(state, snapshot, resources)
    for at, each in enumerate(state.parts):
        answerability = _judged(each.plan, each.hits, state.areas, snapshot, resources)
        state, answerability = _heard(state, answerability, each.plan, each.hits, snapshot, resources)
        part = replace(each, answerability=answerability)
        state = replace(state, parts=(*state.parts[:at], part, *state.parts[at + 1 :]))
    if any(each.is_answerable for each in state.parts):
        best = max(
            (each.answerability for each in state.parts if each.answerability), key=lambda each: each.probability
        )
        return _drafted(replace(state, answerability=best), snapshot, resources)
    answerability = _judged(state.plan, state.hits, state.areas, snapshot, resources)
    state, answerability = _heard(state, answerability, state.plan, state.hits, snapshot, resources)
    state = replace(state, parts=(), answerability=answerability)
    if not answerability.is_answerable:
        nearest, differing = _nearest(state, answerability, snapshot)
        return _refused(state, Reason.NOT_ANSWERED_HERE, resources, nearest, snapshot, differing)
    return _drafted(state, snapshot, resources)


def _with_criteria(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Drafts the criteria that fit the case which people have to decide, if there are any."""
    answerability = _judged(state.plan, state.hits, state.areas, snapshot, resources)
    reading = (snapshot, resources, state.question.groups, state.at)
    claims = fitting_criteria(state.screened.text, answerability, reading)
    return replace(state, parts=(), answerability=answerability, draft=Draft(claims))


def _judged(
    plan: SearchPlan, hits: tuple[Hit, ...], areas: Areas, snapshot: Snapshot, resources: Resources
) -> Answerability:
    sentences = candidates(plan.analysis, hits)
    scorer = resources.scorer(plan.search_query)
    judged = judge(plan.analysis, sentences, hits, resources.calibration, scorer)
    is_confirmed_too = is_confirmed(judged.features, snapshot.generation.passage_count)
    judged = replace(judged, is_answerable=judged.is_answerable and is_confirmed_too)
    answerability = own_area_first(judged, areas)
    if plan.named_source is not None and answerability.is_answerable:
        return _on_subject(answerability, plan, resources, snapshot)
    return answerability


def _heard(
    state: AskState,
    answerability: Answerability,
    plan: SearchPlan,
    hits: tuple[Hit, ...],
    snapshot: Snapshot,
    resources: Resources,
) -> tuple[AskState, Answerability]:
    """Returns the answerability after a second judge was heard, if there is one, and the state with its part in it."""
    if resources.second_judge is None or not state.may_be_judged:
        return state, answerability
    left_s = resources.second_judge.timeout_s - sum(each.seconds for each in state.judged)
    weighed = weigh(answerability, plan.standalone, hits, resources.second_judge, resources.calibration, left_s)
    found, judged = weighed.answerability, weighed.judged
    if judged.effect is JudgedEffect.ANSWERED:
        found = _quotable(found, plan, snapshot, resources)
        if not found.is_answerable:
            found, judged = answerability, replace(judged, effect=JudgedEffect.NONE)
    return replace(state, judged=(*state.judged, judged)), found


def _quotable(
    answerability: Answerability, plan: SearchPlan, snapshot: Snapshot, resources: Resources
) -> Answerability:
    """Returns an answerability that a second judge found, not answerable where no rule would quote what the judge names."""
    if plan.named_source is not None:
        answerability = _on_subject(answerability, plan, resources, snapshot)
    has_unit = bool(quoted_units(answerability.ranked, snapshot, _asked(plan)))
    return replace(answerability, is_answerable=answerability.is_answerable and has_unit)


def _drafted(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    if not state.wants_writing:
        return _quoted(state, snapshot, resources)
    written = draft_written(state.standalone, state.hits, snapshot, resources)
    return replace(state, draft=written) if written.claims else _quoted(state, snapshot, resources, written.notices)


def _on_subject(
    answerability: Answerability, plan: SearchPlan, resources: Resources, snapshot: Snapshot
) -> Answerability:
    """Returns the answerability with only the sentences that speak of what is asked of a named source.

    Without such a sentence the question is not answerable.
    """
    least = resources.calibration.extra_share
    on_subject = [
        each.candidate
        for each in quoted_units(answerability.ranked, snapshot, _asked(plan))
        if each.share >= least and speaks_of(plan.analysis, each.claim.text, each.candidate.hit.passage.headings)
    ]
    ranked = tuple(pair for pair in answerability.ranked if any(pair[0] is candidate for candidate in on_subject))
    if not ranked:
        return replace(answerability, is_answerable=False)
    return replace(answerability, ranked=ranked)


def _asked(plan: SearchPlan) -> WholeAsked:
    return WholeAsked.of(plan.search_query, plan.analysis)


def _quoted(state: AskState, snapshot: Snapshot, resources: Resources, notices: tuple[Notice, ...] = ()) -> AskState:
    assert state.answerability is not None
    answered = [(each.answerability, each.plan) for each in state.parts if each.answerability and each.is_answerable]
    drafts = [
        extract(answerability, snapshot, _asked(plan), resources.scorer(plan.search_query))
        for answerability, plan in answered or [(state.answerability, state.plan)]
    ]
    claims = distinct([claim for draft in drafts for claim in draft.claims])
    related = [claim for draft in drafts for claim in draft.related if claim not in claims]
    return replace(state, draft=Draft(claims, notices, related=distinct(related)[:MOST_RELATED]))


def _nearest(
    state: AskState, answerability: Answerability, snapshot: Snapshot
) -> tuple[tuple[Citation, ...], tuple[Differing, ...]]:
    """Returns the closest passages with those that differ from them, and the pairs that differ."""
    units = quoted_units(answerability.ranked, snapshot, _asked(state.plan))
    claims = distinct([each.claim for each in units])[:MOST_NEAREST]
    findings = verify_quotes(Draft(claims), snapshot)
    findings, differing = with_differing(findings, _open(state.hits), state.plan.scope, snapshot, most=1)
    return _citations([each.claim for each in findings], snapshot, 1), differing


def _open(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Returns the hits that nothing keeps from answering."""
    return tuple(each for each in hits if each.rejected != BLOCKED)


def _not_shown(claims: Sequence[Claim], findings: Sequence[Finding]) -> list[Claim]:
    shown = {(each.claim.passage_id, each.claim.parts) for each in findings}
    return [each for each in claims if (each.passage_id, each.parts) not in shown]


def _citations(claims: Sequence[Claim], snapshot: Snapshot, first: int) -> tuple[Citation, ...]:
    """Returns the citations of the claims that are quotes, numbered from ``first``."""
    findings = verify_quotes(Draft(tuple(claims)), snapshot)
    supported = [finding.claim for finding in findings if finding.verdict is Verdict.SUPPORTED]
    return tuple(citation_of(claim, number, snapshot) for number, claim in enumerate(supported, start=first))


def verified(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Checks every claim against its quote, and ends the pipeline where none is supported.

    A written draft without a supported claim is replaced by quotes.
    """
    if state.draft.is_written:
        checked = check_written(state.draft, snapshot, resources)
        quoted = _quoted(state, snapshot, resources, (notice("fallback"),))
        is_supported = any(finding.verdict is Verdict.SUPPORTED for finding in checked)
        if is_supported and meets_answer_type(state.standalone, checked, quoted.draft):
            notices = (*state.draft.notices, *left_out(checked))
            return replace(state, findings=checked, draft=replace(state.draft, notices=notices))
        state = quoted
    findings = verify_quotes(state.draft, snapshot)
    state = replace(state, findings=findings)
    if state.screened.route == "judgement" or any(each.verdict is Verdict.SUPPORTED for each in findings):
        return state
    return _refused(state, Reason.NOT_SUPPORTED, resources, snapshot=snapshot)


def cited(state: AskState, snapshot: Snapshot, resources: Resources) -> AskState:
    """Numbers the citations, and gives the answer, or the criteria where a case was to be decided."""
    findings, differing = with_differing(state.findings, _open(state.hits), state.plan.scope, snapshot)
    statements, citations = cite(findings, snapshot)
    differences = cited_differences(differing, citations)
    notices = (*difference_notices(differences, citations), *_notices(state, citations, snapshot))
    if state.screened.route == "judgement":
        refused = _refused(state, Reason.NEEDS_JUDGEMENT, resources)
        assert isinstance(refused.outcome, Refused)
        decides = who_decides(state.screened.text, (snapshot, resources, state.question.groups, state.at))
        message = needs_judgement(has_criteria=bool(statements))
        outcome = replace(
            refused.outcome,
            message=message,
            criteria=statements,
            citations=citations,
            notices=notices,
            decides=decides,
            differences=differences,
        )
        return replace(state, outcome=outcome)
    answered = Answered(
        state.screened.text,
        state.standalone,
        statements,
        citations,
        notices,
        findings=findings,
        is_written=state.draft.is_written,
        unanswered=() if state.draft.is_written else tuple(each.text for each in state.parts if not each.is_answerable),
        related=_citations(_not_shown(state.draft.related, findings), snapshot, len(citations) + 1),
        differences=differences,
    )
    return replace(state, outcome=answered)


def _notices(state: AskState, citations: tuple[Citation, ...], snapshot: Snapshot) -> tuple[Notice, ...]:
    everything = open_to((*snapshot.editions(), *snapshot.known()), state.question.groups)
    return (
        *state.draft.notices,
        *spelling_notice([(each.typed, each.meant) for each in state.search.repairs] if state.search else ()),
        *(notice("part_unanswered", part=each.text) for each in state.parts if not each.is_answerable),
        *_judge_notices(state),
        *source_notice(state.search.sources if state.search else (), snapshot),
        *edition_notices([each.edition for each in citations], everything, state.at),
        *figure_notices(state.hits, snapshot),
        *area_notices(citations, state.areas),
    )


def _judge_notices(state: AskState) -> Iterator[Notice]:
    """Yields what a reader has to know of the second judge's part: that it found the answer, or that it rejected one."""
    if state.was_found_by_judge:
        yield notice("found_by_judge", model=state.judged[0].model)
    elif state.was_rejected_by_judge:
        yield notice("rejected_by_judge", model=state.judged[0].model)


def _message(reason: Reason, state: AskState, snapshot: Snapshot | None) -> str:
    """Returns the wording of a refusal, with what a search shows not to be there, or the sentence that a courtesy gets."""
    if reason is Reason.COURTESY:
        return COURTESIES.get(courtesy_of(state.screened.text) or "", REFUSALS[reason])
    if reason is not Reason.NOT_ANSWERED_HERE or state.search is None or snapshot is None:
        return REFUSALS[reason]
    return _what_is_missing(state.search, state.hits, snapshot) or REFUSALS[reason]


def _what_is_missing(plan: SearchPlan, hits: tuple[Hit, ...], snapshot: Snapshot) -> str:
    analysis, asked = plan.analysis, plan.search_query
    absent = analysis.unmentioned or absent_words(asked, snapshot.vocabulary())
    if absent:
        return not_mentioned(absent)
    used = [hit.passage for hit in hits if hit.rejected is None]
    sentences = [passage.slice(each.span) for passage in used for each in passage.sentences]
    pair = apart(analysis, asked, sentences)
    if pair is not None:
        return NOT_TOGETHER.format(one=pair[0], other=pair[1])
    missing = type_missing(analysis, asked, sentences)
    return not_of_type(*missing) if missing else ""


def _refused(
    state: AskState,
    reason: Reason,
    resources: Resources,
    nearest: tuple[Citation, ...] = (),
    snapshot: Snapshot | None = None,
    differing: tuple[Differing, ...] = (),
) -> AskState:
    differences = cited_differences(differing, nearest)
    notices = (*difference_notices(differences, nearest), *(_notices(state, nearest, snapshot) if snapshot else ()))
    outcome = Refused(
        state.screened.text,
        state.standalone,
        reason,
        _message(reason, state, snapshot),
        nearest,
        None if reason is Reason.COURTESY else Contact(**resources.settings.contact.model_dump()),
        notices=notices,
        findings=state.findings,
        differences=differences,
    )
    return replace(state, outcome=outcome)
