"""Progress bars on standard error; nothing where that is not a terminal, or plain output is asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.printing import is_styled

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from assistant.ports import Progress as Tell


@contextmanager
def progress_bars() -> Iterator[Tell | None]:
    """Yields a progress callback that shows one bar per stage, or None without a terminal."""
    if not is_styled(sys.stderr):
        yield None
        return
    bars = _Bars()
    try:
        yield bars.tell
    finally:
        bars.stop()


class _Bars:
    """Bars that appear with the first report, so that a quick command shows none."""

    def __init__(self) -> None:
        self._shown: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        """Moves the bar of a stage."""
        if self._shown is None:
            self._shown = _started()
        if stage not in self._tasks:
            self._tasks[stage] = self._shown.add_task(stage, total=total)
        self._shown.update(self._tasks[stage], completed=done, total=total)

    def stop(self) -> None:
        """Leaves the bars as they are."""
        if self._shown is not None:
            self._shown.stop()


def _started() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:>14}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bars = Progress(*columns, console=Console(stderr=True))
    bars.start()
    return bars
