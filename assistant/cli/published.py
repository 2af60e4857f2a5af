"""What is published from the code: ``python -m assistant.cli.published schema|openapi|manual`` (``make schema``, ``make docs``)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from assistant.cli.app import app
from assistant.outcomes.schema import outcome_schema

WIDTH = 100
INTRODUCTION = """# Command line

Written by `make docs` from the help of every command; a test keeps it so.
"""


def schema() -> str:
    """Returns the JSON Schema of the outcome object as text."""
    return json.dumps(outcome_schema(), indent=2) + "\n"


def openapi() -> str:
    """Returns the OpenAPI document of the server as text."""
    from api.app import create_app
    from assistant.bootstrap import Assistant
    from assistant.settings import Settings

    return json.dumps(create_app(Assistant(Settings())).openapi(), indent=2, ensure_ascii=False) + "\n"


def manual() -> str:
    """Returns the help of every command as one Markdown page."""
    return "\n".join((INTRODUCTION, *_pages(get_command(app), None, "assistant")))


def _pages(command: Any, parent: Any, name: str) -> Iterator[str]:
    context = command.context_class(
        command, parent=parent, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH
    )
    help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield f"## `{context.command_path}`\n\n```text\n{help_text}\n```\n"
    for below, each in getattr(command, "commands", {}).items():
        yield from _pages(each, context, below)


if __name__ == "__main__":
    sys.stdout.write({"schema": schema, "openapi": openapi, "manual": manual}[sys.argv[1]]())
