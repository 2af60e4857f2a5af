from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.source_map import PAGE_STEP, joined, mapped, normalised, unmapped

RAW = st.text(alphabet=st.sampled_from(list("abc ﬁﬂ\u00a0\u00ad\n\t–’“.- \u200b\uf0b7\u2066")), max_size=60)


@given(RAW)
def test_normalising_twice_changes_nothing(raw):
    once = normalised(mapped(raw, 1))
    assert normalised(once) == once


@given(RAW)
def test_every_character_keeps_the_place_it_came_from(raw):
    text = normalised(mapped(raw, 3))
    for letter, place in zip(text.text, text.places, strict=True):
        origin = raw[place - 3 * PAGE_STEP]
        assert letter == origin or letter in normalised(mapped(f"x{origin}x", 1)).text


@given(RAW)
def test_runs_cover_all_that_came_from_a_page_in_order(raw):
    text = normalised(mapped(raw, 2, 7))
    covered = [at for run in text.runs() for at in range(run.start, run.start + run.length)]
    assert covered == [at for at, place in enumerate(text.places) if place >= 0]
    for run in text.runs():
        for step in range(run.length):
            assert text.places[run.start + step] == 2 * PAGE_STEP + run.raw_start + step


def test_ligatures_spaces_and_invisible_characters_are_mended():
    assert normalised(mapped(" of\u00adﬁcer\u00a0 \n of\u200b the ", 1)).text == "officer of the"


def test_separators_come_from_no_page():
    both = joined([mapped("a", 1), mapped("b", 1)], " | ")
    assert both.text == "a | b"
    assert [run.length for run in both.runs()] == [1, 1]
    assert (mapped("a", 1) + unmapped("!")).runs()[0].length == 1


@given(st.text(alphabet=st.sampled_from(list("ab. \n\t\x01\x0b\x1f\x7f")), max_size=40))
def test_plain_text_is_normalised_as_any_other(raw):
    plain, other = normalised(mapped(raw + "z", 1)), normalised(mapped(raw + "é", 1))
    assert (plain.text[:-1], plain.places) == (other.text[:-1], other.places)


def test_the_boxes_of_a_form_keep_their_ticks():
    """LibreOffice 7.4.7 and Word write boxes in Wingdings or OpenSymbol, whose letters are private: U+F0FE, U+F0A8."""
    assert normalised(mapped("Told: \uf0fe yes \uf0a8 no \uf0fd not known", 1)).text == "Told: ☑ yes ☐ no ☒ not known"
    assert normalised(mapped("\uf076 an item", 1)).text == "• an item"
