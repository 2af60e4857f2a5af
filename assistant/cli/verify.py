"""``assistant verify``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.answering.verify.pairs import Pair
    from assistant.ports import Progress

Pairs = Annotated[
    Path, typer.Argument(metavar="PAIRS.jsonl", help='Lines of {"id", "claim", "quote"}; other keys are ignored.')
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="VERDICTS.jsonl", help="Where the verdicts go (default: printed).", show_default=False),
]
Force = Annotated[bool, typer.Option("--force", help="Replace an existing file.")]


def verify(pairs: Pairs, out: Out = None, force: Force = False) -> int:
    """Checks whether claims say what their quotes say, with the rules that check written answers.

    Writes one line {"id", "verdict", "reason"} per pair, in order; verdicts are supported and unsupported. It needs
    no documents and no model. "headings" (a list of texts) may name what "it" at the beginning of a quote means.

    Examples:

      assistant verify pairs.jsonl

      assistant verify pairs.jsonl --out verdicts.jsonl
    """
    from assistant.answering.verify.pairs import read_pairs

    _check_target(pairs, out, force)
    claims = read_pairs(pairs)
    counted: Counter[str] = Counter()
    with progress_bars() as bars:
        if out is None:
            for line in _verdicts(claims, counted, bars):
                print(line)
        else:
            _write(out, _verdicts(claims, counted, bars))
    counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counted.items()))
    print(f"{len(claims)} pairs: {counts}", file=sys.stderr)
    return 0


def _check_target(pairs: Path, out: Path | None, force: bool) -> None:
    if out is None:
        return
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(f"--out {out}: cannot be written. Name a file in a folder that exists.")
    if out.exists() and pairs.exists() and out.samefile(pairs):
        raise UsageError(f"--out {out}: that is the file of pairs. Name another file.")
    if out.exists() and not force:
        raise UsageError(f"--out {out}: the file exists already. --force replaces it, or name another.")


def _verdicts(pairs: tuple[Pair, ...], counted: Counter[str], bars: Progress | None) -> Iterator[str]:
    for done, pair in enumerate(pairs, start=1):
        checked = pair.check()
        counted[checked.verdict] += 1
        yield json.dumps({"id": pair.id, "verdict": checked.verdict, "reason": checked.reason}, ensure_ascii=False)
        if bars is not None:
            bars("verify", done, len(pairs))


def _write(out: Path, lines: Iterator[str]) -> None:
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        part.replace(out)
    except OSError as error:
        raise UsageError(f"--out {out}: cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
