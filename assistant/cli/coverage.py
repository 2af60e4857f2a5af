"""``assistant coverage``."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.errors import UsageError
from assistant.model import Edition, EditionId

if TYPE_CHECKING:
    from assistant.coverage.values import Part, Quoted, Row
    from assistant.ports import Snapshot

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Shows what the documents do not cover, each finding with the words it rests on.

    Examples:

      assistant coverage duties --state conflicts

      assistant coverage references

      assistant coverage currency

      assistant coverage recommendations --state untraced

      assistant coverage diff kcsie-2024 kcsie-2025 --limit 10""",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object: counts, rows, quotes and their places.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet, one finding a line.")]
States = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="STATE", help="Only findings in this state; may be repeated.", show_default=False),
]
Limit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Most findings shown; 0 shows all.")]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would run (OWASP, "CSV injection")."""
SHOWN = 20
LONG = 300


@app.command("duties")
def duties(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Sets every must and should of legislation and statutory guidance beside the nearest sentences of local policy.

    States: conflicts (weaker duty word, longer time limit, other actor), absent, partial, covered, not_local, and
    not_assessed while no local policy is indexed.

    Examples:

      assistant coverage duties

      assistant coverage duties --state absent --limit 0 --csv > absent.csv
    """
    from assistant.coverage.part_duties import part_duties

    _show(lambda snapshot, seen: part_duties(snapshot, seen), state, limit, as_json, as_csv, data, settings)


@app.command("references")
def references(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Lists the documents that the corpus names or links to.

    States: superseded, not_indexed (the catalogue knows it), planned (still to be written), missing, indexed.

    Example:

      assistant coverage references --state superseded --state planned
    """
    from assistant.coverage.part_references import part_references

    today = date.today()
    _show(lambda snapshot, seen: part_references(snapshot, seen, today), state, limit, as_json, as_csv, data, settings)


@app.command("currency")
def currency(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Shows editions past or near review, replaced, drafts, summaries, and documents that cite replaced editions.

    Example:

      assistant coverage currency
    """
    from assistant.coverage.part_references import part_currency

    today = date.today()
    make = lambda snapshot, _: part_currency(snapshot, snapshot.editions(), today)  # noqa: E731
    _show(make, state, limit, as_json, as_csv, data, settings)


@app.command("recommendations")
def recommendations(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Traces the findings and recommendations of learning reviews to local policy.

    States: untraced, traced, and not_assessed while no local policy is indexed.

    Example:

      assistant coverage recommendations --state untraced
    """
    from assistant.coverage.part_recommendations import part_recommendations

    _show(lambda snapshot, seen: part_recommendations(snapshot, seen), state, limit, as_json, as_csv, data, settings)


@app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Edition id of the earlier edition.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Edition id of the later edition.")],
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Shows what changed between two editions, duty words and time limits first, and the local passages like it.

    What went is written [-so-], what came {+so+}. States: changed, added, removed, moved. Renumbering is no change.

    Example:

      assistant coverage diff kcsie-2024 kcsie-2025 --limit 10
    """
    from assistant.coverage.part_diff import part_diff

    embedder = assistant_of(data, settings).embedder
    make = lambda snapshot, _: part_diff(  # noqa: E731
        snapshot, embedder, EditionId(old), EditionId(new), snapshot.editions()
    )
    _show(make, state, limit, as_json, as_csv, data, settings)


Make = Callable[["Snapshot", tuple[Edition, ...]], "Part"]


def _show(
    make: Make, state: list[str] | None, limit: int, as_json: bool, as_csv: bool, data: Data, settings: SettingsFile
) -> None:
    from dataclasses import replace

    from assistant.coverage.values import part_object
    from assistant.currency import excluded_at

    with assistant_of(data, settings).opened() as snapshot:
        hidden = set(excluded_at(snapshot.editions(), snapshot.known(), date.today()))
        part = make(snapshot, tuple(each for each in snapshot.editions() if each.edition_id not in hidden))
    unknown = [each for each in state or () if each not in part.states]
    if unknown:
        raise UsageError(f"--state {unknown[0]}: no such state. There are: {', '.join(part.states)}.")
    kept = tuple(row for row in part.rows if not state or row.state in state)
    shown = kept[:limit] if limit else kept
    if as_json:
        print(json.dumps(part_object(replace(part, rows=kept)), ensure_ascii=False, indent=2))
    elif as_csv:
        _table(part, kept)
    else:
        _print(part, shown, len(kept))


def _print(part: Part, rows: tuple[Row, ...], of: int) -> None:
    print(f"{part.title}\n{part.lead}")
    for note in part.notes:
        print(f"note: {note}")
    print("; ".join(f"{count} {state.replace('_', ' ')}" for state, count in part.counts() if count) or "nothing found")
    for row in rows:
        print(f"\n[{row.state.replace('_', ' ')}] {_cut(row.title)}")
        for name, value in row.facts:
            if value:
                print(f"    {name}: {_cut(value)}")
        for quote in row.quotes:
            likeness = "" if quote.likeness is None else f", likeness {quote.likeness:.2f}"
            print(f"    {quote.role}: {_place(quote)}{likeness}\n        “{_cut(quote.text)}”")
    if len(rows) < of:
        print(f"\n{of - len(rows)} more: --limit 0 shows all, --json or --csv gives them as data.")


def _place(quote: Quoted) -> str:
    paragraph = f", paragraph {quote.label}" if quote.label else ""
    pages = f", page {', '.join(quote.pages)}" if quote.pages else ""
    return f"{quote.edition.title} ({quote.edition.kind.value.replace('_', ' ')}){paragraph}{pages}"


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"


def _table(part: Part, rows: tuple[Row, ...]) -> None:
    out = csv.writer(sys.stdout)
    columns = part.columns()
    out.writerow(("state", "finding", *columns, "document", "paragraph", "pages", "quote", "nearest", "nearest quote"))
    for row in rows:
        first = row.quotes[0] if row.quotes else None
        second = row.quotes[1] if len(row.quotes) > 1 else None
        source = (first.edition.title, first.label or "", ", ".join(first.pages), first.text) if first else ("",) * 4
        nearest = (_place(second), second.text) if second else ("", "")
        cells = (row.state, row.title, *(row.fact(name) for name in columns), *source, *nearest)
        out.writerow(tuple(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells))
