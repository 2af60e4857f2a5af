"""``assistant documents``."""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated, Any

import typer

from assistant.bootstrap import Assistant
from assistant.cli.options import AsJson, Data, SettingsFile, settings_of
from assistant.errors import UsageError
from assistant.model import Edition, EditionId
from assistant.ports import Snapshot, Update

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="""Lists, shows or removes documents.

    Examples:

      assistant documents

      assistant documents show kcsie-2025

      assistant documents remove kcsie-2024""",
)
Id = Annotated[str, typer.Argument(metavar="ID", help="Edition id, as the list shows it.")]


@app.callback()
def default(context: typer.Context, as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the documents where no sub-command is given."""
    if context.invoked_subcommand is None:
        listing(as_json, data, settings)


@app.command("list")
def listing(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the indexed editions, and those that the catalogue knows and nobody has ingested."""
    with Assistant(settings_of(data, settings)).library.open() as snapshot:
        rows = [edition_object(each, is_indexed=True) for each in snapshot.editions()]
        rows += [edition_object(each, is_indexed=False) for each in snapshot.known()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "" if row["is_indexed"] else "  (known, not indexed)"
        print(f"{row['edition_id']:<34} {row['kind']:<18} {row['form']:<9} {row['title']}{state}")


@app.command("show")
def show(edition_id: Id, as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Shows one edition: metadata, pages, sections, what was left out and why, documents it mentions."""
    with Assistant(settings_of(data, settings)).library.open() as snapshot:
        row = _details(_edition(edition_id, snapshot), snapshot)
    if as_json:
        print(json.dumps(row, ensure_ascii=False, indent=2))
        return
    for key in ("edition_id", "title", "work", "kind", "form", "publisher", "published", "in_force_from", "supersedes"):
        if row[key]:
            print(f"{key:>14}  {row[key]}")
    print(
        f"{'pages':>14}  {row['pages']}\n{'passages':>14}  {row['passages']}\n{'sections':>14}  {len(row['sections'])}"
    )
    print("\nLeft out (page, reason, first words):")
    for each in row["exclusions"]:
        if each["reason"] != "page_number":
            print(f"  {each['page']:>4}  {each['reason']:<20} {each['preview']}")
    numbers = sum(each["reason"] == "page_number" for each in row["exclusions"])
    print(f"  and {numbers} page numbers" if numbers else "")
    print(f"\nMentions {len(row['references'])} documents and addresses (--json lists them).")


@app.command("remove")
def remove(edition_id: Id, data: Data = None, settings: SettingsFile = None) -> None:
    """Removes an edition; nothing of it stays behind. Ingesting its file again brings it back."""
    library = Assistant(settings_of(data, settings)).library
    with library.open() as snapshot:
        found = _edition(edition_id, snapshot).edition_id
    with library.writing():
        generation = library.publish(Update(removed=(found,)))
    print(f"removed {found}; generation {generation.number} is published")


def _edition(edition_id: str, snapshot: Snapshot) -> Edition:
    found = {each.edition_id: each for each in snapshot.editions()}
    if EditionId(edition_id) not in found:
        raise UsageError(f"{edition_id}: not indexed. There are: {', '.join(sorted(found)[:30])}.")
    return found[EditionId(edition_id)]


def edition_object(edition: Edition, *, is_indexed: bool) -> dict[str, Any]:
    """Returns an edition as plain JSON values."""
    return {
        "edition_id": edition.edition_id,
        "work": edition.work,
        "title": edition.title,
        "kind": edition.kind.value,
        "form": edition.form.value,
        "publisher": edition.publisher or None,
        "published": _day(edition.published),
        "in_force_from": _day(edition.in_force_from),
        "supersedes": edition.supersedes,
        "review_by": _day(edition.review_by),
        "source_url": edition.source_url,
        "licence": edition.licence,
        "sha256": edition.sha256,
        "groups": list(edition.groups),
        "is_indexed": is_indexed,
    }


def _day(value: object) -> str | None:
    return str(value) if value else None


def _details(edition: Edition, snapshot: Snapshot) -> dict[str, Any]:
    edition_id = edition.edition_id
    exclusions = snapshot.exclusions(edition_id)
    return {
        **edition_object(edition, is_indexed=True),
        "pages": len({page.number for page in snapshot.pages(edition_id)}),
        "passages": len(snapshot.passages_of(edition_id)),
        "sections": [{"headings": list(s.headings), "label": s.label} for s in snapshot.sections(edition_id)],
        "exclusions": [{"page": e.page, "reason": e.reason, "preview": e.preview} for e in exclusions],
        "excluded_by_reason": dict(Counter(each.reason for each in exclusions)),
        "references": [{"text": r.text, "target": r.target} for r in snapshot.references(edition_id)],
    }
