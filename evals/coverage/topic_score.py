"""How often an answer of the topic map answers, before and after answers about something else are removed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from assistant.coverage.questions.probes import Probe, ProbeContext, run_probes
from assistant.coverage.sections.topics import ProbeOutcome, probe_outcomes, quote_at
from assistant.editions.library_view import LibraryView
from assistant.model import Kind
from evals.coverage.duty_score import Rate


def topic_scores(view: LibraryView, probe_context: ProbeContext) -> dict[str, tuple[Rate, Rate, Rate, int]]:
    """Returns for each half: precision of all answers, of those that count, recall of these, and how many no longer come.

    An answer that is quoted otherwise than when it was read is left out and counted.
    """
    rows: list[dict[str, Any]] = yaml.safe_load(
        (files("evals.coverage") / "topic_answers.yaml").read_text(encoding="utf-8")
    )
    wanted = {(row["probe"], row["kind"]): Probe(row["probe"], Kind(row["kind"])) for row in rows}
    endings = run_probes(wanted.values(), view.snapshot, view.answering(), probe_context).endings
    probed = probe_outcomes(endings, view.snapshot, view.answering())
    found: dict[str, tuple[Rate, Rate, Rate, int]] = {}
    for half in dict.fromkeys(row["half"] for row in rows):
        mine = [row for row in rows if row["half"] == half]
        same = [row for row in mine if _is_same(row, probed[wanted[row["probe"], row["kind"]]], view)]
        counted = [row for row in same if probed[wanted[row["probe"], row["kind"]]].is_answered]
        right, kept = (sum(row["is_right"] for row in some) for some in (same, counted))
        found[half] = (Rate(right, len(same)), Rate(kept, len(counted)), Rate(kept, right), len(mine) - len(same))
    return found


def _is_same(row: Mapping[str, Any], probed: ProbeOutcome, view: LibraryView) -> bool:
    if not probed.ending.is_answered:
        return False
    quote = quote_at(probed.ending.places[0], view.snapshot, "")
    return " ".join(quote.text.split()).startswith(row["quote"])
