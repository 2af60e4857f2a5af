import pytest

from assistant.answering.query_analysis.answer_type import Expectation, expectation_of, has_expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how long have we got to decide?", Expectation.TIME_LIMIT),
        ("How many working days is that", Expectation.TIME_LIMIT),
        ("how many children were seen", Expectation.NUMBER),
        ("what is the phone number for the MASH", Expectation.CONTACT),
        ("Who chairs the conference?", Expectation.ACTOR),
        ("where is it published", Expectation.PLACE),
        ("why do we record it", Expectation.REASON),
        ("Can I share without consent?", Expectation.YES_NO),
        ("what does harmful sexual behaviour mean", Expectation.DEFINITION),
        ("What are the four priorities?", Expectation.LIST),
        ("tell me about supervision", Expectation.OPEN),
    ],
)
def test_the_kind_of_answer_follows_from_the_words(question, expected):
    assert expectation_of(question) is expected


@pytest.mark.parametrize(
    ("text", "expected", "is_there"),
    [
        ("within 45 working days", Expectation.TIME_LIMIT, True),
        ("the group meets and reports", Expectation.TIME_LIMIT, False),
        ("Call 01539 768124.", Expectation.CONTACT, True),
        ("Call the team.", Expectation.CONTACT, False),
        ("in September 2025", Expectation.DATE, True),
        ("anything at all", Expectation.OPEN, True),
    ],
)
def test_a_sentence_has_the_kind_of_answer_or_not(text, expected, is_there):
    assert has_expected(text, expected) is is_there
