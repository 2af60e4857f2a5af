"""Sheets to judge reading by: what was read of a page, above the picture of where it stands.

A reader looks at each and writes down whether it is right, or runs across cells, columns or boxes.
"""

from __future__ import annotations

import io
import json
import math
import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from assistant.bootstrap.stores import printed_picture
from ingest.readers import read_file
from ingest.readers.blocks import Block, BlockKind

WIDTH, HEIGHT = 1100, 2000
"""Pixels of a sheet."""
_LEAST_WORDS = 5
_ROOM = 90
"""Pixels shown above and below what was read, at least."""
_LETTERS = 150
_LINE = 16
_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One quote: where it is from, and what was read."""

    number: int
    path: Path
    page: int
    kind: str
    text: str


def draw(paths: Sequence[Path], count: int, seed: int, kinds: Sequence[BlockKind] = _KINDS) -> tuple[Drawn, ...]:
    """Returns quotes of some PDF files at random, the same for the same seed; of a file by the root of what it holds.

    Args:
        paths: PDF files.
        count: How many; fewer where the files hold fewer.
        seed: Of the draw.
        kinds: Kinds of blocks.
    """
    drawing = random.Random(seed)  # noqa: S311 (a draw that anyone can repeat)
    held = {path: [block for block in read_file(path, 3000).blocks if _is_drawn(block, kinds)] for path in paths}
    roots = {path: math.sqrt(len(blocks)) for path, blocks in held.items() if blocks}
    found: list[tuple[Path, Block]] = []
    for path, root in roots.items():
        most = min(len(held[path]), max(1, round(count * root / sum(roots.values()))))
        found += [(path, block) for block in drawing.sample(held[path], most)]
    drawing.shuffle(found)
    return tuple(
        Drawn(number, path, block.runs[0].page, block.kind.value, block.text)
        for number, (path, block) in enumerate(found[:count], start=1)
    )


def _is_drawn(block: Block, kinds: Sequence[BlockKind]) -> bool:
    return block.kind in kinds and bool(block.runs) and len(block.text.split()) >= _LEAST_WORDS


def write_sheets(drawn: Sequence[Drawn], out: Path) -> int:
    """Writes ``quotes.json`` and ``sheet001.png`` and following to a folder; returns how many sheets."""
    out.mkdir(parents=True, exist_ok=True)
    rows = [{"n": each.number, "file": each.path.name, "page": each.page, "text": each.text} for each in drawn]
    (out / "quotes.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    sheets = 0
    for sheets, sheet in enumerate(_sheets([_picture(each) for each in drawn]), start=1):
        sheet.save(out / f"sheet{sheets:03}.png")
    return sheets


def _sheets(pictures: Sequence[Image.Image]) -> Iterator[Image.Image]:
    rows: list[Image.Image] = []
    for picture in pictures:
        if rows and sum(each.height for each in rows) + picture.height > HEIGHT:
            yield _stacked(rows)
            rows = []
        rows.append(picture)
    if rows:
        yield _stacked(rows)


def _stacked(pictures: Sequence[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (WIDTH, sum(each.height for each in pictures)), "white")
    top = 0
    for picture in pictures:
        sheet.paste(picture, (0, top))
        top += picture.height
    return sheet


def _picture(drawn: Drawn) -> Image.Image:
    """Returns what was read above its place on the page, outlined where that is found."""
    png, outlines = printed_picture(drawn.path, drawn.page, drawn.text, WIDTH)
    page = Image.open(io.BytesIO(png)).convert("RGB")
    boxes = [
        (r.left * page.width, r.top * page.height, (r.left + r.width) * page.width, (r.top + r.height) * page.height)
        for r in outlines
    ]
    pen = ImageDraw.Draw(page)
    for box in boxes:
        pen.rectangle(box, outline="red", width=2)
    if boxes:
        top, foot = min(box[1] for box in boxes), max(box[3] for box in boxes)
        room = max(_ROOM, (650 - (foot - top)) / 2)
        page = page.crop((0, max(0, int(top - room)), page.width, min(page.height, int(foot + room))))
    said = f"#{drawn.number} {drawn.path.name}, page {drawn.page}, {drawn.kind}: {drawn.text}"
    lines = textwrap.wrap(said, _LETTERS)
    words = Image.new("RGB", (WIDTH, _LINE * len(lines) + 12), "lightyellow")
    for place, line in enumerate(lines):
        ImageDraw.Draw(words).text((6, 5 + _LINE * place), line, fill="black")
    return _stacked((words, page, Image.new("RGB", (WIDTH, 12), "navy")))
