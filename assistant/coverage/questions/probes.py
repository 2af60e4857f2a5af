"""Asks the questions of a coverage part, each once for the documents it was asked of; a stopped run goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.pipeline import ask
from assistant.answering.resources import Resources
from assistant.model import Answered, Citation, Edition, Kind, Outcome, Question, Refused, Signposted
from assistant.model.coverage import Ending, Place
from assistant.ports import Progress, QuestionStore, Records, Snapshot

GROWING = "asking"
"""Name of the stage that progress is told of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question to ask."""

    text: str
    kind: Kind | None = None
    """Of the documents that may answer; None for all."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What the parts that ask questions work with besides the library."""

    resources: Resources
    store: QuestionStore
    records: Records
    tell: Progress | None = None
    """Told of each question; what it raises stops the run, which keeps what was asked."""
    is_over: Callable[[], bool] = lambda: False
    """Says when time is up: what is left then waits for the next run."""
    groups: tuple[str, ...] = ()
    """Groups whose restricted editions may answer: those of the reader."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How questions ended."""

    endings: dict[Wanted, Ending]
    waiting: int
    """Questions that were not asked because time was up."""


def asked(wanted: Iterable[Wanted], snapshot: Snapshot, answering: Sequence[Edition], asks: Asks) -> Asked:
    """Returns how questions end over the editions that answer today.

    An ending is kept under the words and the editions of its kind, so that a change in policy asks nothing of guidance
    again. Weights of rare words are over the whole library and may move with any change; that is not counted as one.

    Args:
        wanted: The questions; each is asked once.
        snapshot: The library.
        answering: The editions in force that the reader may see.
        asks: What to ask with.

    Raises:
        UsageError: A question is empty or too long.
    """
    keys = {each: _key(each, answering, asks.resources) for each in wanted}
    known = asks.store.endings(list(keys.values()))
    endings = {each: known[key] for each, key in keys.items() if key in known}
    left = [each for each in keys if each not in endings]
    resources = replace(asks.resources, generator=None)
    for place, each in enumerate(left):
        if asks.tell is not None:
            asks.tell(GROWING, place, len(left))
        if asks.is_over():
            return Asked(endings, len(left) - place)
        question = Question(each.text, kinds=(each.kind,) if each.kind else (), groups=asks.groups)
        endings[each] = ending_of(ask(question, snapshot, resources))
        asks.store.keep_ending(keys[each], endings[each])
    if asks.tell is not None and left:
        asks.tell(GROWING, len(left), len(left))
    return Asked(endings, 0)


def ending_of(outcome: Outcome) -> Ending:
    """Returns what of an outcome is kept: whether it answers, why not, and the places that it rests on."""
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


def _key(wanted: Wanted, answering: Sequence[Edition], resources: Resources) -> str:
    texts = sorted(f"{e.edition_id} {e.sha256}" for e in answering if wanted.kind in (None, e.kind))
    reader = resources.reranker.fingerprint if resources.reranker else ""
    rules = (resources.embedder.fingerprint, resources.calibration.digest(), resources.rules_digest(), reader)
    whole = "\n".join((wanted.text, wanted.kind or "", *rules, *texts))
    return hashlib.sha256(whole.encode()).hexdigest()
