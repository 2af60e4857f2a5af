"""What a trainer or a language model writes into a scenario passes the door; a story keeps away from real cases."""

from __future__ import annotations

import re

import pytest

from assistant.errors import UsageError
from assistant.model.scenario import ScenarioRequest
from assistant.scenarios.editing.edit import screened_text
from assistant.scenarios.editing.retelling import faults_of
from assistant.scenarios.grammar.themes import read_grammar
from assistant.scenarios.story.closeness import shared_run
from assistant.scenarios.story.tell import ToldStage, tell_story

STORY = tell_story(ScenarioRequest("neglect", seed=3), read_grammar())
CHILD = STORY.people[0].name


def test_first_names_of_the_story_stay_and_every_other_detail_is_masked() -> None:
    text = f"{CHILD} is seen by Mrs Thompson of 12 Mill Lane, LA9 4QX. {CHILD}'s uncle Gavin rings 07700 900123."
    found, kinds = screened_text(text, STORY.people, "The text", 500)
    assert found.count(CHILD) == 2
    assert not re.search(r"Thompson|Mill Lane|LA9|Gavin|07700", found)
    assert {"name", "address", "postcode", "phone"} <= set(kinds)


def test_a_surname_added_to_a_name_of_the_story_is_masked() -> None:
    found, kinds = screened_text(f"{CHILD} Hetherington is late.", STORY.people, "The text", 500)
    assert "Hetherington" not in found
    assert kinds == ("name",)


def test_a_text_of_the_grammar_passes_unchanged() -> None:
    for stage in STORY.stages:
        assert screened_text(stage.text, STORY.people, "The text", 3000) == (stage.text, ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("  \n ", "The text is empty"),
        ("word " * 200, "The text is too long: 999 characters, at most 500"),
        ("She was beaten up in Leeds.", "The text says “beaten up”"),
        ("It began on Snapchat.", "The text says “Snapchat”"),
    ],
)
def test_what_no_scenario_says_is_refused_with_the_word(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        screened_text(text, STORY.people, "The text", 500)


def stage() -> ToldStage:
    return STORY.stages[0]


@pytest.mark.parametrize(
    ("add", "fault"),
    [
        (" It is seen by Bertram.", "it names Bertram"),
        (" This has happened 14 times.", "it adds the number 14"),
        (" The school must tell the police.", "it says must"),
        (" See https://example.org.", "it contains markup"),
        (" " + "And so on and on. " * 60, "it is much shorter or longer"),
    ],
)
def test_a_retold_stage_may_bring_nothing_new(add: str, fault: str) -> None:
    assert list(faults_of(stage().text, stage(), STORY.people)) == []
    assert fault in list(faults_of(stage().text + add, stage(), STORY.people))


def test_a_retold_stage_may_not_lose_anybody() -> None:
    without = stage().text.replace(CHILD, "the child")
    assert f"it leaves out {CHILD}" in list(faults_of(without, stage(), STORY.people))


def test_eight_words_in_a_row_are_found_though_names_differ() -> None:
    one = "Nobody asked Mia why the blue bag was always packed by the door at night."
    other = "In that family nobody asked Ben why the blue bag was always packed by the door."
    assert shared_run(one, other, ["mia", "ben"]) == "nobody asked why the blue bag was always"
    assert shared_run(one, "Something else altogether.", ["mia"]) == ""
