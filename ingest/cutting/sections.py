"""Lays a file out as one edition text, with pages, sections, units of quotation and footnotes on it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import Footnote, OffsetRun, Page, Recognised, Reference, Section, Sentence, SentenceKind, Span
from ingest.cutting.sentences import sentence_spans
from ingest.readers.blocks import Block, BlockKind, ReadFile, Run
from ingest.readers.blocks import Recognised as RecognisedWord
from ingest.readers.myths import is_of_myths

SEPARATOR = "\n\n"
ITEM_SEPARATOR = "\n"
LABEL = -1000
"""Key of a label that leads into the line after it."""
LABEL_WORDS = 6
"""Most words of a line that is a label."""
VALUE_WORDS = 25
"""Most words of a line that is what a label before it names."""
LONG_WORDS = 60
"""A list item or table row of more words than this is quoted sentence by sentence."""


WORDS_TOGETHER = 6
"""Words read by OCR whose confidence is stored as one."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One block of body text on the edition text: what a passage is made of."""

    span: Span
    kind: BlockKind
    section: int
    """Index of its section."""
    label: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as one edition text."""

    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    units: tuple[Unit, ...]
    footnotes: tuple[Footnote, ...]
    references: tuple[Reference, ...]
    offsets: tuple[OffsetRun, ...]


def lay_out(read: ReadFile) -> Layout:
    """Returns a file laid out: every block once, in reading order, on one string."""
    text, starts = _text(read.blocks)
    sections, section_of = _sections(read.blocks, starts, len(text))
    return Layout(
        text,
        _pages(read, starts, len(text)),
        sections,
        _units(read.blocks, starts, section_of),
        _footnotes(read.blocks, starts),
        _references(read.blocks, starts),
        _offsets(read.blocks, starts),
    )


def _text(blocks: Sequence[Block]) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for before, block in zip((None, *blocks), blocks, strict=False):
        if before is not None:
            is_item = block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
            separator = ITEM_SEPARATOR if is_item else SEPARATOR
            pieces.append(separator)
            length += len(separator)
        starts.append(length)
        pieces.append(block.text)
        length += len(block.text)
    return "".join(pieces), tuple(starts)


def _pages(read: ReadFile, starts: Sequence[int], length: int) -> tuple[Page, ...]:
    """Returns page stretches that cover the text; what comes from no page belongs to the stretch before it."""
    turns: list[tuple[int, int]] = []
    for block, start in zip(read.blocks, starts, strict=True):
        for run in block.runs:
            if not turns or turns[-1][1] != run.page:
                turns.append((start + run.start if turns else 0, run.page))
    if not turns:
        turns = [(0, 1)]
    ends = [*(start for start, _ in turns[1:]), length]
    recognised = _recognised(read, starts)
    return tuple(
        Page(
            number,
            read.page_labels[number - 1],
            start,
            end,
            tuple(each for each in recognised if start <= each.start < end),
        )
        for (start, number), end in zip(turns, ends, strict=True)
    )


def _recognised(read: ReadFile, starts: Sequence[int]) -> list[Recognised]:
    """Returns the stretches of the edition text that were read by OCR, some words in each, in order."""
    pages: dict[int, list[RecognisedWord]] = {}
    for each in read.recognised:
        pages.setdefault(each.page, []).append(each)
    stretches: list[Recognised] = []
    for block, start in zip(read.blocks, starts, strict=True) if pages else ():
        words = [word for run in block.runs for word in _words_of(run, start, pages.get(run.page, []))]
        for at in range(0, len(words), WORDS_TOGETHER):
            group = words[at : at + WORDS_TOGETHER]
            mean = sum(each.confidence for each in group) / len(group)
            stretches.append(Recognised(group[0].start, group[-1].end, round(mean, 3)))
    return stretches


def _words_of(run: Run, start: int, words: Sequence[RecognisedWord]) -> list[Recognised]:
    """Returns the recognised words of a run, at their places in the edition text."""
    first = bisect_right(words, run.raw_start, key=lambda each: each.end)
    found = []
    for each in words[first:]:
        if each.start >= run.raw_start + run.length:
            break
        begin, end = max(each.start, run.raw_start), min(each.end, run.raw_start + run.length)
        by = start + run.start - run.raw_start
        found.append(Recognised(begin + by, end + by, each.confidence))
    return found


def _depth(label: str | None) -> int | None:
    return label.count(".") + 1 if label and label[:1].isdigit() else None


def _sections(
    blocks: Sequence[Block], starts: Sequence[int], length: int
) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """Returns the sections, and for each block the index of the section that it stands in."""
    stack: list[Block] = []
    opened: list[tuple[tuple[str, ...], int, str | None]] = [((), 0, None)]
    section_of: list[int] = []
    for block, start in zip(blocks, starts, strict=True):
        is_outside = block.under is not None and bool(stack) and stack[-1].level > block.under
        while is_outside and stack and stack[-1].level > (block.under or 0):
            stack.pop()
        if block.kind is BlockKind.HEADING:
            while stack and _closes(block, stack[-1]):
                stack.pop()
            stack.append(block)
        if block.kind is BlockKind.HEADING or is_outside:
            label = next((each.label for each in reversed(stack) if each.label), None)
            opened.append((tuple(each.text for each in stack), start, label))
        section_of.append(len(opened) - 1)
    ends = [*(start for _, start, _ in opened[1:]), length]
    sections = tuple(
        Section(headings, Span(start, end), label) for (headings, start, label), end in zip(opened, ends, strict=True)
    )
    return sections, tuple(section_of)


def _closes(heading: Block, before: Block) -> bool:
    depth, depth_before = _depth(heading.label), _depth(before.label)
    if depth is not None and depth_before is not None:
        return depth_before >= depth
    return before.level >= heading.level


def _units(blocks: Sequence[Block], starts: Sequence[int], section_of: Sequence[int]) -> tuple[Unit, ...]:
    units: list[Unit] = []
    lead_ins: dict[int, Span] = {}
    has_myths = False
    marked: dict[str, Sentence] = {}
    for block, after, start, section in zip(blocks, _following(blocks), starts, section_of, strict=True):
        if block.kind is BlockKind.HEADING:
            lead_ins, has_myths = {}, False
            continue
        before = _rule_of(block, marked) or _lead_ins_of(block, lead_ins)
        is_whole = is_of_myths(block.text) or (block.kind is BlockKind.TABLE_ROW and has_myths)
        has_myths = is_whole if block.kind is BlockKind.TABLE_HEADER else has_myths
        sentences = () if _is_bare_label(block, after) else _sentences(block, start, before, is_whole)
        marked.update(_marked(block, start, sentences))
        lead_ins = _next_lead_ins(block, start, sentences, lead_ins)
        units.append(Unit(Span(start, start + len(block.text)), block.kind, section, block.label, sentences))
    return tuple(units)


def _following(blocks: Sequence[Block]) -> list[Block | None]:
    """Returns the block of running text after each; footnotes and figures between them do not count."""
    following: list[Block | None] = []
    after: Block | None = None
    for block in reversed(blocks):
        following.append(after)
        after = after if block.kind in (BlockKind.FOOTNOTE, BlockKind.FIGURE) else block
    return following[::-1]


_REFERS = re.compile(
    r"\b(?:acts?|regulations?|rules|order|directive|sections?|paragraphs?|paras?|pages?|chapters?|annex|appendix|see|ibid|"
    r"available|guidance|published|review|report|cf)\b|\d{4}|https?:|www\.|@",
    re.IGNORECASE,
)
"""Words of a note that only says where something stands."""


def _rule_of(block: Block, marked: dict[str, Sentence]) -> tuple[Span, ...]:
    """Returns the marked sentence of a note that limits or explains it, with its lead-ins; () for other blocks."""
    sentence = marked.get(block.label or "") if block.kind is BlockKind.FOOTNOTE else None
    is_told = block.text.endswith(".") and len(block.text.split()) > 2 and not _REFERS.search(block.text)
    return (*sentence.lead_ins, sentence.span) if sentence is not None and is_told else ()


def _marked(block: Block, start: int, sentences: Sequence[Sentence]) -> dict[str, Sentence]:
    """Returns the sentence that each footnote mark of a block stands in."""
    if block.kind is BlockKind.FOOTNOTE:
        return {}
    places = {each.mark: start + each.offset for each in block.marks}
    return {
        mark: sentence
        for mark, place in places.items()
        for sentence in sentences
        if sentence.span.start < place <= sentence.span.end
    }


def _is_bare_label(block: Block, after: Block | None) -> bool:
    """Returns whether a block names something and says nothing of it: "Next review:", "Name | "; never quoted alone."""
    if block.kind is BlockKind.TABLE_ROW:
        first, *others = (cell.strip() for cell in block.text.split("|"))
        is_name = first.endswith((":", "?")) or (len(first.split()) <= LABEL_WORDS and not first.endswith("."))
        return bool(others) and not any(others) and is_name
    is_short = block.text.endswith(":") and len(block.text.split()) <= LABEL_WORDS
    if not is_short or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    leads_on = after is not None and after.kind is BlockKind.LIST_ITEM
    return not leads_on or (block.kind is BlockKind.LIST_ITEM and after is not None and after.level <= block.level)


def _lead_ins_of(block: Block, lead_ins: dict[int, Span]) -> tuple[Span, ...]:
    if block.kind is BlockKind.LIST_ITEM:
        return tuple(span for level, span in sorted(lead_ins.items()) if 0 <= level < block.level)
    if block.kind is BlockKind.PARAGRAPH and LABEL in lead_ins and len(block.text.split()) <= VALUE_WORDS:
        return (lead_ins[LABEL],)
    if block.kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER):
        own = _header(block.level)
        last = own + 1 if block.kind is BlockKind.TABLE_HEADER or block.opens_table else own
        return tuple(span for place, span in sorted(lead_ins.items(), reverse=True) if last <= place < 0)
    return ()


def _header(level: int) -> int:
    """Returns the key of the header of a table at a depth; that of a row which deeper rows stand under is one less."""
    return 1 - 2 * level


_LEADS_IN = re.compile(r"[^.!?…\s][’”\")\]]*$")
"""A paragraph that ends without a full stop leads into the list after it."""


def _next_lead_ins(
    block: Block, start: int, sentences: Sequence[Sentence], lead_ins: dict[int, Span]
) -> dict[int, Span]:
    """Returns what leads into the following block: level 0 a lead-in, level n an item, below 0 headers and rows."""
    if block.kind is BlockKind.FOOTNOTE:
        return lead_ins
    if block.kind in (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW):
        own = _header(block.level)
        key = own - (block.kind is BlockKind.TABLE_ROW)
        last = own + 1 if block.opens_table else key + 1
        return {**{place: span for place, span in lead_ins.items() if last <= place < 0}, key: _lead_of(block, start)}
    if block.kind is BlockKind.LIST_ITEM:
        outer = {level: span for level, span in lead_ins.items() if 0 <= level < block.level}
        return {**outer, block.level: sentences[-1].span} if sentences else outer
    if block.kind is BlockKind.PARAGRAPH and not sentences:
        return {LABEL: Span(start, start + len(block.text))}
    is_lead_in = bool(sentences) and bool(_LEADS_IN.search(block.text.rstrip()))
    return {0: sentences[-1].span} if is_lead_in else {}


def _lead_of(block: Block, start: int) -> Span:
    """Returns a header, or what of a row leads into the rows under it: the row, its first cell where it is long."""
    is_short = block.kind is BlockKind.TABLE_HEADER or len(block.text.split()) <= LONG_WORDS
    return Span(start, start + len(block.text if is_short else block.text.split(" | ")[0]))


_KINDS = {
    BlockKind.LIST_ITEM: SentenceKind.LIST_ITEM,
    BlockKind.TABLE_ROW: SentenceKind.TABLE_ROW,
    BlockKind.TABLE_HEADER: SentenceKind.TABLE_ROW,
    BlockKind.FOOTNOTE: SentenceKind.FOOTNOTE,
}


def _sentences(block: Block, start: int, lead_ins: tuple[Span, ...], is_whole: bool) -> tuple[Sentence, ...]:
    """Returns the sentences of a block; ``is_whole`` makes it one."""
    if block.kind is BlockKind.FIGURE:
        return ()
    kind = _KINDS.get(block.kind, SentenceKind.PROSE)
    label = block.label if kind is SentenceKind.LIST_ITEM else None
    if is_whole:
        return (Sentence(Span(start, start + len(block.text)), kind, lead_ins, label),)
    is_short = len(block.text.split()) <= LONG_WORDS
    if kind is SentenceKind.TABLE_ROW and not is_short:
        return _cells(block.text, start, lead_ins)
    if kind is not SentenceKind.PROSE and is_short:
        return (Sentence(Span(start, start + len(block.text)), kind, lead_ins, label),)
    spans = sentence_spans(block.text, start)
    return tuple(Sentence(span, kind, lead_ins, None if place else label) for place, span in enumerate(spans))


_ITEMS = re.compile(r"(?:^|\s)•\s")


def _cells(text: str, start: int, lead_ins: tuple[Span, ...]) -> tuple[Sentence, ...]:
    """Returns a long row sentence by sentence, each of a later cell led in by the first cell.

    Bulleted items of a cell are sentences of their own, led in by words before them that end in a colon.
    """
    sentences: list[Sentence] = []
    at = 0
    first: Span | None = None
    for cell in text.split(" | "):
        leads = lead_ins if first is None else (*lead_ins, first)
        head, *items = _ITEMS.split(cell)
        spans = sentence_spans(head, start + at)
        sentences.extend(Sentence(span, SentenceKind.TABLE_ROW, leads) for span in spans)
        item_leads = (*leads, spans[-1]) if spans and head.rstrip().endswith(":") else leads
        place = at + len(head)
        for item in items:
            place = text.index(item, place)
            spans = sentence_spans(item, start + place)
            sentences.extend(Sentence(span, SentenceKind.TABLE_ROW, item_leads) for span in spans)
            place += len(item)
        first = first or Span(start, start + len(cell))
        at += len(cell) + 3
    return tuple(sentences)


def _footnotes(blocks: Sequence[Block], starts: Sequence[int]) -> tuple[Footnote, ...]:
    footnotes = []
    anchors: dict[str, int] = {}
    for block, start in zip(blocks, starts, strict=True):
        anchors.update({each.mark: start + each.offset for each in block.marks})
        if block.kind is BlockKind.FOOTNOTE and block.label in anchors:
            footnotes.append(Footnote(block.label, anchors[block.label], Span(start, start + len(block.text))))
    return tuple(footnotes)


_NAMED = re.compile(r"[‘“'\"]([A-Z][^’”'\"]{6,90})[’”'\"]")


def _references(blocks: Sequence[Block], starts: Sequence[int]) -> tuple[Reference, ...]:
    references = []
    for block, start in zip(blocks, starts, strict=True):
        for link in block.links:
            words = block.text[link.start : link.end].strip()
            references.append(Reference(words, link.target, Span(start + link.start, start + link.end)))
        for named in _NAMED.finditer(block.text):
            references.append(Reference(named[1], None, Span(start + named.start(1), start + named.end(1))))
    return tuple(references)


def _offsets(blocks: Sequence[Block], starts: Sequence[int]) -> tuple[OffsetRun, ...]:
    return tuple(
        OffsetRun(start + run.start, run.length, run.page, run.raw_start)
        for block, start in zip(blocks, starts, strict=True)
        for run in block.runs
    )
