"""Options that several commands share, and the values they stand for."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import ConfigurationError, UsageError
from assistant.model import EditionId, Kind, Question, Turn

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.ports import Progress, Snapshot
    from assistant.settings import Settings

LISTED = 40
"""Most edition ids that a message names."""
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
Plain = Annotated[bool, typer.Option("--plain", help="No colour and no boxes, as when the output is not a terminal.")]
"""For help alone: every command takes it, and it is read before one runs."""
Write = Annotated[
    bool,
    typer.Option("--write", help="Let the configured language model write the answer; each sentence is checked."),
]
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
    """Returns the settings: ``--data``, then the environment, then the file, then the defaults.

    Raises:
        ConfigurationError: The file or a value is wrong; names which and the fix.
    """
    from assistant.settings.file import load_settings

    named = file or (Path(os.environ["ASSISTANT_SETTINGS"]) if os.environ.get("ASSISTANT_SETTINGS") else None)
    return load_settings(named, **({} if data is None else {"data": data}))


def assistant_of(data: Path | None, file: Path | None, progress: Progress | None = None) -> Assistant:
    """Returns the assistant of the settings; what this process writes from now on is for its owner alone."""
    from assistant.bootstrap import Assistant
    from assistant.data_folder import keep_private

    keep_private()
    return Assistant(settings_of(data, file), progress)


def writing_assistant(data: Path | None, file: Path | None, progress: Progress | None = None) -> Assistant:
    """Returns the assistant of the settings, once nothing in its data folder is open to others any more.

    Raises:
        LibraryError: The folder belongs to another user; names the fix.
    """
    from assistant.data_folder import tighten

    assistant = assistant_of(data, file, progress)
    tighten(assistant.settings.data)
    return assistant


def check_writing(settings: Settings, write: bool) -> None:
    """Raises ``ConfigurationError`` where ``--write`` is given and no language model is set up."""
    if write and settings.language_model is None:
        raise ConfigurationError(
            "--write: no language model is set up. Set language_model (docs/models.md says how), or leave --write out "
            "to have the documents quoted."
        )


def date_of(text: str | None) -> date | None:
    """Returns the date of an option. Raises ``UsageError`` for text that is not a date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-at {text}: not a date. Write it as 2025-01-31.") from error


def kinds_of(names: list[str] | None) -> tuple[Kind, ...]:
    """Returns the kinds of an option. Raises ``UsageError`` naming what exists."""
    unknown = [name for name in names or () if name not in list(Kind)]
    if unknown:
        raise UsageError(f"--kind {unknown[0]}: no such kind. There are: {', '.join(Kind)}.")
    return tuple(Kind(name) for name in names or ())


def editions_of(names: list[str] | None, snapshot: Snapshot) -> tuple[EditionId, ...]:
    """Returns the editions of an option. Raises ``UsageError`` naming what is indexed."""
    return tuple(indexed(name, snapshot, "--document ") for name in names or ())


def indexed(name: str, snapshot: Snapshot, option: str = "") -> EditionId:
    """Returns the id of an indexed edition. Raises ``UsageError`` naming what is indexed."""
    there = [str(each.edition_id) for each in snapshot.editions()]
    if name in there:
        return EditionId(name)
    more = f" and {len(there) - LISTED} more" if len(there) > LISTED else ""
    known = any(each.edition_id == name for each in snapshot.known())
    why = "known to the catalogue but not ingested" if known else "no such edition"
    raise UsageError(f"{option}{name}: {why}. There are: {', '.join(there[:LISTED])}{more}.")


def question_of(
    text: str,
    snapshot: Snapshot,
    history: tuple[Turn, ...] = (),
    as_at: str | None = None,
    kinds: list[str] | None = None,
    documents: list[str] | None = None,
) -> Question:
    """Returns the question that the options make. Raises ``UsageError`` where one of them names nothing."""
    return Question(text, history, date_of(as_at), kinds_of(kinds), editions_of(documents, snapshot))
