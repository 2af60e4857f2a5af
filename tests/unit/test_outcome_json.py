import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from assistant.model import Reason, Trace
from assistant.outcomes.view import (
    OutcomeView,
    outcome_object,
    outcome_schema,
    outcome_view,
    read_outcome,
    without_card,
)
from tests import outcomes
from tests.fakes_model import hit

SCHEMA = jsonschema.Draft202012Validator(outcome_schema())
OBJECTS = Path(__file__).resolve().parents[1] / "data" / "outcomes.json"
"""The JSON of ``EVERY``, written by the release before the view.

The level and further texts of a card, lines of quotes, places of notices, differences, recognised words, marks of sources and the
opinions of a second judge came later.
"""
PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "outcome.schema.json"
EVERY = [
    outcomes.answered(),
    outcomes.refused(),
    outcomes.refused(Reason.NEEDS_JUDGEMENT),
    outcomes.signposted(),
    outcomes.signposted(outcomes.answered()),
    outcomes.signposted(outcomes.refused()),
    replace(
        outcomes.answered(),
        is_written=True,
        trace=Trace(
            {"screen": 0.0012345678, "retrieve": 0.25},
            "abc",
            (replace(hit("a", "One."), score=0.123456789, cosine=0.62), hit("b", "Two.", rejected="near_duplicate")),
            {"margin": 0.5},
            0.75,
        ),
    ),
    replace(
        outcomes.refused(),
        contact=replace(outcomes.CONTACT, check_by=date(2026, 12, 1)),
        nearest=(replace(outcomes.citation(), label=None), outcomes.citation(2, outcomes.REVIEW)),
        masked=("name", "date of birth"),
    ),
]
COMMON = {"outcome", "question", "standalone", "statements", "citations", "notices", "masked", "trace"}


@pytest.mark.parametrize("outcome", EVERY)
def test_every_outcome_keeps_the_schema_after_a_round_trip(outcome):
    found = json.loads(json.dumps(outcome_object(outcome)))
    SCHEMA.validate(found)
    assert found.keys() >= COMMON


def test_the_json_is_that_of_the_release_before_the_view_key_by_key():
    before = json.loads(OBJECTS.read_text(encoding="utf-8"))
    assert [json.dumps(outcome_object(each)) for each in EVERY] == [json.dumps(each) for each in before]


@pytest.mark.parametrize("outcome", EVERY)
def test_an_outcome_is_read_back_as_it_was_written(outcome):
    assert read_outcome(json.loads(json.dumps(outcome_object(outcome)))) == outcome_view(outcome)


OPTIONAL = [
    (0, ("mode",), "quoted"),
    (0, ("masked",), ()),
    (0, ("trace", "hits"), ()),
    (0, ("trace", "probability"), None),
    (0, ("statements", 0, "duty"), None),
    (0, ("citations", 0, "label"), None),
    (1, ("criteria",), ()),
    (1, ("citations",), ()),
    (1, ("contact",), None),
    (1, ("contact", "check_by"), None),
    (3, ("then",), None),
]


@pytest.mark.parametrize(("sample", "path", "default"), OPTIONAL)
def test_a_key_that_an_earlier_release_did_not_write_is_read_as_absent(sample, path, default):
    stored = json.loads(json.dumps(outcome_object(EVERY[sample])))
    target = stored
    for step in path[:-1]:
        target = target[step]
    del target[path[-1]]
    value = read_outcome(stored)
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    assert value == default


def test_a_key_that_a_later_release_wrote_is_ignored():
    stored = outcome_object(outcomes.answered())
    assert read_outcome({**stored, "later": 1, "trace": {**stored["trace"], "later": 1}}) == read_outcome(stored)


def test_what_follows_a_card_is_the_outcome_of_the_search():
    answered: OutcomeView = outcome_view(outcomes.answered())
    assert without_card(outcome_view(outcomes.signposted(outcomes.answered()))) == answered
    assert without_card(answered) == answered
    card = outcome_view(outcomes.signposted())
    assert without_card(card) == card


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
