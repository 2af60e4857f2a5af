"""What each model is worth, from words alone to the whole pipeline, question by question on the same split.

``python -m evals ablation-models`` prints the table. Each row runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.answering.answerability.judge import Answerability, judge
from assistant.answering.answerability.sentence_features import candidates
from assistant.answering.retrieval.retrieve import gather
from assistant.answering.screening.screen import screen
from assistant.answering.search_plan import SearchPlan, hits_of, plan_search
from assistant.bootstrap import Assistant
from assistant.errors import UsageError
from assistant.model import Hit, Ranked
from assistant.ports import Snapshot
from assistant.settings import Settings
from assistant.text.abbreviations import expand
from evals.dataset.gold import gold_ranks
from evals.dataset.items import Item, QuestionType, curated, load_all
from evals.dataset.split_access_log import LOG, log_opening
from evals.reporting.summary import shown, shown_mean
from evals.scoring.grading import has_gold_to_show
from evals.scoring.metrics import auc, mean, paired_gain, recall_at, share_of

ANSWERED = 0.8
"""Share of answerable questions that a level lets through when near-misses are counted."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What one method found for one question: passages best first, and its confidence that they answer."""

    passages: tuple[Hit, ...]
    score: float
    is_answered: bool | None = None
    """Whether it is at or above a calibrated threshold; None where there is none."""


Method = Callable[[SearchPlan, Snapshot, Assistant], Ranking]


def words_only(plan: SearchPlan, snapshot: Snapshot, assistant: Assistant) -> Ranking:
    """BM25 alone."""
    return _plain(snapshot.search_words(expand(plan.search_query), k=30, filter=plan.scope), snapshot)


def vectors_only(plan: SearchPlan, snapshot: Snapshot, assistant: Assistant) -> Ranking:
    """Vectors alone."""
    vector = assistant.embedder.embed([expand(plan.search_query)], kind="query")[0]
    return _plain(snapshot.search_vectors(vector, k=30, filter=plan.scope), snapshot)


def _plain(ranked: Sequence[Ranked], snapshot: Snapshot) -> Ranking:
    passages = snapshot.passages([each.passage_id for each in ranked])
    return Ranking(tuple(Hit(each, 0.0) for each in passages), ranked[0].score if ranked else 0.0)


def hybrid(plan: SearchPlan, snapshot: Snapshot, assistant: Assistant) -> Ranking:
    """Words and vectors fused; the best cosine is the confidence."""
    hits = _fused(plan, snapshot, assistant)
    used = tuple(hit for hit in hits if hit.rejected is None)
    return Ranking(used, max((hit.cosine for hit in used if hit.cosine is not None), default=0.0))


def calibrated_hybrid(plan: SearchPlan, snapshot: Snapshot, assistant: Assistant) -> Ranking:
    """Ordered by the fitted ranker; the calibrated probability is the confidence."""
    hits, judged = _judged(plan, snapshot, assistant)
    return Ranking(hits, judged.probability, judged.is_answerable)


def reranker_in_ranking(plan: SearchPlan, snapshot: Snapshot, assistant: Assistant) -> Ranking:
    """The same, passages in the order of their best sentence."""
    hits, judged = _judged(plan, snapshot, assistant)
    best: dict[str, int] = {}
    for place, (candidate, _) in enumerate(judged.ranked):
        best.setdefault(candidate.hit.passage.passage_id, place)
    last = len(judged.ranked)
    ordered = tuple(sorted(hits, key=lambda hit: best.get(hit.passage.passage_id, last)))
    return Ranking(ordered, judged.probability, judged.is_answerable)


def _fused(plan: SearchPlan, snapshot: Snapshot, assistant: Assistant) -> tuple[Hit, ...]:
    return gather(plan.queries, snapshot, assistant.embedder, plan.scope, assistant.settings)


def _judged(plan: SearchPlan, snapshot: Snapshot, assistant: Assistant) -> tuple[tuple[Hit, ...], Answerability]:
    resources = assistant.resources
    hits = hits_of(plan, snapshot, resources)
    sentences = candidates(plan.analysis, hits)
    scorer = resources.scorer(plan.search_query)
    judged = judge(plan.analysis, sentences, hits, resources.calibration, scorer)
    return tuple(hit for hit in hits if hit.rejected is None), judged


@dataclass(frozen=True, slots=True)
class Row:
    """One row: which library, which reranker, which method."""

    name: str
    embedder: str
    reranker: Literal["none", "own"]
    method: Method


ROWS = (
    Row("words only", "minilm", "none", words_only),
    Row("plain MiniLM", "minilm", "none", vectors_only),
    Row("hybrid", "minilm", "none", hybrid),
    Row("hybrid, evidence and calibration (MiniLM)", "minilm", "none", calibrated_hybrid),
    Row("tuned embedder alone", "tuned", "none", vectors_only),
    Row("hybrid + tuned embedder", "tuned", "none", hybrid),
    Row("+ evidence and calibration", "tuned", "none", calibrated_hybrid),
    Row("+ reranker in answerability", "tuned", "own", calibrated_hybrid),
    Row("+ reranker in ranking", "tuned", "own", reranker_in_ranking),
)


@dataclass(frozen=True, slots=True)
class RowFigures:
    """The figures of a row, question by question in the order of the set."""

    recall_1: tuple[float, ...]
    recall_5: tuple[float, ...]
    answerable: tuple[float, ...]
    """Scores."""
    near: tuple[float, ...]
    passed: tuple[bool, ...]
    """Per answerable question; () without a threshold."""
    near_passed: tuple[bool, ...]
    ms: tuple[float, ...]
    memory_mb: float


def measure_row(row: Row, items: Sequence[Item], data: Path) -> RowFigures:
    """Returns the figures of a row over the documents of a data folder."""
    assistant = Assistant(Settings(data=data, embedder=row.embedder, reranker=row.reranker))
    answerable = [each for each in items if has_gold_to_show(each) and each.type is not QuestionType.FALSE_PREMISE]
    near = [each for each in items if each.type is QuestionType.UNANSWERABLE]
    with assistant.opened() as snapshot:
        _asked(row, answerable[0], snapshot, assistant)  # the models are loaded by the first
        found = [_asked(row, each, snapshot, assistant) for each in (*answerable, *near)]
    ranks = [gold_ranks(item, _shown(each.passages)) for item, (each, _) in zip(answerable, found, strict=False)]
    passed = [each.is_answered for each, _ in found if each.is_answered is not None]
    return RowFigures(
        tuple(recall_at(each, 1) for each in ranks),
        tuple(recall_at(each, 5) for each in ranks),
        tuple(each.score for each, _ in found[: len(answerable)]),
        tuple(each.score for each, _ in found[len(answerable) :]),
        tuple(passed[: len(answerable)]),
        tuple(passed[len(answerable) :]),
        tuple(took for _, took in found),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _asked(row: Row, item: Item, snapshot: Snapshot, assistant: Assistant) -> tuple[Ranking, float]:
    start = time.perf_counter()
    question = item.asked()
    plan = plan_search(question, screen(question, assistant.settings), snapshot, date.today())
    found = row.method(plan, snapshot, assistant)
    return found, (time.perf_counter() - start) * 1000


def _shown(hits: Sequence[Hit]) -> list[dict[str, str]]:
    return [{"edition_id": hit.passage.edition_id, "text": hit.passage.text} for hit in hits]


def line(row: Row, found: RowFigures, base: RowFigures) -> str:
    """Returns a row of the table; gains are paired with ``base``."""
    level = float(np.quantile(found.answerable, 1 - ANSWERED))
    area = auc(found.answerable, found.near)
    cells = (
        row.name,
        shown_mean(mean(found.recall_1)),
        shown_mean(mean(found.recall_5)),
        shown_mean(paired_gain(base.recall_5, found.recall_5)),
        "-" if area is None else f"{area:.3f}",
        shown(share_of([each < level for each in found.near])),
        shown(share_of(found.passed)) if found.passed else "-",
        shown(share_of([not each for each in found.near_passed])) if found.near_passed else "-",
        f"{np.quantile(found.ms, 0.5):.0f} / {np.quantile(found.ms, 0.95):.0f}",
        f"{found.memory_mb:.0f}",
    )
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| row | recall@1 | recall@5 | gain over hybrid | AUC | near-misses refused at 80 % answered "
    "| answered at the threshold | near-misses refused there | ms p50 / p95 | MB |\n" + "|---" * 10 + "|"
)
BASE = 2
"""The row that gains are paired with: plain hybrid search with the packaged model."""


def table(split: str, data: Mapping[str, Path], *, without_reranker: bool = False) -> Iterator[str]:
    """Yields the lines of the table, once every row is measured.

    Args:
        split: Which of the questions over real documents.
        data: Data folder by embedder (minilm, tuned): the same documents, ingested with each.
        without_reranker: Leave out the rows of the reranker.

    Raises:
        UsageError: There is no question of the split.
    """
    items = [item for item in load_all(curated("real")) if item.split == split]
    if not items:
        raise UsageError(f"--split {split}: there is no question of it. There are: report, development.")
    if log_opening(items, "ablation_models", "all rows"):
        sys.stderr.write(f"The report split is opened; {LOG.name} records it.\n")
    rows = [row for row in ROWS if row.reranker == "none" or not without_reranker]
    figures = []
    for row in rows:
        sys.stderr.write(f"{row.name} …\n")
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            figures.append(pool.submit(measure_row, row, items, data[row.embedder]).result())
    yield HEAD
    yield from (line(row, figure, figures[BASE]) for row, figure in zip(rows, figures, strict=True))
