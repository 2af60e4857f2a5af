"""Twins: pairs of questions over the same passage in the same form, one of which the document answers and one not.

A row is ``{"id", "twin", "type", "answer_type", "context", "question", "gold": [{"edition_id", "page", "quote", "part"}],
"why"}``; ``context`` says whether a case is told around the question. Both of a pair are asked of the document that answers
the first: whether another document answers the second was never looked up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from evals.dataset.items import Gold, Item, QuestionFileError, QuestionType

CONTEXT = "context"
"""Tag of a question with a case around it; the others are the answer type and the name of the file."""


def read_twins(paths: Iterable[Path], editions: Collection[str]) -> tuple[Item, ...]:
    """Returns the questions of some files of twins, tagged with answer type, file, and ``CONTEXT`` where a case is told.

    Pairs over a document that is not there are left out.

    Args:
        paths: JSONL files.
        editions: The ids of the library. A document is known by its id or by the longest id that its name begins with.

    Raises:
        QuestionFileError: A line is no twin; names it.
    """
    return tuple(item for path in paths for item in _items(path, editions))


def author_of(item: Item) -> str:
    """Returns who wrote a question of twins; "" for any other question."""
    return item.tags[1] if item.split == "training" and len(item.tags) > 1 else ""


def _items(path: Path, editions: Collection[str]) -> list[Item]:
    rows = [_row(path, number, line) for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)]
    edition_of: dict[str, str] = {}
    for row in rows:
        for gold in row["gold"]:
            known = _known(gold["edition_id"], editions)
            if known:
                edition_of.setdefault(row["twin"], known)
    return [_item(row, edition_of[row["twin"]], path.stem) for row in rows if row["twin"] in edition_of]


def _row(path: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
        return {key: row[key] for key in ("id", "twin", "type", "answer_type", "context", "question", "gold")}
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionFileError(path, f"line {number}: no twin ({error})", "Fix or remove the line") from error


def _known(name: str, editions: Collection[str]) -> str | None:
    if name in editions:
        return name
    return max((each for each in editions if name.startswith(each)), key=len, default=None)


def _item(row: Mapping[str, Any], edition_id: str, author: str) -> Item:
    gold = tuple(
        Gold(edition_id=edition_id, page=each["page"], quote=each["quote"], part=each.get("part"))
        for each in row["gold"]
    )
    tags = (row["answer_type"], author, *((CONTEXT,) if row["context"] else ()))
    return Item(
        id=row["id"],
        type=QuestionType(row["type"]),
        question=row["question"],
        tags=tags,
        gold=gold,
        editions=(edition_id,),
        split="training",
        work=edition_id,
    )
