"""Marks are taken out of the words of a line, and never out of a number that is the document's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.notes import split_notes
from ingest.readers.source_map import mapped


def line(text, y=700.0, size=12.0):
    return Line(1, 60.0, y, size, False, mapped(text, 1))


def taken(text, *labels):
    notes = [line(f"{label} Note {label}.", 90 - 10 * at, 8) for at, label in enumerate(labels)]
    (running,), _ = split_notes([line(text), *notes], 12, expected=labels)
    return running.words, [mark for _, mark in running.marks]


@pytest.mark.parametrize(
    ("text", "labels", "words", "marks"),
    [
        ("They keep an arrangement18.", ["18"], "They keep an arrangement.", ["18"]),
        ("By law,133,134 they act.", ["133", "134"], "By law, they act.", ["133", "134"]),
        ("In the Act of 1989.67 In these", ["67"], "In the Act of 1989. In these", ["67"]),
        ("See 2.1 and 3.1 here.", ["1"], "See 2.1 and 3.1 here.", []),
        ("Under section 38 recognises", ["8"], "Under section 38 recognises", []),
        ("They must 87 keep a record", ["87"], "They must 87 keep a record", []),
        ("There were 12 of them18", ["99"], "There were 12 of them18", []),
    ],
)
def test_marks_leave_and_numbers_stay(text, labels, words, marks):
    assert taken(text, *labels) == (words, marks)


@given(st.text(alphabet=st.sampled_from(list("abc 0123456789.,()")), max_size=40))
def test_without_notes_on_the_page_no_digit_is_lost(text):
    assert taken(f"x{text}")[0] == f"x{text}"


def test_a_note_that_stands_within_the_text_is_a_note():
    opened = Line(1, 60.0, 600.0, 12.0, False, mapped("The policy, page 162", 1), ((0, "1"),), opens_note=True)
    running, notes = split_notes([line("Staff must act."), opened, line("They write it down.", 560)], 12)
    assert [each.words for each in running] == ["Staff must act.", "They write it down."]
    assert [(note.mark, note.text.text) for note in notes] == [("1", "The policy, page 162")]


@pytest.mark.parametrize("label", ["8", "41", "*", "†"])
def test_a_note_that_opens_with_a_raised_mark_is_a_note_whatever_the_mark(label):
    note = Line(1, 60.0, 80.0, 8.0, False, mapped("The older rule.", 1), ((0, label),), opens_note=True)
    _, notes = split_notes([line("Staff must act."), note, line("It still holds.", 70, 8)], 12)
    assert [(each.mark, each.text.text) for each in notes] == [(label, "The older rule. It still holds.")]


def test_a_note_as_large_as_the_text_at_the_foot_of_a_page_is_read_to_its_end():
    note = Line(
        1, 60.0, 80.0, 12.0, False, mapped("See https://a.example/guide-to-data-", 1), ((0, "3"),), opens_note=True
    )
    running, notes = split_notes([line("Staff must act."), note, line("protection/rights", 66)], 12)
    assert [each.words for each in running] == ["Staff must act."]
    assert [each.text.text for each in notes] == ["See https://a.example/guide-to-data-protection/rights"]


def test_small_print_without_a_mark_is_text():
    small = line("1 Universal needs are met by all services.", 90, 8)
    running, notes = split_notes([line("Staff must act."), small], 12)
    assert (len(running), notes) == (2, ())
