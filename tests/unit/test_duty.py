import pytest

from assistant.model import Duty, Kind
from assistant.text.duty_words import duty_of


@pytest.mark.parametrize(
    ("quote", "duty"),
    [
        ("They must and should act.", Duty.MUST),
        ("Schools should act, and may ask.", Duty.SHOULD),
        ("Partners may ask.", Duty.MAY),
        ("In force from May 2024.", None),
        ("It was published on 1 May 2024.", None),
        ("Mustard is not a duty.", None),
        ("Nothing binds here.", None),
    ],
)
def test_the_strongest_duty_word_counts(quote, duty):
    assert duty_of(quote, Kind.STATUTORY_GUIDANCE) is duty


def test_a_learning_review_never_lays_down_a_duty():
    assert duty_of("Agencies must listen.", Kind.LEARNING_REVIEW) is None
