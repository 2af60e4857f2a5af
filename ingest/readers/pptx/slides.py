"""The slides of a presentation as blocks: boxes apart from one another, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind
from ingest.readers.bold_headings import with_bold_headings
from ingest.readers.inline_text import RawPage, Words
from ingest.readers.labels import heading_label
from ingest.readers.pptx.drawing import A, P, words_of_diagram
from ingest.readers.pptx.paragraphs import Paragraphs
from ingest.readers.pptx.tables import rows_of
from ingest.readers.table_rows import table_blocks
from ingest.readers.unseen import Reason, count_of, left_out

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_SAME_ROW = 0.5
"""Share of the lower of two boxes that has to stand beside the other for both to be of one row."""
_PREVIEW = 70
_DEEPEST_GROUP = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape with its place on the slide, in the units of the file."""

    shape: Any
    left: float
    top: float
    height: float


class Slides:
    """Takes slide after slide and collects blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.raw_pages: list[str] = []
        self.exclusions: list[Exclusion] = []

    def take(self, slide: Any, number: int) -> None:
        """Takes a slide; a hidden one is listed."""
        page = RawPage(number)
        if slide._element.get("show") in ("0", "false"):
            self.exclusions.extend(left_out(Reason.HIDDEN, _all_words(slide), number))
        else:
            self._shown(slide, page)
        self._beside(slide, number)
        self.raw_pages.append(page.text)

    def _shown(self, slide: Any, page: RawPage) -> None:
        shapes = in_reading_order(_placed(slide.shapes))
        titles = [each for each in shapes if _placeholder(each) in _TITLES and each.text_frame.text.strip()]
        before = len(self.blocks)
        for shape in titles[:1]:
            content = page.add(Words(" ".join(shape.text_frame.text.split())))
            self.blocks.append(content.block(BlockKind.HEADING, 1, heading_label(content.text.text)))
        for shape in shapes:
            if shape not in titles[:1]:
                self._box(shape, page, under=len(titles[:1]))
        if len(self.blocks) == before:
            has_picture = any(_is_picture(shape) for shape in shapes)
            self.exclusions.append(Exclusion(page.number, "no_text_layer" if has_picture else "blank", ""))

    def _box(self, shape: Any, page: RawPage, under: int) -> None:
        """Takes a box; a heading in it stands over nothing outside of it."""
        blocks = list(self._of_shape(shape, page))
        if blocks:
            self.blocks.extend([replace(blocks[0], under=under), *blocks[1:]])

    def _of_shape(self, shape: Any, page: RawPage) -> Iterable[Block]:
        words = _words(shape)
        if shape._element.xpath(".//p:cNvPr")[0].get("hidden") in ("1", "true"):
            self.exclusions.extend(left_out(Reason.HIDDEN, words, page.number))
        elif _placeholder(shape) in _FURNITURE:
            self._furniture(words, page.number)
        elif getattr(shape, "has_table", False) and shape.has_table:
            return table_blocks(rows_of(shape.table, page, self.exclusions))
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            self.exclusions.append(Exclusion(page.number, "figure", f"chart: {shape.name}"[:_PREVIEW]))
        elif shape.has_text_frame:
            return self._paragraphs(shape, page)
        else:
            return self._diagram(shape, page)
        return ()

    def _paragraphs(self, shape: Any, page: RawPage) -> Sequence[Block]:
        read = Paragraphs(shape, page)
        for paragraph in shape.text_frame.paragraphs:
            read.take(paragraph._p)
        self.exclusions.extend(read.exclusions)
        blocks = with_bold_headings(read.blocks, read.standing)
        deeper = [replace(each, level=each.level + 1) if each.kind is BlockKind.HEADING else each for each in blocks]
        return deeper

    def _diagram(self, shape: Any, page: RawPage) -> Sequence[Block]:
        """Returns the words of a diagram as a figure: its order is not known."""
        said = words_of_diagram(shape)
        if not said:
            return ()
        content = page.add(Words(said))
        self.exclusions.append(Exclusion(page.number, "figure", f"diagram: {content.text.text[:_PREVIEW]}"))
        return [content.block(BlockKind.FIGURE)]

    def _furniture(self, words: str, page: int) -> None:
        if words:
            self.exclusions.append(Exclusion(page, "running_footer", words[:80], count_of(words, 80)))

    def _beside(self, slide: Any, number: int) -> None:
        """Lists what stands beside a slide: speaker notes, which those who were shown it did not read, and comments."""
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            self.exclusions.extend(left_out(Reason.NOTE, slide.notes_slide.notes_text_frame.text, number))
        for relation in slide.part.rels.values():
            if not relation.is_external and "comments" in relation.reltype.lower():
                self.exclusions.extend(left_out(Reason.NOTE, _comments(relation.target_part.blob), number))


def _comments(blob: bytes) -> str:
    from lxml import etree

    root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    return " ".join(" ".join(root.itertext()).split())


def in_reading_order(placed: Sequence[Placed]) -> list[Any]:
    """Returns shapes row by row, each row from left to right; boxes side by side are of one row."""
    rows: list[list[Placed]] = []
    for each in sorted(placed, key=lambda one: (one.top, one.left)):
        if rows and _is_beside(each, rows[-1][0]):
            rows[-1].append(each)
        else:
            rows.append([each])
    return [each.shape for row in rows for each in sorted(row, key=lambda one: (one.left, one.top))]


def _is_beside(one: Placed, other: Placed) -> bool:
    shared = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return shared > _SAME_ROW * min(one.height, other.height)


def _placed(
    shapes: Any, x: float = 0, y: float = 0, scale: tuple[float, float] = (1, 1), depth: int = 0
) -> list[Placed]:
    """Returns shapes with their places on the slide, those of groups one by one."""
    placed: list[Placed] = []
    for shape in shapes:
        left, top = x + (shape.left or 0) * scale[0], y + (shape.top or 0) * scale[1]
        if hasattr(shape, "shapes") and depth < _DEEPEST_GROUP:
            placed.extend(_in_group(shape, left, top, scale, depth))
        else:
            placed.append(Placed(shape, left, top, (shape.height or 0) * scale[1]))
    return placed


def _in_group(group: Any, left: float, top: float, scale: tuple[float, float], depth: int) -> list[Placed]:
    inner = group._element.find(f"{P}grpSpPr/{A}xfrm")
    if inner is None or inner.find(f"{A}chOff") is None or inner.find(f"{A}chExt") is None:
        return _placed(group.shapes, left, top, scale, depth + 1)
    offset, size = inner.find(f"{A}chOff"), inner.find(f"{A}chExt")
    wide, high = float(size.get("cx") or 0), float(size.get("cy") or 0)
    across = scale[0] * (group.width or 0) / wide if wide else scale[0]
    down = scale[1] * (group.height or 0) / high if high else scale[1]
    x, y = left - float(offset.get("x") or 0) * across, top - float(offset.get("y") or 0) * down
    return _placed(group.shapes, x, y, (across, down), depth + 1)


def _placeholder(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _is_picture(shape: Any) -> bool:
    return bool(shape._element.xpath("self::p:pic | .//a:blip"))


def _words(shape: Any) -> str:
    return " ".join(" ".join(shape._element.itertext(f"{A}t")).split())


def _all_words(slide: Any) -> str:
    return " ".join(filter(None, (_words(each.shape) for each in _iterated(slide.shapes))))


def _iterated(shapes: Any) -> Iterator[Placed]:
    yield from _placed(shapes)
