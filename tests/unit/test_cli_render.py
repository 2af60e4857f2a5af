import string

from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.printing import WIDTH, Page, rows
from assistant.cli.render import Line, card_lines, lines_of
from assistant.model import Reason
from tests import outcomes


def text_of(outcome) -> str:
    return "\n".join(row for line in lines_of(outcome) for row in rows(line, WIDTH))


def test_an_answer_shows_words_duty_and_source_first_to_last():
    text = text_of(outcomes.answered())
    assert text.startswith("ANSWER, in the words of 1 document")
    places = [
        text.index(each)
        for each in (
            "1. Local policy > 2 Referrals > 2.1 Time limits",
            "“The lead practitioner must:",
            "… tell the family within one working day.” [must]",
            "Source: Local policy (policy, draft)",
            "Note: Local policy is a draft.",
        )
    ]
    assert places == sorted(places)


def test_the_printed_page_is_shown_with_its_place_in_the_file():
    text = " ".join(text_of(outcomes.answered()).split())
    assert "paragraph 24; pages 2 to 3 (in the file 4 to 5)" in text


def test_a_finding_of_a_review_is_not_shown_as_a_duty():
    assert "a finding, not a duty" in " ".join(text_of(outcomes.refused()).split())


def test_a_refusal_is_told_apart_at_its_first_word():
    text = text_of(outcomes.refused())
    assert text.startswith("NO ANSWER\n")
    assert "Looked for: Q?" in text
    assert text.index("Closest passages, not confirmed to answer:") < text.index("… tell the family")
    assert "Ask: Duty team, 01234 567890, 9 to 5" in text


def test_a_case_for_people_shows_criteria_and_no_related_quotes():
    text = text_of(outcomes.refused(Reason.NEEDS_JUDGEMENT))
    assert text.startswith("NO ANSWER: this is for people to decide")
    assert "Criteria, quoted:" in text
    assert "Related" not in text


def test_the_card_starts_with_its_title_and_holds_every_contact():
    rows_of_card = [row for line in card_lines(outcomes.signposted().card) for row in rows(line, WIDTH)]
    assert rows_of_card == ["A CHILD MAY BE IN DANGER NOW", "Call 999.", "- Police, 999"]


def test_what_follows_the_card_is_the_outcome_of_the_rest():
    assert "ANSWER, in the words of 1 document" in text_of(outcomes.signposted(outcomes.answered()))
    assert text_of(outcomes.signposted()) == ""


def test_a_page_that_is_no_terminal_has_no_escapes_and_no_boxes(capsys):
    Page().show(lines_of(outcomes.answered()))
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert not set(shown) & set("│╭╰─")


WORDS = st.lists(st.text(string.ascii_letters, min_size=1, max_size=30), min_size=1).map(" ".join)


@given(WORDS, st.sampled_from(["", "1. ", "Looked for: "]), st.integers(0, 6))
def test_rows_hold_every_word_once_and_fit(text, mark, indent):
    found = rows(Line(text, mark=mark, indent=indent), WIDTH)
    assert " ".join(found).split() == (mark + text).split()
    assert all(len(row) <= WIDTH for row in found)
