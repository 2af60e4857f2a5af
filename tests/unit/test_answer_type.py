import pytest

from assistant.answering.query_analysis.answer_type import AnswerType, answer_type_of, has_answer_type


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how long have we got to decide?", AnswerType.TIME_LIMIT),
        ("How many working days is that", AnswerType.TIME_LIMIT),
        ("how many children were seen", AnswerType.NUMBER),
        ("what is the phone number for the MASH", AnswerType.CONTACT),
        ("Who chairs the conference?", AnswerType.ACTOR),
        ("where is it published", AnswerType.PLACE),
        ("why do we record it", AnswerType.REASON),
        ("Can I share without consent?", AnswerType.YES_NO),
        ("what does harmful sexual behaviour mean", AnswerType.DEFINITION),
        ("What are the four priorities?", AnswerType.LIST),
        ("tell me about supervision", AnswerType.OPEN),
    ],
)
def test_the_kind_of_answer_follows_from_the_words(question, expected):
    assert answer_type_of(question) is expected


@pytest.mark.parametrize(
    ("text", "expected", "is_there"),
    [
        ("within 45 working days", AnswerType.TIME_LIMIT, True),
        ("the group meets and reports", AnswerType.TIME_LIMIT, False),
        ("Call 01539 768124.", AnswerType.CONTACT, True),
        ("Call the team.", AnswerType.CONTACT, False),
        ("in September 2025", AnswerType.DATE, True),
        ("anything at all", AnswerType.OPEN, True),
    ],
)
def test_a_sentence_has_the_kind_of_answer_or_not(text, expected, is_there):
    assert has_answer_type(text, expected) is is_there
