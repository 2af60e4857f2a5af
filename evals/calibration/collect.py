"""Collects what the answering steps see of each question: the sentence features that models are fitted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from assistant.answering.answerability.reranking import Scorer, bound_scorer
from assistant.answering.answerability.sentence_features import Candidate, candidates
from assistant.answering.query_analysis.analysis import QueryAnalysis
from assistant.answering.retrieval.linear_model import Logistic
from assistant.answering.retrieval.passage_ranking import ranked
from assistant.answering.retrieval.retrieve import cut, gather
from assistant.answering.screening.screen import screen
from assistant.answering.search_plan import plan_search
from assistant.model import Hit
from assistant.ports import Embedder, Reranker, Snapshot, Vectors
from assistant.settings import Settings
from evals.dataset.gold import is_shown
from evals.dataset.items import Item

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gathered:
    """One question with its fused hits, not yet ranked."""

    item: Item
    analysis: QueryAnalysis
    hits: tuple[Hit, ...]
    is_gold: Flags
    """Per hit: whether its passage holds a gold quote."""
    scorer: Scorer | None = None
    """A reranker bound to the question that remembers its scores."""
    question: str = ""
    """As it stands alone, personal details masked: what a second judge is asked."""
    query: str = ""
    """What is searched for and judged."""


@dataclass(frozen=True, slots=True)
class Collected:
    """One question with its candidate sentences."""

    item: Item
    analysis: QueryAnalysis
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    is_gold: Flags
    """Per candidate: whether quoting it would show a gold quote."""
    scorer: Scorer | None = None
    question: str = ""


def gather_all(
    items: Sequence[Item],
    snapshot: Snapshot,
    embedder: Embedder,
    settings: Settings,
    today: date,
    progress: Callable[[int, int], None] = lambda done, total: None,
    reranker: Reranker | None = None,
) -> tuple[Gathered, ...]:
    """Returns the fused hits for each question, in order."""
    gathered = []
    for place, item in enumerate(items):
        progress(place, len(items))
        question = item.asked()
        plan = plan_search(question, screen(question, settings), snapshot, today)
        hits = gather(plan.queries, snapshot, embedder, plan.scope, settings)
        gold = np.array([_holds(item, hit) for hit in hits], dtype=bool)
        scorer = remembered(bound_scorer(reranker, plan.search_query)) if reranker else None
        gathered.append(
            Gathered(item, plan.analysis, hits, gold, scorer, question=plan.standalone, query=plan.search_query)
        )
    progress(len(items), len(items))
    return tuple(gathered)


def remembered(scorer: Scorer) -> Scorer:
    """Returns a bound reranker that scores each text once: the folds score nearly the same ones."""
    known: dict[str, float] = {}

    def read(texts: Sequence[str]) -> Vectors:
        new = [each for each in dict.fromkeys(texts) if each not in known]
        known.update(zip(new, scorer(new).tolist(), strict=True))
        return np.array([known[each] for each in texts], dtype=np.float32)

    return read


def collect_candidates(gathered: Gathered, ranker: Logistic, hits_k: int) -> Collected:
    """Returns one question with the candidate sentences that the pipeline finds with this ranker of passages."""
    hits = cut(ranked(gathered.analysis, gathered.hits, ranker), hits_k)
    sentences = candidates(gathered.analysis, hits)
    gold = np.array([_shows(gathered.item, sentence) for sentence in sentences], dtype=bool)
    return Collected(gathered.item, gathered.analysis, hits, sentences, gold, gathered.scorer, gathered.question)


def _holds(item: Item, hit: Hit) -> bool:
    return _is_gold(item, hit, hit.passage.text)


def _shows(item: Item, candidate: Candidate) -> bool:
    return _is_gold(item, candidate.hit, candidate.context)


def _is_gold(item: Item, hit: Hit, text: str) -> bool:
    edition_id = hit.passage.edition_id
    return any(gold.edition_id == edition_id and is_shown(gold.quote, text) for gold in item.gold)
