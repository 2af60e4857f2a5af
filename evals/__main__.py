"""Prints what each kind of evidence is worth: ``python -m evals`` (after ``make calibrate``; some minutes)."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.ablation.evidence import ablation
from evals.calibration.calibrate import cross_ranked
from evals.calibration.collect import gather_all
from evals.calibration.packaged import packaged_set


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    shared = Path(os.environ.get("ASSISTANT_SHARED", "../shared"))
    parser.add_argument("--training", type=Path, default=shared / "training", help="folder of the shared material")
    parser.add_argument("--data", type=Path, default=Path("data/calibration-tuned"), help="data folder of its library")
    chosen = parser.parse_args()
    assistant = Assistant(Settings(data=chosen.data))
    items = packaged_set(chosen.training, assistant)
    with assistant.opened() as snapshot:
        found = gather_all(
            items, snapshot, assistant.embedder, assistant.settings, date.today(), reranker=assistant.reranker
        )
    sys.stdout.write("| evidence | AUC | answered while 90 % of near-misses are refused |\n|---|---|---|\n")
    for row in ablation(cross_ranked(found, assistant.settings.hits_k)):
        sys.stdout.write(f"| {row.name} | {row.area:.3f} | {row.answered:.1%} |\n")


if __name__ == "__main__":
    main()
