"""What only relates, and how much of a list is left out, on every output."""

from dataclasses import replace

from api.completions.outcome_text import RELATED_WORDS, links_of, text_of
from assistant.answering.touched_groups import touched_groups
from assistant.cli.render import lines_of
from assistant.model import More, Question, Signposted
from assistant.outcomes.view import outcome_object, outcome_view, read_outcome
from tests import outcomes

CITED = replace(outcomes.citation(), more=More(6, (5, 6), ("3", "4")))
ANSWER = replace(outcomes.answered(), citations=(CITED,), related=(outcomes.citation(2, outcomes.REVIEW),))
MORE = "and 6 more, pages 3 to 4 (in the file 5 to 6)"


def test_the_command_line_shows_what_relates_after_the_answer_and_how_many_items_follow():
    lines = [f"{line.mark}{line.text}" for line in lines_of(ANSWER)]
    places = [lines.index(f"   … {MORE}"), lines.index("Related, not judged to answer:")]
    assert places == sorted(places)
    assert any("a finding, not a duty" in line for line in lines[places[1] :])


def test_the_object_has_both_and_is_read_back():
    found = outcome_object(ANSWER)
    assert found["citations"][0]["more"] == {"count": 6, "pages": [5, 6], "page_labels": ["3", "4"]}
    assert [(each["number"], each["edition_id"]) for each in found["related"]] == [(2, outcomes.REVIEW.edition_id)]
    assert read_outcome(found) == outcome_view(ANSWER)


def test_an_object_of_before_there_was_either_is_read():
    found = outcome_object(outcomes.answered())
    del found["related"]
    assert read_outcome(found).related == ()


def test_the_chat_text_has_one_short_line_for_what_relates_and_no_mark_that_links_to_it():
    view = outcome_view(ANSWER)
    text = text_of(view, "https://policy.example")
    assert MORE in text
    (line,) = [each for each in text.split("\n") if each.startswith("- “")]
    assert len(line.split(" – ")[0].split()) <= RELATED_WORDS + 2
    assert "[2]" not in text
    assert len(links_of(text, view, "https://policy.example")) == 1


class OneRestricted:
    """A snapshot whose review is for one group."""

    def editions(self):
        return (outcomes.EDITION, replace(outcomes.REVIEW, groups=("board",)))


def test_a_restricted_document_that_only_relates_is_touched():
    question = Question("How soon is the family told?")
    assert touched_groups(ANSWER, question, OneRestricted()) == (("board",),)
    signposted = Signposted("Q?", "Q?", outcomes.signposted().card, ANSWER)
    assert touched_groups(signposted, question, OneRestricted()) == (("board",),)
    assert touched_groups(replace(ANSWER, related=()), question, OneRestricted()) == ()
