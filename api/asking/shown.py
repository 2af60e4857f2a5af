"""A conversation as the page shows it: each notice about a document once, with a link to what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from api.state import State
from api.web.labels import page_url
from assistant.editions.access import open_to
from assistant.editions.status import EditionWithStatus, statuses_of
from assistant.errors import AssistantError
from assistant.model import Edition, EditionId
from assistant.model.people import Asker, Record
from assistant.outcomes.cited import cited_editions
from assistant.outcomes.current_marks import with_current_marks
from assistant.outcomes.view import NoticeView, OutcomeView, SignpostedView, read_outcome, without_card
from assistant.ports import Snapshot

ONCE = frozenset({"replaced", "draft", "summary", "past_review", "not_yet_in_force", "no_model"})
"""Notices that hold for a whole conversation; the line of each source says the same in short."""


@dataclass(frozen=True, slots=True)
class NoticeLink:
    """What a reader can do about a notice."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A question with its outcome, as it stands in its conversation."""

    record: Record
    outcome: OutcomeView
    """Without the notices that stand further up."""
    whole: OutcomeView
    """With every notice, as it is copied."""

    @property
    def read_as(self) -> str:
        """What was searched for, where that is not the question as it was asked but for its spelling; else ""."""
        asked, read = self.record.question.split(), self.whole.standalone.split()
        is_mended = any(each.code == "spelling" for each in without_card(self.whole).notices)
        return "" if asked == read or (is_mended and len(asked) == len(read)) else self.whole.standalone


@dataclass(frozen=True, slots=True)
class Shown:
    """Records with what is known of the documents that they show."""

    records: tuple[ShownRecord, ...] = ()
    editions: Mapping[str, EditionWithStatus] = field(default_factory=dict)
    links: Mapping[str, NoticeLink] = field(default_factory=dict)
    """By the text of a notice."""


def shown(state: State, asker: Asker, records: Sequence[Record]) -> Shown:
    """Returns records as the page shows them; a library that cannot be read leaves out what is known of its documents."""
    drawn = shown_records(records)
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            editions = _editions(state, asker, snapshot, [each.whole for each in drawn])
            drawn = _marked_now(drawn, {name: each.edition for name, each in editions.items()})
            return Shown(drawn, editions, _links([each.outcome for each in drawn], editions, snapshot))
    except AssistantError:
        return Shown(drawn)


def shown_records(records: Sequence[Record]) -> tuple[ShownRecord, ...]:
    """Returns the records of a conversation in order, each notice about a document where it is said first."""
    said: set[str] = set()
    drawn = []
    for record in records:
        whole = read_outcome(record.outcome)
        drawn.append(ShownRecord(record, _unsaid(whole, said), whole))
    return tuple(drawn)


def _marked_now(drawn: Iterable[ShownRecord], editions: Mapping[str, Edition]) -> tuple[ShownRecord, ...]:
    """Returns records whose citations say what publishers say of their editions today."""
    return tuple(
        ShownRecord(each.record, with_current_marks(each.outcome, editions), with_current_marks(each.whole, editions))
        for each in drawn
    )


def _unsaid(outcome: OutcomeView, said: set[str]) -> OutcomeView:
    """Returns an outcome without the notices that were said; those that it says are said from then on."""
    kept = tuple(each for each in outcome.notices if _is_due(each, said))
    changed: dict[str, object] = {"notices": kept}
    if isinstance(outcome, SignpostedView) and outcome.then is not None:
        changed["then"] = _unsaid(outcome.then, said)
    return outcome.model_copy(update=changed)


def _is_due(notice: NoticeView, said: set[str]) -> bool:
    if notice.code not in ONCE:
        return True
    is_due = notice.text not in said
    said.add(notice.text)
    return is_due


def _editions(
    state: State, asker: Asker, snapshot: Snapshot, outcomes: Iterable[OutcomeView]
) -> dict[str, EditionWithStatus]:
    indexed, known = (open_to(each, asker.groups) for each in (snapshot.editions(), snapshot.known()))
    cited = {edition for outcome in outcomes for edition in (*cited_editions(outcome), *_noticed(outcome))}
    chosen = [each for each in indexed if each.edition_id in cited]
    today = state.assistant.resources.today()
    return {str(each.edition.edition_id): each for each in statuses_of(chosen, indexed, known, today)}


def _noticed(outcome: OutcomeView) -> Iterable[str]:
    return (each.edition_id for each in (*outcome.notices, *without_card(outcome).notices) if each.edition_id)


def _links(
    outcomes: Iterable[OutcomeView], editions: Mapping[str, EditionWithStatus], snapshot: Snapshot
) -> dict[str, NoticeLink]:
    notices = (notice for outcome in outcomes for notice in (*outcome.notices, *without_card(outcome).notices))
    found = {notice.text: _link(notice, editions, snapshot) for notice in notices}
    return {text: link for text, link in found.items() if link is not None}


def _link(notice: NoticeView, editions: Mapping[str, EditionWithStatus], snapshot: Snapshot) -> NoticeLink | None:
    if notice.code == "masked":
        return NoticeLink("/help#kept", "What is removed, and why")
    status = editions.get(notice.edition_id or "")
    if status is None:
        return None
    if notice.code == "figure":
        return _figure(notice, status.edition.edition_id, snapshot)
    if notice.code == "replaced" and status.replaced_by is not None and _is_public(status.replaced_by):
        return NoticeLink(status.replaced_by.source_url or "", "Open the edition that replaced it")
    if notice.code in ("summary", "past_review") and _is_public(status.edition):
        return NoticeLink(status.edition.source_url or "", "Check the official source")
    return NoticeLink(f"/documents/{status.edition.edition_id}", "About this document")


def _figure(notice: NoticeView, edition_id: EditionId, snapshot: Snapshot) -> NoticeLink | None:
    """Returns the link to the page of a figure, which the notice names by its printed label."""
    label = notice.text.removeprefix("Page ").split(" of ")[0]
    numbers = [page.number for page in snapshot.pages(edition_id) if page.label == label]
    return NoticeLink(page_url(edition_id, numbers[0]), "Open this page") if numbers else None


def _is_public(edition: Edition) -> bool:
    return bool(edition.source_url and edition.source_url.startswith(("https://", "http://")))
