"""Sets of labelled messages, the thresholds that are set on them, and the contacts that are still the defaults."""

import json

import pytest

from assistant.answering.screening.door import Scores
from assistant.errors import UsageError
from assistant.model import Level
from assistant.operations.default_contacts import default_contact_warnings
from assistant.settings import CHILDLINE, ContactSetting, Settings, TodayCardSetting
from evals.screening.levels import measure_set
from evals.training.door_classifier import Held, thresholds
from evals.training.door_material import Wording

ROWS = [
    {"id": "a", "level": "act_now", "writer": "parent", "text": "he's hitting her right now what do i do"},
    {"id": "b", "level": "act_now", "writer": "parent", "text": "the bath is still running and she does not answer"},
    {"id": "c", "level": "look_up", "writer": "parent", "text": "Who chairs the conference?"},
    {"id": "d", "judgement": True, "text": "does this child meet threshold?"},
    {"id": "e", "details": [{"value": "Priya Nair", "kind": "name"}], "text": "Priya Nair told me. Who do I tell?"},
    {"id": "f", "details": [], "text": "What did the Jay inquiry say?"},
    {"id": "g", "empty": True, "text": "[name]"},
]


def test_a_set_is_counted_by_level_judgement_and_kind_of_detail(tmp_path):
    (tmp_path / "hand.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    counts = {each.name: (each.hits, each.total) for each in measure_set(tmp_path, None)}
    assert counts["act now"] == (1, 2)
    assert counts["false act now"] == (0, 1)
    assert counts["judgement"] == counts["details, name"] == counts["nothing left to ask"] == (1, 1)
    assert counts["details, masked by mistake"] == (0, 1)


def test_hands_are_told_apart_and_kinds_of_writer_need_five_rows(tmp_path):
    for hand in ("one", "two"):
        rows = [
            {**ROWS[0], "id": f"{hand}{number}", "writer": f"parent {hand}"} for number in range(4 + (hand == "two"))
        ]
        (tmp_path / f"{hand}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    names = {each.name for each in measure_set(tmp_path, None)}
    assert {"one: act now", "two: act now", "writer parent two: act now"} <= names
    assert "writer parent one: act now" not in names


@pytest.mark.parametrize("content", ['{"id": "a"}', "no json", "[1]"])
def test_a_row_that_cannot_be_read_is_named(tmp_path, content):
    (tmp_path / "hand.jsonl").write_text(content)
    with pytest.raises(UsageError, match=r"hand.jsonl, line 1"):
        measure_set(tmp_path, None)


def test_a_folder_without_a_set_is_named(tmp_path):
    with pytest.raises(UsageError, match="no JSONL file"):
        measure_set(tmp_path, None)


def held(level: Level | None, score: float, *, now: float | None = None, judgement: bool | None = None) -> Held:
    wording = Wording("1", "", "text", level, judgement)
    return Held(wording, Scores(score if now is None else now, score, score), Level.LOOK_UP, is_judged_by_rules=False)


def test_thresholds_are_the_highest_within_their_bounds_on_misses():
    urgent = [held(Level.ACT_NOW, 0.9)] * 95 + [held(Level.ACT_NOW, 0.3)] * 105
    today = [held(Level.ACT_TODAY, 0.4, now=0.0)] * 100
    calm = [held(None, 0.2, judgement=False)] * 100
    now, card, judgement = thresholds([*urgent, *today, *calm])
    assert (now, card) == (0.3, 0.4)
    assert judgement == 0.21


def test_without_enough_wordings_nothing_is_promised_and_the_lowest_threshold_stands():
    now, card, _ = thresholds([held(Level.ACT_NOW, 0.9)] * 5)
    assert (now, card) == (0.02, 0.02)


def test_contacts_that_are_the_defaults_are_warned_about_until_they_are_set():
    assert len(default_contact_warnings(Settings())) == 2
    local = ContactSetting(name="Our hub", phone="01234 567890")
    ours = Settings(contact=local, card_today=TodayCardSetting(contacts=(local, CHILDLINE)))
    assert default_contact_warnings(ours) == ()
