"""``assistant documents``."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.catalogue import proposal_object
from assistant.cli.options import AsJson, Data, SettingsFile, assistant_of, indexed
from assistant.cli.readings import reading_facts, reading_object
from assistant.editions.areas import area_of, layer_of
from assistant.editions.reading import reading_of_edition
from assistant.editions.source_marks import mark_words

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.model import Edition, EditionId
    from assistant.model.proposal import Proposal
    from assistant.model.reading import ReadingReport
    from assistant.ports import Snapshot

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="""Lists, shows or removes documents.

    Examples:

      assistant documents

      assistant documents show working-together-2023

      assistant documents remove kcsie-2024""",
)
Id = Annotated[str, typer.Argument(metavar="ID", help="Edition id, as the list shows it.")]
COUNTED = ("page_number", "running_header", "running_footer", "blank")
"""Reasons for leaving something out that stand on nearly every page; the text output counts them."""


@app.callback()
def default(context: typer.Context, as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the documents if no sub-command is given."""
    if context.invoked_subcommand is None:
        listing(as_json, data, settings)


@app.command("list")
def listing(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the indexed editions, and those in the catalogue that have not been ingested.

    Examples:

      assistant documents list

      assistant documents list --json
    """
    with assistant_of(data, settings).opened() as snapshot:
        rows = [edition_object(each, is_indexed=True) for each in snapshot.editions()]
        rows += [edition_object(each, is_indexed=False) for each in snapshot.known()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        form = "" if row["form"] == "official" else f", {row['form']}"
        state = "" if row["is_indexed"] else "; known to the catalogue, not ingested"
        state = f"{state}; {row['at_source']}" if row["at_source"] else state
        print(f"{row['edition_id']}\n    {row['title']}\n    {_words(row['kind'])}{form}{state}")


@app.command("show")
def show(edition_id: Id, as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Shows one edition: metadata, proposed metadata, pages, what can be quoted, sections, what was left out, mentions.

    Examples:

      assistant documents show working-together-2023

      assistant documents show working-together-2023 --json
    """
    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        name = indexed(edition_id, snapshot)
        edition = next(each for each in snapshot.editions() if each.edition_id == name)
        row, reading = _details(edition, snapshot), reading_of_edition(name, snapshot)
        proposals = _proposals(edition, snapshot, assistant)
    if as_json:
        proposed = [proposal_object(each) for each in proposals]
        print(
            json.dumps({**row, "reading": reading_object(reading), "proposed": proposed}, ensure_ascii=False, indent=2)
        )
    else:
        _print(row, reading)
        _print_proposals(proposals)


@app.command("remove")
def remove(edition_id: Id, data: Data = None, settings: SettingsFile = None) -> None:
    """Removes an edition completely. Ingesting its file again restores it.

    Example:

      assistant documents remove kcsie-2024
    """
    from assistant.ports import Update
    from ingest.uploads.publisher import UploadPublisher

    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        removed: EditionId = indexed(edition_id, snapshot)
    generation = assistant.library.publish(Update(removed=(removed,)))
    assistant.library.forget_previous((removed,))
    assistant.files.remove_all_but(assistant.library.files_in_use())
    UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files).restore_folder()
    print(f"removed {removed}; generation {generation.number} is published")


def _print(row: dict[str, Any], reading: ReadingReport) -> None:
    for key, value in row.items():
        if value and isinstance(value, str | int) and not isinstance(value, bool):
            name = "pages with text" if key == "pages" else _words(key)
            print(f"{name}: {_words(value) if key == 'kind' else value}")
    print("\nReading:")
    for line in reading_facts(reading):
        print(f"  {line}")
    print("\nSections:")
    for each in row["sections"]:
        print(f"  {'  ' * (len(each['headings']) - 1)}{each['headings'][-1] if each['headings'] else '(no heading)'}")
    print("\nLeft out, never quoted (page, reason, first words):")
    for each in row["exclusions"]:
        if each["reason"] not in COUNTED:
            print(f"  page {each['page']}  {_words(each['reason'])}: {each['preview']}")
    counts = row["excluded_by_reason"]
    print(f"  and {', '.join(f'{counts.get(each, 0)} × {_words(each)}' for each in COUNTED)}")
    print(f"\nMentions {len(row['references'])} documents and addresses (--json lists them).")


def _proposals(edition: Edition, snapshot: Snapshot, assistant: Assistant) -> list[Proposal]:
    """Returns what the stored file says of itself where the metadata say nothing, or something else."""
    from ingest.stored_cover import proposed_otherwise

    sources = [each for each in snapshot.sources() if each.edition_id == edition.edition_id]
    return [one for each in sources for one in proposed_otherwise(edition, each, assistant.files, assistant.settings)]


def _print_proposals(proposals: list[Proposal]) -> None:
    if proposals:
        print("\nProposed, not used (what its cover, its properties and the name of its file say otherwise):")
    for each in proposals:
        print(f"  {_words(each.field)}: {each.value}  ({each.where}, confidence {each.confidence:.2f})")


def _words(name: object) -> str:
    return str(name).replace("_", " ")


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
        "area": area_of(edition) or None,
        "audience": edition.audience or None,
        "layer": layer_of(edition),
        "at_source": mark_words(edition.source_mark) or None,
        "is_indexed": is_indexed,
    }


def _day(value: object) -> str | None:
    return str(value) if value else None


def _details(edition: Edition, snapshot: Snapshot) -> dict[str, Any]:
    edition_id = edition.edition_id
    exclusions = snapshot.exclusions(edition_id)
    pages = {page.number: page.label for page in snapshot.pages(edition_id)}
    passages = snapshot.passages_of(edition_id)
    return {
        **edition_object(edition, is_indexed=True),
        "pages": len(pages),
        "page_labels": list(pages.values()),
        "passages": len(passages),
        "not_quotable": sum(not each.is_quotable for each in passages),
        "sections": [{"headings": list(s.headings), "label": s.label} for s in snapshot.sections(edition_id)],
        "exclusions": [{"page": e.page, "reason": e.reason, "preview": e.preview} for e in exclusions],
        "excluded_by_reason": dict(Counter(each.reason for each in exclusions)),
        "references": [{"text": r.text, "target": r.target} for r in snapshot.references(edition_id)],
    }
