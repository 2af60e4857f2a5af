"""Prints lines: with colour and a box on a terminal, as plain rows anywhere else."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

from assistant.cli.render import Line

WIDTH = 80
STYLES = {
    "answer": "bold green",
    "refusal": "bold yellow",
    "subject": "cyan",
    "quote": "bold",
    "source": "dim",
    "notice": "yellow",
    "card": "",
    "card_title": "bold red",
}


def counted(number: int, noun: str) -> str:
    """Returns a number with its noun: "1 edition", "2 editions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_is_plain = ContextVar("is_plain", default=False)


@contextmanager
def plainly(is_asked: bool) -> Iterator[None]:
    """Leaves out colour, boxes and progress bars, even on a terminal, where that is asked for."""
    token = _is_plain.set(is_asked)
    try:
        yield
    finally:
        _is_plain.reset(token)


def is_styled(stream: TextIO) -> bool:
    """Returns whether a stream is a terminal on which nobody asked for plain output."""
    return stream.isatty() and not _is_plain.get()


class Page:
    """Standard output, as wide as the terminal up to 100 columns; 80 where it is not a terminal, or plain."""

    def __init__(self) -> None:
        self._is_plain = not is_styled(sys.stdout)

    def show(self, lines: Iterable[Line]) -> None:
        """Prints lines and flushes them at once."""
        page = list(lines)
        if self._is_plain:
            for line in page:
                print("\n".join(rows(line, WIDTH)))
        else:
            self._styled(page)
        sys.stdout.flush()

    def _styled(self, lines: list[Line]) -> None:
        from rich.console import Console
        from rich.panel import Panel
        from rich.text import Text

        width = min(shutil.get_terminal_size((WIDTH, 24)).columns, 100)
        is_card = any(line.look == "card_title" for line in lines)
        inner = width - 4 if is_card else width
        text = Text()
        for place, line in enumerate(lines):
            shown = "\n".join(rows(line, inner))
            text.append(shown + ("\n" if place < len(lines) - 1 else ""), style=STYLES.get(line.look, ""))
        console = Console(width=width, highlight=False)
        console.print(Panel(text, border_style="bold red", width=width) if is_card else text)


def rows(line: Line, width: int) -> list[str]:
    """Returns a line wrapped to a width, one string per row; a blank line is one empty row."""
    if not line.text and not line.mark:
        return [""]
    return textwrap.wrap(
        line.text,
        width,
        initial_indent=line.mark or " " * line.indent,
        subsequent_indent=" " * line.indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
