"""What the steps of the pipeline work with besides the library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.answerability.calibration import Calibration
from assistant.answering.answerability.reranking import Scorer, bound_scorer
from assistant.answering.answerability.second_judge import SecondJudge
from assistant.answering.approved.index import ApprovedIndex
from assistant.answering.kept_claims import KeptClaims
from assistant.answering.pipeline_digest import pipeline_digest
from assistant.answering.screening.door import Door
from assistant.model import Citation, Statement
from assistant.ports import NO_TELEMETRY, Embedder, Entailment, Generator, Reranker, Rewriter, Snapshot, Telemetry
from assistant.settings import Settings

OnStatement = Callable[[Statement, Citation], None]
"""Called with each statement of a written answer, and its citation, as soon as it is verified."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What the steps work with besides the library; built once by ``assistant/bootstrap``."""

    embedder: Embedder
    settings: Settings
    calibration: Calibration
    today: Callable[[], date] = date.today
    generator: Generator | None = None
    """Writes answers on request; without it, documents are quoted."""
    rewriter: Rewriter | None = None
    """Makes follow-ups stand alone for a written answer; without it, and where it fails, rules do."""
    entailment: Entailment | None = None
    """May reject claims of a written answer that the rules accept; None leaves it to the rules."""
    second_judge: SecondJudge | None = None
    """Language model that also judges whether the documents answer; None leaves it to the calibrated line."""
    door: Door | None = None
    """The classifier of levels and judgement beside the rules of screening; None leaves it to the rules."""
    on_statement: OnStatement | None = None
    """Called with each verified statement of a written answer; None where the caller only wants the outcome."""
    reranker: Reranker | None = None
    """Scores the first sentences where the calibration was set with it; None ranks by the sentence features alone."""

    telemetry: Telemetry = NO_TELEMETRY
    """Where spans of the steps go; nowhere by default."""

    approved: ApprovedIndex | None = None
    """Approved answers and blocks; None where there are none to look at, as in calibration."""

    kept: KeptClaims = field(default_factory=KeptClaims)
    """What standing questions were answered with before."""

    def scorer(self, query: str) -> Scorer | None:
        """Returns the reranker bound to a question, None without one."""
        return bound_scorer(self.reranker, query, self.settings.abbreviations) if self.reranker else None

    def settings_digest(self) -> str:
        """Returns a short digest over the settings that change answers."""
        names = {"dense_k", "lexical_k", "rrf_k", "hits_k", "passage_tokens", "abbreviations"}
        return hashlib.sha256(self.settings.model_dump_json(include=names).encode()).hexdigest()[:16]

    def rules_digest(self) -> str:
        """Returns a short digest over those settings and the code of the pipeline."""
        return hashlib.sha256(f"{pipeline_digest()}|{self.settings_digest()}".encode()).hexdigest()[:16]

    def fingerprint(self, snapshot: Snapshot, *, is_written: bool = False) -> str:
        """Returns a short digest over index, calibration and settings; of a written answer, over model and prompts too."""
        whole = f"{snapshot.generation.fingerprint}|{self.calibration.digest()}|{self.rules_digest()}"
        if self.reranker is not None:
            whole = f"{whole}|{self.reranker.fingerprint}"
        if self.second_judge is not None:
            whole = f"{whole}|{self.second_judge.fingerprint}"
        if is_written and self.generator is not None:
            second = self.entailment.fingerprint if self.entailment else ""
            whole = f"{whole}|{self.generator.fingerprint}|{second}"
        return hashlib.sha256(whole.encode()).hexdigest()[:16]
