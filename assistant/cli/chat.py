"""``assistant chat``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from assistant.ask import ask
from assistant.bootstrap import Assistant
from assistant.cli.options import Data, SettingsFile, question_of, settings_of
from assistant.cli.render import render, source_line
from assistant.errors import UsageError
from assistant.model import Answered, Outcome, Refused, Turn

KEPT_TURNS = 10
HELP = "Ask a question. /sources lists the last sources, /new starts afresh, /quit ends."


def chat(data: Data = None, settings: SettingsFile = None) -> int:
    r"""Asks one question after another; follow-ups such as "and who chairs it?" are understood.

    Personal details are masked before anything is searched, and nothing is stored. The latest documents are used
    for each question.

    Examples:
      assistant chat

      printf 'Who chairs the conference?\nand when?\n' | assistant chat
    """
    assistant = Assistant(settings_of(data, settings))
    history: tuple[Turn, ...] = ()
    last: Outcome | None = None
    print(HELP, file=sys.stderr)
    for line in _lines():
        if line in ("/quit", "/exit"):
            break
        if line == "/new":
            history, last = (), None
        elif line == "/sources":
            _sources(last)
        elif line.startswith("/"):
            print(HELP, file=sys.stderr)
        else:
            last = _asked(assistant, line, history)
            if last is not None:
                history = (*history, Turn("user", last.standalone), *_said(last))[-KEPT_TURNS:]
    return 0


def _asked(assistant: Assistant, line: str, history: tuple[Turn, ...]) -> Outcome | None:
    try:
        with assistant.library.open() as snapshot:
            outcome = ask(question_of(line, snapshot, history), snapshot, assistant.tools)
    except UsageError as error:
        print(error, file=sys.stderr)
        return None
    print(f"{render(outcome)}\n")
    return outcome


def _said(outcome: Outcome) -> tuple[Turn, ...]:
    if isinstance(outcome, Answered):
        return (Turn("assistant", " ".join(each.text for each in outcome.statements)),)
    return ()


def _sources(outcome: Outcome | None) -> None:
    found = outcome.citations if isinstance(outcome, Answered | Refused) else ()
    for each in found:
        print(f"{each.number}. {source_line(each)}")
    if not found:
        print("No sources.")


def _lines() -> Iterator[str]:
    """Yields what is typed or piped in, one line at a time, without blank ones."""
    while True:
        try:
            line = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if line:
            yield line
