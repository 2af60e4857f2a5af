"""Lists from the pipeline's own candidates: questions with the sentences among which each has to be answered, or refused.

What a reranker meets in use is not a random sentence but the first ones of a search. So what does not answer is drawn from
those, and near questions stand in one group with the question that is answered: all have the answering sentence in their
lists, and only one of them is answered by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.answerability.calibration import Calibration
from assistant.answering.answerability.reranking import rank_sentences
from assistant.text.abbreviations import expand
from evals.calibration.collect import Collected, Gathered, collect_candidates
from evals.training.lists import TrainingList

FIRST = 12
"""First candidates among which those that do not answer are drawn."""
FIRST_PASSAGES = 3
SURE = 2
"""The best ranked ones are always among those drawn."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what the pipeline finds for it."""

    question: str
    """As the reranker gets it."""
    gold: tuple[str, ...]
    """Sentences that answer it; () where nothing does."""
    others: tuple[str, ...]
    """The first sentences that do not, best first."""
    gold_passages: tuple[str, ...]
    other_passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lists that are learnt together: where they are several, each begins with the same text, which answers the first alone."""

    lists: tuple[TrainingList, ...]


def asked_of(gathered: Gathered, calibration: Calibration, hits_k: int) -> Asked:
    """Returns what the pipeline with this calibration finds for a question."""
    found = collect_candidates(gathered, calibration.passage, hits_k)
    flags = {id(each): bool(flag) for each, flag in zip(found.candidates, found.is_gold, strict=True)}
    ranked = [each for each, _ in rank_sentences(found.candidates, calibration.sentence).ranked]
    others = [each.context for each in ranked if not flags[id(each)]]
    return Asked(
        expand(gathered.query),
        tuple(dict.fromkeys(each.context for each in ranked if flags[id(each)])),
        tuple(dict.fromkeys(others))[:FIRST],
        *_passages(gathered, found),
    )


def _passages(gathered: Gathered, found: Collected) -> tuple[tuple[str, ...], tuple[str, ...]]:
    gold = {hit.passage.passage_id for hit, flag in zip(gathered.hits, gathered.is_gold, strict=True) if flag}
    used = [hit for hit in found.hits if hit.rejected is None]
    return (
        tuple(hit.passage.text for hit in used if hit.passage.passage_id in gold),
        tuple(hit.passage.text for hit in used if hit.passage.passage_id not in gold)[:FIRST_PASSAGES],
    )


def twin_groups(
    families: Sequence[Sequence[Asked]], tempting: Sequence[str], length: int, seed: int
) -> Iterator[Group]:
    """Yields for each family a group of sentence lists, and one of the answering passage alone.

    Args:
        families: Questions over one passage, the answered one first.
        tempting: By family a sentence that tempts to answer a near one; "" for none.
        length: Texts of a list.
        seed: Of what is drawn.
    """
    random = np.random.default_rng(seed)
    for family, lure in zip(families, tempting, strict=True):
        if not family[0].gold:
            continue
        answer = family[0].gold[0]
        yield Group(tuple(_beside(each, answer, lure, each is family[0], length, random) for each in family))
        if family[0].gold_passages:
            whole = family[0].gold_passages[0]
            yield Group(tuple(_whole(each, whole, each is family[0]) for each in family))


def _beside(
    each: Asked, answer: str, lure: str, is_answered: bool, length: int, random: np.random.Generator
) -> TrainingList:
    answers = {answer, *each.gold}
    first = [] if is_answered or lure in ("", answer) else [lure]
    rest = [text for text in each.others if text not in answers and text not in first]
    taken = [*first, *_drawn(rest, length - 1 - len(first), random)]
    return TrainingList(each.question, (answer, *taken), (float(is_answered), *(0.0 for _ in taken)))


def _whole(each: Asked, whole: str, is_answered: bool) -> TrainingList:
    others = [text for text in each.other_passages if text != whole][:1]
    return TrainingList(each.question, (whole, *others), (float(is_answered), *(0.0 for _ in others)))


def single_groups(asked: Sequence[Asked], length: int, seed: int) -> Iterator[Group]:
    """Yields one list a question, and every third time its passages; a question whose answer is not found is left out."""
    random = np.random.default_rng(seed)
    for place, each in enumerate(asked):
        gold = list(each.gold[:1])
        others = _drawn(each.others, length - len(gold), random)
        yield Group((_single(each.question, gold, others),))
        if place % 3 == 0:
            yield Group((_single(each.question, list(each.gold_passages[:1]), list(each.other_passages)),))


def _single(question: str, gold: list[str], others: list[str]) -> TrainingList:
    return TrainingList(question, (*gold, *others), (*(1.0 for _ in gold), *(0.0 for _ in others)))


def _drawn(texts: Sequence[str], count: int, random: np.random.Generator) -> list[str]:
    """Returns the best ranked texts and a draw of the rest, as many as asked for where there are so many."""
    sure, rest = list(texts[:SURE]), texts[SURE:]
    more = max(0, min(count - len(sure), len(rest)))
    return (
        [*sure, *(rest[int(at)] for at in random.choice(len(rest), more, replace=False))][:count]
        if more
        else sure[:count]
    )
