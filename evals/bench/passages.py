"""Passages to measure on: real ones as far as they go, then generated ones."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pypdf

from assistant.model import (
    Digest,
    Document,
    Edition,
    EditionId,
    Kind,
    Page,
    Passage,
    PassageId,
    Section,
    Sentence,
    Span,
)
from evals.dataset.shared import shared_folder

PER_EDITION = 100
PASSAGE_WORDS = 120
SENTENCE_WORDS = 20
RARE_WORDS = 20_000
"""Invented words, as rare as names and references are, so that the vocabulary grows with the corpus."""
RARE_SHARE = 0.05
OWN = Path(__file__).parents[2] / "corpus"
REAL_PDF = "working-together-2023.pdf"


def shared_corpus() -> Path | None:
    """Returns the folder of real documents, None where this machine has none."""
    folder = shared_folder() / "corpus"
    return folder if folder.is_dir() else None


@dataclass(frozen=True, slots=True)
class Stock:
    """Texts in the order in which they are used."""

    real: tuple[str, ...]
    words: tuple[str, ...]
    shares: tuple[float, ...]
    """How often each word occurs in the real texts."""


@cache
def stock() -> Stock:
    """Returns the real texts, cut every 120 words, and the frequencies of their words."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(OWN.glob("*.md"))]
    shared = shared_corpus()
    if shared is not None and (shared / REAL_PDF).exists():
        texts += [page.extract_text() for page in pypdf.PdfReader(shared / REAL_PDF).pages]
    tokens = re.findall(r"\S+", " ".join(texts))
    real = [" ".join(tokens[i : i + PASSAGE_WORDS]) for i in range(0, len(tokens), PASSAGE_WORDS)]
    counted = Counter(tokens)
    total = sum(counted.values())
    return Stock(tuple(real), tuple(counted), tuple(each / total for each in counted.values()))


def _generated(seed: int) -> Iterator[str]:
    """Yields texts of 60 to 180 words with the word frequencies of the real ones, for ever."""
    held, rng = stock(), np.random.default_rng(seed)
    common, edges = np.array(held.words), np.cumsum(held.shares)
    while True:
        count = int(rng.integers(60, 181))
        words = common[np.minimum(np.searchsorted(edges, rng.random(count)), len(common) - 1)].tolist()
        for at in np.flatnonzero(rng.random(count) < RARE_SHARE).tolist():
            words[at] = f"z{rng.integers(RARE_WORDS)}x"
        yield " ".join(words)


def texts(count: int, seed: int = 7) -> Iterator[str]:
    """Yields ``count`` texts: every real one first, then generated ones; the same for the same seed."""
    real = stock().real[:count]
    yield from real
    yield from islice(_generated(seed), count - len(real))


def documents(count: int, seed: int = 7) -> Iterator[Document]:
    """Yields documents of 100 passages each, ``count`` passages in all, their kinds in turn."""
    stream = texts(count, seed)
    for number in range((count + PER_EDITION - 1) // PER_EDITION):
        yield _document(number, tuple(islice(stream, PER_EDITION)))


def _document(number: int, held: tuple[str, ...]) -> Document:
    edition_id = EditionId(f"bench-{number:05}")
    kind = list(Kind)[number % len(Kind)]
    title = f"Benchmark edition {number}"
    edition = Edition(edition_id, str(edition_id), title, kind, sha256=hashlib.sha256(title.encode()).hexdigest())
    text = "\n".join(held)
    passages, start = [], 0
    for nth, each in enumerate(held):
        passages.append(_passage(edition, nth, Span(start, start + len(each)), each))
        start += len(each) + 1
    page = Page(1, "1", 0, len(text))
    return Document(edition, text, (page,), (Section((title,), Span(0, len(text))),), tuple(passages))


def _passage(edition: Edition, nth: int, span: Span, text: str) -> Passage:
    embed_text = f"{edition.title}\n{text}"
    digest = Digest(hashlib.sha256(embed_text.encode()).hexdigest())
    name = PassageId(f"{edition.edition_id}:{nth:04}")
    return Passage(
        name, edition.edition_id, span, (edition.title,), None, text, embed_text, digest, _sentences(text, span.start)
    )


def _sentences(text: str, start: int) -> tuple[Sentence, ...]:
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    cuts = [0, *ends[SENTENCE_WORDS - 1 : -1 : SENTENCE_WORDS], len(text)]
    spans = [Span(start + a + (1 if a else 0), start + b) for a, b in pairwise(cuts)]
    return tuple(Sentence(span) for span in spans if span.end > span.start)
