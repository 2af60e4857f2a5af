"""Options that several commands share, and the settings they make."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from assistant.errors import ConfigurationError, UsageError
from assistant.model import EditionId, Kind, Question, Turn
from assistant.ports import Snapshot
from assistant.settings import Settings

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="Data folder (default: ASSISTANT_DATA, else ./data).", show_default=False
    ),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings", metavar="FILE", help="TOML file of settings, for example contact and card.", show_default=False
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
AsAt = Annotated[
    str | None,
    typer.Option(
        "--as-at", metavar="DATE", help="Ask as at a date, such as 2025-01-31 (default: today).", show_default=False
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only documents of this kind; may be repeated.", show_default=False),
]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID", help="Only this edition; may be repeated.", show_default=False),
]


def settings_of(data: Path | None, file: Path | None) -> Settings:
    """Returns the settings: file, then environment, then ``--data``.

    Raises:
        ConfigurationError: The file or a value is wrong; names which and the fix.
    """
    values: dict[str, Any] = {}
    if file is not None:
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"{file}: not readable TOML ({error}). Mend that line.") from error
    if data is not None:
        values["data"] = data
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(each) for each in first["loc"])
        fix = f"Mend {name} in the settings file or ASSISTANT_{name.upper()}"
        raise ConfigurationError(f"setting {name}: {first['msg']}. {fix}.") from error


def date_of(text: str | None) -> date | None:
    """Returns the date of an option. Raises ``UsageError`` for one that is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-at {text}: not a date. Write it as 2025-01-31.") from error


def kinds_of(names: list[str] | None) -> tuple[Kind, ...]:
    """Returns the kinds of an option. Raises ``UsageError`` naming what exists."""
    try:
        return tuple(Kind(name) for name in names or ())
    except ValueError as error:
        raise UsageError(f"--kind: {error}. Use one of {', '.join(Kind)}.") from error


def question_of(
    text: str,
    snapshot: Snapshot,
    history: tuple[Turn, ...] = (),
    as_at: str | None = None,
    kinds: list[str] | None = None,
    documents: list[str] | None = None,
) -> Question:
    """Returns the question that the options make. Raises ``UsageError`` for an edition that is not indexed."""
    there = {each.edition_id for each in snapshot.editions()}
    for name in documents or ():
        if name not in there:
            listed = ", ".join(sorted(there)[:30])
            raise UsageError(f"--document {name}: not indexed. There are: {listed}.")
    editions = tuple(EditionId(name) for name in documents or ())
    return Question(text, history, date_of(as_at), kinds_of(kinds), editions)
