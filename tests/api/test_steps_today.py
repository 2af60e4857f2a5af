"""Under the card of *act today* stands what the library's own documents say to do, on every way to ask."""

from __future__ import annotations

import json

import pytest

from assistant.answering.kept_claims import KeptClaims
from assistant.messages import STEPS_TODAY
from assistant.model import Question, Signposted
from tests.api.conftest import Served
from tests.api.test_card_first import WAYS, asked

COLLEAGUE = "A colleague has slapped a pupil. Who do I report it to?"
SAME_KIND = "our coach has been messaging one of the girls at night, told me to delete it"
QUOTE = "An allegation should be reported immediately to a senior manager of the organisation."
NOTHING_SAID = "bruise on a 4 month old baby"


def outcome_of(served: Served, text: str, groups: tuple[str, ...] = ()) -> Signposted:
    outcome = served.assistant.ask(Question(text, groups=groups))
    assert isinstance(outcome, Signposted)
    return outcome


@pytest.mark.parametrize("way", [each for each in WAYS if each != "completion stream"])
def test_the_steps_stand_under_the_contacts_and_above_what_was_asked(served: Served, way: str) -> None:
    name = served.client.post("/v1/conversations").json()["conversation_id"]
    text = asked(served.client.post, way, COLLEAGUE, name, card=served.assistant.settings.card_today.title)
    contact = served.assistant.settings.card_today.contacts[-1].name

    assert QUOTE in text
    if way in ("form", "completion"):
        title = f"<h4>{STEPS_TODAY}" if way == "form" else STEPS_TODAY
        assert text.index(contact) < text.index(title) < text.index(QUOTE)
        assert text.index(QUOTE) < text.index("Looked for") if "Looked for" in text else True


def test_the_card_of_a_stream_comes_before_anything_is_looked_up(served: Served) -> None:
    name = served.client.post("/v1/conversations").json()["conversation_id"]
    text = asked(served.client.post, "stream", COLLEAGUE, name, card=served.assistant.settings.card_today.title)

    assert text.index("event: card") < text.index('event: stage\ndata: {"stage": "retrieve"}') < text.index(QUOTE)


def test_steps_are_quotes_with_their_place_and_never_more_than_two(served: Served) -> None:
    steps = outcome_of(served, COLLEAGUE).steps

    assert 1 <= len(steps) <= 2
    for each in steps:
        assert each.statement.text == each.citation.quote
        assert each.citation.pages
        assert each.citation.edition.form.value != "draft"


def test_the_steps_follow_from_the_kind_of_need_and_not_from_the_words(served: Served) -> None:
    assert outcome_of(served, COLLEAGUE).steps == outcome_of(served, SAME_KIND).steps


def test_a_library_that_does_not_say_has_no_steps(served: Served) -> None:
    assert outcome_of(served, NOTHING_SAID).steps == ()


def test_a_card_of_danger_now_has_no_steps(served: Served) -> None:
    outcome = outcome_of(served, "My colleague is hitting a child right now, she is bleeding and won't wake up")

    assert (outcome.card.level.value, outcome.steps) == ("act_now", ())


def test_a_kind_is_asked_of_the_library_once_a_reader(served: Served) -> None:
    outcome_of(served, COLLEAGUE)
    kept = served.assistant.resources.kept
    keys = len(kept._found)
    outcome_of(served, SAME_KIND)
    assert len(kept._found) == keys
    outcome_of(served, SAME_KIND, ("children",))
    assert len(kept._found) == keys + 1


def test_what_is_kept_is_bounded() -> None:
    kept = KeptClaims(most=2)
    for key in ("a", "b", "a", "c"):
        kept.of((key,), tuple)

    assert list(kept._found) == [("a",), ("c",)]


def test_what_was_stored_has_the_steps_when_it_is_read_again(served: Served) -> None:
    name = served.client.post("/v1/conversations").json()["conversation_id"]
    sent = json.loads(
        asked(served.client.post, "message", COLLEAGUE, name, card=served.assistant.settings.card_today.title)
    )
    (read,) = served.client.get(f"/v1/conversations/{name}").json()["messages"]

    assert read["outcome"]["steps"] == sent["outcome"]["steps"] != []
