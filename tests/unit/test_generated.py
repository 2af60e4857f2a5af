"""What of a written draft stands alone, and whose words a rewritten question may have."""

import pytest

from assistant.answering.generated import LEFT_ALONE, fail_dependent_claims, left_out
from assistant.answering.rewriting.follow_ups import is_faithful, rewrite, rewrite_by
from assistant.model import Claim, EditionId, Finding, PassageId, Screened, Span, Turn, Verdict

YES, NO = Verdict.SUPPORTED, Verdict.UNSUPPORTED


def finding(text, verdict=YES):
    return Finding(Claim(text, (Span(0, 9),), EditionId("e"), PassageId("p")), verdict, "as checked")


def kept(*findings):
    return [each.claim.text for each in fail_dependent_claims(findings) if each.verdict is YES]


def test_what_passed_stands():
    assert kept(finding("The chair acts."), finding("The court orders.")) == ["The chair acts.", "The court orders."]
    assert left_out((finding("The chair acts."),)) == ()


def test_nothing_stands_where_the_first_claim_fell():
    assert kept(finding("The chair acts.", NO), finding("The court orders.")) == []


@pytest.mark.parametrize("opening", ["It", "They also", "This", "However, it", "But the court", "Otherwise the court"])
def test_a_claim_that_leans_on_one_that_fell_goes_with_it(opening):
    after = f"{opening} decides."
    assert kept(finding("The chair acts."), finding("The nurse acts.", NO), finding(after)) == ["The chair acts."]
    assert kept(finding("The chair acts."), finding("The nurse acts."), finding(after))[-1] == after


def test_what_leans_on_a_claim_that_fell_for_leaning_falls_too():
    found = (finding("The chair acts."), finding("The nurse acts.", NO), finding("It helps."), finding("It waits."))
    assert kept(*found) == ["The chair acts."]


def test_a_claim_made_twice_is_shown_once():
    assert kept(finding("The chair acts."), finding("The chair acts.")) == ["The chair acts."]


def test_the_reason_of_one_left_alone_is_said_and_the_others_stay_as_checked():
    found = fail_dependent_claims((finding("The chair acts.", NO), finding("The court orders.")))
    assert [each.reason for each in found] == ["as checked", LEFT_ALONE]
    assert [each.code for each in left_out(found)] == ["left_out"]


EARLIER = (Turn("user", "When must the chair send the minutes?"), Turn("assistant", "Within 10 working days."))


class Saying:
    def __init__(self, made):
        self.made = made
        self.asked = 0

    def standalone(self, question, earlier):
        self.asked += 1
        return self.made


@pytest.mark.parametrize(
    ("made", "is_kept"),
    [
        ("Who must send the minutes?", True),
        ("Who sends the minutes within 10 working days?", True),
        ("Who sends the minutes within 5 working days?", False),
        ("Who sends the minutes to Aisha?", False),
        ("Who sends them?", True),
        ("When must the chair act?", False),
        ("Who may send the minutes?", False),
        ("Who must not send the minutes?", False),
        ("Only the chair sends the minutes?", False),
        ("Who sends the minutes of [name]?", False),
        ("Who sends the minutes? " * 30, False),
        (None, False),
    ],
)
def test_a_rewritten_question_has_no_words_but_those_that_were_said(made, is_kept):
    screened = Screened("and who sends them?", history=EARLIER)
    expected = made if is_kept else rewrite(screened)
    assert rewrite_by(screened, Saying(made)) == expected


def test_a_question_that_leans_on_nothing_is_not_rewritten():
    said = Saying("Something else?")
    whole = Screened("When is it lawful to share information without consent?", history=EARLIER)
    assert rewrite_by(whole, said) == whole.text
    assert rewrite_by(Screened("and who sends them?"), said) == "and who sends them?"
    assert said.asked == 0


def test_a_turn_that_is_no_longer_read_gives_no_words():
    old = (Turn("user", "What of the coroner?"), *(Turn("user", "When must the chair send the minutes?"),) * 8)
    assert not is_faithful("Who sends the minutes to the coroner?", Screened("and who sends them?", history=old))
