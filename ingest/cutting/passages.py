"""Cuts a laid-out file into passages: by structure, in whole sentences, within the encoder's window."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.model import Digest, Edition, Passage, PassageId, Section, Sentence, Span
from ingest.cutting.sections import Layout, Unit
from ingest.readers.blocks import BlockKind

FILL = 0.7
"""Neighbouring units of a section are merged while they fill less than this share of the window."""
MOST_HEAD_SHARE = 0.3
"""Most of the window that title and headings may take."""

CountTokens = Callable[[Sequence[str]], tuple[int, ...]]


def cut_passages(
    edition: Edition, layout: Layout, *, count_tokens: CountTokens, limit_tokens: int
) -> tuple[Passage, ...]:
    """Returns the passages of an edition in reading order.

    Together they cover every character of body text once, and none crosses a section. A sentence is never split;
    one that alone exceeds the window keeps its passage, and only its ``embed_text`` is cut.

    Args:
        edition: Whose title is embedded with every passage.
        layout: The file, laid out.
        count_tokens: Counts word pieces, special ones included.
        limit_tokens: Most word pieces of an ``embed_text``.
    """
    pieces = _pieces(layout)
    sizes = count_tokens([layout.text[piece.span.start : piece.span.end] for piece in pieces])
    heads = [_head(edition, section) for section in layout.sections]
    head_sizes = count_tokens(heads)
    groups = _grouped(pieces, sizes, head_sizes, limit_tokens)
    return _passages(edition, layout, groups, heads, count_tokens, limit_tokens)


class _Piece:
    """A sentence with the white space to the next one's start left out; the smallest thing a passage holds."""

    __slots__ = ("label", "sentence", "span", "unit", "unit_index")

    def __init__(self, unit: Unit, unit_index: int, span: Span, sentence: Sentence | None) -> None:
        self.unit = unit
        self.unit_index = unit_index
        self.span = span
        self.sentence = sentence
        self.label = unit.label


def _pieces(layout: Layout) -> list[_Piece]:
    pieces: list[_Piece] = []
    for index, unit in enumerate(layout.units):
        if not unit.sentences:
            pieces.append(_Piece(unit, index, unit.span, None))
            continue
        starts = [unit.span.start, *(each.span.start for each in unit.sentences[1:])]
        ends = [*starts[1:], unit.span.end]
        for sentence, start, end in zip(unit.sentences, starts, ends, strict=True):
            pieces.append(_Piece(unit, index, Span(start, end), sentence))
    return pieces


def _head(edition: Edition, section: Section) -> str:
    return " | ".join((edition.title, *section.headings))


def _grouped(
    pieces: Sequence[_Piece], sizes: Sequence[int], head_sizes: Sequence[int], limit: int
) -> list[list[_Piece]]:
    groups: list[list[_Piece]] = []
    filled = 0
    for piece, size in zip(pieces, sizes, strict=True):
        room = limit - min(head_sizes[piece.unit.section], int(MOST_HEAD_SHARE * limit)) - 4
        if groups and _may_join(groups[-1], piece, filled, size, room):
            groups[-1].append(piece)
            filled += size
        else:
            groups.append([piece])
            filled = size + _lead_tokens(piece)
    return groups


def _lead_tokens(piece: _Piece) -> int:
    """Returns a generous estimate of the tokens of the lead-ins that a passage starting here would repeat."""
    if piece.sentence is None:
        return 0
    return sum((span.end - span.start) // 4 + 2 for span in piece.sentence.lead_ins)


def _may_join(group: Sequence[_Piece], piece: _Piece, filled: int, size: int, room: int) -> bool:
    last = group[-1]
    is_figure = BlockKind.FIGURE in (last.unit.kind, piece.unit.kind)
    if last.unit.section != piece.unit.section or is_figure or filled + size > room:
        return False
    if last.unit_index == piece.unit_index or piece.unit.kind in (BlockKind.LIST_ITEM, BlockKind.FOOTNOTE):
        return True
    return filled + size <= FILL * room


def _passages(
    edition: Edition,
    layout: Layout,
    groups: Sequence[Sequence[_Piece]],
    heads: Sequence[str],
    count_tokens: CountTokens,
    limit: int,
) -> tuple[Passage, ...]:
    texts = [layout.text[group[0].span.start : group[-1].span.end] for group in groups]
    wholes = [_embedded(layout, group, heads, text) for group, text in zip(groups, texts, strict=True)]
    counted = count_tokens(wholes)
    seen: Counter[str] = Counter()
    passages = []
    for group, text, whole, size in zip(groups, texts, wholes, counted, strict=True):
        section = layout.sections[group[0].unit.section]
        embed_text = whole if size <= limit else _shortened(edition, text, count_tokens, limit)
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        seen[name] += 1
        sentences = tuple(piece.sentence for piece in group if piece.sentence is not None)
        label = next((piece.label for piece in group if piece.unit.kind is BlockKind.PARAGRAPH and piece.label), None)
        passages.append(
            Passage(
                PassageId(f"{edition.edition_id}:{name}:{seen[name]}"),
                edition.edition_id,
                Span(group[0].span.start, group[-1].span.end),
                section.headings,
                label or section.label,
                text,
                embed_text,
                _digest(embed_text, layout.text, sentences),
                sentences,
                all(piece.unit.kind is not BlockKind.FIGURE for piece in group),
            )
        )
    return tuple(passages)


def _embedded(layout: Layout, group: Sequence[_Piece], heads: Sequence[str], text: str) -> str:
    first = group[0].sentence
    lead_ins = [layout.text[start:end] for start, end in first.lead_ins] if first else []
    return " | ".join((heads[group[0].unit.section], " ".join((*lead_ins, text))))


def _shortened(edition: Edition, text: str, count_tokens: CountTokens, limit: int) -> str:
    """Returns title and text, or as many words of the text as fit."""
    whole = f"{edition.title} | {text}"
    if count_tokens([whole])[0] <= limit:
        return whole
    words = text.split()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = count_tokens([" ".join(words[:middle])])[0] <= limit
        low, high = (middle, high) if fits else (low, middle - 1)
    return " ".join(words[:low]) or text[:limit]


def _digest(embed_text: str, text: str, sentences: Sequence[Sentence]) -> Digest:
    """Returns the digest of everything of a passage that is embedded: its text and each of its sentences."""
    sentence_texts = (embedded_sentence(text, sentence) for sentence in sentences)
    return Digest(hashlib.sha256("\x00".join((embed_text, *sentence_texts)).encode()).hexdigest())


def embedded_sentence(text: str, sentence: Sentence) -> str:
    """Returns what of a sentence is embedded: its lead-ins and the sentence.

    Args:
        text: The edition text.
        sentence: A sentence of it.
    """
    return " ".join(text[start:end] for start, end in (*sentence.lead_ins, sentence.span))
