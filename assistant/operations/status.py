"""What the policy team should know about the library: what it holds, how it decides, what needs attention."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assistant.answering.resources import Resources
from assistant.editions.in_force import excluded_at
from assistant.editions.notices import day, edition_notices
from assistant.model import EditionId, Generation, Kind
from assistant.operations.scorecard import scorecard_faults
from assistant.ports import Snapshot


@dataclass(frozen=True, slots=True)
class Status:
    """The state of one generation at one day."""

    generation: Generation
    fingerprint: str
    """Of index, calibration and settings; the one that traces carry."""
    kinds: tuple[tuple[Kind, int], ...]
    """Editions by kind, from the highest authority; kinds without any are left out."""
    known: tuple[EditionId, ...]
    """Named by the catalogue and not ingested."""
    past_review: tuple[EditionId, ...]
    superseded: tuple[EditionId, ...]
    """Indexed, and out of the answers of that day."""
    warnings: tuple[str, ...]
    """One sentence each."""


def status_of(snapshot: Snapshot, resources: Resources) -> Status:
    """Returns the status of a generation today."""
    editions, known, today = snapshot.editions(), snapshot.known(), resources.today()
    counted = Counter(edition.kind for edition in editions)
    hidden = excluded_at(editions, known, today)
    titles = {edition.edition_id: edition.title for edition in editions}
    answering = [edition for edition in editions if edition.edition_id not in hidden]
    return Status(
        snapshot.generation,
        resources.fingerprint(snapshot),
        tuple((kind, counted[kind]) for kind in Kind if counted[kind]),
        tuple(each.edition_id for each in known),
        tuple(each.edition_id for each in editions if each.review_by is not None and each.review_by < today),
        hidden,
        (
            *_calibration_warnings(resources),
            *(each.text for each in edition_notices(answering, (*editions, *known), today)),
            *(
                f"{titles[each]} is left out of answers at {day(today)}: another edition stands for it."
                for each in hidden
            ),
            *scorecard_faults(snapshot, resources),
        ),
    )


def _calibration_warnings(resources: Resources) -> tuple[str, ...]:
    calibration = resources.calibration
    if calibration.threshold is None:
        return ("No threshold kept any bound on wrong answers: every question is refused.",)
    if resources.reranker is not None and calibration.order is None:
        return ("The threshold was set without the reranker, which is not used; calibrate again to use it.",)
    if resources.settings.embedder not in ("minilm", "tuned") and resources.settings.calibration is None:
        return ("The threshold was set with another embedder (minilm); calibrate again before relying on refusals.",)
    return ()
