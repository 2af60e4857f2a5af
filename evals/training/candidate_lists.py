"""Lists from the pipeline's own candidates: a question with the sentences among which it has to be answered, or refused.

What a reranker meets in use is not a random sentence but the first ones of a search. So what does not answer is drawn from
those, and a question without an answer has its twin's answer among them: the sentence that is on the same subject and
lacks what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.answerability.reranking import rank_sentences
from assistant.answering.answerability.sentence_features import Candidate, candidates
from assistant.answering.resources import Resources
from assistant.answering.screening.screen import screen
from assistant.answering.search_plan import hits_of, plan_search
from assistant.model import Hit
from assistant.ports import Snapshot
from assistant.text.abbreviations import expand
from evals.dataset.gold import is_shown
from evals.dataset.items import Item
from evals.training.lists import TrainingList

FIRST = 12
"""First candidates among which those that do not answer are drawn."""
FIRST_PASSAGES = 4


@dataclass(frozen=True, slots=True)
class CandidateTexts:
    """A question with the texts that the pipeline ranks for it."""

    item: Item
    question: str
    gold: tuple[str, ...]
    others: tuple[str, ...]
    """Best first."""


def sentence_candidates(
    items: Sequence[Item], snapshot: Snapshot, resources: Resources, twin_of: Mapping[str, Item]
) -> Iterator[CandidateTexts]:
    """Yields each question with its first sentences; one whose answer is not among them is left out.

    Args:
        items: The questions.
        snapshot: The library that they are asked of.
        resources: What the pipeline works with.
        twin_of: By id of a question without an answer, the one that has it.
    """
    for item, _, sentences in _asked(items, snapshot, resources):
        twin = twin_of.get(item.id)
        shown = [_shows(item, each) for each in sentences]
        gold = tuple(each.context for each, is_gold in zip(sentences, shown, strict=True) if is_gold)
        of_twin = tuple(each.context for each in sentences if twin is not None and _shows(twin, each))
        others = [each.context for each, is_gold in zip(sentences, shown, strict=True) if not is_gold][:FIRST]
        if gold or not item.gold:
            yield CandidateTexts(
                item, _query(item, snapshot, resources), gold, tuple(dict.fromkeys((*of_twin, *others)))
            )


def passage_candidates(items: Sequence[Item], snapshot: Snapshot, resources: Resources) -> Iterator[CandidateTexts]:
    """Yields each question with its first passages whole; one whose answer is in none of them is left out."""
    for item, hits, _ in _asked(items, snapshot, resources):
        used = [hit for hit in hits if hit.rejected is None]
        gold = tuple(hit.passage.text for hit in used if _holds(item, hit))
        others = tuple(hit.passage.text for hit in used if not _holds(item, hit))[:FIRST_PASSAGES]
        if gold or not item.gold:
            yield CandidateTexts(item, _query(item, snapshot, resources), gold[:1], others)


def _asked(
    items: Sequence[Item], snapshot: Snapshot, resources: Resources
) -> Iterator[tuple[Item, tuple[Hit, ...], tuple[Candidate, ...]]]:
    for item in items:
        question = item.asked()
        plan = plan_search(question, screen(question, resources.settings), snapshot, resources.today())
        hits = hits_of(plan, snapshot, resources)
        ranked = rank_sentences(candidates(plan.analysis, hits), resources.calibration.sentence).ranked
        yield item, hits, tuple(each for each, _ in ranked)


def _query(item: Item, snapshot: Snapshot, resources: Resources) -> str:
    question = item.asked()
    plan = plan_search(question, screen(question, resources.settings), snapshot, resources.today())
    return expand(plan.search_query)


def _shows(item: Item, candidate: Candidate) -> bool:
    return _is_gold(item, candidate.hit, candidate.context)


def _holds(item: Item, hit: Hit) -> bool:
    return _is_gold(item, hit, hit.passage.text)


def _is_gold(item: Item, hit: Hit, text: str) -> bool:
    edition_id = hit.passage.edition_id
    return any(gold.edition_id == edition_id and is_shown(gold.quote, text) for gold in item.gold)


def drawn_lists(
    texts: Sequence[CandidateTexts], length: int, rounds: int, seed: int, *, sure: int = 2
) -> tuple[TrainingList, ...]:
    """Returns each question once a round, in another order, with the first ``sure`` others and a draw of the rest."""
    random = np.random.default_rng(seed)
    return tuple(
        _drawn(texts[int(place)], length, sure, random)
        for _ in range(rounds)
        for place in random.permutation(len(texts))
    )


def _drawn(each: CandidateTexts, length: int, sure: int, random: np.random.Generator) -> TrainingList:
    gold = [each.gold[int(random.integers(len(each.gold)))]] if each.gold else []
    first, rest = list(each.others[:sure]), each.others[sure:]
    count = max(0, min(length - len(gold) - len(first), len(rest)))
    drawn = [rest[int(at)] for at in random.choice(len(rest), count, replace=False)] if count else []
    others = [*first, *drawn][: length - len(gold)]
    return TrainingList(each.question, (*gold, *others), (*(1.0 for _ in gold), *(0.0 for _ in others)))
