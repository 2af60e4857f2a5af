"""Compares two editions: paragraphs added, removed, changed and moved; renumbering does not count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

import numpy as np
from rapidfuzz import fuzz, process

from assistant.coverage.edition_diff.change_log import is_change_log, own_list
from assistant.coverage.edition_diff.word_changes import Concern, Words, comparable, concerns_of, word_changes
from assistant.coverage.texts.paragraphs import Paragraph
from assistant.model import Duty, Kind
from assistant.text.duty_words import duty_of

ALIKE = 60.0
"""Least similarity (rapidfuzz ratio, 0 to 100) of two versions of a paragraph; below it, one was removed and one added."""
PLACE_BONUS = 10.0
"""Similarity points by which a paragraph at the same place of the text is preferred to one at the other end."""
LONG = 30
"""Least characters of a stretch of words for it to be searched for elsewhere in the other edition."""
SHORTEST = 12
"""Least characters of a paragraph for it to be paired: a changed one-word heading counts as removed and added."""
LISTED = 2
"""Rank among the concerns, after duty words and time limits, of changes in the edition's own list."""
LITTLE = 0.2
"""Most added or removed text, as a share of the moved text, for a paragraph to count as moved; none with a duty word."""
_END = re.compile(r"(?<=[.!?;:])\s+")


class ChangeKind(StrEnum):
    """How a paragraph changed."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that differs between two editions, in its words or its place."""

    kind: ChangeKind
    old: Paragraph | None
    new: Paragraph | None
    words: tuple[Words, ...]
    concerns: tuple[Concern, ...]
    """What it affects, the most important first."""
    duty: Duty | None
    """The strongest duty word in the added or removed text."""
    has_moved: bool
    listed: str = ""
    """Its entry in the later edition's own list of changes, "" where it has none."""

    @property
    def weight(self) -> tuple[int, bool, int, int]:
        """Returns the sort key, the most important change first."""
        by_duty = {Duty.MUST: 0, Duty.SHOULD: 1, Duty.MAY: 2}
        if is_change_log(self.new or self.old):
            return 10, True, 3, 0
        first = 9 if self.kind is ChangeKind.MOVED else list(Concern).index(self.concerns[0])
        first = min(first, LISTED) if self.listed and self.kind is not ChangeKind.MOVED else first
        strength = by_duty[self.duty] if self.duty is not None else 3
        amount = sum(len(each.text) for each in self.words if each.kind != "same")
        return first, not self.listed, strength, -amount


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph], kind: Kind) -> tuple[Change, ...]:
    """Returns the changes from one edition to another, the most important first, ties in the order of the new text.

    Paragraphs with the same words are the same paragraph; out of order, they have moved. The others are
    paired by similarity, the most similar first.

    Args:
        old: Paragraphs of the earlier edition.
        new: Paragraphs of the later edition.
        kind: Type of the document: a learning review has no duties.
    """
    same = dict(_same_text(old, new))
    taken = set(same.values())
    left = [at for at in range(len(old)) if at not in same]
    right = [at for at in range(len(new)) if at not in taken]
    pairs = dict(_pairs(old, new, left, right))
    editions, out_of_order = _Editions(old, new, kind), _out_of_order(same | pairs)
    came = set(pairs.values())
    changes = [editions.moved(old[at], new[same[at]]) for at in _out_of_order(same)]
    changes += [editions.change(ChangeKind.CHANGED, old[at], new[to], at in out_of_order) for at, to in pairs.items()]
    changes += [editions.change(ChangeKind.REMOVED, old[at], None) for at in left if at not in pairs]
    changes += [editions.change(ChangeKind.ADDED, None, new[at]) for at in right if at not in came]
    listed = own_list(new)
    changes = [replace(each, listed=listed.get((each.new and each.new.label) or "", "")) for each in changes]
    return tuple(sorted(changes, key=lambda each: (each.weight, (each.new or each.old or new[0]).span.start)))


def _same_text(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yields the indices of paragraphs with the same words, the nth occurrence with the nth."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, paragraph in enumerate(new):
        places[comparable(paragraph.text)].append(at)
    for at, paragraph in enumerate(old):
        there = places.get(comparable(paragraph.text))
        if there:
            yield at, there.pop(0)


def _out_of_order(places: dict[int, int]) -> frozenset[int]:
    """Returns the indices that must move for the rest to be in order: those outside a longest increasing subsequence."""
    tails: list[int] = []
    holders: list[int] = []
    before: dict[int, int | None] = {}
    for at in sorted(places):
        depth = bisect_left(tails, places[at])
        before[at] = holders[depth - 1] if depth else None
        tails[depth : depth + 1] = [places[at]]
        holders[depth : depth + 1] = [at]
    in_order: set[int] = set()
    step = holders[-1] if holders else None
    while step is not None:
        in_order.add(step)
        step = before[step]
    return frozenset(places) - in_order


def _pairs(
    old: Sequence[Paragraph], new: Sequence[Paragraph], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yields the indices of two versions of one paragraph, the most similar first."""
    left = [at for at in left if len(old[at].text) >= SHORTEST]
    right = [at for at in right if len(new[at].text) >= SHORTEST]
    if not left or not right:
        return
    texts = [comparable(old[at].text) for at in left], [comparable(new[at].text) for at in right]
    likeness = process.cdist(*texts, scorer=fuzz.ratio, dtype=np.float32)
    away = np.abs(np.array(left)[:, None] / len(old) - np.array(right)[None, :] / len(new))
    score = np.where(likeness >= ALIKE, likeness - PLACE_BONUS * away, -1.0)
    rows, columns = set[int](), set[int]()
    for flat in np.argsort(-score, axis=None, kind="stable"):
        row, column = divmod(int(flat), len(right))
        if score[row, column] < 0:
            return
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield left[row], right[column]


class _Editions:
    """The full texts of both editions, to tell removed words from words moved into another paragraph."""

    def __init__(self, old: Sequence[Paragraph], new: Sequence[Paragraph], kind: Kind) -> None:
        self._old, self._new = (comparable(" ".join(each.text for each in side)) for side in (old, new))
        self._kind = kind

    def moved(self, old: Paragraph, new: Paragraph) -> Change:
        """Returns the change of a paragraph that moved with the same words."""
        words = word_changes(old.text, new.text)
        return Change(ChangeKind.MOVED, old, new, words, (Concern.WORDING,), None, True)

    def change(self, what: ChangeKind, old: Paragraph | None, new: Paragraph | None, moved: bool = False) -> Change:
        """Returns the change of a paragraph; one whose words all occur elsewhere has moved."""
        stretches = word_changes(old.text if old else "", new.text if new else "")
        words = tuple(part for each in stretches for part in self._split_moved(each))
        gone, come = (" ".join(w.text for w in words if w.kind in ("same", side)) for side in ("removed", "added"))
        touched = " ".join(each.text for each in words if each.kind in ("removed", "added"))
        shifted = sum(len(each.text) for each in words if each.kind == "moved")
        duty = duty_of(touched, self._kind)
        if shifted and len(touched) <= LITTLE * shifted and duty is None:
            what, moved = ChangeKind.MOVED, True
        return Change(what, old, new, words, concerns_of(gone, come), duty, moved)

    def _split_moved(self, words: Words) -> Iterator[Words]:
        """Yields the parts of a stretch: a sentence that occurs elsewhere in the other edition has moved."""
        if words.kind == "same" or len(words.text) < LONG:
            yield words
            return
        whole = self._new if words.kind == "removed" else self._old
        for has_moved, sentences in groupby(_END.split(words.text), lambda each: self._stands_in(each, whole)):
            yield Words("moved" if has_moved else words.kind, " ".join(sentences))

    def _stands_in(self, sentence: str, whole: str) -> bool:
        return len(sentence) >= LONG and comparable(sentence) in whole
