"""What the meaning verifier takes and what it does not, one rule at a time."""

import pytest

from assistant.answering.verify.meaning.check import EMPTY, NO_QUOTE, TOO_LONG, check_meaning
from assistant.model import Verdict

DUTY = "The local authority must tell the parents within five working days."
WHERE = "Where a child is missing, the school should tell the police and the local authority."
LEFT = "A school may only share the record with a new provider if the parents have agreed."
TWO = "The panel must meet once a month, and the chair must write to the partners. The board pays for the meetings."


def is_taken(claim, quote, headings=()):
    return check_meaning(claim, quote, headings).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (DUTY, DUTY),
        ("The parents must be told by the local authority within five working days.", DUTY),
        ("The parents must be told within five working days by the local authority.", DUTY),
        ("Within 5 working days, the local authority must tell the parents.", DUTY),
        ("The local authority has to inform the parents within five working days.", DUTY),
        ("The council is required to notify the parents within 5 working days.", DUTY),
        ("The school should tell the police and the local authority when a child is missing.", WHERE),
        ("A school may share the record with a new provider only if the parents have agreed.", LEFT),
        ("Only a doctor may sign the form.", "Only a doctor can sign the form."),
        ("The board pays for the meetings.", TWO),
        ("The chair must write to the partners.", TWO),
        ("The panel must meet monthly.", TWO),
        ("Staff must not wait.", "Staff mustn't wait."),
        ("You must ask before you begin.", "You must ask before you begin, and you should write a note."),
        ("The needs of the child come before all else.", "The child's needs come before all else."),
        ("Every pupil needs no fewer than two visits a year.", "Every pupil needs at least two visits annually."),
        ("Pupils must have 12 or more hours of tuition.", "Pupils must have at least 12 hours of tuition."),
    ],
)
def test_a_claim_that_says_the_same_is_taken(claim, quote):
    found = check_meaning(claim, quote)
    assert found.verdict is Verdict.SUPPORTED, found.reason


@pytest.mark.parametrize(
    ("claim", "quote", "named"),
    [
        (DUTY.replace("five", "ten"), DUTY, ("five", "ten")),
        (DUTY.replace("working days", "days"), DUTY, ("working",)),
        (DUTY.replace("five working days", "five working weeks"), DUTY, ("weeks",)),
        (DUTY.replace("must", "must not"), DUTY, ("must", "must not")),
        (DUTY.replace("must", "should"), DUTY, ("must", "should")),
        (DUTY.replace("must", "may"), DUTY, ("must", "may")),
        (DUTY.replace("must tell", "tells"), DUTY, ("must",)),
        (DUTY.replace("within", "after"), DUTY, ("after",)),
        ("The local authority must tell the parents.", DUTY, ("within five working",)),
        ("The parents must tell the local authority within five working days.", DUTY, ("order",)),
        ("The parents must be told within five working days.", DUTY, ("be",)),
        (DUTY.replace("local authority", "police"), DUTY, ("police",)),
        (DUTY.replace("parents", "parents in writing"), DUTY, ("in writing",)),
        (DUTY.replace("the parents", "all parents"), DUTY, ("all parents",)),
        ("The school should tell the police and the local authority.", WHERE, ("Where child is missing",)),
        ("Unless a child is missing, the school should tell the police and the local authority.", WHERE, ("Unless",)),
        ("Where a child is missing, the school should tell the police or the local authority.", WHERE, ("or",)),
        ("Where a child is missing, the police should tell the school and the local authority.", WHERE, ("order",)),
        ("A school may share the record with a new provider if the parents have agreed.", LEFT, ("only",)),
        ("A school may only share the record with a new provider.", LEFT, ("if parents have agreed",)),
        ("The panel must write to the partners.", TWO, ("leaves out",)),
        ("The board must meet once a month.", TWO, ("leaves out",)),
        ("Some schools must act at once.", "Schools must act at once.", ("Some schools",)),
        ("Any school must act at once.", "Some schools must act at once.", ("Some schools", "Any school")),
        ("Schools must act before a visit.", "Schools must act after a visit.", ("before", "after")),
        ("The adopter must agree.", "The adopted must agree.", ("adopter",)),
    ],
)  # fmt: skip
def test_a_claim_that_says_something_else_is_not_taken_and_the_words_are_named(claim, quote, named):
    found = check_meaning(claim, quote)
    assert found.verdict is Verdict.UNSUPPORTED
    assert all(word in found.reason for word in named), found.reason
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        # "and" in what a condition asks
        ("If the child agrees, staff may write.", "If the child agrees and the parent agrees, staff may write."),
        # a qualifying sentence
        ("Staff may write to the parent.", "Staff may write to the parent. However, they must ask the child first."),
        ("Staff may write to the parent.", "Staff may write to the parent. This does not apply to a baby."),
        ("Staff may write to the parent.", "Staff may write to the parent, but must ask the child first."),
        ("Staff must write if the child is hurt.", "Staff must write if the child is hurt, and they may be alone."),
        ("Staff must write if the child is hurt.", "Staff must write if the child is hurt and the head should know."),
        (
            "Staff must write if the child is hurt.",
            "Staff must write if the child is hurt, and alone, staff should say.",
        ),
        # what an "or" leaves open
        ("Staff must write to the parent.", "Staff must write to the parent or to the carer."),
        # what both parts share
        ("Staff must write a note.", "Staff must write a note and tell the parent within two days."),
        ("Staff must tell the parent.", "Staff must tell the parent and must write a note if the child is hurt."),
        ("The larger home must register.", "The large home must register."),
        (
            "If the child is hurt, staff must tell the parent and may write a note.",
            "Staff must tell the parent and may write a note if the child is hurt.",
        ),
        (
            "Staff must visit the child.",
            "Staff must visit the child and the family within two days and must write a note.",
        ),
        ("Both the head must agree.", "Both the head and the parent must agree."),
        # items of a list that a condition asks for
        (
            "Staff may write if the child is older.",
            "Staff may write if — (a) the child is older; and (b) the parent agrees.",
        ),
        # a clause that says only what others think
        ("The parent is told.", "Staff must ensure that the child is safe and the parent is told."),
        # a time limit moved to another duty
        (
            "Within two days, staff must tell the parent and must write a note.",
            "Staff must tell the parent and must write a note within two days.",
        ),
        # a condition moved to another duty
        (
            "Staff must tell the parent, and must write a note if the child is hurt.",
            "If the child is hurt, staff must tell the parent, and must write a note.",
        ),
        # an adjective that narrows
        ("Children must have a visit.", "Disabled children must have a visit."),
        ("Staff in homes must have training.", "Staff in secure homes must have training."),
        # whose, whom
        ("The mother's friend must be told by staff.", "The friend's mother must be told by staff."),
        ("The report was sent to the head by the nurse.", "The report was sent to the nurse by the head."),
        # the past
        ("The policy is changed every year.", "The policy was changed every year."),
    ],
)
def test_what_a_part_depends_on_is_not_left_out(claim, quote):
    assert not is_taken(claim, quote)


def test_a_heading_names_what_a_pronoun_means_and_nothing_more():
    quote = "It must be held within 15 working days."
    headings = ("Child protection", "The initial conference")
    assert is_taken("The initial conference must be held within 15 working days.", quote, headings)
    assert not is_taken("The initial conference must be held within 15 working days.", quote)
    assert not is_taken("The final conference must be held within 15 working days.", quote, headings)
    assert not is_taken("Child protection must tell the police.", "Schools must tell the police.", headings)


@pytest.mark.parametrize(
    ("quote", "claims"),
    [
        (
            "The partners must— (a) publish a plan; (b) tell the public; and (c) meet once a year.",
            ("The partners must publish a plan.", "The partners must tell the public and meet annually."),
        ),
        (
            "Staff will:\n- listen to the child\n- not ask leading questions\n- write down the words",
            ("Staff will listen to the child.", "Staff will not ask leading questions."),
        ),
        ("7.2 The assessment should end in 45 days (see chapter 1).", ("The assessment should end in 45 days.",)),
    ],
)
def test_an_item_may_be_said_with_its_lead_in(quote, claims):
    assert [claim for claim in claims if not is_taken(claim, quote)] == []


def test_nothing_follows_from_nothing_and_very_long_texts_are_not_checked():
    assert check_meaning("", DUTY).reason == EMPTY
    assert check_meaning("…", DUTY).reason == EMPTY
    assert check_meaning(DUTY, " ").reason == NO_QUOTE
    assert check_meaning(DUTY, DUTY * 100).reason == TOO_LONG
