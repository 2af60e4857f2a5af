"""The steps of the ask line; each is thin and calls the file that knows how."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering.answerability.judge import Judged, judge
from assistant.answering.answerability.sentence_features import Wanted, candidates, wanted_by
from assistant.answering.citing import citation_of, cite
from assistant.answering.compose.extract import choose, claim_of, extract
from assistant.answering.generated import check_written, draft_written, has_what_was_asked, left_out
from assistant.answering.named_sources import Attributed, attributed, named, speaks_of
from assistant.answering.retrieval.retrieve import filter_at, restricted, retrieve
from assistant.answering.rewriting.follow_ups import rewrite, rewrite_by
from assistant.answering.screening.screen import screen
from assistant.answering.verify.quotes import verify_quotes
from assistant.editions.access import open_to
from assistant.editions.notices import edition_notices, figure_notices, source_notice
from assistant.messages import REFUSALS, notice
from assistant.model import (
    Answered,
    Citation,
    Contact,
    Draft,
    EditionId,
    Filter,
    Finding,
    Hit,
    Kind,
    Notice,
    Question,
    Reason,
    Refused,
    Screened,
    Verdict,
)
from assistant.ports import Snapshot

if TYPE_CHECKING:
    from assistant.answering.pipeline import Tools


@dataclass(frozen=True, slots=True)
class Asking:
    """A question on its way along the line."""

    question: Question
    at: date
    """The date asked about."""
    screened: Screened | None = None
    standalone: str = ""
    attributed: Attributed | None = None
    """The source that it names, with what is asked of it; None where it names none."""
    sources: tuple[EditionId, ...] = ()
    """The editions that it names, which alone are searched; () for all in scope."""
    hits: tuple[Hit, ...] = ()
    judged: Judged | None = None
    features: dict[str, float] = field(default_factory=dict)
    probability: float | None = None
    draft: Draft = field(default_factory=lambda: Draft(()))
    findings: tuple[Finding, ...] = ()
    outcome: Answered | Refused | None = None

    @property
    def sought(self) -> str:
        """What is searched for: the question without a source that it names."""
        return self.attributed.about if self.attributed else self.standalone

    @property
    def door(self) -> Screened:
        """The question as it came through the door. Raises ``AssertionError`` before ``screened``."""
        assert self.screened is not None
        return self.screened

    @property
    def wants_writing(self) -> bool:
        """Whether a language model may write: asked for, and neither a case to judge nor a child in danger now."""
        return self.question.is_written and self.door.route == "answer" and not self.door.is_urgent


def screened(asking: Asking, snapshot: Snapshot, tools: Tools) -> Asking:
    """Masks details, finds urgency, and ends the line for what is out of scope or too vague."""
    door = screen(asking.question, tools.settings)
    asking = replace(asking, screened=door, standalone=door.text)
    early = {"out_of_scope": Reason.OUT_OF_SCOPE, "too_vague": Reason.TOO_VAGUE}.get(door.route)
    return _refused(asking, early, tools) if early else asking


def rewritten(asking: Asking, snapshot: Snapshot, tools: Tools) -> Asking:
    """Makes a follow-up stand alone, with the language model where it may write."""
    rewriter = tools.rewriter if asking.wants_writing else None
    alone = rewrite(asking.door) if rewriter is None else rewrite_by(asking.door, rewriter)
    visible = open_to(snapshot.editions(), asking.question.groups)
    return replace(asking, standalone=alone, attributed=attributed(alone, visible))


def retrieved(asking: Asking, snapshot: Snapshot, tools: Tools) -> Asking:
    """Finds passages, and ends the line where there is none."""
    scope = filter_at(asking.question, snapshot, asking.at)
    asking = replace(asking, sources=_sources(asking.attributed, scope, snapshot))
    scope = replace(scope, editions=asking.sources or scope.editions)
    asking = replace(asking, hits=_hits(asking.sought, snapshot, tools, scope))
    if asking.hits:
        return asking
    closed = restricted(asking.question, snapshot.editions())
    wider = replace(scope, excluded=closed)
    is_superseded = wider != scope and bool(_hits(asking.sought, snapshot, tools, wider))
    return _refused(asking, Reason.SUPERSEDED_ONLY if is_superseded else Reason.NO_PASSAGE, tools)


def _sources(source: Attributed | None, scope: Filter, snapshot: Snapshot) -> tuple[EditionId, ...]:
    """Returns those editions in scope that the question names; () where it names none or the scope names some."""
    if source is None or scope.editions:
        return ()
    kinds = scope.kinds or tuple(Kind)
    there = [each for each in snapshot.editions() if each.edition_id not in scope.excluded and each.kind in kinds]
    return named(source, there)


def _hits(sought: str, snapshot: Snapshot, tools: Tools, scope: Filter) -> tuple[Hit, ...]:
    return retrieve(sought, snapshot, tools.embedder, scope, tools.settings, tools.calibration.passage)


def composed(asking: Asking, snapshot: Snapshot, tools: Tools) -> Asking:
    """Ranks the sentences, decides whether they answer, and drafts the answer or refuses."""
    wanted = wanted_by(asking.sought, snapshot)
    found = candidates(wanted, asking.hits)
    judged = judge(wanted, found, asking.hits, tools.calibration, tools.reads(asking.sought))
    if asking.attributed is not None and judged.is_answerable:
        judged = _on_subject(judged, wanted, tools, snapshot)
    asking = replace(asking, judged=judged, features=judged.features, probability=judged.probability)
    if asking.door.route != "judgement" and not judged.is_answerable:
        return _refused(asking, Reason.NOT_ANSWERED_HERE, tools, nearest=_nearest(judged, snapshot), snapshot=snapshot)
    if not asking.wants_writing:
        return _quoted(asking, snapshot, tools)
    written = draft_written(asking.standalone, asking.hits, snapshot, tools)
    return replace(asking, draft=written) if written.claims else _quoted(asking, snapshot, tools, written.notices)


def _on_subject(judged: Judged, wanted: Wanted, tools: Tools, snapshot: Snapshot) -> Judged:
    """Returns what would be quoted, where it speaks of what is asked of a named source; else that nothing answers."""
    chosen = choose(judged.ranked, tools.calibration.extra_share)
    kept = [each for each in chosen if speaks_of(wanted, claim_of(each, snapshot).text, each.hit.passage.headings)]
    speaking = tuple(each for each in judged.ranked if any(each[0] is one for one in kept))
    return replace(judged, ranked=speaking) if speaking else replace(judged, is_answerable=False)


def _quoted(asking: Asking, snapshot: Snapshot, tools: Tools, notices: tuple[Notice, ...] = ()) -> Asking:
    assert asking.judged is not None
    draft = extract(asking.judged, snapshot, tools.calibration.extra_share)
    return replace(asking, draft=replace(draft, notices=notices))


def _nearest(judged: Judged, snapshot: Snapshot) -> tuple[Citation, ...]:
    claims = [claim_of(each, snapshot) for each in choose(judged.ranked, 0.0)]
    findings = verify_quotes(Draft(tuple(claims)), snapshot)
    kept = [each.claim for each in findings if each.verdict is Verdict.SUPPORTED]
    return tuple(citation_of(claim, number, snapshot) for number, claim in enumerate(kept, start=1))


def verified(asking: Asking, snapshot: Snapshot, tools: Tools) -> Asking:
    """Checks every claim against its quote, and ends the line where none stands.

    Of a written draft of which nothing stands, the documents are quoted instead.
    """
    if asking.draft.is_written:
        checked = check_written(asking.draft, snapshot, tools)
        quoted = _quoted(asking, snapshot, tools, (notice("fallback"),))
        is_standing = any(each.verdict is Verdict.SUPPORTED for each in checked)
        if is_standing and has_what_was_asked(asking.standalone, checked, quoted.draft):
            notices = (*asking.draft.notices, *left_out(checked))
            return replace(asking, findings=checked, draft=replace(asking.draft, notices=notices))
        asking = quoted
    findings = verify_quotes(asking.draft, snapshot)
    asking = replace(asking, findings=findings)
    if asking.door.route == "judgement" or any(each.verdict is Verdict.SUPPORTED for each in findings):
        return asking
    return _refused(asking, Reason.NOT_SUPPORTED, tools, snapshot=snapshot)


def cited(asking: Asking, snapshot: Snapshot, tools: Tools) -> Asking:
    """Numbers the citations, and gives the answer, or the criteria where a case was to be decided."""
    statements, citations = cite(asking.findings, snapshot)
    notices = _notices(asking, citations, snapshot)
    if asking.door.route == "judgement":
        refused = _refused(asking, Reason.NEEDS_JUDGEMENT, tools)
        assert isinstance(refused.outcome, Refused)
        outcome = replace(refused.outcome, criteria=statements, citations=citations, notices=notices)
        return replace(asking, outcome=outcome)
    answered = Answered(
        asking.door.text,
        asking.standalone,
        statements,
        citations,
        notices,
        findings=asking.findings,
        is_written=asking.draft.is_written,
    )
    return replace(asking, outcome=answered)


def _notices(asking: Asking, citations: tuple[Citation, ...], snapshot: Snapshot) -> tuple[Notice, ...]:
    everything = open_to((*snapshot.editions(), *snapshot.known()), asking.question.groups)
    return (
        *asking.draft.notices,
        *source_notice(asking.sources, snapshot),
        *edition_notices([each.edition for each in citations], everything, asking.at),
        *figure_notices(asking.hits, snapshot),
    )


def _refused(
    asking: Asking,
    reason: Reason,
    tools: Tools,
    nearest: tuple[Citation, ...] = (),
    snapshot: Snapshot | None = None,
) -> Asking:
    outcome = Refused(
        asking.door.text,
        asking.standalone,
        reason,
        REFUSALS[reason],
        nearest,
        Contact(**tools.settings.contact.model_dump()),
        notices=_notices(asking, nearest, snapshot) if snapshot else (),
        findings=asking.findings,
    )
    return replace(asking, outcome=outcome)
