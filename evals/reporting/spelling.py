"""How many mistyped words are repaired with the words of a library, and how many right ones are left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.answering.query_analysis.spelling import repaired
from assistant.ports import Snapshot
from assistant.text.words import stem
from evals.scoring.metrics import Share, share_of

FOLDER = Path(__file__).parents[1] / "dataset" / "report"


def measure(snapshot: Snapshot, folder: Path = FOLDER) -> Iterator[tuple[str, Share]]:
    """Yields figures by name over ``mistyped.jsonl`` and ``right-words.jsonl`` of a folder.

    A repair is right where it has the stem of what was meant.
    """
    vocabulary = snapshot.vocabulary()
    right, wrong = [], []
    for row in _rows(folder / "mistyped.jsonl"):
        repairs = {each.typed.lower(): each.meant for each in repaired(row["text"], vocabulary).repairs}
        meant = {each["typed"].lower(): each["meant"].lower() for each in row["words"]}
        right += [name in repairs and stem(repairs[name]) == stem(word) for name, word in meant.items()]
        wrong += [name in repairs and stem(repairs[name]) != stem(word) for name, word in meant.items()]
    yield "mistyped words repaired", share_of(right)
    yield "mistyped words taken for another word", share_of(wrong)
    changed = [bool(repaired(row["text"], vocabulary).repairs) for row in _rows(folder / "right-words.jsonl")]
    yield "questions with only right words that were changed", share_of(changed)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
