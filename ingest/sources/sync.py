"""One sync of a source: what its kind sees is compared with what is known, and what differs is staged.

Everything that a sync finds is stored address by address, so that one that was killed or reached a limit is gone on with
and not begun anew. Published documents stay as they are, whatever comes.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx

from assistant.errors import LibraryError, SourceError, UnreadableDocument
from assistant.following.schedule import Schedule, next_time
from assistant.model import Edition, EditionId
from assistant.model.sources import (
    ChangeState,
    Decision,
    EditionMark,
    FetchedItem,
    FollowedSource,
    RunCounts,
    RunEnding,
    SourceKind,
    StagedChange,
    SyncRun,
)
from assistant.ports import OnFetch, SourceStore
from assistant.settings import Settings
from ingest.catalogue.sources import sha256_of
from ingest.sandbox.sandbox import Sandbox
from ingest.sources.editions import edition_id_for, work_for
from ingest.sources.end_of_pass import end_of_pass, key_of, suspicious
from ingest.sources.judging import Came, Judgement, NeedsYou, judged
from ingest.sources.kinds.feed import feed
from ingest.sources.kinds.folder import folder
from ingest.sources.kinds.gov_uk import gov_uk
from ingest.sources.kinds.website import website
from ingest.sources.sightings import (
    Absent,
    Content,
    KindOfSource,
    Leads,
    Left,
    Mark,
    Odd,
    Same,
    Sighting,
    Trouble,
    Visit,
)
from ingest.sources.staged_files import StagedFiles
from ingest.sources.texts import ReadOneFile, SeenText, seen_text
from ingest.sources.web.client import Later, LimitReached, Limits, WebClient
from ingest.sources.web.guarded_transport import GuardedTransport

log = logging.getLogger(__name__)
KINDS: dict[SourceKind, KindOfSource] = {
    SourceKind.FOLDER: folder,
    SourceKind.WEBSITE: website,
    SourceKind.GOV_UK: gov_uk,
    SourceKind.FEED: feed,
}
PROBLEMS = 50
"""Most problems of one run that are stored."""
GOES_ON_DAYS = 7
"""Age of an unfinished sync above which the next begins anew."""
LONGEST_RETRY_H = 24.0
SAVED_AT_ONCE = 40
"""Addresses without change that are stored in one transaction."""
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class SyncContext:
    """What a sync needs beside its source."""

    store: SourceStore
    staged: StagedFiles
    settings: Settings
    now: Clock
    editions: dict[EditionId, Edition]
    """Published editions, by id."""
    transport: httpx.BaseTransport | None = None
    on_fetch: OnFetch | None = None
    sleep: Callable[[float], None] = time.sleep
    read: ReadOneFile | None = None
    """Reads a file; in a process of its own, within limits, unless given."""


def sync_source(source: FollowedSource, context: SyncContext) -> SyncRun:
    """Returns the run that looked at a source; its state is saved too.

    A fault of the source ends the run and is told in it; nothing of the source is removed.

    Raises:
        LibraryError: The data folder cannot be written.
    """
    run = _begun(source, context)
    sync = _Sync(source, context, run)
    ending, problem, wait = RunEnding.DONE, "", None
    try:
        sync.go()
    except LimitReached as limit:
        ending, problem = RunEnding.UNFINISHED, f"Stopped: {limit}; the next sync goes on from there."
    except NeedsYou as error:
        ending, problem = RunEnding.NEEDS_YOU, str(error)
    except Later as error:
        ending, problem, wait = RunEnding.FAILED, str(error), error.wait_s
    except SourceError as error:
        ending, problem = RunEnding.FAILED, str(error)
    except OSError as error:
        fix = "Make room on the disk or make the data folder writable, then sync again"
        raise LibraryError(f"{context.settings.data}: cannot be written ({error.strerror or error}). {fix}.") from error
    except KeyboardInterrupt:
        context.store.save_run(
            sync.run_ended(RunEnding.UNFINISHED, "Stopped by hand; the next sync goes on from there.")
        )
        raise
    ended = sync.run_ended(ending, problem)
    context.store.save_run(ended)
    save_state_after(ended, source, context, wait, has_later=sync.has_later)
    return ended


def _begun(source: FollowedSource, context: SyncContext) -> SyncRun:
    """Returns a new run, saved; it goes on with the pass of the last one where that did not finish."""
    now, run_id = context.now(), secrets.token_hex(12)
    last = next(iter(context.store.runs(source.source_id, 1)), None)
    pass_id = run_id
    if last is not None and last.ended is None:
        said = "Its process ended before the sync did; the next one goes on from there."
        last = replace(last, ended=now, ending=RunEnding.UNFINISHED, problems=(said, *last.problems))
        context.store.save_run(last)
    if last is not None and last.ending in (RunEnding.UNFINISHED, RunEnding.FAILED):
        is_recent = now - last.started < timedelta(days=GOES_ON_DAYS)
        pass_id = last.pass_id if is_recent and last.pass_id else run_id
    run = SyncRun(run_id, source.source_id, now, pass_id=pass_id)
    context.store.begin_run(run)
    state = context.store.state(source.source_id)
    if not state.is_paused:  # one whose process ends is not due again at once
        after = timedelta(minutes=context.settings.sources.retry_minutes)
        context.store.save_state(replace(state, next_run=now + after))
    return run


def save_state_after(
    run: SyncRun, source: FollowedSource, context: SyncContext, wait_s: float | None, *, has_later: bool = False
) -> None:
    """Saves when a source is synced next, and how long it has failed.

    Args:
        run: The run that ended.
        source: Its source.
        context: Where it is saved.
        wait_s: How long the source asks to wait, None where it does not.
        has_later: Whether single addresses or files could not be read and are looked at again soon.
    """
    state, now = context.store.state(source.source_id), run.ended or context.now()
    setting = context.settings.sources
    if run.ending is RunEnding.DONE:
        next_run = next_time(Schedule(source.options.every_hours, source.options.at), now)
        next_run = min(next_run, now + timedelta(minutes=setting.retry_minutes)) if has_later else next_run
        state = replace(state, failures=0, failing_since=None, last_success=now, next_run=next_run)
    elif run.ending is RunEnding.UNFINISHED:
        state = replace(state, next_run=now + timedelta(minutes=setting.retry_minutes))
    else:
        failures = state.failures + 1
        hours = min(setting.retry_minutes / 60 * 2 ** min(failures - 1, 20), LONGEST_RETRY_H)
        after = max(timedelta(hours=hours), timedelta(seconds=min(wait_s or 0.0, LONGEST_RETRY_H * 3600)))
        since = state.failing_since or run.started
        state = replace(state, failures=failures, failing_since=since, next_run=now + after)
    context.store.save_state(replace(state, next_run=None) if state.is_paused else state)


class _Sync:
    """A running sync, with what it has found so far."""

    def __init__(self, source: FollowedSource, context: SyncContext, run: SyncRun) -> None:
        self._source = source
        self._context = context
        self._store = context.store
        self._run = run
        self._known = {each.address: each for each in self._store.items(source.source_id)}
        waiting = self._store.changes(source.source_id, limit=1_000_000)
        self._waiting = {each.address: each for each in waiting}
        discarded = self._store.changes(source.source_id, decision=Decision.DISCARDED, limit=1_000_000)
        self._discarded = {key_of(each) for each in discarded}
        self._counts = RunCounts()
        self._problems: list[str] = []
        self._same: list[FetchedItem] = []
        self._marks: list[EditionMark] = []
        self.has_later = False
        """Whether something could not be read now."""

    def go(self) -> None:
        """Looks at every address of the source. Raises ``SourceError``, ``LimitReached``."""
        work = self._context.staged.work_folder(self._source.source_id)
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, work, ignore_errors=True)
            read = self._context.read or stack.enter_context(Sandbox(self._context.settings)).read
            client = stack.enter_context(self._client())
            stack.callback(self._save_same)
            visit = Visit(
                self._source, self._context.settings, client, work, self._run.pass_id, self._known,
                lambda: self._context.now().date(),
            )  # fmt: skip
            try:
                for sighting in KINDS[self._source.kind](visit):
                    self._apply(sighting, read)
            finally:
                self._count(body_bytes=client.body_bytes)
        self._finish()

    def run_ended(self, ending: RunEnding, problem: str) -> SyncRun:
        """Returns the run as it ended."""
        problems = tuple(([problem] if problem else []) + self._problems)[:PROBLEMS]
        return replace(self._run, ended=self._context.now(), ending=ending, counts=self._counts, problems=problems)

    def _client(self) -> WebClient:
        setting, options = self._context.settings.sources, self._source.options
        transport = self._context.transport or GuardedTransport(setting)
        limits = Limits(
            options.max_mb * 1_000_000,
            time.monotonic() + options.max_minutes * 60,
            self._context.settings.max_file_mb * 1_000_000,
        )
        delay = max(options.delay_s, setting.delay_s)
        return WebClient(setting, limits, transport, delay, sleep=self._context.sleep)

    def _apply(self, sighting: Sighting, read: ReadOneFile) -> None:
        """Compares what was seen with what is known, and stores what follows."""
        if isinstance(sighting, Mark):
            self._marked(sighting)
            return
        address = sighting.item.address if isinstance(sighting, Same) else sighting.address
        self._count(looked_at=1)
        if self._context.on_fetch is not None:
            self._context.on_fetch(address, self._counts.looked_at)
        if isinstance(sighting, Same):
            self._was_same(sighting)
        elif isinstance(sighting, Content):
            self._came(sighting, read)
        elif isinstance(sighting, Leads):
            item = replace(self._item(address), canonical=sighting.to, depth=sighting.depth, parent=sighting.parent)
            self._save(replace(item, links=(), missing=0))
        elif isinstance(sighting, Absent):
            self._absent(sighting)
        elif isinstance(sighting, Odd):
            self._odd(sighting)
        else:
            self._left(sighting)

    def _was_same(self, sighting: Same) -> None:
        item = sighting.item
        self._count(not_modified=1, unchanged=1)
        self._overtake(item.address, ChangeState.SUSPICIOUS)
        self._known[item.address] = seen = replace(
            item, run_id=self._run.pass_id, checked_at=self._context.now(), missing=0, is_gone=False
        )
        self._same.append(seen)
        if len(self._same) >= SAVED_AT_ONCE:
            self._save_same()

    def _came(self, content: Content, read: ReadOneFile) -> None:
        before = self._known.get(content.address)
        self._count(fetched=1, body_bytes=0 if self._source.kind is not SourceKind.FOLDER else content.body_bytes)
        if before is not None and before.sha256 == content.sha256:
            self._unchanged(content, before)
            return
        seen = self._read(content, read)
        if seen is None:
            return
        heading = content.page.heading or content.title
        came = Came(content.address, heading, seen.text, seen.words, content.page)
        verdict = judged(came, before) if content.is_judged else Judgement()
        if verdict.may_be_true:
            self._odd(Odd(content.address, verdict.why_odd), content, seen)
        elif verdict.why_odd:
            self._odd(Odd(content.address, verdict.why_odd))
        elif not seen.words:
            self._save(self._with(content, self._item(content.address), "", 0))  # a page that only leads to others
        else:
            self._compared(content, seen, before)

    def _read(self, content: Content, read: ReadOneFile) -> SeenText | None:
        """Returns the text of what came; None where it cannot be read, which is told."""
        try:
            return seen_text(content.file, read)
        except UnreadableDocument as error:
            is_page = content.file.suffix == ".html"
            if is_page and content.is_judged:
                return SeenText("", "")
            self._left(Trouble(content.address, f"{error.what}. {error.fix}"))
            return None

    def _compared(self, content: Content, seen: SeenText, before: FetchedItem | None) -> None:
        """Stages what is new or changed; the same words in another form are no change."""
        digest = seen.digest
        item = self._with(content, self._item(content.address), digest, seen.words)
        item = replace(item, title=self._title(content, seen))
        is_published = before is not None and before.edition_id is not None
        if before is not None and before.text_digest == digest:
            self._count(unchanged=1)
            self._overtake(content.address, ChangeState.SUSPICIOUS)
            self._save(item)
        elif is_published and before is not None and before.published_digest == digest:
            self._count(unchanged=1)
            self._overtake(content.address, ChangeState.CHANGED, ChangeState.SUSPICIOUS)
            self._save(item)
        else:
            state = ChangeState.CHANGED if is_published else ChangeState.NEW
            self._count(new=int(state is ChangeState.NEW), changed=int(state is ChangeState.CHANGED))
            self._save(item, self._staged(content, item, seen, state, content.why))

    def _staged(
        self, content: Content, item: FetchedItem, seen: SeenText, state: ChangeState, why: str
    ) -> StagedChange:
        """Returns a change with its file in staging."""
        staged, source_id = self._context.staged, self._source.source_id
        sha256 = sha256_of(content.file)
        name = staged.add(source_id, content.file, sha256)
        now = self._context.now()
        published = self._context.editions.get(item.edition_id) if item.edition_id is not None else None
        work = published.work if published is not None else work_for(self._source, item.address)
        taken = {*self._context.editions, *(each.edition_id for each in self._waiting.values() if each.edition_id)}
        edition_id = edition_id_for(work, content.dated or now.date(), taken)
        return StagedChange(
            secrets.token_hex(12), source_id, state, item.address, item.title, now, edition_id,
            published.edition_id if published is not None else None, work, name, sha256, why=why[:1000],
            dated=content.dated, text_digest=seen.digest, words=seen.words,
        )  # fmt: skip

    def _unchanged(self, content: Content, before: FetchedItem) -> None:
        self._count(unchanged=1)
        self._overtake(content.address, ChangeState.SUSPICIOUS)
        item = self._item(content.address)
        self._save(self._with(content, item, before.text_digest, before.words))

    def _with(self, content: Content, item: FetchedItem, text_digest: str, words: int) -> FetchedItem:
        return replace(
            item,
            etag=content.etag,
            last_modified=content.last_modified,
            sha256=content.sha256,
            text_digest=text_digest,
            words=words,
            links=content.page.links,
            canonical="",
            depth=content.depth,
            parent=content.parent,
            missing=0,
            is_gone=False,
            why=content.why[:1000],
            dated=content.dated,
        )

    def _title(self, content: Content, seen: SeenText) -> str:
        """Returns the title of a document: the publisher's list of documents knows it best, then its own headings."""
        named = content.title if self._source.kind is SourceKind.GOV_UK else ""
        last = content.address.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ").replace("_", " ")
        return (named or seen.title or content.page.heading or content.title or last or self._source.name)[:300]

    def _absent(self, absent: Absent) -> None:
        item = self._item(absent.address)
        if item.edition_id is None and absent.is_final:
            self._overtake(absent.address, *ChangeState)
        missing = item.missing + 1
        self._save(replace(item, missing=missing, is_gone=absent.is_final, why=absent.why, etag="", last_modified=""))

    def _odd(self, odd: Odd, content: Content | None = None, seen: SeenText | None = None) -> None:
        """Stages what looks like no content, for somebody to look at; what is known of the address stays."""
        self._count(suspicious=1)
        before = self._known.get(odd.address)
        if odd.address == self._source.address:
            raise NeedsYou(
                f"{odd.address}: {odd.why}. Nothing is taken from the source until it shows its content again; "
                "open the address in a browser to see what it shows."
            )
        if before is None:
            self._left(Left(odd.address, f"not taken: {odd.why}"))
            return
        item, why = self._item(odd.address), f"What came looks like no content: {odd.why}."
        told = self._waiting.get(odd.address)
        is_told = told is not None and (told.state, told.why) == (ChangeState.SUSPICIOUS, why)
        if item.edition_id is None or is_told or key_of(suspicious(item, item.checked_at, why)) in self._discarded:
            self._save(item)
        elif content is not None and seen is not None:
            self._save(item, self._staged(content, item, seen, ChangeState.SUSPICIOUS, why))
        else:
            self._save(item, suspicious(item, self._context.now(), why))
        self._problem(f"{odd.address}: {odd.why}; what was published of it stays.")

    def _left(self, sighting: Left | Trouble) -> None:
        self._count(skipped=1)
        before = self._known.get(sighting.address)
        if before is not None:
            self._save(replace(self._item(sighting.address), missing=before.missing))
        if isinstance(sighting, Trouble):
            self.has_later = self._source.kind is SourceKind.FOLDER  # a site is not asked again before its time
            self._problem(f"{sighting.address}: {sighting.why}.")
        elif sighting.why and "robots" not in sighting.why and "patterns" not in sighting.why:
            log.info("source %s: an address is left out", self._source.source_id)
            self._problem(f"{sighting.address}: {sighting.why}.", is_light=True)

    def _marked(self, mark: Mark) -> None:
        """Saves a mark on the editions that it is about at once; they keep answering until somebody decides."""
        self._save_same()
        for address in mark.addresses:
            item = self._known.get(address)
            if item is None:
                continue
            self._known[address] = item = replace(
                item, is_gone=True, why=mark.note or f"{mark.kind} by its publisher", successor=mark.successor
            )
            self._save(item)
            if item.edition_id is not None:
                self._marks.append(
                    EditionMark(
                        item.edition_id, self._source.source_id, mark.kind, mark.since, mark.note, mark.address,
                        mark.successor,
                    )
                )  # fmt: skip
        before = [each for each in self._store.marks() if each.source_id == self._source.source_id]
        self._store.save_marks(self._source.source_id, [*before, *self._marks])

    def _finish(self) -> None:
        """Compares the pass as a whole: what moved, what is gone, what is there twice; and tidies up."""
        result = end_of_pass(
            self._source, self._known, self._store, self._run.pass_id, self._context.now(), self._context.editions
        )
        self._problems = [*result.problems, *self._problems]
        self._count(**result.counts)
        self._counts = replace(self._counts, new=max(0, self._counts.new))  # those of the sync that it goes on with
        self._store.save_marks(self._source.source_id, self._marks)
        waiting = self._store.changes(self._source.source_id, limit=1_000_000)
        self._context.staged.keep_only(self._source.source_id, {each.filename for each in waiting if each.filename})
        if result.needs_you:
            raise NeedsYou(result.needs_you)

    def _item(self, address: str) -> FetchedItem:
        """Returns what is known of an address, as of this pass."""
        before = self._known.get(address)
        now, pass_id = self._context.now(), self._run.pass_id
        if before is None:
            return FetchedItem(self._source.source_id, address, pass_id, now)
        return replace(before, run_id=pass_id, checked_at=now)

    def _save(self, item: FetchedItem, change: StagedChange | None = None) -> None:
        self._known[item.address] = item
        if change is not None:
            self._waiting[item.address] = change
        self._store.save_items([item], [change] if change is not None else [])

    def _save_same(self) -> None:
        if self._same:
            self._store.save_items(self._same)
            self._same.clear()

    def _overtake(self, address: str, *states: ChangeState) -> None:
        """Notes that a change of an address that waits is out of date."""
        change = self._waiting.get(address)
        if change is not None and change.state in states:
            del self._waiting[address]
            self._store.decide([change.change_id], Decision.OVERTAKEN, self._context.now(), "")

    def _count(self, **more: int) -> None:
        values = {name: getattr(self._counts, name) + count for name, count in more.items()}
        self._counts = replace(self._counts, **values)

    def _problem(self, text: str, *, is_light: bool = False) -> None:
        if len(self._problems) < PROBLEMS:
            self._problems.append(text) if is_light else self._problems.insert(0, text)
