"""Asks every question of a set, and keeps one line per question: ``{"id", "outcome", "seconds"}``."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.ask import Tools, ask
from assistant.model import Question
from assistant.outcome_json import hit_object, outcome_object
from assistant.ports import Snapshot
from assistant.retrieve import filter_at, retrieve
from assistant.rewrite import rewrite
from assistant.screen import screen
from evals.gold import gold_ranks
from evals.items import Item, QuestionType
from evals.right import Mark, has_gold_to_show, mark

MOST_HITS = 10
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what came of it."""

    item: Item
    outcome: dict[str, Any]
    seconds: float
    mark: Mark
    ranks: tuple[int | None, ...] | None
    """Rank of each part of the gold among the passages found; None for a question that has none to show."""


def run(
    items: Sequence[Item], snapshot: Snapshot, tools: Tools, out: Path | None = None, tell: Tell | None = None
) -> tuple[Asked, ...]:
    """Returns what came of each question, in order.

    Args:
        items: The questions.
        snapshot: The library that is asked.
        tools: What the ask line works with.
        out: A JSONL file; lines that are there already are taken as they are, so that a stopped run goes on.
        tell: Told of the questions done and of how many there are.
    """
    there = read_outcomes(out) if out is not None and out.is_file() else {}
    asked = []
    for place, item in enumerate(items, start=1):
        outcome, seconds = there.get(item.id) or _outcome(item.asked(), snapshot, tools)
        if out is not None and item.id not in there:
            append(out, item.id, outcome, seconds)
        asked.append(
            Asked(item, outcome, seconds, _marked(item, outcome, snapshot, tools), _ranks(item, snapshot, tools))
        )
        if tell is not None:
            tell(place, len(items))
    return tuple(asked)


def _outcome(question: Question, snapshot: Snapshot, tools: Tools) -> tuple[dict[str, Any], float]:
    start = time.perf_counter()
    outcome = outcome_object(ask(question, snapshot, tools))
    return outcome, round(time.perf_counter() - start, 6)


def _marked(item: Item, outcome: dict[str, Any], snapshot: Snapshot, tools: Tools) -> Mark:
    clean = None
    if item.type is QuestionType.INJECTION and item.clean:
        clean, _ = _outcome(item.asked(item.clean), snapshot, tools)
    return mark(item, outcome, clean)


def _ranks(item: Item, snapshot: Snapshot, tools: Tools) -> tuple[int | None, ...] | None:
    if not has_gold_to_show(item) or item.type is QuestionType.FALSE_PREMISE:
        return None
    question = item.asked()
    standalone = rewrite(screen(question, tools.settings))
    scope = filter_at(question, snapshot, question.as_at or tools.today())
    settings = tools.settings.model_copy(update={"hits_k": max(tools.settings.hits_k, MOST_HITS)})
    hits = retrieve(standalone, snapshot, tools.embedder, scope, settings, tools.calibration.passage)
    used = [hit for hit in hits if hit.rejected is None][:MOST_HITS]
    return gold_ranks(item, [hit_object(hit, rank, snapshot) for rank, hit in enumerate(used, start=1)])


def append(out: Path, name: str, outcome: dict[str, Any], seconds: float) -> None:
    """Writes one line at the end of an outcomes file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": name, "outcome": outcome, "seconds": seconds}, ensure_ascii=False) + "\n")


def read_outcomes(path: Path) -> dict[str, tuple[dict[str, Any], float]]:
    """Returns outcome and seconds by question id; a last line that was cut off is left out."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        found[row["id"]] = (row["outcome"], row["seconds"])
    return found
