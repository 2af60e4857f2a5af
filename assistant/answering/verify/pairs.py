"""Files of claims with their quotes, one JSON object a line, and the verdicts on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.verify.claims import check_pair
from assistant.answering.verify.meaning.check import Checked
from assistant.errors import UsageError

NAMED = 10
"""Most bad lines that a message names."""
FIX = 'Write one object a line, such as {"id": "1", "claim": "...", "quote": "..."}'


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, and the quote that should support it."""

    id: str | int
    claim: str
    quote: str
    headings: tuple[str, ...] = ()

    def check(self) -> Checked:
        """Returns what the verifier finds."""
        return check_pair(self.claim, self.quote, self.headings)


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Returns the pairs of a JSONL file in order; empty lines and other keys are ignored.

    Raises:
        UsageError: The file cannot be read, has no pairs, or has bad lines; names each of the first ones.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). Name a JSONL file of pairs.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 text. Save it as UTF-8.") from error
    rows = [(number, _pair(line)) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    bad = [f"line {number}: {each}" for number, each in rows if isinstance(each, str)]
    if bad:
        more = f" And {len(bad) - NAMED} more." if len(bad) > NAMED else ""
        raise UsageError(f"{path}: {len(bad)} bad of {len(rows)} lines. {'; '.join(bad[:NAMED])}.{more} {FIX}.")
    if not rows:
        raise UsageError(f"{path}: holds no pairs. {FIX}.")
    return tuple(each for _, each in rows if isinstance(each, Pair))


def _pair(line: str) -> Pair | str:
    """Returns the pair of a line, or what is wrong with it."""
    try:
        facts = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return "is no JSON"
    if not isinstance(facts, dict):
        return "is no JSON object"
    if not isinstance(facts.get("id"), str | int) or isinstance(facts["id"], bool):
        return '"id" is missing or neither text nor a whole number'
    wrong = next(_wrong(facts), None)
    if wrong is not None:
        return wrong
    return Pair(facts["id"], facts["claim"], facts["quote"], tuple(facts.get("headings") or ()))


def _wrong(facts: dict[str, object]) -> Iterator[str]:
    for name in ("claim", "quote"):
        value = facts.get(name)
        if not isinstance(value, str) or not value.strip():
            yield f'"{name}" is missing, empty or no text'
    headings = facts.get("headings") or []
    if not isinstance(headings, list) or not all(isinstance(each, str) for each in headings):
        yield '"headings" is no list of texts'
