"""The second straight line: from a question to an outcome, one step after another.

``screen | rewrite | retrieve | compose | verify | cite``. Each step takes the question on its way and returns it
further along; a step that sets the outcome ends the line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.answerability.judge import Calibration
from assistant.answering.answerability.reranking import Reads, reads_of
from assistant.answering.steps import Asking, cited, composed, retrieved, rewritten, screened, verified
from assistant.messages import masked_notice
from assistant.model import (
    Answered,
    Card,
    Citation,
    Contact,
    Outcome,
    Question,
    Refused,
    Signposted,
    Statement,
    Trace,
)
from assistant.ports import Embedder, Entailment, Generator, Reader, Rewriter, Snapshot
from assistant.settings import Settings
from assistant.stopwatch import Stopwatch

LINE = 2
"""Raised when the line answers otherwise over the same documents, model and calibration: 2 takes named sources out."""
Step = Callable[[Asking, Snapshot, "Tools"], Asking]
Tell = Callable[[str], None]
"""Told the name of a step."""
Show = Callable[[Statement, Citation], None]

STEPS: tuple[tuple[str, Step], ...] = (
    ("screen", screened),
    ("rewrite", rewritten),
    ("retrieve", retrieved),
    ("compose", composed),
    ("verify", verified),
    ("cite", cited),
)


@dataclass(frozen=True, slots=True)
class Tools:
    """What the line works with besides the library; built once by ``assistant/bootstrap.py``."""

    embedder: Embedder
    settings: Settings
    calibration: Calibration
    today: Callable[[], date] = date.today
    generator: Generator | None = None
    """Writes answers where that is asked for; None quotes."""
    rewriter: Rewriter | None = None
    """Makes follow-ups stand alone where a written answer is asked for; None and what it fails at go by rules."""
    entailment: Entailment | None = None
    """Rejects claims of a written answer that the rules take; None leaves it to the rules."""
    show: Show | None = None
    """Given each statement of a written answer with its citation as soon as it is verified."""
    reader: Reader | None = None
    """Reads the first sentences where the calibration was set with it; None goes by the evidence alone."""

    def reads(self, standalone: str) -> Reads | None:
        """Returns the reader bound to a question, None without one."""
        return reads_of(self.reader, standalone) if self.reader else None

    def settings_digest(self) -> str:
        """Returns a short digest over the settings that change answers and the line itself."""
        names = {"dense_k", "lexical_k", "rrf_k", "hits_k", "passage_tokens"}
        return hashlib.sha256(f"{LINE}{self.settings.model_dump_json(include=names)}".encode()).hexdigest()[:16]

    def fingerprint(self, snapshot: Snapshot, *, is_written: bool = False) -> str:
        """Returns a short digest over index, calibration and settings; of a written answer, over model and prompts too."""
        whole = f"{snapshot.generation.fingerprint}|{self.calibration.digest()}|{self.settings_digest()}"
        if self.reader is not None:
            whole = f"{whole}|{self.reader.fingerprint}"
        if is_written and self.generator is not None:
            second = self.entailment.fingerprint if self.entailment else ""
            whole = f"{whole}|{self.generator.fingerprint}|{second}"
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def ask(
    question: Question, snapshot: Snapshot, tools: Tools, tell: Tell | None = None, show: Show | None = None
) -> Outcome:
    """Returns the outcome of a question over one generation of the library.

    The card of an urgent question does not wait for an answer: ``Signposted`` carries what the documents say in
    ``then`` only where they answer.

    Args:
        question: The question.
        snapshot: The generation.
        tools: What the steps work with.
        tell: Told the name of each step before it starts; what it raises stops the work.
        show: Given each statement of a written answer with its citation as soon as it is verified; the outcome
            counts, and may quote instead. What it raises stops the work.
    """
    tools = replace(tools, show=show)
    watch = Stopwatch()
    asking = Asking(question, at=question.as_at or tools.today())
    for name, step in STEPS:
        if tell is not None:
            tell(name)
        with watch.stage(name):
            asking = step(asking, snapshot, tools)
        if asking.outcome is not None:
            break
    name = tools.fingerprint(snapshot, is_written=question.is_written)
    trace = Trace(watch.seconds, name, asking.hits, asking.features, asking.probability)
    return _finished(asking, trace, tools.settings)


def _finished(asking: Asking, trace: Trace, settings: Settings) -> Outcome:
    screened_question = asking.screened
    if asking.outcome is None or screened_question is None:
        raise AssertionError("the last step always sets an outcome")
    notices = (*masked_notice(screened_question.masked), *asking.outcome.notices)
    outcome = replace(asking.outcome, notices=notices, masked=screened_question.masked, trace=trace)
    if not screened_question.is_urgent:
        return outcome
    then = replace(outcome, notices=asking.outcome.notices) if isinstance(outcome, Answered) else None
    return Signposted(
        screened_question.text,
        asking.standalone,
        card_of(settings),
        then,
        masked_notice(screened_question.masked),
        screened_question.masked,
        trace,
    )


def card_of(settings: Settings) -> Card:
    """Returns the emergency card of the settings."""
    contacts = tuple(Contact(**each.model_dump()) for each in settings.card.contacts)
    return Card(settings.card.title, settings.card.text, contacts)


__all__ = ["STEPS", "Asking", "Refused", "Show", "Tell", "Tools", "ask", "card_of"]
