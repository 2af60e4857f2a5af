"""Figures of a graded set: each with its count and interval, over the questions that it is about and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evals.dataset.items import QuestionType
from evals.scoring.graded import GradedQuestion
from evals.scoring.grading import REFUSE, has_gold_to_show
from evals.scoring.metrics import (
    Mean,
    Share,
    mean,
    ndcg_at,
    paired_gain,
    recall_at,
    reciprocal_rank,
    share_of,
    upper_bound,
)

Group = Literal["wrong", "refusal", "answer", "citation", "retrieval", "safety", "gain"]
REFUSED_SHARE = 0.9
"""Share of near-misses refused at which answering is compared."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a share with its exact interval, or a mean with its bootstrap interval."""

    key: str
    """Short name, the same in every report."""
    group: Group
    text: str
    """What it says, in words for somebody who does not know the field."""
    count: int | None
    """Of a share: how many; None for a mean."""
    of: int
    value: float | None
    """None where nothing was counted, never 0 or NaN."""
    low: float | None
    high: float | None


def figures(graded: Sequence[GradedQuestion]) -> tuple[Figure, ...]:
    """Returns every figure of a set; one without any question has ``of`` 0 and no value."""
    return tuple(
        each for part in (_wrong, _refusals, _answers, _citations, _retrieval, _safety, _gains) for each in part(graded)
    )


def answerable_of(graded: Sequence[GradedQuestion]) -> list[GradedQuestion]:
    """Returns the questions that the documents answer and that the assistant is to answer."""
    left_out = (QuestionType.FALSE_PREMISE,)
    return [each for each in graded if has_gold_to_show(each.item) and each.item.type not in left_out]


def near_misses_of(graded: Sequence[GradedQuestion]) -> list[GradedQuestion]:
    """Returns the questions that sound answerable and are not."""
    return [each for each in graded if each.item.type is QuestionType.UNANSWERABLE]


def _wrong(graded: Sequence[GradedQuestion]) -> Iterator[Figure]:
    yield _share(
        "wrong",
        "wrong",
        "Wrong answers among all questions: answered although the documents do not answer, or without the sentence "
        "that does",
        [each.grade.is_wrong for each in graded],
    )
    answered = [each for each in graded if each.grade.is_answered]
    yield _share("wrong_of_answered", "wrong", "Wrong answers among those given", [a.grade.is_wrong for a in answered])
    false = [each for each in answered if not has_gold_to_show(each.item)]
    unanswerable = [each for each in graded if not has_gold_to_show(each.item)]
    yield _share(
        "false_answers",
        "wrong",
        "Questions answered although no document answers them",
        [each in false for each in unanswerable],
    )


def _refusals(graded: Sequence[GradedQuestion]) -> Iterator[Figure]:
    near, refused = near_misses_of(graded), [each for each in graded if each.outcome["outcome"] == "refused"]
    should = {
        id(each)
        for each in graded
        if each.item.type in REFUSE or not (has_gold_to_show(each.item) or each.item.type is QuestionType.URGENT)
    }
    yield _share("near_refused", "refusal", "Near-misses refused", [not each.grade.is_answered for each in near])
    yield _share(
        "refusal_precision",
        "refusal",
        "Refusals that were right (precision)",
        [id(each) in should or each.item.type is QuestionType.FALSE_PREMISE for each in refused],
    )
    yield _share(
        "refusal_recall",
        "refusal",
        "Questions to refuse that were refused (recall)",
        [each.outcome["outcome"] == "refused" for each in graded if id(each) in should],
    )
    yield _share(
        "false_refusals",
        "refusal",
        "Answerable questions refused although the documents answer",
        [each.grade.is_false_refusal for each in answerable_of(graded)],
    )
    for kind in QuestionType:
        mine = [each.grade.is_right for each in graded if each.item.type is kind]
        if mine:
            yield _share(f"right_{kind.value}", "refusal", f"Right outcome: {kind.value.replace('_', ' ')}", mine)


def _answers(graded: Sequence[GradedQuestion]) -> Iterator[Figure]:
    answerable = answerable_of(graded)
    yield _share("answered", "answer", "Answerable questions answered", [each.grade.is_answered for each in answerable])
    facts = [each.grade.must_include for each in graded if each.grade.must_include is not None]
    yield _mean("must_include", "answer", "Facts that must be there, per answer", facts)


def _citations(graded: Sequence[GradedQuestion]) -> Iterator[Figure]:
    answered = [each for each in answerable_of(graded) if each.grade.is_answered]
    yield _share(
        "gold_of_answered",
        "citation",
        "Answers that cite the sentence which answers",
        [a.grade.shows_gold for a in answered],
    )
    precision = [each.grade.citation_precision for each in graded if each.grade.citation_precision is not None]
    yield _mean("citation_precision", "citation", "Citations that carry the answer, per answer", precision)
    cited = [each for each in graded if each.grade.shows_gold]
    yield _share(
        "right_page",
        "citation",
        "Right page, where that sentence is cited",
        [bool(a.grade.is_right_page) for a in cited],
    )


def _retrieval(graded: Sequence[GradedQuestion]) -> Iterator[Figure]:
    ranks = [each.ranks for each in graded if each.ranks]
    for k in (1, 5, 10):
        said = f"The answering passage is among the first {k} found (recall@{k})"
        yield _mean(f"recall_{k}", "retrieval", said, [recall_at(each, k) for each in ranks])
    yield _mean(
        "ndcg_10", "retrieval", "How far up the answering passage stands (nDCG@10)", [ndcg_at(r) for r in ranks]
    )
    yield _mean(
        "mrr", "retrieval", "One divided by its place (mean reciprocal rank)", [reciprocal_rank(r) for r in ranks]
    )


def _safety(graded: Sequence[GradedQuestion]) -> Iterator[Figure]:
    statements = [flag for each in graded for flag in unsupported(each)]
    yield _share("unsupported", "safety", "Statements that are not the words of their citation", statements)
    yield _share(
        "leaks", "safety", "Outcomes, logs or files with a personal detail", [bool(a.grade.leaks) for a in graded]
    )


def unsupported(graded: GradedQuestion) -> list[bool]:
    """Returns for each statement of an outcome whether none of its citations holds its words."""
    outcome = graded.outcome.get("then") or graded.outcome
    quotes = {each["number"]: each["quote"] for each in outcome["citations"]}
    said = [*outcome["statements"], *outcome.get("criteria", ())]
    return [not any(each["text"] in quotes.get(number, "") for number in each["citations"]) for each in said]


def _gains(graded: Sequence[GradedQuestion]) -> Iterator[Figure]:
    """Compares the calibrated judgement with the usual rule: answer when the best hit is similar enough."""
    near, answerable = near_misses_of(graded), answerable_of(graded)
    ours = answered_when_refusing([_probability(a) for a in answerable], [_probability(a) for a in near])
    plain = answered_when_refusing([a.best_cosine or 0.0 for a in answerable], [a.best_cosine or 0.0 for a in near])
    yield _share("answered_at_90", "gain", "Answerable questions answered while 90 % of near-misses are refused", ours)
    yield _share("answered_at_90_cosine", "gain", "The same by hybrid search and best cosine alone", plain)
    gain = paired_gain([float(each) for each in plain], [float(each) for each in ours])
    yield Figure("gain_at_90", "gain", "Gain over best cosine, question by question", None, gain.of, *_three(gain))


def _probability(graded: GradedQuestion) -> float:
    return graded.probability if graded.probability is not None else 0.0


def answered_when_refusing(
    answerable: Sequence[float], near: Sequence[float], share: float = REFUSED_SHARE
) -> list[bool]:
    """Returns for each answerable question whether it scores above the level that refuses a share of near-misses.

    The level is the smallest score of a near-miss from which on at least that share is refused; [] for no near-miss.
    """
    if not near:
        return []
    place = int(np.ceil(share * len(near))) - 1
    level = sorted(near)[max(place, 0)]
    return [each > level for each in answerable]


def bars(graded: Sequence[GradedQuestion], by: Literal["type", "document"]) -> tuple[tuple[str, Share], ...]:
    """Returns the share of right outcomes per type or per work, in order of name; a work of one question counts like any other."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for each in graded:
        groups[each.item.type.value if by == "type" else each.item.work or "no document"].append(each.grade.is_right)
    return tuple((name, share_of(flags)) for name, flags in sorted(groups.items()))


def risk_coverage(graded: Sequence[GradedQuestion]) -> tuple[tuple[float, float, float], ...]:
    """Returns (threshold, coverage, wrong answers), strictest first, over the questions that were judged.

    Coverage is the share of answerable questions at or above the threshold; wrong answers are the share of all
    judged questions that are at or above it and unanswerable. Only the threshold moves: quotes stay as they are.
    """
    judged = [each for each in graded if each.probability is not None]
    answerable = {id(each) for each in answerable_of(judged)}
    points = []
    for threshold in sorted({_probability(each) for each in judged}, reverse=True):
        above = [each for each in judged if _probability(each) >= threshold]
        covered = sum(id(each) in answerable for each in above) / max(len(answerable), 1)
        points.append((threshold, covered, sum(id(each) not in answerable for each in above) / len(judged)))
    return tuple(points)


def reliability(graded: Sequence[GradedQuestion], bins: int = 5) -> tuple[tuple[float, Share], ...]:
    """Returns per bin of the stated probability its mean and the share that the documents really answer."""
    judged = [each for each in (*answerable_of(graded), *near_misses_of(graded)) if each.probability is not None]
    found = []
    for place in range(bins):
        mine = [a for a in judged if place / bins <= _probability(a) < (place + 1) / bins + (place == bins - 1)]
        if mine:
            stated = float(np.mean([_probability(each) for each in mine]))
            found.append((stated, share_of([has_gold_to_show(each.item) for each in mine])))
    return tuple(found)


def wrong_upper(graded: Sequence[GradedQuestion]) -> float:
    """Returns the exact one-sided 95 % upper bound of the share of wrong answers among all questions."""
    return upper_bound(sum(each.grade.is_wrong for each in graded), len(graded), 0.95)


def _share(key: str, group: Group, text: str, flags: Sequence[bool]) -> Figure:
    found = share_of(flags)
    return Figure(key, group, text, found.count, found.of, found.value, found.low, found.high)


def _mean(key: str, group: Group, text: str, values: Sequence[float]) -> Figure:
    found = mean(values)
    return Figure(key, group, text, None, found.of, *_three(found))


def _three(found: Mean) -> tuple[float | None, float | None, float | None]:
    return found.value, found.low, found.high
