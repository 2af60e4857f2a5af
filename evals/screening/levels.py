"""Measures levels, judgement and masking on sets of labelled messages, by hand and by kind of writer.

A set is a folder of JSONL files, or one file, each file by one hand. A row has ``id`` and ``text``, and ``level`` with
``writer``, or ``judgement``, or ``details`` (``value`` and ``kind`` of each) with ``policy_question``, or ``empty: true``
where nothing is left to ask.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answering.screening.door import Door
from assistant.answering.screening.screen import screen
from assistant.errors import UsageError
from assistant.model import Level, Question, Screened
from assistant.settings import Settings
from evals.screening.measure import Count, count_of, leaks
from evals.screening.phrasings import Detail, Phrasing

LEAST_OF_A_KIND = 5
"""Rows of a kind of writer for a line of its own."""
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row of a set with what screening made of it."""

    hand: str
    row: dict[str, Any]
    screened: Screened
    seconds: float

    @property
    def name(self) -> str:
        """What a failure is listed by."""
        return f"{self.row['id']}: {self.row['text']}"


def measure_set(path: Path, door: Door | None) -> tuple[Count, ...]:
    """Returns every count of a set. Raises ``UsageError`` where there is none."""
    rows = read_set(path, door)
    hands = sorted({each.hand for each in rows})
    counts = list(_counts("", rows))
    for hand in hands if len(hands) > 1 else ():
        counts += _counts(f"{hand}: ", [each for each in rows if each.hand == hand])
    for kind in _writers(rows):
        counts += _levels(f"writer {kind}: ", [each for each in rows if each.row.get("writer") == kind])
    return tuple(each for each in counts if each.total)


def read_set(path: Path, door: Door | None) -> tuple[Labelled, ...]:
    """Returns the rows of a set, screened. Raises ``UsageError`` for a path without JSONL files or a row without text."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path] if path.suffix == ".jsonl" else []
    if not files or not all(file.is_file() for file in files):
        raise UsageError(
            f"{path}: no JSONL file there. Name a folder of them, or one; docs/evaluation.md has the format."
        )
    settings = Settings(question_chars=_LONGEST)
    return tuple(_screened(file, line, door, settings) for file in files for line in _lines(file))


def slowest(rows: Sequence[Labelled]) -> float:
    """Returns the 95th percentile of the seconds that screening took; 0.0 for no rows."""
    taken = sorted(each.seconds for each in rows)
    return taken[min(len(taken) - 1, int(0.95 * len(taken)))] if taken else 0.0


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            yield number, line


def _screened(file: Path, line: tuple[int, str], door: Door | None, settings: Settings) -> Labelled:
    try:
        row = json.loads(line[1])
        text = row["text"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file}, line {line[0]}: not a JSON object with a text.") from error
    row.setdefault("id", f"{file.stem}-{line[0]}")
    started = time.perf_counter()
    result = screen(Question(text), settings, door)
    return Labelled(file.stem, row, result, time.perf_counter() - started)


def _writers(rows: Sequence[Labelled]) -> list[str]:
    writers = [each.row.get("writer") for each in rows if "level" in each.row]
    return sorted({each for each in writers if each and writers.count(each) >= LEAST_OF_A_KIND})


def _counts(prefix: str, rows: Sequence[Labelled]) -> Iterator[Count]:
    yield from _levels(prefix, rows)
    judged = [each for each in rows if _judgement(each.row) is not None]
    yield _count(f"{prefix}judgement", [each for each in judged if _judgement(each.row)], _is_judged)
    calm = [each for each in judged if not _judgement(each.row)]
    yield _count(f"{prefix}judgement, false alarms", calm, _is_judged, is_alarm=True)
    empty = [each for each in rows if each.row.get("empty")]
    yield _count(
        f"{prefix}nothing left to ask",
        empty,
        lambda each: each.screened.route in ("nothing_left", "too_vague", "courtesy"),
    )
    yield from _masking(prefix, [each for each in rows if "details" in each.row])


def _levels(prefix: str, rows: Sequence[Labelled]) -> Iterator[Count]:
    of = {level: [each for each in rows if each.row.get("level") == level.value] for level in Level}
    yield _count(f"{prefix}act now", of[Level.ACT_NOW], lambda each: each.screened.is_urgent)
    yield _count(f"{prefix}act now, any card", of[Level.ACT_NOW], lambda each: each.screened.has_card)
    yield _count(
        f"{prefix}act today, that card or the higher", of[Level.ACT_TODAY], lambda each: each.screened.has_card
    )
    yield _count(f"{prefix}false act now", of[Level.LOOK_UP], lambda each: each.screened.is_urgent, is_alarm=True)
    yield _count(
        f"{prefix}false act today",
        of[Level.LOOK_UP],
        lambda each: each.screened.level is Level.ACT_TODAY,
        is_alarm=True,
    )


def _judgement(row: dict[str, Any]) -> bool | None:
    found = row.get("judgement", row.get("judge"))
    return None if found is None else bool(found)


def _is_judged(each: Labelled) -> bool:
    return each.screened.route == "judgement"


def _masking(prefix: str, rows: Sequence[Labelled]) -> Iterator[Count]:
    tried: dict[str, list[tuple[bool, str]]] = {}
    for each in rows:
        details = tuple(Detail(found["kind"], found["value"], is_cueless=False) for found in each.row["details"])
        phrasing = Phrasing(each.row["id"], each.row["text"], details)
        for detail in details:
            entry = (not leaks(phrasing, detail, each.screened.text), f"{each.row['id']}: {each.screened.text}")
            for name in ("all", detail.kind):
                tried.setdefault(name, []).append(entry)
    for name in sorted(tried):
        yield count_of(f"{prefix}details, {name}", tried[name], is_alarm=False)
    without = [(bool(each.screened.masked), each.name) for each in rows if not each.row["details"]]
    yield count_of(f"{prefix}details, masked by mistake", without, is_alarm=True)


def _count(name: str, rows: Iterable[Labelled], test: Callable[[Labelled], bool], *, is_alarm: bool = False) -> Count:
    return count_of(name, [(test(each), each.name) for each in rows], is_alarm=is_alarm)
