"""The live approved answers and the blocks in memory, read again when what is stored changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from assistant.answering.approved.matching import (
    Asked,
    Compared,
    MatchingCalibration,
    asked_of,
    compared,
    is_match,
    packaged_calibration,
)
from assistant.answering.approved.wordings import StoredWordings, stored, vocabulary_of
from assistant.model import EditionId
from assistant.model.approved import ApprovedState, ApprovedVersion, Block
from assistant.ports import ApprovedStore, Embedder, Vectors

COMPARED = 8
"""Most answers that a question is compared with in full, the nearest ones."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held in memory of one state of the store."""

    stamp: int
    answers: tuple[tuple[ApprovedVersion, StoredWordings], ...] = ()
    blocks: tuple[tuple[Block, StoredWordings], ...] = ()
    vocabulary: Mapping[str, int] = field(default_factory=dict)
    """Words of the wordings of answers that are for everybody."""
    areas: tuple[str, ...] = ()
    """Areas of those answers."""
    vectors: Vectors = field(default_factory=lambda: np.zeros((0, 1), dtype=np.float32))
    """float32 (wordings of all answers, dim), in their order."""
    starts: tuple[int, ...] = ()
    """Row of the first wording of each answer."""
    by_words: Mapping[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict)
    """Places of the answers that have a wording of these words."""


NOTHING = Held(0)


@dataclass(eq=False)
class ApprovedIndex:
    """Approved answers and blocks for questions; may be used by several threads at once.

    Args:
        store: Gives the store; None where nothing is stored, which creates no file.
        embedder: The packaged encoder, which matching is calibrated with.
        calibration: The fitted model and threshold.
    """

    store: Callable[[], ApprovedStore | None]
    embedder: Embedder
    calibration: MatchingCalibration = field(default_factory=packaged_calibration)
    _held: Held = NOTHING
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def held(self) -> Held:
        """Returns what is live now; wordings are embedded once for each state of the store."""
        store = self.store()
        if store is None:
            return NOTHING
        stamp = store.stamp()
        held = self._held
        if held.stamp == stamp:
            return held
        with self._lock:
            if self._held.stamp != stamp:
                self._held = self._read(store, stamp)
            return self._held

    def asked(self, question: str, held: Held, areas: Sequence[str] = ()) -> Asked:
        """Returns a masked question read for comparison.

        Args:
            question: The question, standing alone.
            held: What it is compared with.
            areas: Areas of documents, which a question may name beside those of answers.
        """
        return asked_of(question, held.vocabulary, (*held.areas, *areas), self.embedder)

    def nearest(
        self, asked: Asked, held: Held, visible: Collection[EditionId], own_areas: Sequence[str] = ()
    ) -> tuple[tuple[ApprovedVersion, Compared], ...]:
        """Returns the answers nearest to a question, the best first; () for none.

        Args:
            asked: The question.
            held: The answers.
            visible: Editions that the asker may see; an answer that quotes another one is not there.
            own_areas: Areas that the asker is in where the question names none.
        """
        if not held.answers:
            return ()
        cosines = np.maximum.reduceat((held.vectors @ asked.vectors.T).max(axis=1), held.starts)
        places = (*held.by_words.get(asked.key, ()), *np.argsort(-cosines, kind="stable").tolist())
        chosen: dict[int, tuple[ApprovedVersion, StoredWordings]] = {}
        for place in places:
            if all(each in visible for each in held.answers[place][0].editions):
                chosen.setdefault(place, held.answers[place])
            if len(chosen) == COMPARED:
                break
        found = [(version, compared(asked, own, self.calibration, own_areas)) for version, own in chosen.values()]
        return tuple(sorted(found, key=lambda each: each[1].order, reverse=True))

    def is_match(self, found: Compared) -> bool:
        """Returns whether a question that was compared asks the same."""
        return is_match(found, self.calibration)

    def topic_blocks(self, asked: Asked, held: Held, groups: Collection[str]) -> tuple[Block, ...]:
        """Returns the blocks whose topic a question is on, of those that somebody with these groups may know of."""
        known = [(block, own) for block, own in held.blocks if all({*each} & {*groups} for each in block.groups)]
        found = ((block, compared(asked, own, self.calibration)) for block, own in known)
        return tuple(block for block, each in found if self._is_on_topic(each))

    def _is_on_topic(self, found: Compared) -> bool:
        return found.differs_in in (None, "kind") and (found.is_equal or found.score >= self.calibration.threshold)

    def _read(self, store: ApprovedStore, stamp: int) -> Held:
        live = [each for each in store.versions() if each.state is ApprovedState.LIVE]
        blocks = [each for each in store.blocks() if each.is_set]
        contents = [(each.answer_id, each.content.wordings, each.content.audience, each.content.area) for each in live]
        every = stored([*contents, *((each.block_id, each.topics, "", "") for each in blocks)], self.embedder)
        answers = tuple(zip(live, every[: len(live)], strict=True))
        open_ones = [(each, own) for each, own in answers if not each.groups]
        areas = tuple(dict.fromkeys(each.content.area for each, _ in open_ones if each.content.area))
        vocabulary = vocabulary_of([own for _, own in open_ones])
        rows = [each for _, own in answers for each in own.vectors]
        counts = [len(own.wordings) for _, own in answers]
        by_words: dict[tuple[str, ...], tuple[int, ...]] = {}
        for place, (_, own) in enumerate(answers):
            for key in own.keys:
                by_words[key] = (*by_words.get(key, ()), place)
        return Held(
            stamp, answers, tuple(zip(blocks, every[len(live) :], strict=True)), vocabulary, areas,
            np.array(rows, dtype=np.float32) if rows else np.zeros((0, 1), dtype=np.float32),
            tuple(accumulate(counts[:-1], initial=0)), by_words,
        )  # fmt: skip
