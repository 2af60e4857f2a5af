"""A soft hyphen at the end of a line divides one word, in every format."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.text.quote_matching import holds
from ingest.readers.pdf.areas import Areas
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_joining import text_of
from ingest.readers.pdf.lines import page_of
from ingest.readers.pdf.spans import Span
from ingest.readers.source_map import LINE_END_HYPHENS, mapped, normalised
from ingest.readers.text import blocks_of_text


@pytest.mark.parametrize("hyphen", LINE_END_HYPHENS)
@pytest.mark.parametrize("gap", ["\n", " \n", "\r\n  ", "\n\t"])
def test_running_text_is_put_together(hyphen: str, gap: str) -> None:
    (block,) = blocks_of_text(f"All safe{hyphen}{gap}guarding leads.").blocks
    assert block.text == "All safeguarding leads."


@pytest.mark.parametrize("gap", ["\n", " \n", "\r\n  "])
def test_the_words_as_copied_from_the_file_are_found(gap: str) -> None:
    copied = f"All safe\u00ad{gap}guarding leads"
    assert holds("All safeguarding leads sign.", copied)
    assert holds(normalised(mapped(copied, 1)).text, copied)


def test_within_a_line_it_is_only_left_out() -> None:
    text = normalised(mapped("safe\u00adguarding and safe\u00ad guarding", 1)).text
    assert text == "safeguarding and safe guarding"


@pytest.mark.parametrize("text", ["safe{}\nGuarding", "5{}\n7", "safe{}\n7"])
def test_what_is_no_divided_word_keeps_its_space(text: str) -> None:
    assert normalised(mapped(text.format("\u00ad"), 1)).text == text.format("").replace("\n", " ")


def test_each_character_keeps_its_place() -> None:
    whole = normalised(mapped("safe\u00ad\nguarding", 1, 10))
    assert [place % 100 for place in whole.places] == [*range(10, 14), *range(16, 24)]


@pytest.mark.parametrize("end", [f"{hyphen}{space}" for hyphen in LINE_END_HYPHENS for space in ("", " ")])
def test_a_line_of_a_page_ends_without_its_soft_hyphen(end: str) -> None:
    words = f"about safe{end}"
    span = Span(words, [60.0 + 6 * at for at in range(len(words))], 150.0, 100.0, 12.0, "Helvetica", False, 0, 0)
    (line,) = page_of([span], 1, 595.0, 842.0, Areas()).lines
    assert (line.words, line.ends_soft) == ("about safe", True)
    assert (line.gap("guarding").text, line.gap("Guarding").text) == ("", " ")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, "the multiagency plan"),
        ({"multi-agency": 2}, "the multi-agency plan"),
        ({"multi-agency": 2, "multiagency": 1}, "the multiagency plan"),
    ],
)
def test_lines_of_a_block_are_joined_as_the_document_spells_the_word(known: dict[str, int], expected: str) -> None:
    first = Line(1, 60.0, 100.0, 12.0, False, mapped("the multi", 1), ends_soft=True)
    second = Line(1, 60.0, 80.0, 12.0, False, mapped("agency plan", 1, 20))
    assert text_of([first, second], Counter(known))[0].text == expected
