"""The calibration material: questions with gold over ready passages, asked of a library of their own.

The material lies in the shared training folder (``ASSISTANT_SHARED/training``); it is never copied. Rows of
``kcsie-2024`` are left out, since nearly all of its text is in KCSIE 2025, which is reported on.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import ConfigurationError
from assistant.model import Document, Edition, EditionId, Kind
from assistant.ports import Embedder, Library, Source, Update
from assistant.settings import Settings
from evals.dataset.hands import hand_items, read_hand, write_documents
from evals.dataset.items import Gold, Item, QuestionType, load_all
from evals.dataset.twins import read_twins
from ingest.build import document_of
from ingest.publish.embedding import embed_missing
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.markdown import read_markdown
from ingest.readers.source_map import mapped, normalised

OWN = Path(__file__).parents[1] / "training"
LEFT_OUT = frozenset({"kcsie-2024"})
HELD_BACK = frozenset({"quality-standards-2015", "health-lac-2022", "csw-act-2017", "families-first-evaluation"})
"""Documents that no model of our own is trained on: a quarter of the answerable questions, for their calibration."""

CALIBRATED_TWINS = ("twins-a1", "twins-a4")
"""Files of shared twins by two authors, over local thresholds and over law, on which no model is trained: for the calibration."""
CALIBRATED_HANDS = ("t8", "t9")
"""Hands of ``evals/training/twins`` on whose rows no model is trained."""
DEVELOPMENT_DOCUMENTS = ("children-missing-education", "information-sharing")
"""Documents of the development split, whose twins are left out."""


def twin_files(training: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Returns files of twins by name: those of the shared material, which lie beside ``training``, and our own.

    Raises:
        ConfigurationError: A file is not there; says where it belongs.
    """
    folders = (training.parent / "questions", OWN / "questions")
    files = [next((path for each in folders if (path := each / f"{name}.jsonl").is_file()), None) for name in names]
    absent = [name for name, path in zip(names, files, strict=True) if path is None]
    if absent:
        raise ConfigurationError(
            f"{absent[0]}.jsonl: not there. Set ASSISTANT_SHARED to the folder that holds questions."
        )
    return tuple(path for path in files if path is not None)


def twin_items(training: Path, names: Sequence[str], editions: Collection[str]) -> tuple[Item, ...]:
    """Returns the questions of files of twins by name, without those over development documents."""
    items = read_twins(twin_files(training, names), editions)
    return tuple(item for item in items if not item.work.startswith(DEVELOPMENT_DOCUMENTS))


def twin_documents(training: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Returns the documents that files of twins quote: real local ones and invented ones of the shared material."""
    lines = (line for path in twin_files(training, names) for line in path.read_text("utf-8").splitlines())
    quoted = {gold["edition_id"] for line in lines for gold in json.loads(line)["gold"]}
    folders = (training.parent / "local", training.parent / "invented")
    return tuple(path for each in folders for path in sorted(each.glob("*.*")) if path.stem in quoted)


def hands_items(names: Sequence[str]) -> tuple[Item, ...]:
    """Returns the questions of some hands, each asked of the documents of its hand; of two near ones the first."""
    items = (item for name in names for item in hand_items(read_hand(name)))
    return tuple(item for item in items if not item.id.endswith("-n2"))


def hand_documents(names: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Writes the documents of some hands below a folder; returns the folder of each."""
    for name in names:
        write_documents(read_hand(name), folder / name)
    return tuple(folder / name for name in names)


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yields the rows of a file of the material.

    Raises:
        ConfigurationError: The file is not there; says where it belongs.
    """
    path = folder / name
    if not path.is_file():
        raise ConfigurationError(f"{path}: not there. Set ASSISTANT_SHARED to the folder that holds training/{name}.")
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def training_items(folder: Path) -> tuple[Item, ...]:
    """Returns the questions of the material, answerable and near-misses, without the editions left out."""
    return tuple(_item(row) for row in rows(folder, "questions.jsonl") if row["document_id"] not in LEFT_OUT)


def _item(row: dict[str, Any]) -> Item:
    gold: tuple[Gold, ...] = ()
    if row["answerable"]:
        gold = (Gold(document_id=row["document_id"], page=row["page"], quote=row["quote"]),)  # type: ignore[call-arg]
    kind = QuestionType.ANSWERABLE if row["answerable"] else QuestionType.UNANSWERABLE
    return Item(
        id=f"train-{row['id']}",
        type=kind,
        question=row["question"],
        gold=gold,
        why=row["why"],
        editions=(row["document_id"],),
        split="calibration",
        work=row["document_id"],
    )


def publish_training(folder: Path, library: Library, embedder: Embedder, settings: Settings) -> None:
    """Publishes the passages of the material as editions, one per document, each passage a paragraph."""
    documents = training_documents(folder, embedder, settings)
    with library.writing():
        embed_missing([each for each, _ in documents], library, embedder, lambda stage, done, total: None)
        library.publish(Update(tuple(documents)))


def training_documents(folder: Path, embedder: Embedder, settings: Settings) -> list[tuple[Document, Source]]:
    """Returns the documents of the material, by name, each passage a paragraph."""
    by_document: dict[str, list[dict[str, Any]]] = {}
    for row in rows(folder, "passages.jsonl"):
        by_document.setdefault(row["document_id"], []).append(row)
    return [_document(name, found, embedder, settings) for name, found in sorted(by_document.items())]


def own_items() -> tuple[Item, ...]:
    """Returns our own training questions, over our invented texts."""
    return load_all(sorted((OWN / "questions").glob("*.yaml")))


def own_documents(embedder: Embedder, settings: Settings) -> list[Document]:
    """Returns our invented texts, by name, as `assistant ingest` reads and cuts them."""
    found = []
    for path in sorted((OWN / "texts").glob("*.md")):
        read = read_markdown(path)
        edition = Edition(EditionId(path.stem), path.stem, read.title or path.stem, Kind.POLICY)
        found.append(document_of(edition, read, embedder, settings))
    return found


def _document(
    name: str, found: Sequence[dict[str, Any]], embedder: Embedder, settings: Settings
) -> tuple[Document, Source]:
    blocks = []
    pages = max(row["page"] for row in found)
    lengths = [0] * pages
    texts = [""] * pages
    for row in found:
        text = normalised(mapped(row["text"], row["page"], lengths[row["page"] - 1]))
        blocks.append(Block(BlockKind.PARAGRAPH, text.text, text.runs()))
        texts[row["page"] - 1] += row["text"] + "\n"
        lengths[row["page"] - 1] += len(row["text"]) + 1
    raw = tuple(texts)
    edition = Edition(EditionId(name), name, name.replace("-", " "), Kind.STATUTORY_GUIDANCE)
    read = ReadFile(tuple(blocks), raw, tuple(str(number) for number in range(1, pages + 1)))
    source = Source(edition.edition_id, Path("training"), Path(name), "", "training-1")
    return document_of(edition, read, embedder, settings), source
