"""The command line: parses, calls, prints, and turns errors into exit codes."""

from __future__ import annotations

import os
import sys

import click
import typer

from assistant.cli import ask, chat, documents, eval, fetch, ingest, search, status
from assistant.errors import AssistantError, UsageError

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

    Exit codes: 0 done or answered, 1 fault or failed check, 2 usage; ask also 3 refused, 4 signposted.
    The data folder is ./data unless --data DIR or ASSISTANT_DATA says otherwise.""",
)
app.command("fetch")(fetch.fetch)
app.command("ingest")(ingest.ingest)
app.add_typer(documents.app, name="documents")
app.command("status")(status.status)
app.command("check")(status.check)
app.command("ask")(ask.ask)
app.command("search")(search.search)
app.command("chat")(chat.chat)
app.add_typer(eval.app, name="eval")


def main() -> None:
    """Runs the command line and exits with its code."""
    _offline()
    arguments = data_after_command(sys.argv[1:])
    try:
        code = app(arguments, standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        print("Stopped. What was published before stays as it was.", file=sys.stderr)
        sys.exit(130)
    except UsageError as error:
        print(f"assistant: {error}", file=sys.stderr)
        sys.exit(2)
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def data_after_command(arguments: list[str]) -> list[str]:
    """Returns the arguments with options of the whole program moved from before the command to its end.

    ``assistant --data DIR ask "…"`` and ``assistant ask "…" --data DIR`` mean the same.
    """
    moved: list[str] = []
    rest = list(arguments)
    while rest and rest[0].split("=")[0] in ("--data", "--settings"):
        taken = 1 if "=" in rest[0] else 2
        moved.extend(rest[:taken])
        rest = rest[taken:]
    return [*rest, *moved]


def _offline() -> None:
    """Keeps every library from looking for models or reporting use on the network."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("RAGAS_DO_NOT_TRACK", "true")
