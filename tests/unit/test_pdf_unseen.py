"""Words drawn twice and watermarks: what a page shows beside its text is not read with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import read_file

RULE = "The duty worker must ring back within two hours."
FILLER = ("The Fernhill partnership brings its members together.", "Its minutes are sent out within a week.")


def page(path: Path, draw: Callable[[Canvas], None]) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 11)
    for place, words in enumerate(FILLER):
        canvas.drawString(72, 760 - 30 * place, words)
    draw(canvas)
    canvas.save()
    return path


def read(path: Path) -> tuple[list[str], list[str]]:
    found = read_file(path, 10)
    return [block.text for block in found.blocks], [each.preview for each in found.exclusions]


@pytest.fixture
def plain(tmp_path: Path) -> list[str]:
    """Blocks of the page with the rule drawn once and nothing beside it."""
    return read(page(tmp_path / "plain.pdf", lambda canvas: canvas.drawString(72, 600, RULE)))[0]


@pytest.mark.parametrize("offset", [0.0, 0.4])
def test_a_line_drawn_twice_to_look_bold_is_read_once(tmp_path: Path, plain: list[str], offset: float) -> None:
    def twice(canvas: Canvas) -> None:
        canvas.drawString(72, 600, RULE)
        canvas.drawString(72 + offset, 600, RULE)

    assert " ".join(plain).count(RULE) == 1
    assert read(page(tmp_path / "bold.pdf", twice)) == (plain, [])


def test_words_drawn_twice_one_by_one_are_read_once(tmp_path: Path, plain: list[str]) -> None:
    def twice(canvas: Canvas) -> None:
        x = 72.0
        for word in RULE.split():
            canvas.drawString(x, 600, word)
            canvas.drawString(x + 0.3, 600, word)
            x += canvas.stringWidth(f"{word} ", "Helvetica", 11)

    assert read(page(tmp_path / "words.pdf", twice))[0] == plain


def test_the_same_words_on_two_lines_are_both_read(tmp_path: Path) -> None:
    def apart(canvas: Canvas) -> None:
        canvas.drawString(72, 600, RULE)
        canvas.drawString(72, 560, RULE)

    assert read(page(tmp_path / "apart.pdf", apart))[0].count(RULE) == 2


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("angle", [30, 45, 60])
def test_a_watermark_is_listed_and_changes_nothing_else(
    tmp_path: Path, plain: list[str], is_first: bool, angle: int
) -> None:
    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(160, 420)
        canvas.rotate(angle)
        canvas.setFont("Helvetica-Bold", 80)
        canvas.setFillGray(0.85)
        canvas.drawString(0, 0, "DRAFT")
        canvas.restoreState()

    def drawn(canvas: Canvas) -> None:
        for step in (mark, lambda each: each.drawString(72, 600, RULE))[:: 1 if is_first else -1]:
            step(canvas)
            canvas.setFont("Helvetica", 11)

    assert read(page(tmp_path / "draft.pdf", drawn)) == (plain, ["watermark: DRAFT"])


def test_a_page_turned_on_its_side_is_no_watermark(tmp_path: Path) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.translate(300, 200)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "Fernhill")

    assert "watermark: Fernhill" not in read(page(tmp_path / "turned.pdf", turned))[1]
