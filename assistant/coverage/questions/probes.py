"""Probes: questions put to today's documents, each once for the editions it is asked of; a stopped run continues later."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.pipeline import ask
from assistant.answering.resources import Resources
from assistant.model import Answered, Citation, Edition, Kind, Outcome, Question, Refused, Signposted
from assistant.model.coverage import Ending, Place
from assistant.model.people import EVERYTHING, Reader
from assistant.ports import Progress, QuestionStore, Records, Snapshot

STAGE = "asking"
"""Stage name reported to the progress callback."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question to put to the documents."""

    text: str
    kind: Kind | None = None
    """Type of the documents that may answer; None for all."""


@dataclass(frozen=True, slots=True)
class ProbeContext:
    """What probes work with besides the library."""

    resources: Resources
    store: QuestionStore
    records: Records
    on_progress: Progress | None = None
    """Called before each probe; raising stops the run, and the endings so far stay stored."""
    is_time_up: Callable[[], bool] = lambda: False
    """Returns whether to stop asking; the remaining probes wait for the next run."""
    groups: tuple[str, ...] = ()
    """Groups whose restricted editions may answer: those of the viewer."""
    reader: Reader = EVERYTHING
    """The viewer as a reader of what others asked."""
    scope: str = ""
    """The groups that set the viewer apart; "" for somebody who sees what everybody sees."""


@dataclass(frozen=True, slots=True)
class ProbeResults:
    """How probes ended."""

    endings: dict[Probe, Ending]
    waiting: int
    """Probes not asked because time ran out."""


def run_probes(
    probes: Iterable[Probe], snapshot: Snapshot, answering: Sequence[Edition], context: ProbeContext
) -> ProbeResults:
    """Returns how probes end over the editions that answer today.

    An ending is stored under the question and the editions of its document type, so a change in policy does not ask
    guidance again. Term weights cover the whole library and may move with any change; that alone asks nothing again.

    Args:
        probes: The questions; each is asked once.
        snapshot: The library.
        answering: The editions in force that the viewer may see.
        context: The pipeline and the stored endings.

    Raises:
        UsageError: A question is empty or too long.
    """
    keys = {each: _key(each, answering, context.resources) for each in probes}
    stored = context.store.endings(list(keys.values()))
    endings = {each: stored[key] for each, key in keys.items() if key in stored}
    left = [each for each in keys if each not in endings]
    resources = replace(context.resources, generator=None)
    for place, probe in enumerate(left):
        if context.on_progress is not None:
            context.on_progress(STAGE, place, len(left))
        if context.is_time_up():
            return ProbeResults(endings, len(left) - place)
        question = Question(probe.text, kinds=(probe.kind,) if probe.kind else (), groups=context.groups)
        endings[probe] = ending_of(ask(question, snapshot, resources))
        context.store.save_ending(keys[probe], endings[probe])
    if context.on_progress is not None and left:
        context.on_progress(STAGE, len(left), len(left))
    return ProbeResults(endings, 0)


def ending_of(outcome: Outcome) -> Ending:
    """Returns the part of an outcome that is stored: whether it answers, why not, and the places it rests on."""
    if isinstance(outcome, Signposted):
        return ending_of(outcome.then) if outcome.then else Ending(False, "urgent", ())
    if isinstance(outcome, Answered):
        return Ending(True, None, _places(outcome.citations))
    assert isinstance(outcome, Refused)
    return Ending(False, outcome.reason.value, _places(outcome.nearest))


def _places(citations: Sequence[Citation]) -> tuple[Place, ...]:
    return tuple(
        Place(each.edition.edition_id, tuple(part.span for part in each.parts), each.label, each.headings)
        for each in citations
    )


def _key(probe: Probe, answering: Sequence[Edition], resources: Resources) -> str:
    texts = sorted(f"{e.edition_id} {e.sha256}" for e in answering if probe.kind in (None, e.kind))
    reranker = resources.reranker.fingerprint if resources.reranker else ""
    rules = (resources.embedder.fingerprint, resources.calibration.digest(), resources.rules_digest(), reranker)
    whole = "\n".join((probe.text, probe.kind or "", *rules, *texts))
    return hashlib.sha256(whole.encode()).hexdigest()
