"""Rows of the hands that wrote twins over passages of their own (``evals/training/twins``), as documents and questions.

A row is a passage of an invented document with the question that one of its sentences answers, and near questions in the same
form that the passage does not answer. The documents of a hand are written out as files and ingested like anybody's, so that
what stands around an answer is what the product's own search finds in that hand's library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.dataset.items import Gold, Item, QuestionFileError, QuestionType

HANDS = Path(__file__).parents[1] / "training" / "twins"
_FIELDS = ("id", "kind", "document", "headings", "passage", "sentence", "question", "near", "tempting")


@dataclass(frozen=True, slots=True)
class HandRow:
    """One passage with its questions."""

    id: str
    kind: str
    """Kind of answer."""
    document: str
    """Title of the invented document."""
    headings: tuple[str, ...]
    passage: str
    sentence: str
    """The sentence of the passage that answers ``question``."""
    question: str
    near: tuple[str, ...]
    """Questions that the passage does not answer."""
    tempting: str
    """The sentence that tempts to answer one of them."""

    @property
    def edition_id(self) -> str:
        """The id that the document gets from the name of its file: the hand and the title."""
        title = re.sub(r"[^a-z0-9]+", "-", self.document.lower()).strip("-")
        return f"{self.hand}-{title}"[:100]

    @property
    def hand(self) -> str:
        """Who wrote it."""
        return self.id.split("-")[0]


def read_hand(name: str, folder: Path = HANDS) -> tuple[HandRow, ...]:
    """Returns the rows of one hand, such as ``t1``.

    Raises:
        QuestionFileError: The file is not there, or a line is no such row; names it.
    """
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        raise QuestionFileError(path, "not there", "Name a file of evals/training/twins without its ending")
    lines = path.read_text("utf-8").splitlines()
    return tuple(_row(path, number, line) for number, line in enumerate(lines, start=1))


def _row(path: Path, number: int, line: str) -> HandRow:
    try:
        row: dict[str, Any] = json.loads(line)
        values = {key: tuple(row[key]) if isinstance(row[key], list) else str(row[key]) for key in _FIELDS}
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionFileError(path, f"line {number}: no row of twins ({error})", "Fix or remove the line") from error
    return HandRow(**values)  # type: ignore[arg-type]


def write_documents(rows: Sequence[HandRow], folder: Path) -> None:
    """Writes each document of a hand as Markdown, its passages under their headings, in the order of the rows."""
    folder.mkdir(parents=True, exist_ok=True)
    by_document: dict[str, list[HandRow]] = {}
    for row in rows:
        by_document.setdefault(row.edition_id, []).append(row)
    for name, of_document in by_document.items():
        text = "\n\n".join((f"# {of_document[0].document}", *(_section(row) for row in of_document)))
        (folder / f"{name}.md").write_text(f"{text}\n", encoding="utf-8")


def _section(row: HandRow) -> str:
    headings = [f"{'#' * level} {heading}" for level, heading in enumerate(row.headings, start=2)]
    return "\n\n".join((*headings, row.passage))


def hand_items(rows: Sequence[HandRow]) -> tuple[Item, ...]:
    """Returns the questions of some rows, the answered one of a row first; they are asked of all documents of these rows."""
    editions = tuple(dict.fromkeys(row.edition_id for row in rows))
    return tuple(item for row in rows for item in _items(row, editions))


def _items(row: HandRow, editions: tuple[str, ...]) -> Iterator[Item]:
    gold = (Gold(edition_id=row.edition_id, page=1, quote=row.sentence),)
    shared: dict[str, Any] = {"tags": (row.kind, row.hand), "editions": editions, "split": "training", "work": row.hand}
    yield Item(id=f"{row.id}-q", type=QuestionType.ANSWERABLE, question=row.question, gold=gold, **shared)
    for number, near in enumerate(row.near, start=1):
        yield Item(id=f"{row.id}-n{number}", type=QuestionType.UNANSWERABLE, question=near, **shared)
