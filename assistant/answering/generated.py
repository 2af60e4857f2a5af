"""The written half of compose and verify: asks the language model for a draft, and checks its claims."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.citing import citation_of
from assistant.answering.query_analysis.answer_type import AnswerType, answer_type_of, has_exact_answer_type
from assistant.answering.resources import Resources
from assistant.answering.verify.claims import verify_claim
from assistant.errors import ModelMalformed, ModelUnavailable
from assistant.messages import notice
from assistant.model import Citation, Claim, Draft, Finding, Hit, Notice, Statement, Verdict
from assistant.ports import OnClaim, Snapshot
from assistant.text.duty_words import duty_of

log = logging.getLogger(__name__)

NO_PLACE = "It names no passage that was given, its quote does not stand there word for word, or it carries markup."
EXACTING = (
    AnswerType.TIME_LIMIT,
    AnswerType.NUMBER,
    AnswerType.DATE,
    AnswerType.CONTACT,
    AnswerType.ACTOR,
)
"""Answer types that a sentence plainly has or lacks."""
LEFT_ALONE = "It does not stand alone without a sentence that was left out."
_LEANS = re.compile(
    r"(?:(?:and|but|so|or|then|also|however|otherwise|therefore|instead|if so|if not|in that case)\b|"
    r"(?:this|that|these|those|it|its|they|their|he|she|his|her|such|both)\b)",
    re.IGNORECASE,
)


def draft_written(question: str, hits: Sequence[Hit], snapshot: Snapshot, resources: Resources) -> Draft:
    """Returns what the language model drafts; no claims, and a notice that says why, where there is nothing to check.

    ``Resources.on_statement`` is called with each claim that passes, as soon as it is complete.
    """
    if resources.generator is None:
        return Draft((), (notice("no_model"),))
    on_claim = _claim_checker(snapshot, resources) if resources.on_statement else None
    try:
        draft = resources.generator.draft(question, hits, on_claim)
    except ModelUnavailable as error:
        log.warning("language model: %s", error)
        return Draft((), (notice("model_unavailable"),))
    except ModelMalformed as error:
        log.warning("language model: %s", error)
        return Draft((), (notice("fallback"),))
    if not draft.claims:
        return Draft((), (notice("model_found_none"),))
    return replace(draft, notices=(notice("written", model=resources.generator.name),))


def check_written(draft: Draft, snapshot: Snapshot, resources: Resources) -> tuple[Finding, ...]:
    """Returns one finding per claim of a written draft, in order; a claim that depends on a failed one fails too."""
    return fail_dependent_claims([_check(claim, snapshot, resources) for claim in draft.claims])


def fail_dependent_claims(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Returns the findings, those of claims that depend on a failed claim failed as well.

    The first claim answers the question: where it fails, all others fail. A later one that opens with "it", "this" or
    "however" fails with the one before it; so does one that repeats an earlier claim.
    """
    checked: list[Finding] = []
    texts: set[str] = set()
    for finding in findings:
        is_first_lost = bool(checked) and checked[0].verdict is not Verdict.SUPPORTED
        leans = bool(checked) and checked[-1].verdict is not Verdict.SUPPORTED and _LEANS.match(finding.claim.text)
        is_lost = is_first_lost or bool(leans) or finding.claim.text in texts
        if is_lost and finding.verdict is Verdict.SUPPORTED:
            finding = replace(finding, verdict=Verdict.UNSUPPORTED, reason=LEFT_ALONE)
        checked.append(finding)
        texts.add(finding.claim.text)
    return tuple(checked)


def meets_answer_type(question: str, findings: Sequence[Finding], quoted: Draft) -> bool:
    """Returns whether the supported claims have the answer type asked for, where the quotes have it.

    "How soon …" is not answered by sentences without a time limit, however true they are.
    """
    expected = answer_type_of(question)
    supported_text = " ".join(each.claim.text for each in findings if each.verdict is Verdict.SUPPORTED)
    quoted_text = " ".join(each.text for each in quoted.claims)
    return (
        expected not in EXACTING
        or has_exact_answer_type(supported_text, expected)
        or not has_exact_answer_type(quoted_text, expected)
    )


def left_out(findings: Sequence[Finding]) -> tuple[Notice, ...]:
    """Returns the notice that a part was left out, () where every claim is supported."""
    return () if all(each.verdict is Verdict.SUPPORTED for each in findings) else (notice("left_out"),)


def _check(claim: Claim, snapshot: Snapshot, resources: Resources) -> Finding:
    if not claim.parts:
        return Finding(claim, Verdict.UNSUPPORTED, NO_PLACE)
    return verify_claim(claim, snapshot, resources.entailment)


def _claim_checker(snapshot: Snapshot, resources: Resources) -> OnClaim:
    """Returns a callback that checks each claim as it streams in, and passes on the supported ones with a citation."""
    so_far: list[Finding] = []

    def check(claim: Claim) -> None:
        so_far.append(_check(claim, snapshot, resources))
        findings = fail_dependent_claims(so_far)
        if resources.on_statement is not None and findings[-1].verdict is Verdict.SUPPORTED:
            number = sum(each.verdict is Verdict.SUPPORTED for each in findings)
            resources.on_statement(*statement_with_citation(claim, number, snapshot))

    return check


def statement_with_citation(claim: Claim, number: int, snapshot: Snapshot) -> tuple[Statement, Citation]:
    """Returns a supported claim as a statement with its citation."""
    citation = citation_of(claim, number, snapshot)
    return Statement(claim.text, (number,), duty_of(claim.text, citation.edition.kind)), citation
