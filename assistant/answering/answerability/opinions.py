"""What the verdict of a second judge changes: it may reject an answer, and find one where the calibration was made with it."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.answerability.calibration import Calibration
from assistant.answering.answerability.judge import Answerability
from assistant.answering.answerability.second_judge import SecondJudge
from assistant.errors import ModelError, ModelMalformed
from assistant.model import Hit
from assistant.model.judged import Judged, JudgedEffect, Opinion

log = logging.getLogger(__name__)
MALFORMED, UNAVAILABLE, NO_TIME, NOTHING = "malformed", "unavailable", "no time left", "nothing to read"


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answerability after the second judge was heard, with its part in it."""

    answerability: Answerability
    judged: Judged


def may_answer(calibration: Calibration, judge: SecondJudge) -> bool:
    """Returns whether a judge may turn a refusal into an answer: the calibration was made with it, and its bound holds."""
    made = calibration.second_judge
    return made is not None and made.judge == judge.fingerprint and made.threshold is not None


def named_only(answerability: Answerability, opinion: Opinion) -> Answerability:
    """Returns the answerability with only the sentences that the judge names, which may answer by every other rule."""
    named = set(opinion.sentences)
    ranked = tuple(
        (candidate, logit)
        for candidate, logit in answerability.ranked
        if (candidate.hit.passage.passage_id, candidate.sentence.span) in named
    )
    return replace(answerability, ranked=ranked, is_answerable=bool(ranked))


def weigh(
    answerability: Answerability,
    question: str,
    hits: Sequence[Hit],
    judge: SecondJudge,
    calibration: Calibration,
    within_s: float,
) -> Weighed:
    """Returns the answerability of a masked question after the second judge was heard; unchanged where it gives no verdict."""
    opinion, judged = _asked(question, hits, judge, within_s)
    if opinion is None:
        return Weighed(answerability, judged)
    return _heard(answerability, opinion, judged, may_answer(calibration, judge), _least(calibration))


def _asked(question: str, hits: Sequence[Hit], judge: SecondJudge, within_s: float) -> tuple[Opinion | None, Judged]:
    """Returns the verdict, None where there is none, and what was sent for it."""
    silent = Judged(judge.name, None, JudgedEffect.FAILED, (), 0, 0.0)
    known = judge.known(question, hits)
    if known is not None:
        return known, replace(silent, answers=known.answers, effect=JudgedEffect.NONE)
    asked = judge.asked(question, hits)
    if not asked.places or within_s <= 0:
        return None, replace(silent, problem=NO_TIME if asked.places else NOTHING)
    started = time.monotonic()
    sent = replace(silent, sent=asked.passages, characters=len(asked.data))
    try:
        opinion = judge.opinion(question, hits, asked, within_s)
    except ModelError as error:
        log.warning("second judge: %s", error)
        problem = MALFORMED if isinstance(error, ModelMalformed) else UNAVAILABLE
        return None, replace(sent, seconds=time.monotonic() - started, problem=problem)
    seconds = time.monotonic() - started
    return opinion, replace(sent, answers=opinion.answers, effect=JudgedEffect.NONE, seconds=seconds)


def _least(calibration: Calibration) -> float:
    made = calibration.second_judge
    return made.threshold if made is not None and made.threshold is not None else 1.0


def _heard(answerability: Answerability, opinion: Opinion, judged: Judged, may: bool, least: float) -> Weighed:
    if answerability.is_answerable and not opinion.answers:
        rejected = replace(answerability, is_answerable=False)
        return Weighed(rejected, replace(judged, effect=JudgedEffect.REJECTED))
    if answerability.is_answerable or not opinion.answers or not may or answerability.probability < least:
        return Weighed(answerability, judged)
    found = named_only(answerability, opinion)
    if not found.is_answerable:
        return Weighed(answerability, judged)
    return Weighed(found, replace(judged, effect=JudgedEffect.ANSWERED))
