import json
from pathlib import Path

import jsonschema
import pytest

from assistant.model import Reason
from assistant.outcomes.json import outcome_object
from assistant.outcomes.schema import outcome_schema
from tests import outcomes

SCHEMA = jsonschema.Draft202012Validator(outcome_schema())
PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "outcome.schema.json"
EVERY = [
    outcomes.answered(),
    outcomes.refused(),
    outcomes.refused(Reason.NEEDS_JUDGEMENT),
    outcomes.signposted(),
    outcomes.signposted(outcomes.answered()),
    outcomes.signposted(outcomes.refused()),
]
COMMON = {"outcome", "question", "standalone", "statements", "citations", "notices", "masked", "trace"}


@pytest.mark.parametrize("outcome", EVERY)
def test_every_outcome_keeps_the_schema_after_a_round_trip(outcome):
    found = json.loads(json.dumps(outcome_object(outcome)))
    SCHEMA.validate(found)
    assert found.keys() >= COMMON


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(outcome_schema())


def test_the_published_schema_is_the_one_of_the_code():
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == outcome_schema(), "run `make schema`"


@pytest.mark.parametrize(
    "path", [(), ("trace",), ("citations", 0), ("citations", 0, "parts", 0), ("statements", 0), ("notices", 0)]
)
def test_a_key_that_the_schema_does_not_know_is_refused(path):
    found = json.loads(json.dumps(outcome_object(outcomes.answered())))
    target = found
    for step in path:
        target = target[step]
    target["surplus"] = 1
    assert not SCHEMA.is_valid(found)


@pytest.mark.parametrize("key", sorted(COMMON))
def test_a_missing_key_is_refused(key):
    found = outcome_object(outcomes.answered())
    del found[key]
    assert not SCHEMA.is_valid(json.loads(json.dumps(found)))


def test_a_quote_is_its_parts_joined_by_one_space():
    (cited,) = outcome_object(outcomes.answered())["citations"]
    assert cited["quote"] == " ".join(part["quote"] for part in cited["parts"])
    assert cited["parts"][0] == {
        "quote": "The lead practitioner must:",
        "span": [10, 37],
        "pages": [4],
        "page_labels": ["2"],
    }
    assert cited["pages"] == [4, 5]


def test_what_is_absent_is_null_or_empty():
    found = outcome_object(outcomes.signposted())
    assert found["then"] is None
    assert found["statements"] == found["citations"] == found["notices"] == found["masked"] == []
    assert outcome_object(outcomes.refused())["contact"]["email"] is None


def test_a_refusal_shows_no_citation_as_support():
    found = outcome_object(outcomes.refused())
    assert found["statements"] == found["citations"] == found["criteria"] == []
    assert [each["edition_id"] for each in found["nearest"]] == ["review-2025"]


def test_criteria_are_quoted_where_people_decide():
    found = outcome_object(outcomes.refused(Reason.NEEDS_JUDGEMENT))
    assert found["criteria"][0]["citations"] == [found["citations"][0]["number"]]
