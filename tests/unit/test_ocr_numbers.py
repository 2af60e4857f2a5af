"""A recognised number is sure only where nothing speaks against it."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from ingest.readers.blocks import Block, BlockKind, Recognised, Run
from ingest.readers.ocr.numbers import doubtful
from ingest.readers.ocr.words import OcrWord
from ingest.readers.pdf.scanned import without_doubtful

LINE = (1, 1, 1)


def page(*glyphs: tuple[int, int, int, int]) -> Image.Image:
    """Returns a white page with black bars: left, top, right and foot of each."""
    picture = Image.new("L", (400, 100), 255)
    for glyph in glyphs:
        ImageDraw.Draw(picture).rectangle((glyph[0], glyph[1], glyph[2] - 1, glyph[3] - 1), fill=0)
    return picture


LEVEL = page((40, 20, 50, 50), (55, 20, 65, 50))


def word(text: str, confidence: float = 0.95, box: tuple[int, int, int, int] = (40, 20, 65, 50)) -> OcrWord:
    return OcrWord(text, *box, confidence, LINE)


def is_doubtful(first: OcrWord, *again: OcrWord, picture: Image.Image = LEVEL) -> bool:
    return bool(doubtful([first], again, 1.0, picture))


def test_a_level_number_that_is_read_twice_alike_is_sure() -> None:
    assert not is_doubtful(word("24"), word("24"))
    assert not is_doubtful(word("24."), word("24,"))


def test_a_word_without_a_digit_is_never_asked() -> None:
    assert not is_doubtful(word("must", 0.4))


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (word("24", 0.7), word("24")),
        (word("24"), word("74")),
        (word("24"), word("2A")),
        (word("24"), word("24", box=(300, 20, 325, 50))),
        (word("1,000"), word("1.000")),
        (word("9.30"), word("930")),
        (word("24'"), word("24'")),
        (word("47*"), word("47*")),
        (word("O1632"), word("O1632")),
        (word("l5"), word("l5")),
    ],
)
def test_a_number_of_low_confidence_read_differently_or_with_a_strange_sign_is_doubtful(
    first: OcrWord, again: OcrWord
) -> None:
    assert is_doubtful(first, again)


@pytest.mark.parametrize(
    "text", ["24", "1st", "9.30am", "2026/27", "47(1)(a)", "£1,234.50", "15%", "12-14", "A12", "(24)", "18s"]
)
def test_numbers_as_they_are_printed_are_plain(text: str) -> None:
    assert not is_doubtful(word(text), word(text))


def test_a_raised_digit_in_or_as_a_word_is_doubtful() -> None:
    raised = page((40, 20, 50, 50), (55, 18, 62, 33))
    assert is_doubtful(word("24", box=(40, 18, 62, 50)), word("24", box=(40, 18, 62, 50)), picture=raised)
    words = [
        OcrWord("must", 40, 20, 90, 50, 0.95, LINE),
        OcrWord("act", 100, 20, 140, 50, 0.95, LINE),
        OcrWord("4", 142, 16, 150, 30, 0.95, LINE),
    ]
    picture = page((40, 20, 90, 50), (100, 20, 140, 50), (142, 16, 150, 30))
    assert doubtful(words, words, 1.0, picture) == {2}


def test_other_ink_beside_a_number_makes_it_doubtful() -> None:
    stamped = page((40, 20, 50, 50), (55, 20, 65, 50), (68, 25, 73, 45))
    assert is_doubtful(word("24"), word("24"), picture=stamped)


def test_the_sentence_of_a_doubtful_number_and_what_leans_on_it_is_held_back() -> None:
    text = "Act at once. Wait 47 days. It may be more. Tell the parents."
    block = Block(BlockKind.PARAGRAPH, text, (Run(0, len(text), 1, 100),))
    at = 100 + text.index("47")
    read, notes = without_doubtful([block], [Recognised(1, at, at + 2, 0.5)])
    assert [(each.kind.value, each.text) for each in read] == [
        ("paragraph", "Act at once."),
        ("figure", "Wait 47 days."),
        ("figure", "It may be more."),
        ("paragraph", "Tell the parents."),
    ]
    assert [each.runs[0].raw_start - 100 for each in read] == [0, 13, 27, 43]
    assert len(notes) == 2


def test_a_doubtful_number_before_an_item_holds_it_back_and_rows_are_held_back_whole() -> None:
    item = Block(BlockKind.LIST_ITEM, "ring the police.", (Run(0, 16, 1, 10),), label="3")
    row = Block(BlockKind.TABLE_ROW, "Police | 01632. Ring first.", (Run(0, 26, 1, 40),))
    read, _ = without_doubtful([item, row], [Recognised(1, 7, 9, 0.5), Recognised(1, 49, 54, 0.5)])
    assert [each.kind for each in read] == [BlockKind.FIGURE, BlockKind.FIGURE]
