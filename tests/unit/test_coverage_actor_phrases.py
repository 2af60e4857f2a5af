import pytest

from assistant.coverage.duties.actor_phrases import actor_phrase
from assistant.coverage.duties.clauses import clause_of, opens_duty


@pytest.mark.parametrize(
    ("subject", "actor"),
    [
        ("The standards set out that schools and colleges", "schools and colleges"),
        ("section 16K of the Act, which states that safeguarding partners", "safeguarding partners"),
        ("Partners have a shared aim to learn and", "Partners"),
        ("The abuse of children by other children is a safeguarding issue and all staff", "all staff"),
        ("The criteria safeguarding partners", "safeguarding partners"),
        ("Under the regulations, a school", "a school"),
        ("Practitioners who have concerns and carers", "Practitioners who have concerns and carers"),
        ("Schools, colleges and trusts", "Schools, colleges and trusts"),
        ("The head teacher", "The head teacher"),
    ],
)
def test_an_actor_is_named_without_the_clauses_around_it(subject, actor):
    assert actor_phrase(subject) == actor


def test_conditions_in_brackets_are_left_in_what_is_to_be_done():
    clause = clause_of("A referral should be made to the council (and the police if appropriate).")
    assert clause is not None
    assert clause.action == "be made to the council (and the police if appropriate)"
    assert clause.condition == ""


def test_an_aside_after_the_duty_word_is_no_action():
    clause = clause_of("Health staff should, as a minimum, be involved.")
    assert clause is not None
    assert (clause.actor, clause.action) == ("Health staff", "be involved")


def test_what_an_arrangement_contains_is_no_duty_of_those_named_before():
    clause = clause_of("They should also include the names of the partners.")
    assert clause is not None
    assert clause.actor == ""


@pytest.mark.parametrize(
    ("lead_in", "opens"),
    [
        ("The core group should:", True),
        ("They must not:", True),
        ("They should consider:", False),
        ("In addition:", False),
    ],
)
def test_a_lead_in_that_breaks_off_after_its_duty_word_opens_a_duty(lead_in, opens):
    assert opens_duty(lead_in) is opens
