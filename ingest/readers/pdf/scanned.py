"""Pages of a PDF that are pictures: their recognised words as lines, so that they are read as any page is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from statistics import median

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind, Recognised, Run
from ingest.readers.ocr.pages import OcrPage, opened, read_page
from ingest.readers.ocr.tesseract import program
from ingest.readers.ocr.words import OcrWord
from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.lines import PdfPage, page_of
from ingest.readers.pdf.spans import Span

_ASCENDS, _DESCENDS = re.compile(r"[A-Zbdfhklt0-9£%&]"), re.compile(r"[gjpqy,;()]")
_HEIGHTS = {(True, False): 0.72, (True, True): 0.94, (False, True): 0.74, (False, False): 0.52}
"""Height of the ink of a word to the size of its print, by whether letters of it rise and whether some hang."""
_SAME_SIZE = 0.14
"""Share by which the sizes of lines of running text are measured apart."""
_APART = 1.3
"""Sizes of print between words from which they belong to different spans, which may be cells or columns."""
LEAST_PAGE = 0.6
"""Confidence that half of the words of a page have to reach."""
_LABEL = 6
"""Characters before a block in which its number stands."""
_BULLET_SIGNS = frozenset("e¢©«°®@*»·.")
"""What Tesseract takes a bullet for; none of them is an English word by itself."""


@dataclass(frozen=True, slots=True)
class ScannedPages:
    """Pages that were read from their pictures."""

    pages: tuple[PdfPage, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    doubtful: tuple[Recognised, ...] = ()
    """Words with numbers that are not sure."""


def read_scanned(path: Path, numbers: Sequence[int], heartbeat: Callable[[], None]) -> ScannedPages:
    """Returns pages of a PDF read by Tesseract; none where it is not installed.

    Args:
        path: The file.
        numbers: Of the pages.
        heartbeat: Called after each page: it takes seconds, and a scan has many.
    """
    if not numbers or program() is None:
        return ScannedPages()
    pages: list[PdfPage] = []
    recognised: list[Recognised] = []
    doubtful: list[Recognised] = []
    with opened(path) as document:
        for number in numbers:
            read = read_page(document, number)
            heartbeat()
            if median([word.confidence for word in read.words] or [0.0]) < LEAST_PAGE:
                continue  # a photograph, or a page that lies on its side: it stays a picture
            page = page_of(list(_spans(read)), number, read.width, read.height, Areas())
            pages.append(page)
            found = list(_found(read, page))
            recognised.extend(each for each, _ in found)
            doubtful.extend(each for each, is_doubtful in found if is_doubtful)
    return ScannedPages(tuple(pages), tuple(recognised), tuple(doubtful))


def without_doubtful(
    blocks: Sequence[Block], doubtful: Sequence[Recognised]
) -> tuple[tuple[Block, ...], tuple[Exclusion, ...]]:
    """Returns the blocks with those as figures that hold a number which is not sure, and a note on each of them.

    A figure is found and points to the picture of its page; it is never quoted.
    """
    at: dict[int, list[Recognised]] = {}
    for each in doubtful:
        at.setdefault(each.page, []).append(each)
    read: list[Block] = []
    notes: list[Exclusion] = []
    for block in blocks:
        pieces = _sentences(block) if block.kind is BlockKind.PARAGRAPH and _is_unsure_in(block, at) else [block]
        was_unsure = False
        for piece in pieces:
            was_unsure = _is_unsure_in(piece, at) or (was_unsure and _LEANS.match(piece.text) is not None)
            if was_unsure:
                piece = replace(piece, kind=BlockKind.FIGURE, level=1, label=None, marks=())
                notes.append(Exclusion(piece.page, "figure", f"number not read for certain: {piece.text}"[:80]))
            read.append(piece)
    return tuple(read), tuple(notes)


_SENTENCE_END = re.compile(r"(?<=[a-z0-9)%][.!?])\s+(?=[A-Z“‘\"'])")
_LEANS = re.compile(
    r"(?:this|that|these|those|it|they|he|she|such|however|but|and|or|unless|except|otherwise|in (?:that|this|such)|if (?:so|not)|"
    r"the same|there|then|here|both|neither|either|also|instead)\b",
    re.IGNORECASE,
)
"""What a sentence opens with that leans on the one before it: it is held back with that."""


def _sentences(block: Block) -> list[Block]:
    """Returns a paragraph as a block a sentence, each with the places of its characters."""
    ends = [found.start() for found in _SENTENCE_END.finditer(block.text)]
    starts = [0, *(found.end() for found in _SENTENCE_END.finditer(block.text))]
    return [_cut(block, start, end) for start, end in zip(starts, [*ends, len(block.text)], strict=True)]


def _cut(block: Block, start: int, end: int) -> Block:
    runs = tuple(
        Run(
            max(run.start, start) - start,
            min(run.start + run.length, end) - max(run.start, start),
            run.page,
            run.raw_start + max(start - run.start, 0),
        )
        for run in block.runs
        if run.start < end and start < run.start + run.length
    )
    return replace(
        block, text=block.text[start:end], runs=runs, label=block.label if not start else None, marks=(), links=()
    )


def _is_unsure_in(block: Block, at: dict[int, list[Recognised]]) -> bool:
    """Returns whether a block, or the number printed before it, holds a number that is not sure."""
    before = _LABEL if block.label else 0
    return any(
        _touches(each, run.raw_start - before, run.length + before)
        for run in block.runs
        for each in at.get(run.page, ())
    )


def _touches(each: Recognised, start: int, length: int) -> bool:
    return each.start < start + length and start < each.end


def _spans(page: OcrPage) -> Iterator[Span]:
    """Yields the words of a page as spans: those of a line together, apart where a gap parts them."""
    lines = [list(words) for _, words in groupby(page.words, key=lambda word: word.line)]
    sizes = _sizes([_size(words) / page.scale for words in lines])
    order = 0
    for words, size in zip(lines, sizes, strict=True):
        foot = page.height - _foot(words) / page.scale
        for piece in _pieces(words, size * page.scale):
            yield _span(piece, page, foot, size, order)
            order += 1


def _size(words: Sequence[OcrWord]) -> float:
    """Returns the size of print of a line, in pixels."""
    return median(
        word.height / _HEIGHTS[_ASCENDS.search(word.text) is not None, _DESCENDS.search(word.text) is not None]
        for word in words
    )


def _sizes(measured: Sequence[float]) -> list[float]:
    """Returns the sizes of lines: one for all that are measured about alike, the commonest first."""
    rounded = Counter(round(size) for size in measured)
    sizes: list[float] = []
    for common, _ in rounded.most_common():
        if not any(abs(common - size) <= _SAME_SIZE * size for size in sizes):
            sizes.append(float(common))
    return [next((size for size in sizes if abs(each - size) <= _SAME_SIZE * size + 0.5), each) for each in measured]


def _foot(words: Sequence[OcrWord]) -> float:
    standing = [word.bottom for word in words if not _DESCENDS.search(word.text)]
    return median(standing or [word.bottom for word in words])


def _pieces(words: Sequence[OcrWord], size: float) -> Iterator[list[OcrWord]]:
    piece: list[OcrWord] = []
    for word in words:
        if piece and word.left - piece[-1].right > _APART * size:
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _span(words: Sequence[OcrWord], page: OcrPage, foot: float, size: float, order: int) -> Span:
    text, lefts = "", list[float]()
    for at, word in enumerate(words):
        said = "•" if at == 0 and len(words) > 1 and word.text in _BULLET_SIGNS else word.text
        step = (word.right - word.left) / len(said)
        if text:
            text += " "
            lefts.append(words[at - 1].right / page.scale)
        text += said
        lefts.extend((word.left + step * place) / page.scale for place in range(len(said)))
    return Span(text, lefts, words[-1].right / page.scale, foot, size, "recognised", False, 0, order)


_TOKEN = re.compile(r"\S+")


def _found(read: OcrPage, page: PdfPage) -> Iterator[tuple[Recognised, bool]]:
    """Yields each word with its place in the text of the page, and whether its number is doubtful.

    Words are in the order in which the lines wrote them; one that was put elsewhere is looked for by its letters.
    """
    waiting: dict[str, list[int]] = {}
    for place, word in enumerate(read.words):
        waiting.setdefault(word.text, []).append(place)
    for token in _TOKEN.finditer(page.raw):
        places = waiting.get(token[0], [])
        at = places.pop(0) if places else None
        confidence = read.words[at].confidence if at is not None else 0.0
        has_digit = any(letter.isdigit() for letter in token[0])
        is_doubtful = has_digit and (at is None or _is_unsure(token[0], read))
        yield Recognised(page.number, token.start(), token.end(), round(confidence, 3)), is_doubtful


def _is_unsure(text: str, read: OcrPage) -> bool:
    """Returns whether any word of these letters on the page is doubtful: which of several it is does not matter."""
    return any(read.words[at].text == text for at in read.doubtful)
