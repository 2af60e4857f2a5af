import pytest

from evals.dataset.gold import gold_ranks, is_shown, tokens
from evals.dataset.items import Item


@pytest.mark.parametrize(
    ("gold", "shown", "expected"),
    [
        ("within one working day", "They decide within one working day of it.", True),
        ("provide a framework1 to support", "they provide a framework to support sharing", True),
        ("the child’s plan", "the child's plan", True),
        ("within one working day of receipt", "within two working days of receipt", False),
        ("", "anything", False),
    ],
)
def test_a_gold_quote_is_shown_when_its_words_stand_in_one_run(gold, shown, expected):
    assert is_shown(gold, shown) is expected


def test_numbers_that_stand_alone_are_kept():
    assert tokens("within 45 days") == ("within", "45", "days")


def test_golds_of_one_part_are_alternatives_and_parts_are_not():
    golds = [
        {"edition_id": "e", "page": 1, "quote": "alpha beta gamma delta", "part": "a"},
        {"edition_id": "e", "page": 2, "quote": "one two three four", "part": "a"},
        {"edition_id": "e", "page": 3, "quote": "red green blue black", "part": "b"},
    ]
    item = Item.model_validate({"id": "x", "type": "multi", "question": "?", "gold": golds})
    hits = [{"edition_id": "e", "text": "zero"}, {"edition_id": "e", "text": "one two three four"}]
    assert gold_ranks(item, hits) == (2, None)
