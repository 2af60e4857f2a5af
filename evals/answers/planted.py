"""Planted answers: what one outcome shows of what was planted, and what it shows that may not stand alone.

A set is a folder of JSONL files; each row has ``id`` and ``question``, and

* ``units.jsonl``: ``kind`` (list, series, definition, row, step, exception, myth) and ``whole``, verbatim pieces that the
  first statement must show, every one; a list of which only the first pieces are named has ``count``.
* ``alone.jsonl``: ``kind`` (lead_in, heading, label, bibliography, contents, example, case_study, myth), ``never``, words
  that are no answer by themselves, and ``right``, words beside which they are, [] for none.
* ``pairs.jsonl``: ``differs`` (number, time, duty, negation, contact, body, or "" for two texts that agree), ``a`` and ``b``,
  each with ``document`` (edition id) and ``quote``.
* ``areas.jsonl``: ``area`` ("" for none: that of the settings), ``contact``, words that are another area's contact.
* ``first-try.jsonl``: ``must_show``, pieces that the first statement must show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.text.quote_matching import comparable
from evals.scoring.grading import Object, answer_of

Row = Mapping[str, Any]
REFUSED = "refused"


def read_rows(folder: Path, names: Iterable[str]) -> dict[str, tuple[Row, ...]]:
    """Returns the rows of the named files of a set by the file's name; a file that is absent is left out."""
    paths = {name: folder / f"{name}.jsonl" for name in names}
    return {name: tuple(_rows(path)) for name, path in paths.items() if path.is_file()}


def _rows(path: Path) -> Iterable[Row]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def graded_unit(row: Row, outcome: Object) -> str:
    """Returns ``whole``, ``part`` (some of it in the first statement), ``elsewhere`` (below it), ``wrong`` or ``refused``."""
    answer = answer_of(outcome)
    if answer is None:
        return REFUSED
    pieces = row.get("whole") or row["must_show"]
    first, *others = (_plain(each["text"]) for each in answer["statements"])
    shown = [_plain(piece) in first for piece in pieces]
    if all(shown):
        return "whole"
    if any(shown):
        return "part"
    return "elsewhere" if any(_plain(piece) in other for other in others for piece in pieces) else "wrong"


def graded_alone(row: Row, outcome: Object) -> str:
    """Returns ``alone`` where a statement shows what is no answer by itself, else ``right``, ``other`` or ``refused``."""
    answer = answer_of(outcome)
    if answer is None:
        return REFUSED
    statements = [_plain(each["text"]) for each in answer["statements"]]
    right = [_plain(each) for each in row["right"]]
    beside = [any(each in statement for each in right) for statement in statements]
    if any(_plain(row["never"]) in text and not good for text, good in zip(statements, beside, strict=True)):
        return "alone"
    return "right" if any(beside) else "other"


def graded_pair(row: Row, outcome: Object) -> str:
    """Returns ``marked`` where the two quotes are marked as differing, ``both``, ``one`` or ``none`` shown, or ``refused``."""
    answer = answer_of(outcome)
    if answer is None:
        return REFUSED
    by_number = {each["number"]: each for each in answer["citations"]}
    if any(_names(each, row, by_number) for each in answer.get("differences", ())):
        return "marked"
    shown = [any(_holds(citation, row[side]) for citation in by_number.values()) for side in ("a", "b")]
    return ("none", "one", "both")[sum(shown)]


def _names(difference: Row, row: Row, by_number: Mapping[int, Row]) -> bool:
    cited = [by_number[number] for number in difference["citations"]]
    return all(any(_holds(citation, row[side]) for citation in cited) for side in ("a", "b"))


def _holds(citation: Row, side: Row) -> bool:
    same = citation["edition_id"] == side["document"]
    return same and _plain(side["quote"]) in _plain(" ".join(part["quote"] for part in citation["parts"]))


def graded_area(row: Row, outcome: Object) -> str:
    """Returns ``silent`` where another area's contact is shown without a notice, ``told``, ``not shown`` or ``refused``."""
    answer = answer_of(outcome)
    if answer is None:
        return REFUSED
    if not any(_plain(row["contact"]) in _plain(each["text"]) for each in answer["statements"]):
        return "not shown"
    return "told" if any(each["code"] == "other_area" for each in answer["notices"]) else "silent"


def shown_quotes(outcome: Object) -> Sequence[str]:
    """Returns the statements of an outcome's answer, () for none: what is read to see why a row failed."""
    answer = answer_of(outcome)
    return [each["text"] for each in answer["statements"]] if answer else ()


def _plain(text: str) -> str:
    """Returns a text for comparing: without case, marks of lists and tables, and differences of white space."""
    return re.sub(r"[\s|•–—*_`>-]+", " ", comparable(text).lower()).strip()
