"""What routes and pages of sources share: finding them, publishing and discarding what waits, the audit log."""

from __future__ import annotations

from collections.abc import Sequence

from api.audit_log import audit
from api.following.wiring import Following
from api.http.problems import Problem
from api.publishing.locking import one_at_a_time
from api.state import State
from assistant.errors import UsageError
from assistant.model import EditionId, Generation
from assistant.model.people import Asker
from assistant.model.sources import NewSource
from assistant.ports import ChangeTexts, SourceWithState

NO_SOURCES = "This server follows no sources. Start it with `assistant serve`."


def following_of(state: State) -> Following:
    """Returns the sources of the server. Raises ``Problem`` (404) where it follows none."""
    if state.following is None:
        raise Problem(404, "no_sources", NO_SOURCES)
    return state.following


def one_source(state: State, asker: Asker, source_id: str) -> SourceWithState:
    """Returns a source. Raises ``Problem`` (404) if there is none that the asker may see."""
    sources = following_of(state).sources
    if any(each.source.source_id == source_id for each in sources.listed(asker)):
        return sources.one(asker, source_id)
    raise Problem(404, "not_found", "There is no such source. GET /v1/sources lists the sources.")


def is_running(state: State, one: SourceWithState) -> bool:
    """Returns whether a source is synced now, by whichever process."""
    return one.state.is_running or following_of(state).syncs.is_running(one.source.source_id)


def texts_of(state: State, asker: Asker, source_id: str, change_id: str) -> ChangeTexts:
    """Returns both sides of a change of a source. Raises ``Problem`` (404), ``DocumentError``."""
    one_source(state, asker, source_id)
    try:
        texts = following_of(state).sources.texts(asker, change_id)
    except UsageError as error:
        raise change_not_found() from error
    if texts.change.source_id != source_id:
        raise change_not_found()
    return texts


def change_not_found() -> Problem:
    """Returns the problem of a change that is not there."""
    return Problem(404, "not_found", "There is no such change. It may have been decided, or its source removed.")


def add(state: State, asker: Asker, new: NewSource) -> SourceWithState:
    """Returns a source that is followed from now on. Raises ``UsageError``."""
    sources = following_of(state).sources
    added = sources.add(asker, new)
    audit(state, asker, "source_add", added.source_id)
    return sources.one(asker, added.source_id)


def change(state: State, asker: Asker, source_id: str, new: NewSource) -> SourceWithState:
    """Returns a source with other details. Raises ``Problem`` (404), ``UsageError``."""
    one_source(state, asker, source_id)
    sources = following_of(state).sources
    changed = sources.change(asker, source_id, new)
    audit(state, asker, "source_change", f"{source_id}: {changed.rule}")
    return sources.one(asker, source_id) if changed.is_open_to(asker.groups) else _hidden_now()


def _hidden_now() -> SourceWithState:
    raise Problem(404, "not_found", "It is changed, and for groups that you are not in.")


def pause(state: State, asker: Asker, source_id: str, *, is_paused: bool) -> SourceWithState:
    """Returns a source that was paused or resumed. Raises ``Problem`` (404)."""
    one_source(state, asker, source_id)
    sources = following_of(state).sources
    (sources.pause if is_paused else sources.resume)(asker, source_id)
    audit(state, asker, "source_pause" if is_paused else "source_resume", source_id)
    return sources.one(asker, source_id)


def remove(state: State, asker: Asker, source_id: str) -> None:
    """Stops following a source; its published documents stay. Raises ``Problem`` (404)."""
    one_source(state, asker, source_id)
    following_of(state).sources.remove(asker, source_id)
    audit(state, asker, "source_remove", source_id)


def sync(state: State, asker: Asker, source_id: str) -> SourceWithState:
    """Returns a source whose sync was started. Raises ``Problem`` (404; 409 while it runs), ``SourceBusy``."""
    one = one_source(state, asker, source_id)
    if one.state.is_running:
        raise Problem(409, "source_busy", "It is being synced now. Look again when it has finished.")
    following_of(state).syncs.start(asker, source_id)
    return one


def publish(state: State, asker: Asker, source_id: str, changes: Sequence[str]) -> Generation:
    """Returns the generation after changes were published. Raises ``Problem`` (404, 409), ``UsageError``."""
    editions = _editions(state, asker, source_id, changes)
    with one_at_a_time():
        generation = following_of(state).sources.accept(asker, changes)
    what = f"source {source_id}: {len(changes)} changes, generation {generation.number}"
    audit(state, asker, "publish", what, *editions)
    return generation


def discard(state: State, asker: Asker, source_id: str, changes: Sequence[str]) -> int:
    """Returns how many changes were discarded. Raises ``Problem`` (404), ``UsageError``."""
    _editions(state, asker, source_id, changes)
    count = following_of(state).sources.discard(asker, changes)
    audit(state, asker, "discard", f"source {source_id}: {count} changes")
    return count


def _editions(state: State, asker: Asker, source_id: str, changes: Sequence[str]) -> tuple[EditionId, ...]:
    """Returns the editions that changes are about. Raises ``Problem`` (404) for one that is not of the source or decided."""
    one_source(state, asker, source_id)
    waiting = {each.change_id: each for each in following_of(state).sources.changes(asker, source_id)}
    if any(each not in waiting for each in changes):
        raise change_not_found()
    ids = (waiting[each].edition_id or waiting[each].replaces for each in changes)
    return tuple(each for each in ids if each is not None)
