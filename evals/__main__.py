"""Makes the packaged calibration: ``python -m evals``.

Publishes the calibration material into a data folder of its own (once; some minutes), collects the evidence for
every question, fits, and writes ``assistant/data/calibration.json``. The report split is never read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.errors import LibraryEmpty
from assistant.settings import Settings
from evals.calibrate import calibrate
from evals.collect import gather_all
from evals.training_set import publish_training, training_items

PACKAGED = Path(__file__).parents[1] / "assistant" / "data" / "calibration.json"


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    shared = Path(os.environ.get("ASSISTANT_SHARED", "../shared"))
    parser.add_argument("--training", type=Path, default=shared / "training", help="folder of the material")
    parser.add_argument("--data", type=Path, default=Path("data/calibration"), help="data folder for its library")
    parser.add_argument("--risk", type=float, help="most unanswerable questions answered, such as 0.1")
    parser.add_argument("--out", type=Path, default=PACKAGED)
    parser.add_argument("--force", action="store_true", help="replace the file that is there")
    chosen = parser.parse_args()
    if chosen.out.exists() and not chosen.force:
        parser.error(f"{chosen.out} is there; --force replaces it")
    assistant = Assistant(Settings(data=chosen.data))
    try:
        with assistant.library.open():
            pass
    except LibraryEmpty:
        publish_training(chosen.training, assistant.library, assistant.embedder, assistant.settings)
    today = date.today()
    with assistant.library.open() as snapshot:
        items = training_items(chosen.training)
        found = gather_all(items, snapshot, assistant.embedder, assistant.settings, today, _tell)
        made = calibrate(found, assistant.settings.hits_k, today, snapshot.generation.fingerprint, chosen.risk)
    chosen.out.write_text(json.dumps(made.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"threshold {made.threshold}, coverage at each risk {made.coverage_at}\n")


def _tell(done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        sys.stderr.write(f"\r{done}/{total} questions")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
