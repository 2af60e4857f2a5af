import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.verify.by_model import ModelJudge
from assistant.answering.verify.claims import REJECTED, check_pair
from assistant.model import Verdict
from tests.fakes_model import FakeModel

QUOTE = "The head teacher must tell the local authority within five days."
ALTERED = "The head teacher may tell the local authority within five days."


def judge(*script):
    return ModelJudge(FakeModel(list(script)), 5.0)


def test_what_the_model_finds_is_taken_and_it_sees_quote_and_claim_as_data():
    model = FakeModel(['{"entailed": true}'])
    assert ModelJudge(model, 5.0).entails(QUOTE, QUOTE)
    instructions, data = model.asked[0]
    assert QUOTE in data
    assert QUOTE not in instructions


@pytest.mark.parametrize(
    "reply",
    ['{"entailed": false}', '{"entailed": "true"}', '{"entailed": 1}', "[true]", "yes", "", None, "x" * 10_000, "{}"],
)
def test_anything_else_rejects(reply):
    assert not judge(reply).entails(QUOTE, QUOTE)


@given(st.text(max_size=80))
def test_no_other_reply_takes_a_claim(reply):
    assert not judge(reply).entails(QUOTE, QUOTE) or "true" in reply


def test_it_may_reject_what_the_rules_take():
    assert check_pair(QUOTE, QUOTE, (), judge('{"entailed": true}')).verdict is Verdict.SUPPORTED
    rejected = check_pair(QUOTE, QUOTE, (), judge('{"entailed": false}'))
    assert (rejected.verdict, rejected.reason) == (Verdict.UNSUPPORTED, REJECTED)


def test_it_takes_nothing_that_the_rules_reject():
    model = FakeModel(['{"entailed": true}'])
    assert check_pair(ALTERED, QUOTE, (), ModelJudge(model, 5.0)).verdict is Verdict.UNSUPPORTED
    assert model.asked == []
