"""Which proposals are right: titles, kinds, dates, publishers, areas and layers of files with known answers."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from assistant.model.proposal import SURE, Proposal
from ingest.metadata.proposals import propose
from ingest.metadata.works import member_of, relations
from ingest.readers.cover import Cover

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("policy", "procedure", "protocol", "threshold_document"), "policy"),
    **dict.fromkeys(("guidance", "briefing", "form", "annual_report", "minutes", "training", "other"), "guidance"),
    **{each: each for each in ("legislation", "statutory_guidance", "strategy", "learning_review")},
    "law": "legislation",
}
"""The kind of the catalogue that stands for each kind of the labels; guidance where it has none of its own."""
FIELDS = ("title", "kind", "issued", "review", "publisher", "area", "layer", "version", "audience")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one field of a file should be, and what is proposed."""

    file: str
    field: str
    expected: tuple[str, ...]
    """Every right value, the first as it is; () where nothing should be proposed."""
    proposal: Proposal | None
    is_right: bool

    @property
    def counts(self) -> bool:
        """Whether there is something to find, or something was found."""
        return bool(self.expected) or self.proposal is not None


def read_labels(path: Path) -> tuple[dict[str, Any], ...]:
    """Returns the rows of a file of labels."""
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def answers_of(row: Mapping[str, Any], proposals: Sequence[Proposal]) -> tuple[Answer, ...]:
    """Returns how each field of a file came out; what is only a hint counts as not proposed."""
    likely = {each.field: each for each in proposals if each.is_likely or each.field in ("title", "kind")}
    found = {
        **likely,
        "issued": likely.get("published") or likely.get("in_force_from"),
        "review": likely.get("review_by"),
    }
    return tuple(_answer(row, field, found.get(field)) for field in FIELDS if field in row)


def is_same(field: str, expected: str, value: str) -> bool:
    """Returns whether a proposed value is the expected one, as exact as that is."""
    if field in ("issued", "review"):
        return value.startswith(expected)
    if field == "kind":
        return KINDS[expected] == value
    if field == "version":
        return [int(each) for each in re.findall(r"\d+", expected)] == [int(each) for each in re.findall(r"\d+", value)]
    if field == "audience":
        one, other = set(plain(expected).split()), set(plain(value).split())
        return len(one & other) >= min(len(one), len(other)) / 2
    return plain(expected) == plain(value)


def plain(text: str) -> str:
    """Returns the letters and digits of a text as words, without case, marks and "the" before it."""
    flat = unicodedata.normalize("NFKD", text.lower().replace("&", " and ").replace("’", "").replace("'", ""))
    return " ".join(re.findall(r"[a-z0-9]+", flat)).removeprefix("the ")


def _answer(row: Mapping[str, Any], field: str, proposal: Proposal | None) -> Answer:
    more = [*(row.get(f"{field}_also") or ()), *_also(row, field)]
    expected = tuple(str(each) for each in (row[field], *more) if each is not None)
    is_none_right = row[field] is None or None in more
    is_right = is_none_right if proposal is None else any(is_same(field, each, proposal.value) for each in expected)
    return Answer(row["file"], field, expected if row[field] is not None else (), proposal, is_right)


def _also(row: Mapping[str, Any], field: str) -> list[Any]:
    more = (row.get("also") or {}).get(field, [])
    return more if isinstance(more, list) else [more]


@dataclass(frozen=True, slots=True)
class Score:
    """How the files of one set came out."""

    answers: tuple[Answer, ...]
    files: int
    pairs: tuple[int, int, int]
    """Pairs of editions of one work: found, there, and found where there are none."""

    def of(self, *fields: str) -> tuple[int, int]:
        """Returns how many values of some fields are right, of those that there are or that are proposed."""
        counted = [each for each in self.answers if each.field in fields and each.counts]
        return sum(each.is_right for each in counted), len(counted)

    @property
    def sure_and_wrong(self) -> tuple[Answer, ...]:
        """Dates that are wrong though their confidence is above .9."""
        dates = (each for each in self.answers if each.field in ("issued", "review") and not each.is_right)
        return tuple(each for each in dates if each.proposal is not None and each.proposal.confidence > SURE)

    @property
    def corrections(self) -> int:
        """Values of title, kind, dates, publisher, area and layer that somebody has to change, and works to join or part."""
        fields = [each for each in self.answers if each.field in FIELDS[:7] and each.counts and not each.is_right]
        return len(fields) + self.pairs[1] - self.pairs[0] + self.pairs[2]


def score(rows: Sequence[Mapping[str, Any]], covers: Mapping[str, Cover]) -> Score:
    """Returns how the files of a set came out.

    Args:
        rows: Their labels.
        covers: Cover of each file by the name that the labels use.
    """
    proposals = {row["file"]: propose(covers[row["file"]]) for row in rows}
    answers = tuple(each for row in rows for each in answers_of(row, proposals[row["file"]]))
    return Score(answers, len(rows), _pairs(rows, proposals))


def _pairs(rows: Sequence[Mapping[str, Any]], proposals: Mapping[str, Sequence[Proposal]]) -> tuple[int, int, int]:
    found = relations([member_of(row["file"], proposals[row["file"]]) for row in rows])
    there = _joined((row["file"], row.get("edition_of")) for row in rows)
    said = _joined((row["file"], found[row["file"]].work) for row in rows)
    return len(there & said), len(there), len(said - there)


def _joined(works: Iterable[tuple[str, str | None]]) -> set[tuple[str, str]]:
    pairs = combinations(sorted((name, work) for name, work in works if work), 2)
    return {(one[0], other[0]) for one, other in pairs if one[1] == other[1]}
