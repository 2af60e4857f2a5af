"""The release lock: ties what is about to be served to the figures that were measured with it.

A scorecard is written by ``assistant eval report --scorecard`` into the data folder. It holds for one index, one
calibration and one set of answering settings; when any of them changes, it says so until it is measured again.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.pipeline_digest import pipeline_digest
from assistant.answering.resources import Resources
from assistant.errors import ConfigurationError
from assistant.ports import Snapshot
from assistant.settings import Settings

NAME = "scorecard.json"
MEASURE = "Run `assistant eval report --split report --scorecard` (or --questions FILE, your own set)"


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
