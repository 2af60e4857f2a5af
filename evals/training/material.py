"""The questions of the shared material and our own, mapped to passages and sentences as this project cuts them.

No model is trained on the documents held back here: the calibration is set on their questions.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from assistant.model import Document, Passage
from assistant.ports import Embedder
from assistant.settings import Settings
from evals.dataset.gold import is_shown, tokens
from evals.dataset.items import Item
from evals.dataset.training_set import (
    HELD_BACK,
    LEFT_OUT,
    own_documents,
    own_items,
    training_documents,
    training_items,
)
from ingest.cutting.passages import embedded_sentence

Place = TypeVar("Place", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage with the sentences that may be quoted from it."""

    passage: Passage
    sentences: tuple[str, ...]
    """Each with its lead-ins, as it is embedded."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with where its answer stands; both are empty for a near-miss."""

    item: Item
    passages: tuple[int, ...]
    """Places in ``Material.cuts`` that hold the gold quote."""
    sentences: tuple[tuple[int, int], ...]
    """(place of the passage, place of the sentence in it) that show the gold quote."""


@dataclass(frozen=True, slots=True)
class Material:
    """What may be trained on."""

    cuts: tuple[Cut, ...]
    questions: tuple[LabelledQuestion, ...]


def load_material(folder: Path, embedder: Embedder, settings: Settings, *, given_only: bool = False) -> Material:
    """Returns the material without the documents that are left out or held back.

    Args:
        folder: The shared training folder.
        embedder: Counts word pieces.
        settings: How long a passage may be.
        given_only: Leave out our own questions and texts.

    Raises:
        ConfigurationError: The material is not there; says where it belongs.
    """
    closed = LEFT_OUT | HELD_BACK
    documents = [
        document
        for document, _ in training_documents(folder, embedder, settings)
        if document.edition.edition_id not in closed
    ]
    documents += () if given_only else own_documents(embedder, settings)
    cuts = tuple(cut for document in documents for cut in _cuts(document))
    by_edition: dict[str, list[int]] = {}
    for place, cut in enumerate(cuts):
        by_edition.setdefault(cut.passage.edition_id, []).append(place)
    items = [
        *(item for item in training_items(folder) if item.work not in closed),
        *(() if given_only else own_items()),
    ]
    labelled = (_labelled(item, cuts, by_edition.get(str(item.work), [])) for item in items)
    return Material(cuts, tuple(each for each in labelled if each.passages or not each.item.gold))


def _cuts(document: Document) -> Iterator[Cut]:
    for passage in document.passages:
        if passage.is_quotable:
            yield Cut(passage, tuple(embedded_sentence(document.text, each) for each in passage.sentences))


def _labelled(item: Item, cuts: tuple[Cut, ...], places: list[int]) -> LabelledQuestion:
    if not item.gold:
        return LabelledQuestion(item, (), ())
    quote = item.gold[0].quote
    holding = _showing(quote, {place: cuts[place].passage.text for place in places})
    spoken = {(place, row): text for place in holding for row, text in enumerate(cuts[place].sentences)}
    return LabelledQuestion(item, holding, _showing(quote, spoken))


def _showing(quote: str, texts: Mapping[Place, str]) -> tuple[Place, ...]:
    """Returns where a quote is shown: whole where it is so anywhere, else most of it (which is slow to find)."""
    needle = _spaced(quote)
    whole = tuple(place for place, text in texts.items() if needle in _spaced(text))
    return whole or tuple(place for place, text in texts.items() if is_shown(quote, text))


@lru_cache(maxsize=1 << 16)
def _spaced(text: str) -> str:
    return f" {' '.join(tokens(text))} "
