"""The live approved answers and the blocks in memory, read again when what is stored changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

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
from assistant.model.approved import ApprovedState, ApprovedVersion, Block
from assistant.ports import ApprovedStore, Embedder

COMPARED = 8
"""Most answers that a question is compared with in full, the nearest ones."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held in memory of one state of the store."""

    stamp: int
    answers: tuple[tuple[ApprovedVersion, StoredWordings], ...] = ()
    blocks: tuple[tuple[Block, StoredWordings], ...] = ()
    vocabulary: Mapping[str, int] = field(default_factory=dict)
    areas: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no question needs to be compared with anything."""
        return not self.answers and not self.blocks


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
        self, asked: Asked, answers: Sequence[tuple[ApprovedVersion, StoredWordings]], own_areas: Sequence[str] = ()
    ) -> tuple[tuple[ApprovedVersion, Compared], ...]:
        """Returns the answers nearest to a question, the best first; () for none."""
        by_cosine = sorted(answers, key=lambda each: -float((each[1].vectors @ asked.vectors.T).max()))[:COMPARED]
        equal = [each for each in answers if asked.key in each[1].keys and each not in by_cosine]
        found = [(version, compared(asked, own, self.calibration, own_areas)) for version, own in (*equal, *by_cosine)]
        return tuple(sorted(found, key=lambda each: each[1].order, reverse=True))

    def is_match(self, found: Compared) -> bool:
        """Returns whether a question that was compared asks the same."""
        return is_match(found, self.calibration)

    def topic_blocks(self, asked: Asked, held: Held) -> tuple[Block, ...]:
        """Returns the blocks whose topic a question is on."""
        found = ((block, compared(asked, own, self.calibration)) for block, own in held.blocks)
        return tuple(block for block, each in found if self._is_on_topic(each))

    def _is_on_topic(self, found: Compared) -> bool:
        return found.differs_in in (None, "kind") and (found.is_equal or found.score >= self.calibration.threshold)

    def _read(self, store: ApprovedStore, stamp: int) -> Held:
        live = [each for each in store.versions() if each.state is ApprovedState.LIVE]
        blocks = [each for each in store.blocks() if each.is_set]
        contents = [(each.answer_id, each.content.wordings, each.content.audience, each.content.area) for each in live]
        every = stored([*contents, *((each.block_id, each.topics, "", "") for each in blocks)], self.embedder)
        answers = tuple(zip(live, every[: len(live)], strict=True))
        areas = tuple(dict.fromkeys(each.content.area for each in live if each.content.area))
        return Held(stamp, answers, tuple(zip(blocks, every[len(live) :], strict=True)), vocabulary_of(every), areas)
