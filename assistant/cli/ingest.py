"""``assistant ingest``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.catalogue import proposal_object
from assistant.cli.options import AsJson, Data, SettingsFile, writing_assistant
from assistant.cli.progress import progress_bars
from assistant.cli.readings import file_object, print_readings
from assistant.model.formats import shown_name

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.coverage.sections.questions import OpenQuestionsAsked
    from ingest.build import IngestReport
    from ingest.publish.report import FileProposals

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders to read.")]
CatalogueFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Metadata of the documents: TOML, CSV or XLSX (default: catalogue.toml, .xlsx or .csv beside them).",
        show_default=False,
    ),
]
Unlisted = Annotated[
    bool,
    typer.Option(
        "--unlisted", help="Also read files that the catalogue does not name, with title and id from the file."
    ),
]
KeepGoing = Annotated[bool, typer.Option("--keep-going", help="Publish the good files and list the others.")]
LISTED = 50
"""Most editions that are named one by one."""
PROPOSED = ("kind", "published", "in_force_from", "review_by", "publisher", "area")
"""Fields that are named of what is proposed."""
NAMED = 3
"""Most files that are named for one reason of skipping."""


def ingest(
    paths: Paths,
    catalogue: CatalogueFile = None,
    keep_going: KeepGoing = False,
    unlisted: Unlisted = False,
    as_json: AsJson = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Reads documents (PDF, Word, PowerPoint, Excel, ODT, HTML, mails, ZIP and more) and publishes them.

    Only what changed is read and embedded again; a file that is gone from a folder is removed. Questions are answered
    from the published documents until the new ones are complete. Then open questions are asked again; those answered are
    listed. A catalogue that names some documents leaves the others in the library as they are.

    Each file gets a line with the share of its words that can be quoted (headers, page numbers and contents do not count), and
    a warning with pages and a next step where something is left out, such as a chart, a scanned page or struck words. Scanned
    pages are read by OCR where Tesseract is installed, RTF, DOC and PPT where LibreOffice is.

    Examples:

      assistant ingest policies/ guidance.pdf --keep-going

      assistant ingest policies/ --catalogue metadata.toml --data /srv/policies
    """
    from ingest.build import ingest as ingest_paths

    with progress_bars() as tell:
        assistant = writing_assistant(data, settings, tell)
        report = ingest_paths(
            paths, assistant.library, assistant.embedder, assistant.settings,
            catalogue=catalogue, keep_going=keep_going, unlisted=unlisted, progress=tell, files=assistant.files,
            telemetry=assistant.telemetry,
        )  # fmt: skip
    (_print_json if as_json else _print)(report, assistant)
    return 1 if report.failed else 0


def _print(report: IngestReport, assistant: Assistant) -> None:
    print_changes(report)
    print_readings(report.readings)
    print_proposals(report)
    print_work(report)
    if _has_changed(report):
        ask_again(assistant)


def _print_json(report: IngestReport, assistant: Assistant) -> None:
    again = asked_again(assistant) if _has_changed(report) else None
    print(json.dumps(report_object(report, again), ensure_ascii=False))


def _has_changed(report: IngestReport) -> bool:
    return bool(report.added or report.changed or report.removed)


def report_object(report: IngestReport, again: OpenQuestionsAsked | None) -> dict[str, Any]:
    """Returns what an ingest did as plain JSON values."""
    return {
        "added": list(report.added),
        "changed": list(report.changed),
        "unchanged": list(report.unchanged),
        "removed": list(report.removed),
        "skipped": [{"path": str(each.path), "why": each.why} for each in report.skipped],
        "failed": [{"path": str(each.path), "error": str(each.error)} for each in report.failed],
        "files": [file_object(each) for each in report.readings],
        "proposed": [proposed_object(each) for each in report.proposed],
        "pages": report.pages,
        "passages": report.passages,
        "embedded": report.embedded,
        "generation": report.generation,
        "seconds": {stage: round(seconds, 3) for stage, seconds in report.seconds.items()},
        "open_questions": again.of if again else 0,
        "now_answered": list(again.answered) if again else [],
    }


def proposed_object(each: FileProposals) -> dict[str, Any]:
    """Returns what is proposed for a file as plain JSON values."""
    proposals = [proposal_object(one) for one in each.proposals]
    return {"path": str(each.path), "edition_id": each.edition_id, "proposals": proposals}


def print_proposals(report: IngestReport) -> None:
    """Prints what the files without a catalogue entry say of themselves, and how to use it."""
    for each in report.proposed[:LISTED]:
        said = "; ".join(
            f"{one.field} {one.value} ({one.where})"
            for one in each.proposals
            if one.is_likely and one.field in PROPOSED
        )
        if said:
            print(f"proposed, not used: {each.path.name}: {said}")
    if report.proposed:
        count = len(report.proposed)
        are = "document has" if count == 1 else "documents have"
        print(
            f"{count} {are} no catalogue entry: kind guidance, no dates. `assistant catalogue draft FOLDER` writes one to correct"
        )


def ask_again(assistant: Assistant) -> None:
    """Asks the open questions of the new documents again, and prints which are now answered."""
    again = asked_again(assistant)
    if again is not None and again.of:
        print(f"{again.of} open questions; {len(again.answered)} are now answered (`assistant coverage questions`)")
        for text in again.answered[:LISTED]:
            print(f"now answered: {text}")


def asked_again(assistant: Assistant) -> OpenQuestionsAsked | None:
    """Returns which open questions the new documents answer; None where no questions are kept."""
    if not assistant.has_records:
        return None
    from assistant.cli.coverage_output import view_of
    from assistant.coverage.report import ask_open_questions_again

    with assistant.opened() as snapshot, progress_bars() as tell:
        return ask_open_questions_again(view_of(assistant, snapshot), assistant.probe_context(tell))


def _skipped(report: IngestReport) -> dict[str, list[str]]:
    """Returns the names of the files that were skipped, by reason, in order."""
    by_why: dict[str, list[str]] = {}
    for each in report.skipped:
        by_why.setdefault(each.why, []).append(shown_name(each.path))
    return by_why


def print_changes(report: IngestReport) -> None:
    """Prints which editions came, changed, stayed and went, and which files were passed over."""
    for name, ids in (("added", report.added), ("changed", report.changed), ("removed", report.removed)):
        for edition_id in ids[:LISTED]:
            print(f"{name}: {edition_id}")
        if len(ids) > LISTED:
            print(f"{name}: and {len(ids) - LISTED} more")
    if report.unchanged:
        print(f"unchanged: {len(report.unchanged)} editions")
    for why, names in _skipped(report).items():
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        print(f"skipped: {', '.join(names[:NAMED])}{more} ({why})", file=sys.stderr)


def print_work(report: IngestReport) -> None:
    """Prints what could not be read, how much was, and what is published now."""
    for failed in report.failed:
        print(f"failed: {failed.error}", file=sys.stderr)
    spent = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in report.seconds.items())
    print(f"{report.pages} pages, {report.passages} passages read, {report.embedded} embedded ({spent})")
    print(f"generation {report.generation} is published")
