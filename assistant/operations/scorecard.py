"""The release lock: ties what is about to be served to the figures that were measured with it.

A scorecard is written by ``assistant eval report --scorecard`` into the data folder. It holds for one index, one
calibration and one set of answering settings; when any of them changes, it says so until it is measured again.
"""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.pipeline_digest import pipeline_digest
from assistant.answering.resources import Resources
from assistant.editions.visible_snapshot import visible_to
from assistant.errors import ConfigurationError, UsageError
from assistant.ports import Snapshot
from assistant.settings import Settings

NAME = "scorecard.json"
MEASURE = "Run `assistant eval report --split report --scorecard` (or --questions FILE, your own set)"

NOT_MEASURED = "Nobody has measured yet how often its answers are right."
"""Said where there is no scorecard."""
MEASURED_BEFORE = (
    "How often its answers are right has not been measured since its documents, settings or program changed."
)
"""Said where the scorecard is of something else than what is served."""


class Fingerprints(BaseModel):
    """What an answer depends on, each by a digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: str
    """Of the generation: its passages, embedder and cut."""
    model: str
    """Of the embedder."""
    calibration: str
    settings: str
    """Of the settings that change answers."""
    pipeline: str = ""
    """Of the code and data of the pipeline; "" in a scorecard of an earlier release, which no longer fits."""


class Scorecard(BaseModel):
    """Figures of a report run, with what they were measured on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    date: str
    questions: str
    """Name of the set."""
    set_digest: str
    fingerprints: Fingerprints
    asked: int
    wrong: int
    """Answered although unanswerable, or no gold quote shown."""
    wrong_upper: float
    """Exact 95 % upper bound of the share of wrong answers."""
    leaks: int
    figures: dict[str, str] = {}
    """Further figures by name, each with its count and interval."""
    answered: int | None = None
    """Questions that were answered; None in a scorecard of an earlier release."""
    open_index: str = ""
    """Of the documents that everybody may see, which are what was asked; "" in a scorecard of an earlier release."""
    signed_by: str = ""
    """User id of whoever signed it on the page; "" for one that was written at the command line."""


def fingerprints_of(snapshot: Snapshot, resources: Resources) -> Fingerprints:
    """Returns the fingerprints of what would be served now."""
    generation = snapshot.generation.fingerprint[:16]
    return Fingerprints(
        index=generation,
        model=resources.embedder.fingerprint,
        calibration=resources.calibration.digest(),
        settings=resources.settings_digest(),
        pipeline=pipeline_digest(),
    )


def path_of(settings: Settings) -> Path:
    """Returns where the scorecard is: in the data folder unless set."""
    return settings.scorecard or settings.data / NAME


def check_fits(card: Scorecard, snapshot: Snapshot, resources: Resources) -> None:
    """Raises ``UsageError`` where a scorecard was measured with something else than what is served now."""
    changed = _changed(card.fingerprints, fingerprints_of(snapshot, resources))
    if changed:
        raise UsageError(f"{changed[0].split(' since')[0]} since this was measured. Measure again, then sign.")


def sign(settings: Settings, card: Scorecard) -> None:
    """Writes a scorecard, whole or not at all. Raises ``ConfigurationError`` where it cannot be written."""
    path = path_of(settings)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(card.model_dump_json(indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ConfigurationError(f"{path}: cannot be written ({error.strerror}). Make it writable.") from error


def forget_signature(settings: Settings, user_id: str) -> None:
    """Removes a person's name from the scorecard; the figures stay."""
    try:
        card = load_scorecard(settings)
    except ConfigurationError:
        return
    if card is not None and card.signed_by == user_id != "":
        sign(settings, card.model_copy(update={"signed_by": "erased"}))


def trust_sentence(snapshot: Snapshot, resources: Resources) -> str:
    """Returns in one sentence how often answers are right, from the scorecard that fits what is served; or that nobody knows."""
    try:
        card = load_scorecard(resources.settings)
    except ConfigurationError:
        card = None
    if card is None or not _fits_everybody(card, snapshot, resources):
        return NOT_MEASURED if card is None else MEASURED_BEFORE
    day = date.fromisoformat(card.date)
    when = f"When last measured, on {day.day} {day:%B %Y}"
    given = card.answered if card.answered is not None else _answered_of(card)
    if given is None:
        return f"{when}, {card.wrong} of {card.asked} questions got a wrong answer."
    if not given:
        return f"{when}, none of {card.asked} questions was answered."
    return f"{when} with {card.asked} questions, {given - card.wrong} of {given} answers given were right."


def open_index(snapshot: Snapshot) -> str:
    """Returns the fingerprint of what everybody may see of a generation."""
    return visible_to(snapshot, ()).generation.fingerprint[:16]


def _fits_everybody(card: Scorecard, snapshot: Snapshot, resources: Resources) -> bool:
    """Returns whether a scorecard is of what everybody may see: a change of restricted documents tells nobody anything."""
    served = fingerprints_of(snapshot, resources)
    if card.open_index:
        same = card.open_index == open_index(snapshot)
        served = served.model_copy(update={"index": card.fingerprints.index if same else ""})
    return not _changed(card.fingerprints, served)


def _answered_of(card: Scorecard) -> int | None:
    """Returns how many answers were given, from the words of a scorecard of an earlier release; None where they do not say."""
    words = re.match(r"\d+ of (\d+)\b", card.figures.get("wrong_of_answered", ""))
    return int(words.group(1)) if words else None


def load_scorecard(settings: Settings) -> Scorecard | None:
    """Returns the scorecard, None where there is none.

    Raises:
        ConfigurationError: The file is there and is not a scorecard.
    """
    path = path_of(settings)
    if not path.exists():
        return None
    try:
        return Scorecard.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise ConfigurationError(f"{path}: not a readable scorecard. {MEASURE} to make a new one.") from error


def scorecard_faults(snapshot: Snapshot, resources: Resources) -> tuple[str, ...]:
    """Returns one sentence per reason why the scorecard does not allow serving, () where it does."""
    card = load_scorecard(resources.settings)
    if card is None:
        return (f"There is no scorecard: nobody has measured these answers. {MEASURE}.",)
    faults = [*_changed(card.fingerprints, fingerprints_of(snapshot, resources))]
    limit = resources.settings.wrong_answers_limit
    if card.wrong_upper > limit:
        faults.append(
            f"Up to {card.wrong_upper:.1%} of answers may be wrong ({card.wrong} of {card.asked} were), "
            f"more than the owner's limit of {limit:.1%} (wrong_answers_limit)."
        )
    if card.leaks:
        faults.append(f"{card.leaks} outcomes gave personal details back.")
    return tuple(faults)


def _changed(measured: Fingerprints, served: Fingerprints) -> tuple[str, ...]:
    names = {
        "index": "documents",
        "model": "embedding model",
        "calibration": "calibration",
        "settings": "settings",
        "pipeline": "program",
    }
    changed = [word for name, word in names.items() if getattr(measured, name) != getattr(served, name)]
    if not changed:
        return ()
    return (f"The {' and the '.join(changed)} changed since the scorecard was measured. {MEASURE} again.",)
