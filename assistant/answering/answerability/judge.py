"""Decides whether the hits answer at all: features, two small logistic models, one calibrated threshold."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.answerability.question_features import question_features
from assistant.answering.answerability.reranking import (
    Reads,
    first_passages,
    ordered,
    read_features,
    reordered,
    with_scores,
)
from assistant.answering.answerability.sentence_features import Candidate, Wanted
from assistant.answering.retrieval.linear_model import Logistic
from assistant.errors import ConfigurationError
from assistant.model import Hit
from assistant.ports import Reader


class CurvePoint(BaseModel):
    """One threshold of the risk-coverage curve, on the calibration set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float
    coverage: float
    """Share of answerable questions that are answered."""
    risk: float
    """Share of all questions answered wrongly: unanswerable, or no gold quote shown."""
    risk_bound: float
    """Exact upper bound of that risk at the stated confidence."""
    selective_risk: float | None
    """Share of wrong ones among those answered; None where none is."""
    false_answers: float | None
    """Share of the unanswerable questions that are answered; None where there is none."""
    false_answers_bound: float
    """Exact upper bound of that share at the stated confidence."""


class Calibration(BaseModel):
    """Rankers of passages and sentences, answerability model, threshold, and how they were set: the policy team's decision."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 2
    passage: Logistic
    """Orders the fused hits (``assistant/answering/retrieval/passage_ranking.py``)."""
    sentence: Logistic
    """Tells the answering sentence (``assistant/answering/answerability/sentence_features.py``)."""
    order: Logistic | None = None
    """Orders the first sentences anew with what the reader finds (``assistant/answering/answerability/reranking.py``); None without one."""
    reader: str = ""
    """Fingerprint of the reader that it was set with; "" for none."""
    question: Logistic
    """Tells whether it answers (``assistant/answering/answerability/question_features.py``)."""
    threshold: float | None
    """Answer at this probability or above; None means no threshold met any risk: refuse everything."""
    extra_share: float = 0.5
    """A second or third sentence is added when its odds are at least this share of the best one's."""
    risk: float | None = None
    """The bound that the threshold keeps: most unanswerable questions answered, as a share."""
    confidence: float = 0.9
    coverage_at: dict[str, float | None] = {}
    """Coverage at each bound on false answers; None where no threshold keeps it."""
    coverage_at_wrong: dict[str, float | None] = {}
    """Coverage at each bound on wrong answers of any kind, among all questions."""
    curve: tuple[CurvePoint, ...] = ()
    set_digest: str = ""
    set_size: int = 0
    date: str = ""
    library_fingerprint: str = ""
    note: str = ""

    def digest(self) -> str:
        """Returns a short name of this calibration for fingerprints: its date and threshold with its set."""
        return f"{self.date}/{self.set_digest[:12]}/{self.threshold}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What answerability makes of the evidence."""

    ranked: tuple[tuple[Candidate, float], ...]
    """Candidates with their logits, best first, ties in reading order of the hits."""
    features: dict[str, float]
    probability: float
    """Calibrated probability that the best sentence answers; 0 where there is no candidate."""
    is_answerable: bool


def load_calibration(path: Path | None, packaged: str = "calibration.json") -> Calibration:
    """Returns the calibration of a file, the packaged one of a name for None.

    Raises:
        ConfigurationError: The file is absent or is not a calibration; the message names the fix.
    """
    try:
        text = (
            path.read_text() if path else (files("assistant.answering.answerability") / "data" / packaged).read_text()
        )
        return Calibration.model_validate(json.loads(text))
    except (OSError, ValueError, ValidationError) as error:
        fix = "Run `assistant eval calibrate --out FILE` to make one, or unset ASSISTANT_CALIBRATION"
        raise ConfigurationError(f"{path or 'packaged calibration'}: not a readable calibration. {fix}.") from error


def check_reader(calibration: Calibration, reader: Reader | None) -> None:
    """Raises ``ConfigurationError`` where a calibration was set with a reader that is not the one in use."""
    given = reader.fingerprint if reader else ""
    if calibration.reader and calibration.reader != given:
        fix = 'Set reader = "auto", or calibrate again: `assistant eval calibrate`'
        raise ConfigurationError(
            f"The calibration was set with the reader {calibration.reader}, not {given or 'none'}. {fix}."
        )


def judge(
    wanted: Wanted,
    found: Sequence[Candidate],
    hits: Sequence[Hit],
    calibration: Calibration,
    reads: Reads | None = None,
) -> Judged:
    """Returns the ranked sentences and whether the best of them may be given as an answer.

    A reader is asked only where the calibration was set with one.
    """
    if not found:
        return Judged((), {}, 0.0, False)
    order = ordered(found, calibration.sentence)
    if reads is not None and calibration.order is not None:
        order = reordered(with_scores(order, reads, first_passages(hits)), calibration.order)
    used = [hit for hit in hits if hit.rejected is None]
    features = {**question_features(wanted, order.ranked, used), **read_features(order)}
    row = np.array([[features[name] for name in calibration.question.features]])
    probability = float(1.0 / (1.0 + math.exp(-float(calibration.question.logit(row)[0]))))
    is_enough = calibration.threshold is not None and probability >= calibration.threshold
    return Judged(order.ranked, features, probability, is_enough)
