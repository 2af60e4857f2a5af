"""The files of the grammar are right, and the check of them finds what is wrong."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.scenarios.grammar.check import faults_in, general_faults, theme_faults
from assistant.scenarios.grammar.fragments import PLACEHOLDERS, filled, varied
from assistant.scenarios.grammar.themes import Theme, read_file, read_grammar

GRAMMAR = read_grammar()
WANTED = {
    "intrafamilial-sexual-abuse", "extra-familial-sexual-abuse", "harmful-sexual-behaviour", "online-harm",
    "sibling-sexual-abuse", "neglect", "domestic-abuse", "exploitation", "missing", "disabled-children",
    "information-sharing", "allegations-against-staff", "babies",
}  # fmt: skip


def test_every_theme_that_trainers_asked_for_is_there() -> None:
    assert {each.theme_id for each in GRAMMAR.themes} >= WANTED


@pytest.mark.parametrize("theme", GRAMMAR.themes, ids=lambda each: each.theme_id)
def test_a_packaged_theme_has_no_fault(theme: Theme) -> None:
    assert theme_faults(theme) == []


def test_the_packaged_pools_have_no_fault() -> None:
    assert general_faults(GRAMMAR.general) == []


def test_names_are_easy_to_tell_apart_and_stand_in_one_group_only() -> None:
    every = [name for group in GRAMMAR.names.group for name in (*group.girls, *group.boys)]
    assert len(every) == len(set(every))
    assert all(name.isascii() and name.istitle() and not name.endswith("s") for name in every)
    sizes = {len(each) for group in GRAMMAR.names.group for each in (group.girls, group.boys)}
    assert sizes == {24}


def test_every_aim_agency_and_setting_that_is_named_exists() -> None:
    aims = {each.id for each in GRAMMAR.world.aim}
    agencies = {each.id for each in GRAMMAR.world.agency}
    places = {each.id for each in GRAMMAR.world.place}
    assert {aim for theme in GRAMMAR.themes for each in theme.expectation for aim in each.aims} <= aims
    assert {each.agency for each in GRAMMAR.world.place} <= agencies
    assert {place for theme in GRAMMAR.themes for place in theme.settings} <= places
    assert all(set(each.other) == set(each.bands) for each in GRAMMAR.world.agency)


SPOILT = [
    ("{child} says that {he} is tired", "{child} says that {she} is tired", "{she} is not a placeholder"),
    ("{child} says", "{child} says on Monday that {he}", "“Monday” names a day"),
    ("{child} says", "{child} in London says", "“London” is not allowed in a scenario"),
    ("{child} says", "{child} with Bob says", "“Bob” has a capital inside a sentence"),
    ("{child} says", "{child} with a {worker} says", "an article before a placeholder"),
    ("{child} says", "{child} says says", "a word twice in a row"),
    ("{child} says", "The coat is {his}, and {child} says", "without a noun"),
    ('tired."\nquestions', 'tired"\nquestions', "no full stop at the end"),
    ('expects = ["tell"]', 'expects = ["nobody"]', "no expectation called nobody"),
    ('questions = ["What next?"]', 'questions = ["What {now|then}?"]', "alternatives in a question"),
    ("{child} says", "{child says", "braces that do not match"),
]


def spoilt(tmp_path: Path, old: str, new: str) -> Path:
    words = " ".join(f"word{chr(97 + n)}" for n in range(20))
    fragments = "\n".join(
        f'[[{slot}]]\nid = "{slot[0]}{n}"\ntext = "{{child}} says that {{he}} is tired. {words} {slot}{n} {words} tired."\n'
        'questions = ["What next?"]\nexpects = ["tell"]\n'
        for slot in ("opening", "signs", "voice", "dilemma", "turn", "later")
        for n in range(2)
    )
    text = f"""theme_id = "t"
title = "Test"
about = "About."
bands = ["5_10"]
content_note = "Note."
adults = [{{ role = "a neighbour" }}]
friend_roles = ["a friend"]
notes = ["Note."]
[[expectation]]
id = "tell"
title = "Telling"
asks = "Who is told?"
aims = ["referral"]
[[pitfall]]
title = "One"
asks = "What?"
[[unanswered]]
asks = "One?"
why = "Local."
[[unanswered]]
asks = "Two?"
why = "Local."
{fragments}"""
    path = tmp_path / "t.toml"
    path.write_text(text.replace(old, new, 1))
    return path


@pytest.mark.parametrize(("old", "new", "told"), SPOILT)
def test_the_check_names_the_fragment_and_the_fault(tmp_path: Path, old: str, new: str, told: str) -> None:
    before = faults_in(spoilt(tmp_path, "zz", "zz"))
    faults = [each for each in faults_in(spoilt(tmp_path, old, new)) if each not in before]
    assert any(told in each for each in faults), faults


def test_a_file_in_another_form_is_told_with_its_place(tmp_path: Path) -> None:
    assert "age_limit" in faults_in(spoilt(tmp_path, 'title = "Test"', 'title = "Test"\nage_limit = 3'))[0]
    with pytest.raises(ConfigurationError, match=r"t\.toml"):
        read_file(spoilt(tmp_path, "[[pitfall]]", "[[pitfall"), Theme)


def test_placeholders_alternatives_and_capitals_are_put_right() -> None:
    words = dict.fromkeys(PLACEHOLDERS, "the nurse")
    assert filled("{worker} sits down. {worker} says “{he} knows.”", words) == (
        "The nurse sits down. The nurse says “the nurse knows.”"
    )
    assert varied("{red|blue} and {big|small}", lambda options, place: options[place]) == "red and small"


def test_data_files_are_packaged() -> None:
    data = resources.files("assistant.scenarios.grammar") / "data"
    assert {"forbidden.toml", "details.toml", "world.toml", "names.toml"} <= {each.name for each in data.iterdir()}


def test_themes_of_ones_own_are_added_and_change_the_digest(tmp_path: Path) -> None:
    spoilt(tmp_path, 'theme_id = "t"', 'theme_id = "ours"').rename(tmp_path / "ours.toml")
    found = read_grammar(tmp_path)
    assert {each.theme_id for each in found.themes} == {"ours", *(each.theme_id for each in GRAMMAR.themes)}
    assert found.digest != GRAMMAR.digest
    with pytest.raises(ConfigurationError, match="no such themes folder"):
        read_grammar(tmp_path / "absent")
