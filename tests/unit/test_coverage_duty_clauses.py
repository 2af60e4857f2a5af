import pytest

from assistant.coverage.duties.actors import NOT_NAMED, group_of
from assistant.coverage.duties.clauses import clause_of, is_open_list
from assistant.model import Duty


@pytest.mark.parametrize(
    ("sentence", "strength", "actor"),
    [
        ("12. The head teacher must tell the parents.", Duty.MUST, "The head teacher"),
        ("Partners should meet and must publish minutes.", Duty.MUST, "Partners"),
        ("If a crime is suspected, the police should be told.", Duty.SHOULD, ""),
        ("If staff are worried, they should act at once.", Duty.SHOULD, "staff"),
        ("Referrals should be made by the school.", Duty.SHOULD, "the school"),
        ("In addition, managers should also keep notes.", Duty.SHOULD, "managers"),
        ("Practitioners who work with children should be alert.", Duty.SHOULD, "Practitioners who work with children"),
    ],
)
def test_a_duty_is_taken_apart(sentence, strength, actor):
    clause = clause_of(sentence)
    assert clause is not None
    assert clause.strength is strength
    assert clause.actor == actor


@pytest.mark.parametrize(
    "sentence",
    [
        "Should the school be told?",
        "The word “must” is used in this sense.",
        "They decide whether enquiries must be made.",
        "Guidance says how reports should be managed.",
        "This should help practitioners.",
        "Name the staff who should be told.",
        "Nothing binds here.",
        "Meeting the criteria does not mean that partners must carry out a review.",
    ],
)
def test_a_question_a_quotation_and_an_embedded_clause_lay_down_nothing(sentence):
    assert clause_of(sentence) is None


def test_conditions_before_and_after_the_duty_are_read():
    clause = clause_of("Where it is safe, the worker should see the child alone unless the child objects.")
    assert clause is not None
    assert clause.condition == "Where it is safe; unless the child objects"
    assert clause.action == "see the child alone"


def test_the_items_of_a_list_of_conditions_are_no_duties():
    assert is_open_list("The authority must notify the panel if:")
    assert not is_open_list("The authority must:")


@pytest.mark.parametrize(
    ("actor", "group"),
    [
        ("local authority children’s social care", "Local authorities"),
        ("The designated safeguarding lead", "Designated safeguarding lead"),
        ("a social work qualified manager", "Social workers and lead practitioners"),
        ("the weather", NOT_NAMED),
    ],
)
def test_an_actor_belongs_to_the_group_named_first(actor, group):
    assert group_of(actor) == group
