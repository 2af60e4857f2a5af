"""The table of ``python -m evals metadata``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.settings import Settings
from evals.dataset.shared import shared_folder
from evals.metadata.score import Score, read_labels, score
from ingest.sandbox.sandbox import Sandbox

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SETS = {"invented": HERE / "invented", "invented_2": HERE / "invented_2", "report": HERE / "report_files"}
"""Folders of invented files, each by a hand of its own."""
TARGETS = (("titles", ("title",), 0.9), ("kinds", ("kind",), 0.85), ("dates", ("issued", "review"), 0.8))
OTHERS = ("issued", "review", "publisher", "area", "layer", "version", "audience")


def report(name: str, *, failures: bool) -> Iterator[str]:
    """Yields the lines of a report on one set.

    Args:
        name: "shared" (real documents), "invented" or "invented_2", against which the rules were written, or "report".
        failures: Whether each wrong value is listed.

    Raises:
        UsageError: The files of the set are not there.
    """
    rows, paths = _shared() if name == "shared" else _invented(SETS[name])
    found = measured(rows, paths)
    yield from _table(name, found)
    if failures:
        yield from _failures(found)


def measured(rows: Sequence[dict[str, Any]], paths: dict[str, Path]) -> Score:
    """Returns how the files of a set came out, each read in the child that reads documents."""
    with Sandbox(Settings()) as sandbox:
        return score(rows, {row["file"]: sandbox.read_cover(paths[row["file"]]) for row in rows})


def _shared() -> tuple[Sequence[dict[str, Any]], dict[str, Path]]:
    rows = read_labels(HERE / "shared.jsonl")
    paths = {row["file"]: _path(row["file"]) for row in rows}
    absent = sorted(name for name, path in paths.items() if not path.is_file())
    if absent:
        raise UsageError(
            f"{absent[0]} and {len(absent) - 1} more are not there. Name the shared folder in ASSISTANT_SHARED."
        )
    return rows, paths


def _path(name: str) -> Path:
    first, _, rest = name.partition("/")
    return shared_folder() / rest if first == "shared" else ROOT / name


def _invented(folder: Path) -> tuple[Sequence[dict[str, Any]], dict[str, Path]]:
    rows = read_labels(folder / "expected.jsonl")
    return rows, {row["file"]: folder / "files" / row["file"] for row in rows}


def _table(name: str, found: Score) -> Iterator[str]:
    yield f"| {name}: {found.files} files | right | of | share | target |"
    yield "|---|---|---|---|---|"
    for label, fields, target in TARGETS:
        right, count = found.of(*fields)
        yield f"| {label} | {right} | {count} | {right / max(count, 1):.1%} | {target:.0%} |"
    for field in OTHERS:
        right, count = found.of(field)
        if count:
            yield f"| {field} | {right} | {count} | {right / count:.1%} | |"
    joined, there, extra = found.pairs
    yield f"| pairs of editions | {joined} | {there} | {extra} joined that are not | |"
    yield f"| dates wrong above .9 | {len(found.sure_and_wrong)} | | | 0 |"
    yield f"| corrections to a drafted catalogue | {found.corrections} | | | under 10 (shared) |"


def _failures(found: Score) -> Iterator[str]:
    yield ""
    for each in found.answers:
        if each.counts and not each.is_right:
            said = (
                f"{each.proposal.value!r} ({each.proposal.confidence}, {each.proposal.where})"
                if each.proposal
                else "nothing"
            )
            yield f"{each.file}: {each.field}: {said}; right: {' or '.join(each.expected) or 'nothing'}"
