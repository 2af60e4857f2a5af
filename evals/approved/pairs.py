"""A set of questions beside approved answers: which are to be matched, and in what the others differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UsageError

DEVELOPMENT = Path(__file__).parent / "development.jsonl"
"""Written by another hand; the only set that matching is fitted and calibrated on."""
SAME = "none"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question beside an answer's wordings."""

    answer: str
    wordings: tuple[str, ...]
    audience: str
    area: str
    asked: str
    is_match: bool
    differs: str
    """name, number, audience, negation, kind, topic; ``none`` for a match."""


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Returns the pairs of a JSON-lines file. Raises ``UsageError``; names the line and the fix."""
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            pairs.append(
                Pair(
                    row["answer"], tuple(row["wordings"]), row.get("audience", ""), row.get("area", ""), row["asked"],
                    bool(row["match"]), row.get("differs", SAME),
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            fix = "A line needs answer, wordings, asked, match and differs"
            raise UsageError(f"{path}, line {number}: it is no pair ({error}). {fix}.") from error
    if not pairs:
        raise UsageError(f"{path}: it has no pair. Each line is a JSON object with answer, wordings, asked and match.")
    return tuple(pairs)


def digest_of(pairs: Sequence[Pair]) -> str:
    """Returns the sha256 of a set."""
    return hashlib.sha256("\n".join(map(repr, pairs)).encode()).hexdigest()
