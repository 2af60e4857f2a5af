"""Twins as the reranker is trained on them: groups of near questions, asked of a library with the product's own search.

Each hand has a library of its own, of the documents that it invented (``evals/dataset/hands.py``). The old material comes from the
documents that the served model learnt from, and keeps it from forgetting them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.answerability.calibration import Calibration, load_calibration
from assistant.bootstrap import Assistant
from assistant.errors import LibraryEmpty
from assistant.settings import Settings
from evals.calibration.collect import gather_all
from evals.dataset.hands import hand_items, read_hand, write_documents
from evals.dataset.items import Item
from evals.dataset.training_set import (
    HELD_BACK,
    OWN,
    own_items,
    publish_training,
    training_items,
    twin_documents,
    twin_items,
)
from evals.dataset.twins import author_of
from evals.training.candidate_lists import Asked, Group, asked_of, single_groups, twin_groups
from ingest.build import ingest

TRAINED_HANDS = ("t1", "t2", "t3", "t4", "t5", "t6", "t7")
"""Hands that the reranker is trained on; the other two are for calibration and for choosing."""
TRAINED_TWINS = ("twins", "twins-a2", "twins-a3", "twins-a5", "twins-b1")
"""Files of twins that it is trained on besides, ours and shared; the others are for calibration and for choosing."""
LENGTH = 3
"""Texts of a list of near questions."""
OLD_LENGTH = 4
_PACKAGED = "calibration-tuned-reranker.json"


@dataclass(frozen=True, slots=True)
class TwinMaterial:
    """What is trained on."""

    twins: tuple[Group, ...]
    old: tuple[Group, ...]


def load_twin_material(training: Path, out: Path, seed: int) -> TwinMaterial:
    """Returns the groups of near questions, and single questions of the old material.

    Args:
        training: Folder of the shared training material.
        out: Folder for the libraries; one that is there already is used again.
        seed: Of what is drawn.

    Raises:
        ConfigurationError: The shared material is not there; says where it belongs.
        QuestionFileError: A line of a file is no row of twins.
    """
    hands = (group for hand in TRAINED_HANDS for group in _groups_of(hand, out / hand, seed))
    shared = _shared_groups(training, out / "shared", seed)
    old = _old_questions(training, out / "old")
    return TwinMaterial((*hands, *shared), tuple(single_groups(old, OLD_LENGTH, seed)))


def _shared_groups(training: Path, out: Path, seed: int) -> Iterator[Group]:
    """Yields the groups of pairs of twins, each asked of its own document."""
    assistant = _assistant(out)
    if _is_empty(assistant):
        paths = twin_documents(training, TRAINED_TWINS)
        ingest(paths, assistant.library, assistant.embedder, assistant.settings)
    with assistant.opened() as snapshot:
        items = twin_items(training, TRAINED_TWINS, [each.edition_id for each in snapshot.editions()])
    by_twin: dict[tuple[str, str], list[Asked]] = {}
    for item, asked in zip(items, _asked(items, assistant), strict=True):
        pair = by_twin.setdefault((author_of(item), item.id[:-1]), [])
        pair.insert(0 if item.gold else len(pair), asked)
    pairs = [pair for pair in by_twin.values() if len(pair) > 1]
    return twin_groups(pairs, [""] * len(pairs), LENGTH, seed)


def _groups_of(hand: str, out: Path, seed: int) -> Iterator[Group]:
    rows = read_hand(hand)
    assistant = _assistant(out)
    if _is_empty(assistant):
        write_documents(rows, out / "documents")
        ingest((out / "documents",), assistant.library, assistant.embedder, assistant.settings)
    asked = iter(_asked(hand_items(rows), assistant))
    families = [[next(asked) for _ in range(1 + len(row.near))] for row in rows]
    return twin_groups(families, [row.tempting for row in rows], LENGTH, seed)


def _old_questions(training: Path, out: Path) -> tuple[Asked, ...]:
    """Returns the questions of the old material, without those whose answer search does not find."""
    assistant = _assistant(out)
    if _is_empty(assistant):
        publish_training(training, assistant.library, assistant.embedder, assistant.settings)
        ingest((OWN / "texts",), assistant.library, assistant.embedder, assistant.settings)
    items = (*(item for item in training_items(training) if item.work not in HELD_BACK), *own_items())
    found = _asked(items, assistant)
    return tuple(each for each, item in zip(found, items, strict=True) if each.gold or not item.gold)


def _assistant(out: Path) -> Assistant:
    return Assistant(Settings(data=out / "data", embedder="tuned", reranker="none"))


def _is_empty(assistant: Assistant) -> bool:
    try:
        with assistant.library.open():
            return False
    except LibraryEmpty:
        return True


def _asked(items: Sequence[Item], assistant: Assistant) -> tuple[Asked, ...]:
    calibration: Calibration = load_calibration(None, _PACKAGED)
    with assistant.opened() as snapshot:
        today, settings = assistant.resources.today(), assistant.settings
        gathered = gather_all(items, snapshot, assistant.embedder, settings, today, _progress)
        return tuple(asked_of(each, calibration, settings.hits_k) for each in gathered)


def _progress(done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        sys.stderr.write(f"{done} of {total} questions searched\n")
