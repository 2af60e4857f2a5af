"""Makes a calibration from the shared material and the project's own set, or from an operator's own questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answering.answerability.calibration import Calibration
from assistant.answering.answerability.second_judge import SecondJudge
from assistant.bootstrap import Assistant
from assistant.errors import LibraryEmpty, UsageError
from assistant.settings import Settings
from evals.calibration.calibrate import Bounds, calibrate
from evals.calibration.collect import Gathered, gather_all
from evals.dataset.items import Item, QuestionType, curated, load_all
from evals.dataset.training_set import HELD_BACK, publish_training, training_items
from ingest.build import ingest

LEAST = 300
"""Fewest questions that a threshold may be set on."""
CORPUS = Path(__file__).parents[2] / "corpus"
TAKEN = frozenset(
    {
        QuestionType.ANSWERABLE,
        QuestionType.MULTI,
        QuestionType.UNANSWERABLE,
        QuestionType.FOLLOW_UP,
        QuestionType.PERSONAL_DATA,
        QuestionType.WRONG_EDITION,
    }
)
"""Types that reach the judgement whether the documents answer; screening ends the others."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration with the questions that it was made from."""

    calibration: Calibration
    gathered: tuple[Gathered, ...]


def packaged_set(training: Path, assistant: Assistant) -> tuple[Item, ...]:
    """Returns the questions of the packaged calibration, and makes their library where it is empty.

    Raises:
        ConfigurationError: The shared material is not there; names where it is expected.
    """
    try:
        with assistant.library.open():
            pass
    except LibraryEmpty:
        publish_training(training, assistant.library, assistant.embedder, assistant.settings)
        ingest((CORPUS,), assistant.library, assistant.embedder, assistant.settings)
    own = [_within(item) for item in load_all(curated("own")) if item.type in TAKEN]
    return (*_unseen(training_items(training), assistant.settings), *own)


def _unseen(items: Sequence[Item], settings: Settings) -> Iterator[Item]:
    """Yields the questions of documents that no model in use was trained on."""
    return (item for item in items if settings.embedder == "minilm" or item.work in HELD_BACK)


def _within(item: Item) -> Item:
    """Returns an own question asked of its own document only, as the questions of the material are."""
    named = tuple(dict.fromkeys(gold.edition_id for gold in item.gold))
    return item.model_copy(update={"editions": item.editions or named})


def calibrated(
    items: Sequence[Item],
    assistant: Assistant,
    today: date,
    risk: float | None = None,
    progress: Progress | None = None,
    bounds: Bounds = "false_answers",
    with_judge: bool = False,
) -> Calibrated:
    """Returns the calibration of labelled questions over the assistant's library.

    Raises:
        UsageError: The report split is among them, they are too few, or there is no second judge to calibrate with.
    """
    judge = _judge_of(assistant) if with_judge else None
    told = progress or (lambda done, total: None)
    chosen = [item for item in items if item.type in TAKEN]
    if any(item.split == "report" for item in chosen):
        raise UsageError("The report split is never calibrated on: leave its questions out.")
    if len(chosen) < LEAST:
        raise UsageError(f"{len(chosen)} questions are too few to set a threshold on: give at least {LEAST}.")
    with assistant.opened() as snapshot:
        tools = (snapshot, assistant.embedder, assistant.settings, today, told, assistant.reranker)
        found = gather_all(chosen, *tools)
        reranker = assistant.reranker.fingerprint if assistant.reranker else ""
        fingerprint, hits_k = snapshot.generation.fingerprint, assistant.settings.hits_k
        made = calibrate(found, hits_k, today, fingerprint, risk, reranker, bounds, judge, told)
    return Calibrated(made, found)


def _judge_of(assistant: Assistant) -> SecondJudge:
    if assistant.second_judge is None:
        raise UsageError("--with-judge: no second judge is set up. Set answerability.judge (docs/models.md).")
    return assistant.second_judge
