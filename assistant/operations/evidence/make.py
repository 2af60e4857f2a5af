"""Makes an evidence file: asks or looks up what is asked for, finds its pages, and seals both."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from assistant.answering.approved.blocked import BLOCKED
from assistant.answering.resources import Resources
from assistant.answering.search import search
from assistant.editions.status import editions_with_status
from assistant.errors import UsageError
from assistant.model import EditionId, Outcome, Question
from assistant.model.people import Reader, Record
from assistant.operations.evidence.library_then import LibraryThen, library_then
from assistant.operations.evidence.members import members_of
from assistant.operations.evidence.pages import PageMaker
from assistant.operations.evidence.quoted import QuotedSection, section_of_hits, sections_of
from assistant.operations.evidence.seal import sealed
from assistant.operations.evidence.values import Evidence, EvidenceKind, EvidenceRequest
from assistant.outcomes.contact_line import contact_line
from assistant.outcomes.notices import of_whole
from assistant.outcomes.view import (
    HitView,
    OutcomeView,
    RefusedView,
    SignpostedView,
    outcome_view,
    read_outcome,
)
from assistant.ports import Files, Library, PageImages, Records, Snapshot
from assistant.ports.sealing import SealKey
from assistant.program_version import program_version
from assistant.settings import Settings

TOPIC_HITS = 20
"""Passages of a topic."""


class EvidenceSources(Protocol):
    """What evidence is made from: ``assistant.bootstrap.Assistant``."""

    @property
    def settings(self) -> Settings:
        """The settings."""

    @property
    def resources(self) -> Resources:
        """What questions are answered with."""

    @property
    def library(self) -> Library:
        """The library."""

    @property
    def records(self) -> Records:
        """What was asked and answered."""

    @property
    def files(self) -> Files:
        """The documents' own files."""

    @property
    def page_images(self) -> PageImages:
        """Pictures of pages."""

    @property
    def seal_key(self) -> SealKey:
        """The key of the data folder."""

    def reader(self, groups: Collection[str] | None) -> Reader:
        """Returns somebody with these groups as a reader of what others asked."""

    def ask_over(self, question: Question, snapshot: Snapshot) -> Outcome:
        """Returns the outcome of a question over one state of the library."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A sealed file."""

    name: str
    """What it is called when it is saved."""
    content: bytes
    editions: tuple[EditionId, ...]
    """Those that it quotes, for the audit log."""
    what: str
    """Kind, day and digest, for the audit log: no words."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """An outcome or the result of a search, as far as evidence needs it."""

    subject: str
    outcome: Mapping[str, Any]
    fingerprint: str
    sections: tuple[QuotedSection, ...]
    message: str = ""
    notices: tuple[str, ...] = ()
    blocked: int = 0


def make_evidence(
    sources: EvidenceSources, request: EvidenceRequest, groups: tuple[str, ...], now: datetime
) -> EvidenceFile:
    """Returns the evidence file of a request, sealed with the key of the data folder.

    Args:
        sources: The assistant.
        request: What is asked for.
        groups: Those of whoever asks: nothing that they may not see is in the file.
        now: The time, with its zone.

    Raises:
        UsageError: The request is not exactly one thing, its day has not come, or there is no such stored outcome.
        LibraryEmpty: Nothing has been published yet.
    """
    kind = request.kind
    record = _record(sources, request, groups) if kind is EvidenceKind.RECORD else None
    day = record.asked_at.date() if record else request.as_at or now.date()
    if day > now.date():
        raise UsageError(f"{day}: this day has not come yet. Give today or an earlier day.")
    moment = record.asked_at if record else min(now, datetime.combine(day, time.max, UTC))
    with library_then(sources.library, moment, groups, is_searched=record is None) as then:
        shown = _recorded(record) if record else _answered(sources, request, then.snapshot, groups, day)
        evidence = _evidence(sources, kind, shown, then, day, now)
        content = sealed(members_of(evidence, sources.seal_key.fingerprint), sources.seal_key)
    digest = hashlib.sha256(content).hexdigest()
    editions = tuple(sorted(EditionId(each) for each in evidence.quoted))
    name = f"evidence-{day}-{kind}-{digest[:8]}.zip"  # no word of a question stands in the name of a file
    return EvidenceFile(name, content, editions, f"{kind} as at {day}, sha256 {digest}")


def _record(sources: EvidenceSources, request: EvidenceRequest, groups: tuple[str, ...]) -> Record:
    record = sources.records.record_for(request.record_id.strip(), sources.reader(groups))
    if record is None:
        raise UsageError("There is no such stored outcome. It may have been deleted, or purged after its time.")
    return record


def _recorded(record: Record) -> _Shown:
    view = read_outcome(record.outcome)
    return _of_view(view, record.outcome, record.fingerprint)


def _answered(
    sources: EvidenceSources, request: EvidenceRequest, snapshot: Snapshot, groups: tuple[str, ...], day: date
) -> _Shown:
    if request.kind is EvidenceKind.TOPIC:
        return _found(sources, Question(request.topic, as_at=day, groups=groups), snapshot)
    view = outcome_view(sources.ask_over(Question(request.question, as_at=day, groups=groups), snapshot))
    return _of_view(view, view.model_dump(mode="json"), view.trace.fingerprint)


def _found(sources: EvidenceSources, question: Question, snapshot: Snapshot) -> _Shown:
    result = search(question, snapshot, sources.resources, TOPIC_HITS)
    hits = tuple((hit, HitView.of(hit, rank, snapshot)) for rank, hit in enumerate(result.hits, start=1))
    found = [view.model_dump(mode="json") for _, view in hits]
    fingerprint = sources.resources.fingerprint(snapshot)
    outcome = {"query": result.query, "standalone": result.standalone, "hits": found, "fingerprint": fingerprint}
    message = "" if hits else "Nothing in the documents of that day matches these words."
    return _Shown(result.query, outcome, fingerprint, (section_of_hits(hits),), message)


def _of_view(view: OutcomeView, outcome: Mapping[str, Any], fingerprint: str) -> _Shown:
    then = view.then if isinstance(view, SignpostedView) else None
    said = [view.notices, *([then.notices] if then else [])]
    notices = tuple(each.text for some in said for each in of_whole(some))
    blocked = sum(each.rejected == BLOCKED for each in view.trace.hits)
    return _Shown(view.question, _untimed(outcome), fingerprint, sections_of(view), _message(view), notices, blocked)


def _untimed(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Returns an outcome without the seconds that its steps took, so that the same question gives the same file."""
    changed = {**outcome, "trace": {**outcome.get("trace", {}), "stages": {}}}
    return {**changed, "then": _untimed(outcome["then"])} if outcome.get("then") else changed


def _message(view: OutcomeView) -> str:
    """Returns what was said besides quotes and notices, a line each: a card, a refusal, whom to ask."""
    return "\n".join(_said(view))


def _said(view: OutcomeView) -> Iterator[str]:
    if isinstance(view, SignpostedView):
        card = view.card
        yield f"{card.title}. {card.text}"
        yield from filter(None, (card.in_language, card.for_children, card.for_parents))
        yield from map(contact_line, card.contacts)
        yield from _said(view.then) if view.then is not None else ()
    elif isinstance(view, RefusedView):
        yield view.message
        yield from [f"Whom to ask: {contact_line(view.contact)}"] if view.contact else ()


def _evidence(
    sources: EvidenceSources, kind: EvidenceKind, shown: _Shown, then: LibraryThen, day: date, now: datetime
) -> Evidence:
    snapshot, width = then.snapshot, sources.settings.serve.page_px
    places = [place for section in shown.sections for place in section.places]
    pages, without_page = PageMaker(snapshot, sources.files, sources.page_images, width).pages(places)
    held = {each.edition_id for each in snapshot.editions()}
    quoted = sorted({place.edition_id for place in places} & held)
    return Evidence(
        kind,
        shown.subject,
        day,
        now,
        program_version(),
        shown.fingerprint,
        shown.outcome,
        shown.message,
        shown.notices,
        shown.sections,
        pages,
        without_page,
        then,
        editions_with_status(snapshot.editions(), snapshot.known(), day),
        shown.blocked,
        {str(each): hashlib.sha256(snapshot.text(each).encode()).hexdigest() for each in quoted},
    )
