"""What ``python -m evals approved`` does."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from assistant.answering.approved.matching import packaged_calibration
from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.approved.bench import bench
from evals.approved.calibrate import calibrate
from evals.approved.measure import failures as failed
from evals.approved.measure import given_another, measured, table
from evals.approved.pairs import DEVELOPMENT, read_pairs
from evals.approved.prepared import prepared

DOCUMENTS = Path(__file__).parents[2] / "corpus"


def measured_set(path: Path | None, *, failures: bool) -> str:
    """Returns the figures of a set, the development one for None."""
    rows = prepared(read_pairs(path or DEVELOPMENT), Assistant(Settings()).packaged_embedder)
    calibration = packaged_calibration()
    found = measured(rows, calibration)
    shown = table(found, calibration, given_another(rows, calibration))
    return shown + ("\n" + "\n".join(failed(found)) + "\n" if failures else "")


def calibrated(path: Path) -> str:
    """Writes the calibration of the development set to a file; returns what it is."""
    today = datetime.now(UTC).date()
    calibration = calibrate(read_pairs(DEVELOPMENT), Assistant(Settings()).packaged_embedder, today)
    path.write_text(calibration.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return f"{path}: threshold {calibration.threshold}, matched {calibration.matched:.1%} of held-out wordings"


def timed(count: int) -> str:
    """Returns how long questions take with so many approved answers."""
    with tempfile.TemporaryDirectory(prefix="approved-") as folder:
        return bench(read_pairs(DEVELOPMENT), count, DOCUMENTS, Path(folder) / "data")
