"""Makes and prints sections of the coverage report, for the commands of ``assistant coverage``."""

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
    from assistant.coverage.decisions import DecidedRow, DecidedSection
    from assistant.editions.library_view import LibraryView
    from assistant.ports import Snapshot

SHOWN_CHARS = 300
"""Most characters printed of one text."""


def section_of(name: str, assistant: Assistant, view: LibraryView, editions: tuple[str, ...] = ()) -> DecidedSection:
    """Returns one section over the assistant's library; ``diff`` needs two editions. Raises ``UsageError``."""
    from assistant.coverage.report import SECTIONS, make_edition_diff, make_section

    decisions = assistant.coverage_store.decisions(name)
    if name == "diff":
        if len(editions) != 2:
            raise UsageError("diff: name the two editions, --edition OLD --edition NEW.")
        return make_edition_diff(view, assistant.embedder, *editions, decisions)
    if name not in SECTIONS:
        raise UsageError(f"{name}: no such section. Sections: {', '.join((*SECTIONS, 'diff'))}.")
    with progress_bars() as bars:
        return make_section(name, view, assistant.probe_context(bars), decisions)


def view_of(assistant: Assistant, snapshot: Snapshot) -> LibraryView:
    """Returns the view that the command line uses: every edition, as of today."""
    from assistant.editions.library_view import LibraryView

    return LibraryView(snapshot, None, date.today(), assistant.records.question_groups())


def show_section(
    name: str, state: list[str] | None, limit: int, as_json: bool, as_csv: bool, data: Data, settings: SettingsFile
) -> None:
    """Makes and prints one section."""
    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        print_section(section_of(name, assistant, view_of(assistant, snapshot)), state, limit, as_json, as_csv)


def print_section(section: DecidedSection, state: list[str] | None, limit: int, as_json: bool, as_csv: bool) -> None:
    """Prints a section as text, JSON or CSV, limited to some states."""
    from dataclasses import replace

    from assistant.coverage.files.json import section_object
    from assistant.coverage.files.tables import as_csv as table

    unknown = [each for each in state or () if each not in section.states()]
    if unknown:
        raise UsageError(f"--state {unknown[0]}: no such state. States: {', '.join(section.states())}.")
    matching = replace(section, rows=tuple(each for each in section.rows if not state or each.state in state))
    if as_json:
        print(json.dumps(section_object(matching), ensure_ascii=False, indent=2))
    elif as_csv:
        sys.stdout.write(table(matching))
    else:
        print_counts(section)
        print_findings(matching.rows[:limit] if limit else matching.rows, len(matching.rows))


def print_counts(decided: DecidedSection) -> None:
    """Prints the title, notes and counts of a section."""
    print(f"{decided.section.title}\n{decided.section.lead}")
    for note in decided.section.notes:
        print(f"note: {note}")
    print(
        "; ".join(f"{count} {state.replace('_', ' ')}" for state, count in decided.counts().items() if count)
        or "no findings"
    )


def print_findings(rows: tuple[DecidedRow, ...], of: int) -> None:
    """Prints findings with their quotes, and the number left out."""
    for each in rows:
        print(f"\n[{each.state.replace('_', ' ')}] {shortened(each.row.title)}")
        if each.decision is not None:
            again = "; THE WORDS HAVE CHANGED SINCE" if each.is_stale else ""
            decided = each.decision
            print(
                f"    decided: {decided.state} by {decided.by} on {decided.at.date()}{again}. {shortened(decided.note)}"
            )
        for name, value in each.row.facts.labelled():
            if value:
                print(f"    {name}: {shortened(value)}")
        for text, outcome in each.row.items:
            print(f"    - {shortened(text)} ({outcome})")
        for quote in each.row.quotes:
            likeness = "" if quote.likeness is None else f", likeness {quote.likeness:.2f}"
            print(f"    {quote.role}: {quote.source}{likeness}\n        “{shortened(quote.text)}”")
        print(f"    key: {each.row.key[:16]}")
    if len(rows) < of:
        print(f"\n{of - len(rows)} more: --limit 0 shows all; --json or --csv prints them as data.")


def shortened(text: str) -> str:
    """Returns a text shortened to ``SHOWN_CHARS``, with an ellipsis where it was longer."""
    return text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 1]}…"
