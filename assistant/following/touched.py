"""How many approved answers rest on editions that were replaced or withdrawn."""

from __future__ import annotations

from collections.abc import Collection

from assistant.following.digest import Touched
from assistant.model import EditionId
from assistant.model.approved import ApprovedState, ApprovedVersion
from assistant.ports import ApprovedStore


def touched_answers(store: ApprovedStore) -> Touched:
    """Returns what counts the approved answers that quote one of some editions, each once.

    Those that are given count, and those that were taken back because of it; answers over restricted documents do not,
    since feed and mail tell of what is open to everybody.
    """

    def counted(editions: Collection[EditionId]) -> int:
        gone = set(editions)
        found = (each for each in store.versions() if _counts(each) and not gone.isdisjoint(each.editions))
        return len({each.answer_id for each in found})

    return counted


def _counts(version: ApprovedVersion) -> bool:
    return not version.groups and (version.state is ApprovedState.LIVE or version.is_expired)
