"""Whether personal details of questions reach logs or storage: screening must remove them first."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from assistant.bootstrap import Assistant
from evals.dataset.items import Item


class _LogCollector(logging.Handler):
    """Collects every line that anything logs, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collects a line with its arguments."""
        self.lines.append(f"{record.getMessage()} {record.args!r} {record.exc_text or ''}")


def leaks_elsewhere(items: Sequence[Item], assistant: Assistant) -> dict[str, tuple[str, ...]]:
    """Returns where the details of each question that names some were found: ``log``, ``storage`` or both.

    Each is asked once with everything logged at the lowest level; afterwards every file of the data folder is read.
    """
    found: dict[str, tuple[str, ...]] = {}
    with_details = [item for item in items if item.pii]
    for item in with_details:
        if _holds(" ".join(_logged(item, assistant)).lower().encode(), item):
            found[item.id] = ("log",)
    for item in with_details:
        if any(_holds(content, item) for content in _contents(assistant.settings.data)):
            found[item.id] = (*found.get(item.id, ()), "storage")
    return found


def _logged(item: Item, assistant: Assistant) -> list[str]:
    collector, root = _LogCollector(), logging.getLogger()
    level = root.level
    root.addHandler(collector)
    root.setLevel(logging.DEBUG)
    try:
        assistant.ask(item.asked())
    finally:
        root.setLevel(level)
        root.removeHandler(collector)
    return collector.lines


def _contents(data: Path) -> list[bytes]:
    """Returns what may hold words of a question: records and small files; the index of the documents is not searched."""
    names = ("records.sqlite*", "*.log", "*.json", "*.jsonl", "leases/*")
    paths = {path for name in names for path in data.glob(name) if path.is_file()}
    return [path.read_bytes().lower() for path in sorted(paths)]


def _holds(content: bytes, item: Item) -> bool:
    details = [detail.lower() for detail in item.pii]
    return any(each.encode() in content or each.encode("utf-16-le") in content for each in details)
