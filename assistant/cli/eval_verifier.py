"""``assistant eval verifier``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import assistant_of
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

if TYPE_CHECKING:
    from evals.verifying.labelled import LabelledPair

MOST_TAKEN = 0.02
"""Largest upper bound of the share of altered claims accepted that passes."""

PairFile = Annotated[
    Path | None,
    typer.Option(
        "--pairs", metavar="FILE", help='Your own pairs, JSONL with "supported" (default: ours).', show_default=False
    ),
]
SplitName = Annotated[str, typer.Option("--split", help="Which split of our own pairs: report or development.")]
Wrong = Annotated[bool, typer.Option("--wrong", help="List the pairs that it gets wrong.")]
WithModel = Annotated[bool, typer.Option("--model", help="Compare rules, our own model, and both, by kind.")]


def verifier(
    pairs: PairFile = None, split: SplitName = "report", wrong: Wrong = False, model: WithModel = False
) -> int:
    """Measures the meaning check: how many faithful and how many altered claims it accepts, by kind.

    Exits 1 unless at most 2 % of altered claims are accepted, with 95 % confidence.

    Examples:

      assistant eval verifier

      assistant eval verifier --pairs claims.jsonl --wrong

      assistant eval verifier --model
    """
    from evals.verifying.labelled import labelled_lines, own_pairs
    from evals.verifying.measure import measure, table

    if split not in ("report", "development"):
        raise UsageError(f"--split {split}: no such split. There are: report, development.")
    labelled = labelled_lines(pairs) if pairs else own_pairs("report" if split == "report" else "development")
    with progress_bars() as bars:
        measured = measure(labelled, (lambda done, total: bars("verify", done, total)) if bars else None)
    print(table(measured, pairs.name if pairs else f"our own pairs, split {split}", date.today()))
    if model:
        _compare(labelled)
    for pair in measured.altered_taken if wrong else ():
        print(f"\naccepted though altered ({pair.kind}) {pair.id}\n  quote: {pair.quote}\n  claim: {pair.claim}")
    for pair, reason in measured.faithful_lost if wrong else ():
        print(f"\nrejected though faithful ({pair.kind}) {pair.id}\n  claim: {pair.claim}\n  {reason}")
    altered = next(row.taken for row in measured.rows if not row.is_faithful)
    return 0 if altered.high is not None and altered.high <= MOST_TAKEN else 1


def _compare(pairs: Sequence[LabelledPair]) -> None:
    from evals.verifying.compared import compared, table

    scores = assistant_of(None, None).own_verifier.probabilities([(each.quote, each.claim) for each in pairs])
    print(f"\n{table(compared(pairs, scores.tolist()))}")
