"""What the commands of ``assistant coverage`` share: making a part, and printing it."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING

from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.coverage.decisions import Judged, JudgedPart
    from assistant.editions.library_view import LibraryView
    from assistant.ports import Snapshot

LONG = 300
"""Characters of a text that are printed."""


def part_of(name: str, assistant: Assistant, view: LibraryView, editions: tuple[str, ...] = ()) -> JudgedPart:
    """Returns one part over the library of an assistant; ``diff`` needs its two editions. Raises ``UsageError``."""
    from assistant.coverage.report import PARTS, make, make_diff

    decisions = assistant.coverage_store.decisions(name)
    if name == "diff":
        if len(editions) != 2:
            raise UsageError("diff: name the two editions, --edition OLD --edition NEW.")
        return make_diff(view, assistant.embedder, *editions, decisions)
    if name not in PARTS:
        raise UsageError(f"{name}: no such part. There are: {', '.join((*PARTS, 'diff'))}.")
    with progress_bars() as bars:
        return make(name, view, assistant.asks(bars), decisions)


def view_of(snapshot: Snapshot) -> LibraryView:
    """Returns over what a report is made at this command line: every edition, today."""
    from assistant.editions.library_view import LibraryView

    return LibraryView(snapshot, None, date.today())


def show(
    name: str, state: list[str] | None, limit: int, as_json: bool, as_csv: bool, data: Data, settings: SettingsFile
) -> None:
    """Prints one part."""
    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        give(part_of(name, assistant, view_of(snapshot)), state, limit, as_json, as_csv)


def give(part: JudgedPart, state: list[str] | None, limit: int, as_json: bool, as_csv: bool) -> None:
    """Prints a part as text, JSON or CSV, the findings in other states left out."""
    from dataclasses import replace

    from assistant.coverage.files.json import part_object
    from assistant.coverage.files.tables import as_csv as table

    unknown = [each for each in state or () if each not in part.states()]
    if unknown:
        raise UsageError(f"--state {unknown[0]}: no such state. There are: {', '.join(part.states())}.")
    kept = replace(part, rows=tuple(each for each in part.rows if not state or each.state in state))
    if as_json:
        print(json.dumps(part_object(kept), ensure_ascii=False, indent=2))
    elif as_csv:
        sys.stdout.write(table(kept))
    else:
        head(part)
        findings(kept.rows[:limit] if limit else kept.rows, len(kept.rows))


def head(part: JudgedPart) -> None:
    """Prints what a part is and what it counts."""
    print(f"{part.part.title}\n{part.part.lead}")
    for note in part.part.notes:
        print(f"note: {note}")
    print(
        "; ".join(f"{count} {state.replace('_', ' ')}" for state, count in part.counts().items() if count)
        or "nothing found"
    )


def findings(rows: tuple[Judged, ...], of: int) -> None:
    """Prints findings with their quotes, and how many are left out."""
    for each in rows:
        print(f"\n[{each.state.replace('_', ' ')}] {cut(each.row.title)}")
        if each.decision is not None:
            again = "; THE WORDS HAVE CHANGED SINCE" if each.is_stale else ""
            decided = each.decision
            print(f"    decided: {decided.state} by {decided.by} on {decided.at.date()}{again}. {cut(decided.note)}")
        for name, value in each.row.facts:
            if value:
                print(f"    {name}: {cut(value)}")
        for text, outcome in each.row.items:
            print(f"    - {cut(text)} ({outcome})")
        for quote in each.row.quotes:
            likeness = "" if quote.likeness is None else f", likeness {quote.likeness:.2f}"
            print(f"    {quote.role}: {quote.source}{likeness}\n        “{cut(quote.text)}”")
        print(f"    key: {each.row.key[:16]}")
    if len(rows) < of:
        print(f"\n{of - len(rows)} more: --limit 0 shows all, --json or --csv gives them as data.")


def cut(text: str) -> str:
    """Returns a text that fits, with a sign of what is left out."""
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
