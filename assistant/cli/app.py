"""The commands by name. Each imports what it needs when it runs, so that help and status start fast."""

from __future__ import annotations

import typer

from assistant.cli import (
    ask,
    audit,
    backup,
    catalogue,
    chat,
    coverage,
    doctor,
    documents,
    fetch,
    ingest,
    keys,
    mcp,
    rebuild,
    records,
    scenario,
    search,
    serve,
    status,
    verify,
)
from assistant.cli import eval as eval_commands

app = typer.Typer(
    name="assistant",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="""Answers policy questions with the words of your documents, cited, or refuses and says why.

    Start:

      assistant ingest corpus                      read a folder of documents

      assistant ask "Who chairs the conference?"   ask it

    Every command takes, before or after its name: --data DIR (else ASSISTANT_DATA, else ./data), --settings FILE
    (a TOML file) and --debug (show the traceback of an error).

    Exit codes: 0 done or answered, 1 fault or failed check, 2 usage; ask also 3 refused, 4 signposted.""",
)
app.command("fetch")(fetch.fetch)
app.command("ingest")(ingest.ingest)
app.add_typer(catalogue.app, name="catalogue")
app.command("rebuild")(rebuild.rebuild)
app.add_typer(documents.app, name="documents")
app.command("status")(status.status)
app.command("check")(status.check)
app.command("ask")(ask.ask)
app.command("search")(search.search)
app.command("chat")(chat.chat)
app.command("verify")(verify.verify)
app.add_typer(coverage.app, name="coverage")
app.add_typer(scenario.app, name="scenario")
app.command("serve")(serve.serve)
app.command("mcp")(mcp.mcp)
app.command("doctor")(doctor.doctor)
app.add_typer(eval_commands.app, name="eval")
app.add_typer(keys.app, name="keys")
app.command("audit")(audit.audit)
app.command("purge")(records.purge)
app.command("export")(records.export)
app.command("erase")(records.erase)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
