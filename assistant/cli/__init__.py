"""The command line: parses arguments, runs the command, prints, and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from typing import TextIO

from typer.exceptions import Abort, TyperException
from typer.main import get_command

from assistant import extras
from assistant.cli.app import app
from assistant.cli.printing import plainly
from assistant.cli.siblings import make_importable
from assistant.errors import AssistantError, UsageError
from assistant.old_names import current_options

DONE, FAULT, USAGE, STOPPED = 0, 1, 2, 130
GLOBAL_OPTIONS = ("--data", "--settings")
READ_HERE = ("--debug", "--plain")
"""Options of every command that no command sees."""


def main() -> None:
    """Runs the command line and exits with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; an error is one message on standard error."""
    _offline()
    warnings.showwarning = _show_warning
    is_debugging = "--debug" in _before_stop(arguments)
    try:
        make_importable()
        with plainly("--plain" in _before_stop(arguments)):
            words = globals_last(current_options(arguments))
            code = get_command(app)(words, prog_name="assistant", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as error:
        return _usage_error(error)
    except (Abort, KeyboardInterrupt):
        code = STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except AssistantError as error:
        if is_debugging:
            raise
        return _fail(str(error), USAGE if isinstance(error, UsageError) else FAULT)
    except ImportError as error:
        absent = extras.of_import(error)
        if absent is None or is_debugging:
            raise
        return _fail(str(absent), FAULT)
    if code == STOPPED:
        return _fail("Stopped. What was published before stays as it was.", STOPPED)
    return code if isinstance(code, int) else DONE


def _usage_error(error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    if context is None or not error.format_message().startswith("Usage:"):
        hint = f"\nTry `{context.command_path} --help`." if context else ""
        return _fail(f"{error.format_message()}{hint}", USAGE)
    print(error.format_message())
    return USAGE


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Prints what a user should change; warnings for developers stay out of the way."""
    if issubclass(category, FutureWarning):
        print(f"assistant: {message}", file=sys.stderr)


def _fail(message: str, code: int) -> int:
    print(f"assistant: {message}", file=sys.stderr)
    return code


def globals_last(arguments: Sequence[str]) -> list[str]:
    """Returns the arguments with the options of every command moved to the end, wherever they stood.

    So ``assistant --data DIR ask "…"`` and ``assistant ask "…" --data DIR`` mean the same. Nothing after a lone
    ``--`` is touched; ``--debug`` and ``--plain``, which only this module reads, are taken out.
    """
    words = list(_before_stop(arguments))
    kept: list[str] = []
    moved: list[str] = []
    while words:
        word = words.pop(0)
        if word.split("=")[0] in GLOBAL_OPTIONS:
            moved.append(word)
            if "=" not in word and words:
                moved.append(words.pop(0))
        elif word not in READ_HERE:
            kept.append(word)
    return [*kept, *(moved if kept else ()), *arguments[len(_before_stop(arguments)) :]]


def _before_stop(arguments: Sequence[str]) -> Sequence[str]:
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _offline() -> None:
    """Keeps every library from looking for models or reporting use on the network."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("RAGAS_DO_NOT_TRACK", "true")
