"""Collects, for each question, what the answering steps see: the evidence that models are fitted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from assistant.answering.answerability.reranking import Reads, reads_of
from assistant.answering.answerability.sentence_features import Candidate, Wanted, candidates, wanted_by
from assistant.answering.retrieval.linear_model import Logistic
from assistant.answering.retrieval.passage_ranking import ranked
from assistant.answering.retrieval.retrieve import cut, filter_at, gather
from assistant.answering.rewriting.follow_ups import rewrite
from assistant.answering.screening.screen import screen
from assistant.model import Hit
from assistant.ports import Embedder, Reader, Snapshot, Vectors
from assistant.settings import Settings
from evals.dataset.gold import is_shown
from evals.dataset.items import Item

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gathered:
    """One question with its fused hits, not yet ranked."""

    item: Item
    wanted: Wanted
    hits: tuple[Hit, ...]
    is_gold: Flags
    """Per hit: whether its passage holds a gold quote."""
    reads: Reads | None = None
    """A reader bound to the question that remembers what it has read."""


@dataclass(frozen=True, slots=True)
class Collected:
    """One question with its evidence."""

    item: Item
    wanted: Wanted
    hits: tuple[Hit, ...]
    found: tuple[Candidate, ...]
    is_gold: Flags
    """Per candidate: whether quoting it would show a gold quote."""
    reads: Reads | None = None


def gather_all(
    items: Sequence[Item],
    snapshot: Snapshot,
    embedder: Embedder,
    settings: Settings,
    today: date,
    tell: Callable[[int, int], None] = lambda done, total: None,
    reader: Reader | None = None,
) -> tuple[Gathered, ...]:
    """Returns the fused hits for each question, in order."""
    gathered = []
    for place, item in enumerate(items):
        tell(place, len(items))
        question = item.asked()
        standalone = rewrite(screen(question, settings))
        scope = filter_at(question, snapshot, question.as_at or today)
        hits = gather(standalone, snapshot, embedder, scope, settings)
        gold = np.array([_holds(item, hit) for hit in hits], dtype=bool)
        reads = remembered(reads_of(reader, standalone)) if reader else None
        gathered.append(Gathered(item, wanted_by(standalone, snapshot), hits, gold, reads))
    tell(len(items), len(items))
    return tuple(gathered)


def remembered(reads: Reads) -> Reads:
    """Returns a bound reader that reads each text once: folds ask for nearly the same ones."""
    known: dict[str, float] = {}

    def read(texts: Sequence[str]) -> Vectors:
        new = [each for each in dict.fromkeys(texts) if each not in known]
        known.update(zip(new, reads(new).tolist(), strict=True))
        return np.array([known[each] for each in texts], dtype=np.float32)

    return read


def weigh(gathered: Gathered, ranker: Logistic, hits_k: int) -> Collected:
    """Returns the evidence of one question as the ask line weighs it with this ranker of passages."""
    hits = cut(ranked(gathered.wanted, gathered.hits, ranker), hits_k)
    found = candidates(gathered.wanted, hits)
    gold = np.array([_shows(gathered.item, each) for each in found], dtype=bool)
    return Collected(gathered.item, gathered.wanted, hits, found, gold, gathered.reads)


def _holds(item: Item, hit: Hit) -> bool:
    return _is_gold(item, hit, hit.passage.text)


def _shows(item: Item, candidate: Candidate) -> bool:
    return _is_gold(item, candidate.hit, candidate.context)


def _is_gold(item: Item, hit: Hit, text: str) -> bool:
    edition_id = hit.passage.edition_id
    return any(gold.edition_id == edition_id and is_shown(gold.quote, text) for gold in item.gold)
