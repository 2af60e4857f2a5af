"""A table whose last row opens the next page, above a table with the same columns."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingest.readers import read_file
from ingest.readers.blocks import BlockKind
from tests.planted_layouts import hands
from tests.planted_layouts.sheet import Sheet, document

NAMES = ["Level one", "Level two", "Level three", "Level four"]
FIRST = [
    "• Sees a dentist every year\n• Sleeps through the night",
    "• Is tired in lessons",
    "• Loses weight and nobody asks",
    "• Is left in pain for days",
]
LAST = [
    "Feelings\n• Copes with change and with other people in the house\n• Can tell a safe adult from an unsafe one",
    "Feelings\n• Is anxious about contact with the other parent\n• Acts before thinking in most lessons",
    "Feelings\n• Hurts small animals when alone with them\n• Talks of running away with somebody unknown",
    "Feelings\n• Has tried to end their life in the past month\n• Is told by adults to carry things for them",
]
OTHER = [
    "• Is dressed for the weather",
    "• Comes to school unwashed",
    "• Is never collected on time",
    "• Has lived in a car since June",
]


def test_the_last_row_of_a_table_is_read_cell_by_cell_on_the_next_page(tmp_path: Path) -> None:
    pdf = document("Levels of need", hands.WORD)
    widths = (127.5,) * 4
    first = Sheet(pdf, hands.WORD, x=42, width=510)
    first.para("A worker looks at the whole child and never adds up boxes. " * 3)
    first.table(widths, [NAMES, FIRST], order="column", size=9)
    second = Sheet(pdf, hands.WORD, x=42, width=510)
    second.table(widths, [LAST], order="column", size=9)
    second.gap(24)
    second.table(widths, [NAMES, OTHER], order="column", size=9)
    second.para("Where two levels seem right, the worker talks to the duty manager first. " * 3)
    path = tmp_path / "levels.pdf"
    path.write_bytes(pdf.save())

    rows = [block.text for block in read_file(path, 10).blocks if block.kind is BlockKind.TABLE_ROW]

    cells = [[" ".join(cell.split()) for cell in row] for row in (FIRST, LAST, OTHER)]
    assert [row.split(" | ") for row in rows] == cells


def test_a_row_alone_on_a_page_goes_on_with_the_table_of_the_page_before(tmp_path: Path) -> None:
    pdf = document("Levels of need", hands.WORD)
    widths = (127.5,) * 4
    first = Sheet(pdf, hands.WORD, x=42, width=510)
    first.para("A worker looks at the whole child and never adds up boxes. " * 3)
    first.table(widths, [NAMES, FIRST], order="column", size=9)
    alone = [f"{cell}\n• {'Is seen by somebody of the team every week. ' * 6}" for cell in LAST]
    Sheet(pdf, hands.WORD, x=42, width=510).table(widths, [alone], order="column", size=9)
    path = tmp_path / "levels.pdf"
    path.write_bytes(pdf.save())

    rows = [block.text for block in read_file(path, 10).blocks if block.kind is BlockKind.TABLE_ROW]

    assert [row.split(" | ")[0][:20] for row in rows] == [FIRST[0][:20], LAST[0].replace("\n", " ")[:20]]
    assert [row.count(" | ") for row in rows] == [3, 3]


def test_words_of_a_justified_cell_stay_in_their_line(tmp_path: Path) -> None:
    path = tmp_path / "justified.pdf"
    page = Canvas(str(path), pagesize=(595, 842))
    page.setFont("Helvetica", 9)
    lines = [
        [(0, "• Responds"), (75, "appropriately"), (140, "to")],
        [(0, "boundaries and constructive guidance")],
        [(0, "• Exhibiting"), (125, "unsafe")],
        [(0, "behaviour with adults")],
    ]
    for row in range(2):
        for column in range(3):
            page.rect(60 + 160 * column, 640 - 60 * row, 160, 60)
            for at, pieces in enumerate(lines):
                for x, words in pieces:
                    page.drawString(64 + 160 * column + x, 688 - 60 * row - 12 * at, words)
    page.save()

    rows = [block.text for block in read_file(path, 10).blocks if block.kind is BlockKind.TABLE_ROW]

    cell = " ".join(words for pieces in lines for _, words in pieces)
    assert rows == [" | ".join([cell] * 3)] * 2
