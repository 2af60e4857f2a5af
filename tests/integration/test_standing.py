"""What the assistant asks a library itself: steps for today, criteria that fit a case, and who decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.answerability.calibration import load_calibration
from assistant.answering.pipeline import ask
from assistant.answering.resources import Resources
from assistant.answering.standing.needs import need_of
from assistant.answering.touched_groups import touched_groups
from assistant.messages import NO_CRITERIA
from assistant.model import Edition, EditionId, Form, Kind, Level, Question, Refused, Screened, Signposted
from assistant.ports import Update
from assistant.settings import Settings
from ingest.readers.blocks import BlockKind
from tests.fakes import FakeEmbedder
from tests.integration.test_answering import made, publish
from tests.libraries import real_library

TODAY = date(2026, 11, 23)
RULES = Edition(EditionId("rules"), "rules", "Local thresholds", Kind.GUIDANCE)
DRAFT = replace(RULES, edition_id=EditionId("draft"), work="draft", title="Draft", form=Form.DRAFT)
REVIEW = replace(RULES, edition_id=EditionId("review"), work="review", title="Review", kind=Kind.LEARNING_REVIEW)
PANEL = replace(RULES, edition_id=EditionId("panel"), work="panel", title="Panel plan", groups=("panel",))
BRUISE = "Any bruise or mark on a baby who is not mobile must be reported to the duty desk on the same day."
LEVELS = "Families with rent arrears who face eviction with no plan are at level 3."
DECIDES = "A social work manager should decide the next steps after a referral within one working day."
WAIT = "Before calling the police about a missing child, the carer should search the building."
CALL = "Where a missing child is under 11, the carer must call 999 straight away."
PANEL_CALL = "For a missing child the panel officer must be informed at once by the carer who calls."
IN_DRAFT = "A bruise on a baby who is not mobile must be reported to the ward on the same day."
IN_REVIEW = "A bruise on a baby who is not mobile should have been reported to the GP on the same day."


@pytest.fixture
def embedder():
    return FakeEmbedder()


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path, cache=tmp_path)


@pytest.fixture
def library(tmp_path, embedder, settings):
    said = (
        (RULES, (BRUISE, LEVELS, DECIDES, WAIT, CALL)),
        (DRAFT, (IN_DRAFT,)),
        (REVIEW, (IN_REVIEW,)),
        (PANEL, (PANEL_CALL,)),
    )
    documents = tuple(
        made(edition, [(BlockKind.PARAGRAPH, each) for each in texts], embedder, settings) for edition, texts in said
    )
    found = real_library(tmp_path, embedder)
    publish(found, Update(documents), embedder)
    return found


@pytest.fixture
def resources(embedder, settings):
    lenient = load_calibration(None).model_copy(update={"threshold": 0.0, "extra_share": 0.0})
    return Resources(embedder, settings, lenient, lambda: TODAY)


def asked(library, resources, text, level=Level.LOOK_UP, route="judgement", groups=()):
    with library.open() as snapshot:
        return ask(
            Question(text, groups=groups), snapshot, resources, screening=Screened(text, level=level, route=route)
        )


def steps_of(library, resources, text, groups=()):
    outcome = asked(library, resources, text, Level.ACT_TODAY, "answer", groups)
    assert isinstance(outcome, Signposted)
    return [each.statement.text for each in outcome.steps]


def criteria_of(outcome):
    assert isinstance(outcome, Refused)
    return [each.text for each in outcome.criteria]


def test_steps_are_of_the_kind_of_need_and_of_what_is_adopted_and_no_review(library, resources):
    assert steps_of(library, resources, "there is a bruise on my 4 month old baby") == [BRUISE]


def test_a_step_that_puts_a_call_off_is_never_quoted(library, resources):
    assert steps_of(library, resources, "he has gone missing from the home") == [CALL]


def test_a_kind_of_which_the_documents_say_nothing_has_no_steps(library, resources):
    assert steps_of(library, resources, "she says she wants to die but has no plan") == []


def test_nothing_that_is_not_certainly_answered_is_shown(library, embedder, settings):
    strict = load_calibration(None).model_copy(update={"threshold": 0.9999999})
    strict_ones = Resources(embedder, settings, strict, lambda: TODAY)
    outcome = asked(library, strict_ones, "there is a bruise on my 4 month old baby, is it abuse?")

    assert steps_of(library, strict_ones, "there is a bruise on my 4 month old baby") == []
    assert outcome.decides == ()


def test_steps_of_a_restricted_edition_are_for_its_groups_alone_whoever_asked_first(library, resources):
    typed = "he has gone missing from the home"
    for groups, expected in (((), [CALL]), (("panel",), [CALL, PANEL_CALL]), ((), [CALL])):
        assert sorted(steps_of(library, resources, typed, groups)) == sorted(expected)


def test_a_question_whose_steps_quote_a_restricted_edition_belongs_to_its_groups(library, resources):
    typed = "he has gone missing from the home"
    outcome = asked(library, resources, typed, Level.ACT_TODAY, "nothing_left", ("panel",))
    with library.open() as snapshot:
        assert touched_groups(outcome, Question(typed, groups=("panel",)), snapshot) == (("panel",),)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("Is this S47: bruise to cheek, 4 month old, non-mobile?", [BRUISE]),
        ("They are being evicted on Friday. Does this family meet threshold?", [LEVELS]),
        ("He is always hungry and in the same clothes. Is it neglect?", []),
        ("Should the boy live with his nan or his dad?", []),
    ],
)
def test_only_criteria_that_fit_the_case_are_quoted(library, resources, case, expected):
    outcome = asked(library, resources, case)

    assert criteria_of(outcome) == expected
    assert (outcome.message == NO_CRITERIA) is (not expected)


def test_who_decides_is_quoted_where_the_documents_say_so(library, resources):
    outcome = asked(library, resources, "Is it neglect? He is always hungry.")

    assert [each.statement.text for each in outcome.decides] == [DECIDES]
    assert asked(library, resources, "Should the boy live with his nan or his dad?").decides == ()
    assert outcome.contact is not None


@pytest.mark.parametrize(
    ("message", "need"),
    [
        ("A child has just told me her stepdad touches her. Who do I tell?", "disclosure"),
        ("bruise on a 4 month old baby", "baby"),
        ("bruise to cheek, 10 week old, not rolling", "baby"),
        ("belt marks on his back, he is 9", "injury"),
        ("my colleague hit a child", "colleague"),
        ("a child is missing and it is midnight", "missing"),
        ("Two missing teeth and he was missing his pen", "other"),
        ("thoughts of suicide, no plan", "suicide"),
        ("i dont want to be alive anymore but im not going to do anything", "suicide"),
        ("a man she met online wants nudes", "exploitation"),
        ("no food in the house and the kids are home alone", "neglect"),
        ("dad just out of prison, seen at the school gate", "other"),
    ],
)
def test_a_message_tells_the_kind_of_need(message, need):
    assert need_of(message) == need
