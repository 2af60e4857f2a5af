import pytest

from assistant.editions.locations import label_at
from assistant.model import Digest, EditionId, Passage, PassageId, Sentence, SentenceKind, Span

TEXT = "It opens.\n24. First rule.\nMore of it.\n25. In 12. May it holds.\n3.1 | a | row"


def passage(label: str | None, text: str = TEXT, offset: int = 100) -> Passage:
    spans = [Span(offset + text.index(line), offset + text.index(line) + len(line)) for line in text.split("\n")]
    kinds = [SentenceKind.TABLE_ROW if "|" in line else SentenceKind.PROSE for line in text.split("\n")]
    sentences = tuple(Sentence(span, kind) for span, kind in zip(spans, kinds, strict=True))
    span = Span(offset, offset + len(text))
    return Passage(PassageId("p:0"), EditionId("p"), span, (), label, text, text, Digest("0"), sentences)


@pytest.mark.parametrize(
    ("words", "label"),
    [("24. First", "24"), ("More of it", "24"), ("25. In", "25"), ("12. May", "25"), ("3.1 | a", "25")],
)
def test_the_label_is_that_of_the_paragraph_the_words_stand_in(words, label):
    assert label_at(passage("24"), 100 + TEXT.index(words)) == label


def test_a_later_paragraph_lends_its_label_to_nothing_before_it():
    assert label_at(passage("24"), 100) is None


def test_the_label_of_the_section_holds_before_the_first_numbered_paragraph():
    assert label_at(passage("2.1"), 100) == "2.1"


def test_a_passage_without_numbered_paragraphs_keeps_its_label():
    plain = "No number.\nNone here."
    assert label_at(passage("7", plain), 100 + plain.index("None")) == "7"


def test_a_section_number_with_dots_is_a_label():
    dotted = "6.1 A rule.\n6.3 Another."
    assert label_at(passage("6.1", dotted), 100 + dotted.index("6.3")) == "6.3"
