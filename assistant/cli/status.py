"""``assistant status`` and ``assistant check``."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from assistant.bootstrap import Assistant
from assistant.cli.options import AsJson, Data, SettingsFile, settings_of
from assistant.currency import excluded_at
from assistant.notices import edition_notices
from assistant.ports import Snapshot


def status(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> int:
    """Shows the library, its index, the calibration in force, and what needs attention.

    Examples:
      assistant status

      assistant status --json
    """
    assistant = Assistant(settings_of(data, settings))
    with assistant.library.open() as snapshot:
        facts = _facts(assistant, snapshot)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return 0
    for key in ("data", "generation", "editions", "passages", "embedder", "fingerprint"):
        print(f"{key:>12}  {facts[key]}")
    for kind, count in facts["kinds"].items():
        print(f"{'':>12}  {count} {kind.replace('_', ' ')}")
    print(f"{'calibration':>12}  {_calibration_line(facts['calibration'])}")
    for line in facts["warnings"]:
        print(f"{'note':>12}  {line}")
    return 0


def _facts(assistant: Assistant, snapshot: Snapshot) -> dict[str, Any]:
    editions, known, today = snapshot.editions(), snapshot.known(), date.today()
    calibration = assistant.calibration
    notices = edition_notices(editions, (*editions, *known), today)
    hidden = excluded_at(editions, known, today)
    return {
        "data": str(assistant.settings.data),
        "generation": snapshot.generation.number,
        "editions": snapshot.generation.edition_count,
        "passages": snapshot.generation.passage_count,
        "kinds": dict(Counter(each.kind.value for each in editions)),
        "embedder": assistant.embedder.fingerprint,
        "fingerprint": assistant.tools.fingerprint(snapshot),
        "calibration": {
            "threshold": calibration.threshold,
            "risk": calibration.risk,
            "confidence": calibration.confidence,
            "coverage_at": calibration.coverage_at,
            "coverage_at_wrong": calibration.coverage_at_wrong,
            "date": calibration.date,
            "set_size": calibration.set_size,
            "set_digest": calibration.set_digest,
            "note": calibration.note,
        },
        "hidden": list(hidden),
        "warnings": [
            *(each.text for each in notices),
            *(f"{each} gives way to a newer or official edition" for each in hidden),
        ],
    }


def _calibration_line(facts: dict[str, Any]) -> str:
    if facts["threshold"] is None:
        return "no threshold met the risk: every question is refused"
    return (
        f"threshold {facts['threshold']:.3f}, at most {facts['risk']:.0%} of unanswerable questions answered "
        f"({facts['confidence']:.0%} confidence, {facts['set_size']} questions, {facts['date']})"
    )


def check(data: Data = None, settings: SettingsFile = None) -> int:
    """Checks that rows, vectors and indexes of the library belong together; exit 1 and one line per fault if not.

    Example:
      assistant check
    """
    faults = Assistant(settings_of(data, settings)).library.check()
    for line in faults:
        print(line)
    print("the library is whole" if not faults else f"{len(faults)} faults; ingest again to mend them")
    return 1 if faults else 0
