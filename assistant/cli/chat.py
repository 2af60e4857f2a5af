"""``assistant chat``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.cli.ask import asked, show
from assistant.cli.options import Data, Plain, SettingsFile, Write, assistant_of, check_writing
from assistant.cli.progress import progress_bars
from assistant.errors import UsageError
from assistant.model import Answered, Outcome, Question, Refused, Signposted, Turn

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.cli.printing import Page

KEPT_TURNS = 10
HELP = "Ask a question. /sources lists the last sources, /new starts afresh, /quit ends."


def chat(write: Write = False, plain: Plain = False, data: Data = None, settings: SettingsFile = None) -> int:
    r"""Asks one question after another; follow-ups such as "and who chairs it?" are understood.

    Personal details are masked before anything is searched, and nothing is stored. The latest documents are used
    for each question. /sources lists the last sources, /new starts afresh, /quit ends.

    Examples:

      assistant chat

      printf 'Who chairs the conference?\nand when is it held?\n' | assistant chat
    """
    from assistant.cli.printing import Page

    page = Page()
    with progress_bars() as tell:
        assistant = assistant_of(data, settings, tell)
        check_writing(assistant.settings, write)
        with assistant.opened():
            assistant.embedder.embed([HELP], kind="query")
    print(HELP, file=sys.stderr)
    history: tuple[Turn, ...] = ()
    last: Outcome | None = None
    for line in _lines():
        if line in ("/quit", "/exit"):
            break
        if line == "/new":
            history, last = (), None
        elif line == "/sources":
            _sources(last, page)
        elif line.startswith("/"):
            print(HELP, file=sys.stderr)
        elif (outcome := _answered(assistant, Question(line, history, is_written=write), page)) is not None:
            last = outcome
            history = (*history, Turn("user", last.standalone), *_said(last))[-KEPT_TURNS:]
    return 0


def _answered(assistant: Assistant, question: Question, page: Page) -> Outcome | None:
    from assistant.cli.render import BLANK, card_lines

    try:
        outcome = asked(
            assistant,
            question,
            lambda snapshot: question,
            lambda urgent: page.show(card_lines(urgent.card)),
        )
    except UsageError as error:
        print(f"assistant: {error}", file=sys.stderr)
        return None
    show(outcome, page, as_json=False)
    page.show((BLANK,))
    return outcome


def _said(outcome: Outcome) -> tuple[Turn, ...]:
    if isinstance(outcome, Signposted):
        return _said(outcome.then) if outcome.then else ()
    if isinstance(outcome, Answered):
        return (Turn("assistant", " ".join(each.text for each in outcome.statements)),)
    return ()


def _sources(outcome: Outcome | None, page: Page) -> None:
    from assistant.cli.render import Line
    from assistant.outcomes.citation_text import CitationText

    answer = outcome.then if isinstance(outcome, Signposted) else outcome
    citations = answer.citations if isinstance(answer, Answered | Refused) else ()
    page.show(Line(CitationText.of(each).source, "source", f"{each.number}. ", 3) for each in citations)
    if not citations:
        page.show((Line("No sources."),))


def _lines() -> Iterator[str]:
    """Yields typed or piped input, one line at a time, without blank ones."""
    while True:
        try:
            line = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if line:
            yield line
