"""The commands by name. Each imports what it needs when it runs, so that help and status start fast."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import (
    approved,
    ask,
    audit,
    backup,
    bench,
    catalogue,
    chat,
    corpus,
    coverage,
    doctor,
    documents,
    evidence,
    fetch,
    ingest,
    keys,
    mcp,
    rebuild,
    records,
    scenario,
    search,
    serve,
    sources,
    status,
    verify,
    webhooks,
)
from assistant.cli import eval as eval_commands
from assistant.cli.groups import DOCUMENTS, QUESTIONS, RECORDS, REPORTS, SERVER, Headed
from assistant.cli.siblings import folder_of


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"policy-assistant {__version__}")
        typer.echo(f"documentation: {folder_of('docs')}")
        raise typer.Exit


app = typer.Typer(
    name="assistant",
    no_args_is_help=True,
    cls=Headed,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="""Answers policy questions with the words of your documents, cited, or refuses and says why.

    Start:

      assistant ingest corpus                      read a folder of documents

      assistant ask "Who chairs the conference?"   ask it

    Every command takes, before or after its name: --data DIR (else ASSISTANT_DATA, else ./data), --settings FILE
    (a TOML file), --plain (no colour, boxes and progress bars, as when the output is not a terminal) and --debug
    (show the traceback of an error).

    Completion of commands and options by the shell: assistant --install-completion.

    Exit codes: 0 done or answered, 1 fault or failed check, 2 usage; ask also 3 refused, 4 signposted.""",
)


@app.callback()
def assistant(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Holds the options of the program itself; the commands do the work."""


app.command("fetch", rich_help_panel=DOCUMENTS)(fetch.fetch)
app.command("corpus", rich_help_panel=DOCUMENTS)(corpus.corpus)
app.command("ingest", rich_help_panel=DOCUMENTS)(ingest.ingest)
app.command("bench", rich_help_panel=DOCUMENTS)(bench.bench)
app.add_typer(catalogue.app, name="catalogue", rich_help_panel=DOCUMENTS)
app.command("rebuild", rich_help_panel=DOCUMENTS)(rebuild.rebuild)
app.add_typer(documents.app, name="documents", rich_help_panel=DOCUMENTS)
app.add_typer(sources.app, name="sources", rich_help_panel=DOCUMENTS)
app.command("status", rich_help_panel=DOCUMENTS)(status.status)
app.command("check", rich_help_panel=DOCUMENTS)(status.check)
app.command("ask", rich_help_panel=QUESTIONS)(ask.ask)
app.command("search", rich_help_panel=QUESTIONS)(search.search)
app.command("chat", rich_help_panel=QUESTIONS)(chat.chat)
app.command("verify", rich_help_panel=QUESTIONS)(verify.verify)
app.add_typer(approved.app, name="approved", rich_help_panel=REPORTS)
app.add_typer(coverage.app, name="coverage", rich_help_panel=REPORTS)
app.add_typer(scenario.app, name="scenario", rich_help_panel=REPORTS)
app.add_typer(eval_commands.app, name="eval", rich_help_panel=REPORTS)
app.command("serve", rich_help_panel=SERVER)(serve.serve)
app.command("mcp", rich_help_panel=SERVER)(mcp.mcp)
app.command("doctor", rich_help_panel=SERVER)(doctor.doctor)
app.add_typer(keys.app, name="keys", rich_help_panel=SERVER)
app.add_typer(webhooks.app, name="webhooks", rich_help_panel=SERVER)
app.add_typer(evidence.app, name="evidence", rich_help_panel=RECORDS)
app.command("audit", rich_help_panel=RECORDS)(audit.audit)
app.command("purge", rich_help_panel=RECORDS)(records.purge)
app.command("export", rich_help_panel=RECORDS)(records.export)
app.command("erase", rich_help_panel=RECORDS)(records.erase)
app.command("backup", rich_help_panel=RECORDS)(backup.backup)
app.command("restore", rich_help_panel=RECORDS)(backup.restore)
