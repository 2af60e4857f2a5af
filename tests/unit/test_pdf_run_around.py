"""A paragraph that goes round a text box is one paragraph, and the box another."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import read_file
from ingest.readers.blocks import Block, BlockKind

BOX = "Ring the duty team."
BEFORE, AFTER = "The partnership meets every month.", "Records are kept for as long as the law says."
WIDE = (
    "Everybody who works with families tells the lead on the same day",
    "that they hear of a risk, and",
    "then they write down what was",
    "said to them, and who was there at the time, for the lead to keep.",
)
"""LibreOffice 7.4.7 sets a text box of Word so, with a "square" wrap and a line round it: the middle two lines stop at the box."""


def read(path: Path, rows: list[tuple[float, float, str]], box: tuple[float, float, float, float]) -> tuple[Block, ...]:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 11)
    for x, y, words in [(72, 760, BEFORE), *rows, (72, 640, AFTER)]:
        canvas.drawString(x, y, words)
    canvas.rect(*box)
    canvas.drawString(box[0] + 6, box[1] + 14, BOX)
    canvas.save()
    return read_file(path, 10).blocks


@pytest.mark.parametrize("shift", [0, 140], ids=["box at the right", "box at the left"])
def test_a_paragraph_beside_a_box_is_one(tmp_path: Path, shift: float) -> None:
    rows = [(72 + (shift if at in (1, 2) else 0), 730 - 13 * at, line) for at, line in enumerate(WIDE)]
    box = (72, 701, 125, 25) if shift else (260, 701, 150, 25)
    said = [block.text for block in read(tmp_path / "a.pdf", rows, box)]
    assert said == [BEFORE, BOX, " ".join(WIDE), AFTER]


def test_words_on_both_sides_of_a_box_are_read_line_by_line(tmp_path: Path) -> None:
    rows = [
        (72, 730, WIDE[0]),
        (72, 717, "that they hear of a risk, and"),
        (370, 717, "the lead"),
        (72, 704, "writes down what was"),
        (370, 704, "said, by"),
        (72, 691, "whom, and what happens next, for others to find it."),
    ]
    said = [block.text for block in read(tmp_path / "a.pdf", rows, (235, 701, 125, 25))]
    assert said == [BEFORE, BOX, " ".join(words for _, _, words in rows), AFTER]


def test_a_framed_cell_beside_lines_that_end_stays_in_their_row(tmp_path: Path) -> None:
    rows = [(72, 717, "The lead answers on the day"), (72, 704, "and writes it down.")]
    blocks = read(tmp_path / "a.pdf", rows, (260, 701, 150, 25))
    assert [block.text for block in blocks if block.kind is BlockKind.TABLE_ROW] == [
        f"{rows[0][2]} {rows[1][2]} | {BOX}"
    ]
