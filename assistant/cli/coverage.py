"""``assistant coverage``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.coverage_output import give, show, view_of
from assistant.cli.options import Data, SettingsFile, assistant_of

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Shows what the documents do not cover, each finding with the words it rests on.

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
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object: counts, rows, quotes and their places.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet, one finding a line.")]
States = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="STATE", help="Only findings in this state; may be repeated.", show_default=False),
]
Limit = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Most findings shown; 0 shows all.")]
SHOWN = 20


@app.command("questions")
def questions(
    bring: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help="First bring in a CSV file: question, asked_on, audience."),
    ] = None,
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Groups the questions that were refused or marked as no help by theme, and asks each again.

    States: new, answered_now, out_of_remit, and what you decide: being_written, covered, out_of_remit. A run that is
    stopped keeps what was asked; the next one goes on.

    Examples:

      assistant coverage questions

      assistant coverage questions --import helpline.csv
    """
    if bring is not None:
        from datetime import date

        from assistant.coverage.questions.open_questions import kept_of, read_questions

        assistant = assistant_of(data, settings)
        today = date.today()
        brought, older = kept_of(read_questions(bring, assistant.settings, today), assistant.settings, today)
        added = assistant.question_store.add_imported(brought)
        told = f"{added} questions brought in, {len(brought) - added} were there"
        days = assistant.settings.records.days
        told += f", {older} left out: asked more than {days} days ago (setting records.days)" if older else ""
        print(f"{bring}: {told}", file=sys.stderr)
    show("questions", state, limit, as_json, as_csv, data, settings)


@app.command("topics")
def topics(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Asks the questions of every expected topic of each kind of document: answered, partly, not at all.

    The topics are those of the setting `topics`, corpus/topics.toml unless set. A run that is stopped keeps what was
    asked; the next one goes on.

    Examples:

      assistant coverage topics --state not_at_all

      ASSISTANT_TOPICS=my-topics.toml assistant coverage topics --csv > topics.csv
    """
    show("topics", state, limit, as_json, as_csv, data, settings)


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
    show("duties", state, limit, as_json, as_csv, data, settings)


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
    show("references", state, limit, as_json, as_csv, data, settings)


@app.command("currency")
def currency(
    state: States = None, limit: Limit = SHOWN, as_json: AsJson = False, as_csv: AsCsv = False, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Shows editions past or near review, replaced, drafts, summaries, and documents that cite replaced editions.

    Example:

      assistant coverage currency
    """
    show("currency", state, limit, as_json, as_csv, data, settings)


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
    show("recommendations", state, limit, as_json, as_csv, data, settings)


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
    from assistant.coverage.report import make_diff

    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot:
        decisions = assistant.coverage_store.decisions("diff")
        give(make_diff(view_of(snapshot), assistant.embedder, old, new, decisions), state, limit, as_json, as_csv)
