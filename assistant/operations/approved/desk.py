"""The desk of the policy team: approved answers are drafted, approved by a second person, withdrawn and undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from assistant.answering.approved.own_words import faults_of
from assistant.editions.in_force import excluded_at
from assistant.errors import UsageError
from assistant.model import Approved
from assistant.model.approved import (
    ApprovedContent,
    ApprovedEvent,
    ApprovedState,
    ApprovedVersion,
    QuotedUnit,
    UnitFault,
)
from assistant.model.people import Reader
from assistant.operations.approved.preview import conflicts_of, preview_of
from assistant.operations.approved.settle import units_today
from assistant.ports import ApprovedStore, Snapshot

MOST_WORDINGS, MOST_UNITS, WORDING_CHARS = 50, 20, 500
BUSY = "Somebody changed the approved answers at the same moment. Try again."
Which = Literal["live", "draft", "needs_you", "review_due", "all"]


class NotAllowed(UsageError):
    """Somebody may not do this, such as approve their own draft."""


class NotThere(UsageError):
    """There is no such answer for whoever asks."""


class Busy(UsageError):
    """Somebody else changed something at the same moment."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a content found."""

    faults: tuple[str, ...]
    """Why it cannot be stored; () where it can."""
    preview: Approved | None
    """What the asker will see; None where there is a fault."""
    conflicts: tuple[str, ...] = ()
    """What documents of a higher authority say otherwise, a sentence each."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An approved answer with what is to be done about it."""

    versions: tuple[ApprovedVersion, ...]
    """By version."""
    faults: tuple[UnitFault | None, ...]
    """Of the units of ``shown``, in order."""
    is_review_due: bool

    @property
    def answer_id(self) -> str:
        """Its id."""
        return self.versions[0].answer_id

    @property
    def live(self) -> ApprovedVersion | None:
        """The version that is given, None for none."""
        return next((each for each in self.versions if each.state is ApprovedState.LIVE), None)

    @property
    def draft(self) -> ApprovedVersion | None:
        """The version that waits for a second person, None for none."""
        return next((each for each in reversed(self.versions) if each.state is ApprovedState.DRAFT), None)

    @property
    def shown(self) -> ApprovedVersion:
        """The draft, else the live version, else the last that was not discarded."""
        kept = [each for each in self.versions if each.state is not ApprovedState.DISCARDED]
        return self.draft or self.live or (kept or list(self.versions))[-1]

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What legislation or statutory guidance says otherwise than its live version."""
        return self.live.conflicts if self.live else ()

    @property
    def needs_you(self) -> bool:
        """Whether it was withdrawn by a publication and nobody has dealt with it, or a higher authority says otherwise."""
        last = [each for each in self.versions if each.state is not ApprovedState.DISCARDED][-1:]
        is_expired = bool(last) and last[0].state is ApprovedState.WITHDRAWN and last[0].is_expired
        return is_expired or bool(self.conflicts)


@dataclass(frozen=True, slots=True)
class ApprovedDesk:
    """What the policy team works with, over one generation as they see it.

    Args:
        store: The approved answers.
        snapshot: The generation.
        reader: Who works: answers that quote what they may not see do not exist for them.
        today: The day.
        masked: Returns a text with its personal details masked.
    """

    store: ApprovedStore
    snapshot: Snapshot
    reader: Reader
    today: date
    masked: Callable[[str], str]

    def answers(self, which: Which = "all") -> tuple[AnswerView, ...]:
        """Returns the answers that the reader may see, by their first wording."""
        by_id: dict[str, list[ApprovedVersion]] = {}
        for each in self.store.versions():
            by_id.setdefault(each.answer_id, []).append(each)
        views = [self._view(tuple(each)) for each in by_id.values() if self._may_read(each)]
        chosen = (each for each in views if _is_of(each, which))
        return tuple(sorted(chosen, key=lambda each: (each.shown.content.wordings[0].casefold(), each.answer_id)))

    def answer(self, answer_id: str) -> AnswerView:
        """Returns one answer. Raises ``UsageError`` where there is none that the reader may see."""
        versions = self.store.versions(answer_id)
        if not versions or not self._may_read(versions):
            raise NotThere("There is no such approved answer.")
        return self._view(versions)

    def events(self, answer_id: str) -> tuple[ApprovedEvent, ...]:
        """Returns what was done to an answer, the latest first."""
        return self.store.events(self.answer(answer_id).answer_id)

    def check(self, content: ApprovedContent) -> Checked:
        """Returns why a content cannot be stored, what the asker would see, and what a higher authority says otherwise."""
        faults = (*self._faults(content), *faults_of(content.own_words, [each.text for each in content.units]))
        if faults or not content.units:
            return Checked(faults, None)
        preview = preview_of(content, self.snapshot, self.today)
        return Checked((), preview, conflicts_of(preview))

    def draft(self, content: ApprovedContent, by: str, now: datetime, answer_id: str = "") -> ApprovedVersion:
        """Stores a new answer, or a new version of one, as a draft.

        Raises:
            UsageError: It cannot be stored; says why, a sentence for each fault.
        """
        content = self.cleaned(content)
        checked = self.check(content)
        if checked.faults:
            raise UsageError(" ".join(checked.faults))
        stamp = self.store.stamp()
        before = self.answer(answer_id) if answer_id else None
        number = before.versions[-1].version + 1 if before else 1
        name = before.answer_id if before else uuid.uuid4().hex
        draft = ApprovedVersion(name, number, ApprovedState.DRAFT, content, by, now, groups=self._groups(content))
        older = [replace(before.draft, state=ApprovedState.DISCARDED)] if before and before.draft else []
        self._save([*older, draft], ApprovedEvent(name, number, "draft", by, now), stamp)
        return draft

    def approve(self, answer_id: str, by: str, now: datetime) -> ApprovedVersion:
        """Makes the draft of an answer live, in place of the version that was.

        Raises:
            NotAllowed: The same person drafted it.
            UsageError: There is no draft, or it does not hold any more.
        """
        stamp, view = self.store.stamp(), self.answer(answer_id)
        draft = view.draft
        if draft is None:
            raise UsageError("There is no draft to approve.")
        if draft.drafted_by == by:
            raise NotAllowed("Who drafted an answer cannot approve it. Ask a second person of the policy team.")
        checked = self.check(draft.content)
        broken = [each for each in units_today(draft, self.snapshot, self.today) if isinstance(each, UnitFault)]
        if checked.faults or broken:
            fault = " ".join(checked.faults) or "Words that it quotes do not stand in the library any more."
            raise UsageError(f"{fault} Edit the draft first.")
        live = replace(
            draft,
            state=ApprovedState.LIVE,
            approved_by=by,
            approved_at=now,
            conflicts=() if draft.groups else checked.conflicts,
        )
        older = [replace(view.live, state=ApprovedState.REPLACED)] if view.live else []
        note = str(view.live.version) if view.live else ""
        self._save([*older, live], ApprovedEvent(answer_id, live.version, "approve", by, now, note), stamp)
        return live

    def withdraw(self, answer_id: str, reason: str, by: str, now: datetime) -> ApprovedVersion:
        """Takes a live answer back. Raises ``UsageError`` where none is live or no reason is given."""
        stamp, live = self.store.stamp(), self.answer(answer_id).live
        if live is None:
            raise UsageError("It is not live.")
        if not reason.strip():
            raise UsageError("Say why it is withdrawn.")
        taken = replace(live, state=ApprovedState.WITHDRAWN, reason=self.masked(reason.strip()), is_expired=False)
        self._save([taken], ApprovedEvent(answer_id, taken.version, "withdraw", by, now, taken.reason), stamp)
        return taken

    def undo(self, answer_id: str, by: str, now: datetime) -> AnswerView:
        """Undoes the last thing that was done to an answer: a draft, an approval or a withdrawal.

        Raises:
            UsageError: There is nothing to undo, or a quote does not hold any more.
        """
        stamp, view = self.store.stamp(), self.answer(answer_id)
        events = [each for each in self.store.events(answer_id) if each.act != "re_anchor"]
        if not events or events[0].act == "undo":
            raise UsageError("There is nothing to undo. Make a new version instead.")
        last = events[0]
        version = next(each for each in view.versions if each.version == last.version)
        changed = self._undone(last, version, view)
        self._save(changed, ApprovedEvent(answer_id, last.version, "undo", by, now, last.act), stamp)
        return self.answer(answer_id)

    def _undone(self, last: ApprovedEvent, version: ApprovedVersion, view: AnswerView) -> list[ApprovedVersion]:
        if last.act in ("draft", "import"):
            return [replace(version, state=ApprovedState.DISCARDED)]
        if last.act == "approve":
            draft = replace(version, state=ApprovedState.DRAFT, approved_by="", approved_at=None)
            older = [each for each in view.versions if last.note and each.version == int(last.note)]
            return [draft, *(self._live_again(each) for each in older)]
        return [self._live_again(version)]

    def _live_again(self, version: ApprovedVersion) -> ApprovedVersion:
        found = units_today(version, self.snapshot, self.today)
        units = tuple(each for each in found if isinstance(each, QuotedUnit))
        if len(units) < len(found):
            raise UsageError("Words that it quotes do not stand in the library any more. Make a new version instead.")
        content = replace(version.content, units=units)
        return replace(version, state=ApprovedState.LIVE, content=content, reason="", is_expired=False)

    def cleaned(self, content: ApprovedContent) -> ApprovedContent:
        """Returns a content without empty lines and spare spaces, its wordings masked as questions are."""
        wordings = tuple(dict.fromkeys(self.masked(each.strip()) for each in content.wordings if each.strip()))
        own = " ".join(content.own_words.split())
        fields = {name: getattr(content, name).strip() for name in ("audience", "area", "owner")}
        return replace(content, wordings=wordings, own_words=own, **fields)

    def _faults(self, content: ApprovedContent) -> list[str]:
        excluded = excluded_at(self.snapshot.editions(), self.snapshot.known(), self.today)
        superseded = [each.title for each in content.units if each.edition_id in excluded]
        checks = (
            (not content.wordings, "Write at least one question that it answers."),
            (len(content.wordings) > MOST_WORDINGS, f"Write at most {MOST_WORDINGS} questions."),
            (
                any(len(each) > WORDING_CHARS for each in content.wordings),
                f"A question has more than {WORDING_CHARS} characters.",
            ),
            (not content.units, "Pick at least one passage to quote."),
            (len(content.units) > MOST_UNITS, f"Pick at most {MOST_UNITS} passages."),
            (not content.owner, "Say who looks after it, such as Policy team."),
            (content.review_by is None, "Give the day by which it is reviewed."),
            (bool(content.review_by and content.review_by < self.today), "The review day has passed already."),
            (bool(superseded), f"Not in force: {', '.join(dict.fromkeys(superseded))}. Quote the edition that is."),
            (self.masked(content.own_words) != content.own_words, "Leave personal details out of your own words."),
        )
        return [text for is_so, text in checks if is_so]

    def _groups(self, content: ApprovedContent) -> tuple[tuple[str, ...], ...]:
        quoted = {each.edition_id for each in content.units}
        found = {tuple(sorted(e.groups)) for e in self.snapshot.editions() if e.groups and e.edition_id in quoted}
        return tuple(sorted(found))

    def _may_read(self, versions: Sequence[ApprovedVersion]) -> bool:
        return all(self.reader.may_read(each.groups, each.editions) for each in versions)

    def _view(self, versions: tuple[ApprovedVersion, ...]) -> AnswerView:
        view = AnswerView(versions, (), is_review_due=False)
        found = units_today(view.shown, self.snapshot, self.today)
        faults = tuple(each if isinstance(each, UnitFault) else None for each in found)
        due = view.live.content.review_by if view.live else None
        return AnswerView(versions, faults, due is not None and due < self.today)

    def _save(self, versions: Sequence[ApprovedVersion], event: ApprovedEvent, stamp: int) -> None:
        if not self.store.save(versions, [event], stamp):
            raise Busy(BUSY)


def _is_of(view: AnswerView, which: Which) -> bool:
    if which == "all":
        return any(each.state is not ApprovedState.DISCARDED for each in view.versions)
    return {
        "live": view.live is not None,
        "draft": view.draft is not None,
        "needs_you": view.needs_you,
        "review_due": view.is_review_due,
    }[which]
