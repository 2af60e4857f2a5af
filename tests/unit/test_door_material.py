"""What the classifier of the door is trained on: slips and frames keep what a message says, and each hand is left out whole."""

import random
from collections import Counter

import pytest

from assistant.model import Level
from evals.training.door_material import HANDS, OURS, Wording, _made, rows_of
from evals.training.slips import AFTER, BEFORE, framed, misspelt

TEXT = "He's got the knife out and my little brother is locked in the bathroom, what should I do?"


def test_slips_are_the_same_for_the_same_seed_and_leave_most_letters():
    slipped = [misspelt(TEXT, random.Random(seed)) for seed in range(20)]
    assert slipped == [misspelt(TEXT, random.Random(seed)) for seed in range(20)]
    assert all(each != TEXT for each in slipped)
    letters = Counter(TEXT.lower())
    assert all(sum((letters & Counter(each.lower())).values()) > 0.6 * len(TEXT) for each in slipped)


@pytest.mark.parametrize("text", ["", "a", "?!", "ok"])
def test_a_text_of_next_to_nothing_can_slip(text):
    assert isinstance(misspelt(text, random.Random(1)), str)


def test_a_frame_keeps_the_whole_text():
    for seed in range(20):
        added = framed(TEXT, random.Random(seed)).replace(TEXT, "").strip()
        assert added in {*BEFORE, *AFTER}


def test_what_is_made_of_a_hand_is_of_that_hand_and_has_the_higher_level():
    given = [Wording("e", "x", f"{level.value} {number}", level) for level in Level for number in range(8)]
    made = list(_made(given))
    assert {each.hand for each in made} == {"e"}
    assert all(each.is_made for each in made)
    pairs = [each for each in made if not each.writer]
    assert pairs
    assert all(("act_now" in each.text) == (each.level is Level.ACT_NOW) for each in pairs)


@pytest.mark.parametrize("file", sorted(OURS.glob("hand-*.jsonl")), ids=lambda file: file.stem)
def test_the_wordings_of_a_hand_are_rows_with_a_level_and_none_twice(file):
    rows = list(rows_of(file))
    assert len({row["id"] for row in rows}) == len({str(row["text"]).lower() for row in rows}) == len(rows)
    assert {Level(str(row["level"])) for row in rows} == set(Level)
    assert file.stem.removeprefix("hand-") in HANDS
    assert file.name in (OURS / "README.md").read_text(encoding="utf-8")
