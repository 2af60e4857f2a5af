import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cutting.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("24. Staff must act. They may ask.", ["24. Staff must act.", "They may ask."]),
        ("See para. 24 and s. 47 of the Act. Then go.", ["See para. 24 and s. 47 of the Act.", "Then go."]),
        ("Tell Dr. Khan, e.g. The GP. Now.", ["Tell Dr. Khan, e.g. The GP.", "Now."]),
        ("Is it so? Yes! “Good.” Next", ["Is it so?", "Yes!", "“Good.”", "Next"]),
        ("Bring pens, paper, etc. Then draw.", ["Bring pens, paper, etc.", "Then draw."]),
        ("The answer is no. They may ask No. 3.", ["The answer is no.", "They may ask No. 3."]),
        ("It is in Annex B. Schools read it.", ["It is in Annex B.", "Schools read it."]),
        ("Ask J. Smith about reg. 9 of it. Go.", ["Ask J. Smith about reg. 9 of it.", "Go."]),
        ("It took 3.5 days. Done", ["It took 3.5 days.", "Done"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, sentences):
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(st.text(alphabet=st.sampled_from(list("ab A1.?! )”")), max_size=80))
def test_sentences_cover_all_but_white_space_once(text):
    spans = sentence_spans(text)
    assert "".join(text[s:e] for s, e in spans).replace(" ", "") == text.replace(" ", "")
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


def test_offsets_start_where_asked():
    assert sentence_spans("One. Two.", 10)[1] == (15, 19)
