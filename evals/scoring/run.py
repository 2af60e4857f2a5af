"""Asks every question of a set, and saves one line per question: ``{"id", "outcome", "seconds"}``."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from assistant.bootstrap import Assistant
from assistant.editions.visible_snapshot import visible_to
from assistant.errors import UsageError
from assistant.model import Question
from assistant.outcomes.view import outcome_object
from assistant.settings import Settings
from evals.dataset.items import Item, QuestionType

Outcome = dict[str, Any]
Progress = Callable[[int, int], None]
CLEAN = "#clean"
"""Ending of the line of an injection's clean question."""


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One line of an outcomes file."""

    id: str
    outcome: Outcome
    seconds: float


@dataclass(frozen=True, slots=True)
class RunOutcomes:
    """The outcomes of a set."""

    by_id: dict[str, OutcomeLine]
    crashed: tuple[tuple[str, str], ...]
    """Id of each question that ended with a fault, and the fault."""


def ask_all(
    items: Sequence[Item],
    assistant: Assistant,
    out: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    *,
    is_written: bool = False,
) -> RunOutcomes:
    """Returns the outcome of each question; a crash of one does not end the run.

    Args:
        items: The questions.
        assistant: The assistant that is asked; further processes build their own from its settings.
        out: A JSONL file, written line by line in the order of completion; lines already there are reused,
            so that a stopped run can be resumed.
        workers: Processes that ask at the same time.
        progress: Called after each question with how many are done and how many there are; what it raises ends the run.
        is_written: Whether the language model may write the answers.

    Raises:
        UsageError: The file holds outcomes of another library, calibration or settings.
    """
    with assistant.opened() as snapshot:
        everybody = visible_to(snapshot, ())
        outcomes = _earlier_outcomes(out, assistant.resources.fingerprint(everybody, is_written=is_written))
    asked = ((name, replace(question, is_written=is_written)) for name, question in _questions(items))
    remaining = [(name, question) for name, question in asked if name not in outcomes]
    crashed: list[tuple[str, str]] = []
    total = len(outcomes) + len(remaining)
    with closing(_futures(remaining, assistant, workers)) as futures:
        for name, future in futures:
            _take(name, future, outcomes, crashed, out)
            if progress is not None:
                progress(len(outcomes) + len(crashed), total)
    return RunOutcomes(outcomes, tuple(crashed))


def _take(
    name: str,
    future: Future[OutcomeLine],
    outcomes: dict[str, OutcomeLine],
    crashed: list[tuple[str, str]],
    out: Path | None,
) -> None:
    """Adds the outcome of one question, or its fault."""
    fault = future.exception()
    if fault is not None:
        crashed.append((name, f"{type(fault).__name__}: {fault}"))
        return
    outcomes[name] = future.result()
    if out is not None:
        append(out, outcomes[name])


def _questions(items: Sequence[Item]) -> Iterator[tuple[str, Question]]:
    for item in items:
        yield item.id, item.asked()
        if item.type is QuestionType.INJECTION and item.clean:
            yield item.id + CLEAN, item.asked(item.clean)


def _earlier_outcomes(out: Path | None, fingerprint: str) -> dict[str, OutcomeLine]:
    if out is None or not out.is_file():
        return {}
    _drop_half_line(out)
    found = read_outcomes(out)
    if any(line.outcome["trace"]["fingerprint"] not in ("", fingerprint) for line in found.values()):
        fix = "Name another file with --outcomes, or remove it"
        raise UsageError(f"{out}: its outcomes come from another library, calibration or settings. {fix}.")
    return found


def _drop_half_line(out: Path) -> None:
    """Removes what follows the last line end: a killed run left it."""
    content = out.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        out.write_bytes(whole)


def _futures(
    remaining: Sequence[tuple[str, Question]], assistant: Assistant, workers: int
) -> Generator[tuple[str, Future[OutcomeLine]]]:
    """Yields each question's outcome as it comes; closing it leaves out those that have not begun."""
    with _executor(assistant, workers) as executor:
        if workers > 1:
            futures = {executor.submit(_ask_here, name, question): name for name, question in remaining}
        else:
            futures = {executor.submit(_ask, name, question, assistant): name for name, question in remaining}
        try:
            for future in as_completed(futures):
                yield futures[future], future
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _executor(assistant: Assistant, workers: int) -> Executor:
    if workers == 1:
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(workers, get_context("spawn"), _start, (assistant.settings.model_dump(),))


_OWN: list[Assistant] = []
"""The assistant of a worker process."""


def _start(settings: dict[str, Any]) -> None:
    _OWN[:] = [Assistant(Settings(**settings))]


def _ask_here(name: str, question: Question) -> OutcomeLine:
    return _ask(name, question, _OWN[0])


def _ask(name: str, question: Question, assistant: Assistant) -> OutcomeLine:
    start = time.perf_counter()
    outcome = outcome_object(assistant.ask(question))
    return OutcomeLine(name, outcome, round(time.perf_counter() - start, 6))


def append(out: Path, line: OutcomeLine) -> None:
    """Writes one line at the end of an outcomes file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    row = {"id": line.id, "outcome": line.outcome, "seconds": line.seconds}
    with out.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_outcomes(path: Path) -> dict[str, OutcomeLine]:
    """Returns the lines of an outcomes file by question id.

    Raises:
        UsageError: A line was not written by ``eval run``; names it.
    """
    found = {}
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            found[row["id"]] = OutcomeLine(row["id"], row["outcome"], row["seconds"])
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}, line {number}: no outcome of `assistant eval run`. Remove the line.") from error
    return found
