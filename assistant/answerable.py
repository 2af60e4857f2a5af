"""Decides whether the hits answer at all: features, two small logistic models, one calibrated threshold."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError
from assistant.evidence import SENTENCE_FEATURES, Candidate, Floats, Wanted, coverage
from assistant.expectation import Expectation
from assistant.model import Hit

QUESTION_FEATURES = (
    "best_score",
    "margin_to_next",
    "margin_to_next_passage",
    "mean_of_five",
    "best_cosine",
    "top_passage_cosine",
    "cosine_spread",
    "coverage_by_quote",
    "coverage_by_quote_and_headings",
    "coverage_by_passage",
    "rarest_word_missing",
    "expected_here",
    "expected_missing",
    "rankings_agree",
    "rankings_overlap",
    "bm25_top",
    "bm25_margin",
    "log_question_words",
    "share_of_five_expected",
    "asks_for_detail",
    "has_digits",
    "is_yes_no",
    "passages_in_five",
    "time_limit_here",
    "time_limit_missing",
    "number_here",
    "number_missing",
    "time_limit_covered",
    "pair_coverage",
    "heading_coverage",
    "cosine_of_best",
    *(f"expects_{each.value}" for each in Expectation),
)


_TAKEN = (
    "expected_here",
    "expected_missing",
    "time_limit_here",
    "time_limit_missing",
    "number_here",
    "number_missing",
    "pair_coverage",
    "heading_coverage",
)
"""Features of the best sentence that speak about the question too."""
_MISSING = SENTENCE_FEATURES.index("expected_missing")


class Logistic(BaseModel):
    """A logistic model over named features, standardised by ``mean`` and ``scale``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float

    def logit(self, rows: Floats) -> Floats:
        """Returns float64 (n,) for rows of shape (n, number of features); (0,) for none."""
        if len(rows) == 0:
            return np.zeros(0)
        scaled = (rows - np.array(self.mean)) / np.array(self.scale)
        return np.asarray(scaled @ np.array(self.weights) + self.intercept)


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
    """Sentence ranker, answerability model, threshold, and how they were set: the policy team's decision."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    sentence: Logistic
    question: Logistic
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


def load_calibration(path: Path | None) -> Calibration:
    """Returns the calibration of a file, the packaged one for None.

    Raises:
        ConfigurationError: The file is absent or is not a calibration; the message names the fix.
    """
    try:
        text = path.read_text() if path else (files("assistant") / "data" / "calibration.json").read_text()
        return Calibration.model_validate(json.loads(text))
    except (OSError, ValueError, ValidationError) as error:
        fix = "Run `assistant eval calibrate --out FILE` to make one, or unset ASSISTANT_CALIBRATION"
        raise ConfigurationError(f"{path or 'packaged calibration'}: not a readable calibration. {fix}.") from error


def judge(wanted: Wanted, found: Sequence[Candidate], hits: Sequence[Hit], calibration: Calibration) -> Judged:
    """Returns the ranked sentences and whether the best of them may be given as an answer."""
    if not found:
        return Judged((), {}, 0.0, False)
    rows = np.array([each.features for each in found])
    logits = calibration.sentence.logit(rows)
    order = np.argsort(-logits, kind="stable")
    ranked = tuple((found[i], float(logits[i])) for i in order)
    features = question_features(wanted, ranked, [hit for hit in hits if hit.rejected is None])
    row = np.array([[features[name] for name in calibration.question.features]])
    probability = float(1.0 / (1.0 + math.exp(-float(calibration.question.logit(row)[0]))))
    is_enough = calibration.threshold is not None and probability >= calibration.threshold
    return Judged(ranked, features, probability, is_enough)


def question_features(
    wanted: Wanted, ranked: Sequence[tuple[Candidate, float]], hits: Sequence[Hit]
) -> dict[str, float]:
    """Returns every feature of ``QUESTION_FEATURES`` by name, for at least one ranked sentence."""
    best, score = ranked[0]
    scores = [logit for _, logit in ranked]
    others = [logit for each, logit in ranked if each.hit.passage.passage_id != best.hit.passage.passage_id]
    of_sentence = dict(zip(SENTENCE_FEATURES, best.features, strict=True))
    return {
        "best_score": score,
        "margin_to_next": score - scores[1] if len(scores) > 1 else 5.0,
        "margin_to_next_passage": score - others[0] if others else 5.0,
        "mean_of_five": float(np.mean(scores[:5])),
        "best_cosine": max(each.features[0] for each, _ in ranked),
        **_cosine_features(hits),
        **_coverage_features(wanted, best),
        **{name: of_sentence[name] for name in _TAKEN},
        "cosine_of_best": of_sentence["cosine"],
        "time_limit_covered": of_sentence["time_limit_here"] * of_sentence["coverage"],
        **_ranking_features(hits),
        "log_question_words": math.log(1 + len(wanted.weights)),
        "share_of_five_expected": float(np.mean([not each.features[_MISSING] for each, _ in ranked[:5]])),
        "asks_for_detail": float(wanted.asks_for_detail),
        "has_digits": float(any(letter.isdigit() for letter in best.context)),
        "is_yes_no": float(wanted.is_yes_no),
        "passages_in_five": len({each.hit.passage.passage_id for each, _ in ranked[:5]}) / 5.0,
        **{f"expects_{each.value}": float(each is wanted.expected) for each in Expectation},
    }


def _cosine_features(hits: Sequence[Hit]) -> dict[str, float]:
    cosines = sorted((hit.cosine for hit in hits if hit.cosine is not None), reverse=True)
    top = cosines[0] if cosines else 0.0
    return {"top_passage_cosine": top, "cosine_spread": top - cosines[-1] if cosines else 0.0}


def _coverage_features(wanted: Wanted, best: Candidate) -> dict[str, float]:
    headed = " ".join((*best.hit.passage.headings, best.context))
    rarest = max(wanted.weights, key=lambda each: wanted.weights[each], default=None)
    alone = replace(wanted, weights={rarest: 1.0}) if rarest else wanted
    whole = f"{headed} {best.hit.passage.text}"
    return {
        "coverage_by_quote": coverage(wanted, best.context),
        "coverage_by_quote_and_headings": coverage(wanted, headed),
        "coverage_by_passage": coverage(wanted, whole),
        "rarest_word_missing": 1.0 - coverage(alone, whole),
    }


def _ranking_features(hits: Sequence[Hit]) -> dict[str, float]:
    dense = {hit.passage.passage_id for hit in hits if hit.dense_rank is not None and hit.dense_rank <= 5}
    lexical = {hit.passage.passage_id for hit in hits if hit.lexical_rank is not None and hit.lexical_rank <= 5}
    words = sorted((hit.bm25 for hit in hits if hit.bm25 is not None), reverse=True)
    top = hits[0] if hits else None
    return {
        "rankings_agree": float(top is not None and top.dense_rank == 1 and top.lexical_rank == 1),
        "rankings_overlap": len(dense & lexical) / 5.0,
        "bm25_top": math.log(1 + words[0]) if words else 0.0,
        "bm25_margin": (words[0] - words[1]) / words[0] if len(words) > 1 and words[0] > 0 else 1.0,
    }
