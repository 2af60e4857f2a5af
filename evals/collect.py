"""Collects, for each question, what the answering steps see: the evidence that models are fitted on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from assistant.evidence import Candidate, Wanted, candidates, wanted_by
from assistant.model import Hit
from assistant.ports import Embedder, Snapshot
from assistant.retrieve import filter_at, retrieve
from assistant.rewrite import rewrite
from assistant.screen import screen
from assistant.settings import Settings
from evals.gold import is_shown
from evals.items import Item


@dataclass(frozen=True, slots=True)
class Collected:
    """One question with its evidence."""

    item: Item
    wanted: Wanted
    hits: tuple[Hit, ...]
    found: tuple[Candidate, ...]
    is_gold: npt.NDArray[np.bool_]
    """Per candidate: whether quoting it would show a gold quote."""


def collect(
    items: Sequence[Item],
    snapshot: Snapshot,
    embedder: Embedder,
    settings: Settings,
    today: date,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Collected, ...]:
    """Returns the evidence for each question, in order."""
    gathered = []
    for place, item in enumerate(items):
        tell(place, len(items))
        question = item.asked()
        standalone = rewrite(screen(question, settings))
        scope = filter_at(question, snapshot, question.as_at or today)
        hits = retrieve(standalone, snapshot, embedder, scope, settings)
        wanted = wanted_by(standalone, snapshot)
        found = candidates(wanted, hits)
        gold = np.array([_shows(item, each) for each in found], dtype=bool)
        gathered.append(Collected(item, wanted, hits, found, gold))
    tell(len(items), len(items))
    return tuple(gathered)


def _shows(item: Item, candidate: Candidate) -> bool:
    edition_id = candidate.hit.passage.edition_id
    return any(gold.edition_id == edition_id and is_shown(gold.quote, candidate.context) for gold in item.gold)
