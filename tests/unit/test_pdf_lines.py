"""Letters become words and lines: spaces, raised and lowered pieces, letter-spaced words, numbers that count lines."""

from __future__ import annotations

import pytest

from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.lines import page_of
from ingest.readers.pdf.spans import Span

STEP = 5.0
"""Width of every letter in these tests; their size is 10."""


def span(text: str, x: float, y: float = 700.0, size: float = 10.0, order: int = 0, opens_word: bool = True) -> Span:
    step = STEP * size / 10
    lefts = [x + step * at for at in range(len(text))]
    return Span(text, lefts, x + step * len(text), y, size, "Helvetica", False, 0, order, opens_word)


def lines(*spans: Span) -> tuple[Line, ...]:
    ordered = [Span(*(getattr(each, name) for name in each.__slots__)) for each in spans]
    for order, each in enumerate(ordered):
        each.order = order
    return page_of(ordered, 1, 595.0, 842.0, Areas()).lines


def test_a_word_in_two_fonts_is_one_word() -> None:
    (line,) = lines(span("missin", 60), span("g child", 90, opens_word=False))
    assert line.words == "missing child"


def test_a_gap_of_a_space_parts_words() -> None:
    (line,) = lines(span("report", 60), span("it", 93, 700.3))
    assert line.words == "report it"


@pytest.mark.parametrize(
    ("before", "raised", "height", "words", "marks"),
    [
        ("the 31", "st", 4.0, "the 31st of", []),
        ("6.5 m", "2", 4.0, "6.5 m² of", []),
        ("CO", "2", -2.0, "CO₂ of", []),
        ("StepBack", "®", 4.0, "StepBack® of", []),
        ("a record", "12", 4.0, "a record of", ["12"]),
        ("a record", "*", 4.0, "a record of", ["*"]),
        ("the Act", "M4", 4.0, "the Act of", ["M4"]),
        ("a record", "[3]", 4.0, "a record of", ["3"]),
        ("a record", "1,2", 4.0, "a record of", ["1", "2"]),
    ],
)
def test_small_pieces_beside_a_line(before: str, raised: str, height: float, words: str, marks: list[str]) -> None:
    start = 60 + STEP * len(before)
    after = start + 3 * len(raised) + 3
    (line,) = lines(span(before, 60), span(raised, start, 700 + height, 6), span("of", after))
    assert (line.words, [mark for _, mark in line.marks]) == (words, marks)


def test_a_raised_piece_in_a_gap_of_its_line_stands_there() -> None:
    (line,) = lines(span("has 11 m .", 60), span("2", 60 + 8 * STEP, 704, 8))
    assert line.words == "has 11 m²."


@pytest.mark.parametrize("mark", ["F2", "M14"])
def test_a_mark_of_amended_law_opens_no_note(mark: str) -> None:
    (line,) = lines(span(mark, 60, 704, 6), span("(6) The worker", 61 + 3 * len(mark)))
    assert (line.words, line.opens_note) == ("(6) The worker", False)


@pytest.mark.parametrize(
    ("text", "words"),
    [("C O N T E N T S", "CONTENTS"), ("R U L E S   O F   L O A N", "RULES OF LOAN"), ("A or B is it", "A or B is it")],
)
def test_letter_spaced_words_are_put_together(text: str, words: str) -> None:
    (line,) = lines(span(text, 60))
    assert line.words == words


def numbered(numbers: list[int], texts: list[str], size: float = 7.0) -> list[Span]:
    found = []
    for place, (number, text) in enumerate(zip(numbers, texts, strict=True)):
        y = 700.0 - 14 * place
        found += [span(str(number), 40, y, size), span(text, 72, y)]
    return found


def test_numbers_that_count_lines_are_left_out() -> None:
    texts = ["The witness said that the door", "had been open since noon. She", "had rung twice, and nobody", "came."]
    page = page_of(numbered([1, 2, 3, 4], texts), 1, 595.0, 842.0, Areas())
    assert [line.words for line in page.lines] == texts
    assert page.line_numbers == ("1", "2", "3", "4")


def test_numbers_of_a_list_stay() -> None:
    texts = ["The door is shut.", "The book is signed.", "The key is hung up.", "The lamp is out."]
    page = page_of(numbered([1, 2, 3, 4], texts, 10.0), 1, 595.0, 842.0, Areas())
    assert page.lines[0].words == "1 The door is shut."
    assert page.line_numbers == ()
