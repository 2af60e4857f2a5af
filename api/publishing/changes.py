"""What a staged document changes against the edition that it replaces, the weightiest changes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.state import State
from assistant.coverage.edition_diff.compare import Change, ChangeKind, compare
from assistant.coverage.edition_diff.word_changes import Concern
from assistant.coverage.texts.paragraphs import passage_paragraphs
from assistant.editions.in_force import is_in_force
from assistant.errors import LibraryEmpty
from assistant.model import Edition
from assistant.model.people import Asker
from assistant.ports import Preview, Snapshot

WEIGHTY = frozenset({Concern.DUTY, Concern.TIME_LIMIT, Concern.NEGATION, Concern.NUMBER, Concern.CONTACT})
"""What is shown first: a change of these may change what somebody has to do."""


@dataclass(frozen=True, slots=True)
class StagedChanges:
    """The changes from a published edition to a staged document, for whoever may see both."""

    replaced: Edition
    weighty: tuple[Change, ...] = ()
    """Duty words, negations, numbers, times and contacts."""
    others: tuple[Change, ...] = ()
    """Other wording, and paragraphs that moved."""

    @property
    def all(self) -> tuple[Change, ...]:
        """Returns every change, the weightiest first."""
        return (*self.weighty, *self.others)


def staged_changes(state: State, asker: Asker, preview: Preview) -> StagedChanges | None:
    """Returns what a staged document changes; None where it replaces nothing that the asker sees in the library.

    It is compared with the edition that its details name, else with the one of its own id, else with the latest of its work
    in force.
    """
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            replaced = _replaced(preview.edition, snapshot.editions(), state.assistant.resources.today())
            return None if replaced is None else _compared(preview, replaced, snapshot)
    except LibraryEmpty:
        return None


def _replaced(edition: Edition, held: Sequence[Edition], today: date) -> Edition | None:
    by_id = {each.edition_id: each for each in held}
    named = by_id.get(edition.supersedes) if edition.supersedes else None
    same_work = [each for each in held if each.work == edition.work and is_in_force(each, today)]
    latest = max(same_work, key=lambda each: each.in_force_from or each.published or date.min, default=None)
    return named or by_id.get(edition.edition_id) or latest


def _compared(preview: Preview, replaced: Edition, snapshot: Snapshot) -> StagedChanges:
    before = ((each.text, each.headings) for each in snapshot.passages_of(replaced.edition_id))
    after = ((each.text, each.headings) for each in preview.passages)
    changes = compare(
        passage_paragraphs(replaced.edition_id, before),
        passage_paragraphs(preview.edition.edition_id, after),
        preview.edition.kind,
    )
    weighty = [each for each in changes if each.kind is not ChangeKind.MOVED and not WEIGHTY.isdisjoint(each.concerns)]
    others = [each for each in changes if each not in weighty]
    return StagedChanges(replaced, tuple(weighty), tuple(others))
