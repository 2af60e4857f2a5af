"""What changed between two editions: paragraphs added, removed, changed and moved; renumbering is no change."""

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
"""Least likeness (rapidfuzz ratio, 0 to 100) of two wordings of one paragraph: below, one went and another came."""
NEAR = 10.0
"""Points of likeness that a paragraph in the same place of the text is ahead of one at the other end."""
LONG = 30
"""Characters of a stretch of words from which on it is looked for elsewhere in the other edition."""
SHORTEST = 12
"""Characters below which a paragraph is not worth pairing: a changed heading of one word went and came."""
LISTED = 2
"""Place among the concerns, after duty words and time limits, of what the edition lists itself."""
LITTLE = 0.2
"""Share of what moved that what came or went besides may have, where no duty word is in it, for the whole to have moved."""
_END = re.compile(r"(?<=[.!?;:])\s+")


class ChangeKind(StrEnum):
    """What became of a paragraph."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that is not in both editions with the same words in the same order."""

    kind: ChangeKind
    old: Paragraph | None
    new: Paragraph | None
    words: tuple[Words, ...]
    concerns: tuple[Concern, ...]
    """What it touches, the weightiest first."""
    duty: Duty | None
    """The strongest duty word in what came or went."""
    has_moved: bool
    listed: str = ""
    """What the later edition's own list of changes says of it, "" where it is not in one."""

    @property
    def weight(self) -> tuple[int, bool, int, int]:
        """Returns where it stands among the changes: the smallest first."""
        by_duty = {Duty.MUST: 0, Duty.SHOULD: 1, Duty.MAY: 2}
        if is_change_log(self.new or self.old):
            return 10, True, 3, 0
        first = 9 if self.kind is ChangeKind.MOVED else list(Concern).index(self.concerns[0])
        first = min(first, LISTED) if self.listed and self.kind is not ChangeKind.MOVED else first
        strength = by_duty[self.duty] if self.duty is not None else 3
        amount = sum(len(each.text) for each in self.words if each.kind != "same")
        return first, not self.listed, strength, -amount


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph], kind: Kind) -> tuple[Change, ...]:
    """Returns the changes from one edition to another, the weightiest first, ties in the order of the new text.

    Paragraphs of the same words are the same one, wherever they stand: out of order they are moved. The others are
    paired by likeness, the most alike first.

    Args:
        old: Paragraphs of the earlier edition.
        new: Paragraphs of the later edition.
        kind: What the document is: a learning review has no duties.
    """
    same = dict(_same(old, new))
    taken = set(same.values())
    left = [at for at in range(len(old)) if at not in same]
    right = [at for at in range(len(new)) if at not in taken]
    pairs = dict(_paired(old, new, left, right))
    there, out_of_order = _Whole(old, new, kind), _out_of_order(same | pairs)
    came = set(pairs.values())
    changes = [there.moved(old[at], new[same[at]]) for at in _out_of_order(same)]
    changes += [there.change(ChangeKind.CHANGED, old[at], new[to], at in out_of_order) for at, to in pairs.items()]
    changes += [there.change(ChangeKind.REMOVED, old[at], None) for at in left if at not in pairs]
    changes += [there.change(ChangeKind.ADDED, None, new[at]) for at in right if at not in came]
    listed = own_list(new)
    changes = [replace(each, listed=listed.get((each.new and each.new.label) or "", "")) for each in changes]
    return tuple(sorted(changes, key=lambda each: (each.weight, (each.new or each.old or new[0]).span.start)))


def _same(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yields places of the same words; the nth time here is the nth time there."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, paragraph in enumerate(new):
        places[comparable(paragraph.text)].append(at)
    for at, paragraph in enumerate(old):
        there = places.get(comparable(paragraph.text))
        if there:
            yield at, there.pop(0)


def _out_of_order(places: dict[int, int]) -> frozenset[int]:
    """Returns the places that must move for the rest to stand in order: those outside a longest rising run."""
    tails: list[int] = []
    holders: list[int] = []
    before: dict[int, int | None] = {}
    for at in sorted(places):
        depth = bisect_left(tails, places[at])
        before[at] = holders[depth - 1] if depth else None
        tails[depth : depth + 1] = [places[at]]
        holders[depth : depth + 1] = [at]
    kept: set[int] = set()
    step = holders[-1] if holders else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return frozenset(places) - kept


def _paired(
    old: Sequence[Paragraph], new: Sequence[Paragraph], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yields places of paragraphs that are two wordings of one, the most alike first."""
    left = [at for at in left if len(old[at].text) >= SHORTEST]
    right = [at for at in right if len(new[at].text) >= SHORTEST]
    if not left or not right:
        return
    texts = [comparable(old[at].text) for at in left], [comparable(new[at].text) for at in right]
    likeness = process.cdist(*texts, scorer=fuzz.ratio, dtype=np.float32)
    away = np.abs(np.array(left)[:, None] / len(old) - np.array(right)[None, :] / len(new))
    score = np.where(likeness >= ALIKE, likeness - NEAR * away, -1.0)
    rows, columns = set[int](), set[int]()
    for flat in np.argsort(-score, axis=None, kind="stable"):
        row, column = divmod(int(flat), len(right))
        if score[row, column] < 0:
            return
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield left[row], right[column]


class _Whole:
    """Both texts whole, to tell what went from what only moved into another paragraph."""

    def __init__(self, old: Sequence[Paragraph], new: Sequence[Paragraph], kind: Kind) -> None:
        self._old, self._new = (comparable(" ".join(each.text for each in side)) for side in (old, new))
        self._kind = kind

    def moved(self, old: Paragraph, new: Paragraph) -> Change:
        """Returns the change of a paragraph that stands elsewhere in the same words."""
        words = word_changes(old.text, new.text)
        return Change(ChangeKind.MOVED, old, new, words, (Concern.WORDING,), None, True)

    def change(self, what: ChangeKind, old: Paragraph | None, new: Paragraph | None, moved: bool = False) -> Change:
        """Returns the change of a paragraph; one of which every word stands elsewhere has moved."""
        stretches = word_changes(old.text if old else "", new.text if new else "")
        words = tuple(part for each in stretches for part in self._told(each))
        gone, come = (" ".join(w.text for w in words if w.kind in ("same", side)) for side in ("removed", "added"))
        touched = " ".join(each.text for each in words if each.kind in ("removed", "added"))
        shifted = sum(len(each.text) for each in words if each.kind == "moved")
        duty = duty_of(touched, self._kind)
        if shifted and len(touched) <= LITTLE * shifted and duty is None:
            what, moved = ChangeKind.MOVED, True
        return Change(what, old, new, words, concerns_of(gone, come), duty, moved)

    def _told(self, words: Words) -> Iterator[Words]:
        """Yields the parts of a stretch: a sentence that stands elsewhere in the other edition has only moved."""
        if words.kind == "same" or len(words.text) < LONG:
            yield words
            return
        whole = self._new if words.kind == "removed" else self._old
        for has_moved, sentences in groupby(_END.split(words.text), lambda each: self._is_in(each, whole)):
            yield Words("moved" if has_moved else words.kind, " ".join(sentences))

    def _is_in(self, sentence: str, whole: str) -> bool:
        return len(sentence) >= LONG and comparable(sentence) in whole
