"""The calibration: the fitted models, the threshold, and how they were set; the policy team's decision."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.retrieval.linear_model import Logistic
from assistant.errors import ConfigurationError
from assistant.ports import Reranker


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
    selective_risk_bound: float = 1.0
    """Exact upper bound of that share at the stated confidence; 1 in files of before it was computed."""
    false_answers: float | None
    """Share of the unanswerable questions that are answered; None where there is none."""
    false_answers_bound: float
    """Exact upper bound of that share at the stated confidence."""


class SecondJudgeCalibration(BaseModel):
    """With which second judge a calibration was made, and from which probability on that judge may find an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    judge: str
    """Fingerprint of the judge: model, settings, wording of the prompt and number of passages."""
    threshold: float | None
    """Where the judge finds an answer, it is given at this probability or above; None: no threshold keeps the bound, so the judge
    may only reject."""
    risk: float | None = None
    """The bound that is kept, as a share of what ``Calibration.bounds`` says."""
    bound: float | None = None
    """Exact upper bound of that share with the judge, at the confidence of the calibration."""
    coverage: float | None = None
    """Share of the answerable questions that are answered with it."""
    coverage_without: float | None = None
    """The same without it."""
    asked: int = 0
    """Questions that it was asked."""
    failed: int = 0
    """Of these, those without a verdict; they count as without it."""


class KindPoint(BaseModel):
    """What the threshold does to one kind of question, on the calibration set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    """The kind of answer that is asked for."""
    answerable: int
    in_hand: int
    """Answerable questions for which a sentence that answers would be quoted."""
    in_hand_refused: int
    """How many of those are refused all the same."""
    near_misses: int
    near_misses_refused: int


class Calibration(BaseModel):
    """Rankers of passages and sentences, answerability model, threshold, and how they were set: the policy team's decision."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    version: int = 2
    passage: Logistic
    """Orders the fused hits (``assistant/answering/retrieval/passage_ranking.py``)."""
    sentence: Logistic
    """Ranks sentences by how likely they answer (``assistant/answering/answerability/sentence_features.py``)."""
    order: Logistic | None = None
    """Reranks the first sentences (``assistant/answering/answerability/reranking.py``); None without a reranker."""
    reranker: Annotated[str, Field(validation_alias=AliasChoices("reranker", "reader"))] = ""
    """Fingerprint of the reranker that it was set with; "" for none. Older files call it ``reader``."""
    question: Logistic
    """Gives the probability that the best sentence answers (``assistant/answering/answerability/question_features.py``)."""
    threshold: float | None
    """Answer at this probability or above; None means no threshold met any risk: refuse everything."""
    second_judge: SecondJudgeCalibration | None = None
    """The second judge that it was made with (``assistant eval calibrate --with-judge``); None: a judge may only reject."""
    extra_share: float = 0.05
    """Share of the best sentence's odds from which a sentence is looked at for a named source. Earlier releases added
    sentences from it on."""
    risk: float | None = None
    """The bound that the threshold keeps, as a share; ``bounds`` says of what."""
    confidence: float = 0.9
    coverage_at: dict[str, float | None] = {}
    """Coverage at each bound on false answers; None where no threshold keeps it."""
    bounds: Literal["false_answers", "wrong_given"] = "false_answers"
    """What ``risk`` bounds: unanswerable questions answered, or wrong answers among those given."""
    coverage_at_wrong_given: dict[str, float | None] = {}
    """Coverage at each bound on wrong answers among those given; None where no threshold keeps it."""
    coverage_at_wrong: dict[str, float | None] = {}
    """Coverage at each bound on wrong answers of any kind, among all questions."""
    curve: tuple[CurvePoint, ...] = ()
    by_kind: tuple[KindPoint, ...] = ()
    """Answered and refused at the threshold by kind of answer; () in files of before it was computed."""
    set_digest: str = ""
    set_size: int = 0
    date: str = ""
    library_fingerprint: str = ""
    note: str = ""

    def digest(self) -> str:
        """Returns a short name of this calibration for fingerprints: its date and threshold with its set."""
        judge = f"/{self.second_judge.judge}/{self.second_judge.threshold}" if self.second_judge else ""
        return f"{self.date}/{self.set_digest[:12]}/{self.threshold}{judge}"


def load_calibration(path: Path | None, packaged: str = "calibration.json") -> Calibration:
    """Returns the calibration of a file, the packaged one of a name for None.

    Raises:
        ConfigurationError: The file is absent or is not a calibration; the message names the fix.
    """
    try:
        source = path or files("assistant.answering.answerability") / "data" / packaged
        return Calibration.model_validate_json(source.read_text())
    except (OSError, ValueError, ValidationError) as error:
        fix = "Run `assistant eval calibrate --out FILE` to make one, or unset ASSISTANT_CALIBRATION"
        raise ConfigurationError(f"{path or 'packaged calibration'}: not a readable calibration. {fix}.") from error


def check_reranker(calibration: Calibration, reranker: Reranker | None) -> None:
    """Raises ``ConfigurationError`` where a calibration was set with a reranker that is not the one in use."""
    in_use = reranker.fingerprint if reranker else ""
    if calibration.reranker and calibration.reranker != in_use:
        fix = 'Set reranker = "auto", or calibrate again: `assistant eval calibrate`'
        raise ConfigurationError(
            f"The calibration was set with the reranker {calibration.reranker}, not {in_use or 'none'}. {fix}."
        )
