"""``assistant coverage``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.coverage_output import print_counts, print_section, section_of, show_section, view_of
from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.coverage.decisions import DecidedSection
    from assistant.model.coverage import CoverageRun

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Reports what the documents do not cover, each finding with the words it rests on.

    Examples:

      assistant coverage report

      assistant coverage questions

      assistant coverage topics

      assistant coverage duties --state conflicts

      assistant coverage references

      assistant coverage currency

      assistant coverage recommendations --state untraced

      assistant coverage diff kcsie-2024 kcsie-2025 --limit 10

      assistant coverage decide duties 3f0c... covered --note "Section 4 of the arrangements" """,
)
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object: counts, findings, quotes and their locations.")
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet, one finding per line.")]
States = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="STATE", help="Only findings in this state; may be repeated.", show_default=False),
]
Limit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Most findings to show; 0 shows all.")]
SHOWN = 20
BY = "local"
"""The decider recorded for decisions on this command line, as in the audit log."""


@app.command("questions")
def questions(
    import_file: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help="First import a CSV file: question, asked_on, audience."),
    ] = None,
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Groups questions that were refused, marked as unhelpful or imported by theme, and asks each again.

    States: new, answered_now, out_of_remit, and those you can decide: being_written, covered, out_of_remit. Answers are
    stored as they come, so an interrupted run continues where it stopped.

    Examples:

      assistant coverage questions

      assistant coverage questions --import helpline.csv
    """
    if import_file is not None:
        from assistant.coverage.questions.open_questions import read_questions, within_retention

        assistant = assistant_of(data, settings)
        today = date.today()
        recent, too_old = within_retention(
            read_questions(import_file, assistant.settings, today, assistant.door), assistant.settings, today
        )
        added = assistant.question_store.add_imported(recent)
        message = f"{added} questions imported, {len(recent) - added} already stored"
        days = assistant.settings.records.days
        message += f", {too_old} left out: asked more than {days} days ago (setting records.days)" if too_old else ""
        print(f"{import_file}: {message}", file=sys.stderr)
    show_section("questions", state, limit, as_json, as_csv, data, settings)


@app.command("topics")
def topics(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Asks the questions of every expected topic of each document type: answered, partly, not_at_all.

    The topics are those of the program, or of the file in the setting `topics`. Answers are stored as they
    come, so an interrupted run continues where it stopped.

    Examples:

      assistant coverage topics --state not_at_all

      ASSISTANT_TOPICS=my-topics.toml assistant coverage topics --csv > topics.csv
    """
    show_section("topics", state, limit, as_json, as_csv, data, settings)


@app.command("duties")
def duties(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Compares every must and should of legislation and statutory guidance with the nearest sentences of local policy.

    States: conflicts (weaker duty word, longer time limit, other actor, the opposite), absent, partial, covered, not_local, and
    not_assessed while no local policy is indexed.

    Examples:

      assistant coverage duties

      assistant coverage duties --state absent --limit 0 --csv > absent.csv
    """
    show_section("duties", state, limit, as_json, as_csv, data, settings)


@app.command("references")
def references(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Lists the documents that the corpus names or links to.

    States: superseded, not_indexed (in the catalogue), planned (still to be written), missing, indexed.

    Example:

      assistant coverage references --state superseded --state planned
    """
    show_section("references", state, limit, as_json, as_csv, data, settings)


@app.command("currency")
def currency(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Lists editions past or near review, replaced, drafts and summaries, and documents that cite replaced editions.

    Example:

      assistant coverage currency
    """
    show_section("currency", state, limit, as_json, as_csv, data, settings)


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
    show_section("recommendations", state, limit, as_json, as_csv, data, settings)


@app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Edition id of the earlier edition.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Edition id of the later edition.")],
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Shows what changed between two editions, duty words and time limits first, with similar local passages.

    Removed words are shown as [-removed-], added ones as {+added+}. States: changed, added, removed, moved.

    Example:

      assistant coverage diff kcsie-2024 kcsie-2025 --limit 10
    """
    from assistant.coverage.report import make_edition_diff

    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        decisions = assistant.coverage_store.decisions("diff")
        print_section(
            make_edition_diff(view_of(assistant, snapshot), assistant.embedder, old, new, decisions),
            state,
            limit,
            as_json,
            as_csv,
        )


@app.command("report")
def report(
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write every finding to a workbook.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a printable report.")] = None,
    as_json: AsJson = False, data: Data = None, settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Makes the whole report: the counts of each section, and what changed since the last report.

    The counts are saved, so that the next report can show what changed.

    Examples:

      assistant coverage report

      assistant coverage report --xlsx coverage.xlsx --html coverage.html
    """
    from assistant.coverage.files.html import as_html
    from assistant.coverage.files.tables import as_xlsx
    from assistant.coverage.report import coverage_run, make_report
    from assistant.operations.webhooks import save_run

    assistant = assistant_of(data, settings)
    now = datetime.now(UTC)
    with assistant.opened() as snapshot, progress_bars() as bars:
        view = view_of(assistant, snapshot)
        sections = make_report(view, assistant.probe_context(bars), assistant.coverage_store.decisions())
        run = coverage_run(sections, view, now)
    before = next(iter(assistant.coverage_store.runs(scope=run.scope, limit=1)), None)
    save_run(assistant, run)
    if xlsx is not None:
        xlsx.write_bytes(as_xlsx(sections))
    if html is not None:
        html.write_text(as_html(sections, now), encoding="utf-8")
    _print_report(sections, before, as_json)
    for path, what in ((xlsx, "every finding, one sheet per section"), (html, "every finding, to read and to print")):
        if path is not None:
            print(f"{path}: {what}", file=sys.stderr)


def _print_report(sections: tuple[DecidedSection, ...], before: CoverageRun | None, as_json: bool) -> None:
    from assistant.coverage.files.json import section_object
    from assistant.coverage.report import changes_since

    changed = changes_since(sections, before)
    if as_json:
        since = before.at.isoformat() if before else None
        report = {"since": since, "changed": changed, "parts": [section_object(each) for each in sections]}
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for each in sections:
        print_counts(each)
        for name, by in changed.get(each.section.name, {}).items():
            print(f"    since {before.at.date() if before else ''}: {by:+d} {name.replace('_', ' ')}")
        print()


@app.command("decide")
def decide(
    name: Annotated[str, typer.Argument(metavar="SECTION", help="Section of the report, such as duties.")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="The finding's key, or the start of it, as --json and --csv show it.")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="State of the finding from now on.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Reason.")] = "",
    editions: Annotated[list[str] | None, typer.Option("--edition", metavar="ID", help="For diff: the two editions, in order.")] = None,
    data: Data = None, settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Saves your decision on a finding. It stands until one of the texts it was based on changes.

    Examples:

      assistant coverage decide duties 3f0c9a1b covered --note "Our arrangements, section 4"

      assistant coverage decide diff 77ab to_act --edition kcsie-2024 --edition kcsie-2025
    """
    from assistant.coverage.decisions import decision_on

    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        view = view_of(assistant, snapshot)
        decided = section_of(name, assistant, view, tuple(editions or ()))
        keys = [each.row.key for each in decided.rows if each.row.key.startswith(key)]
        if len(keys) > 1 and key not in keys:
            raise UsageError(f"{key}: {len(keys)} findings have a key that starts so. Give more of the key.")
        whole = key if key in keys else next(iter(keys), key)
        decision = decision_on(decided.section, whole, state, note, BY, datetime.now(UTC), view)
    assistant.coverage_store.decide(decision)
    print(f"{name} {whole[:16]}: {state.replace('_', ' ')}")
