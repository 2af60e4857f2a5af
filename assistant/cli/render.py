"""Outcomes as lines of text that read well aloud; ``printing.py`` prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.messages import OTHER_EVIDENCE, OWN_WORDS, STEPS_TODAY, WHO_DECIDES
from assistant.model import (
    Answered,
    Approved,
    Card,
    Citation,
    CitedDifference,
    Notice,
    Outcome,
    QuoteLine,
    Reason,
    Refused,
    Signposted,
)
from assistant.outcomes.approved_text import approved_by
from assistant.outcomes.citation_text import CitationText, more_words
from assistant.outcomes.contact_line import contact_line
from assistant.outcomes.difference_marks import difference_mark
from assistant.outcomes.notices import at, of_whole
from assistant.outcomes.quote_text import STEP, shown_lines
from assistant.outcomes.quote_text import lines_of as lines_of_quote

Look = Literal["plain", "answer", "refusal", "subject", "quote", "lead_in", "source", "notice", "card", "card_title"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of output; long ones are wrapped under ``indent``."""

    text: str = ""
    look: Look = "plain"
    mark: str = ""
    """What stands before the first row, such as a number."""
    indent: int = 0


BLANK = Line()


def lines_of(outcome: Outcome) -> Iterator[Line]:
    """Yields an outcome as lines; of an urgent one what follows the card, which is shown first by itself."""
    if outcome.approved is not None:
        yield from _approved(outcome.approved)
    if isinstance(outcome, Answered):
        yield from _answer(outcome)
    elif isinstance(outcome, Refused):
        yield from _refusal(outcome)
    else:
        yield from _after_card(outcome)


def _approved(approved: Approved) -> Iterator[Line]:
    yield Line(approved_by(approved.owner, approved.approved_on), "answer")
    if approved.own_words:
        yield Line(approved.own_words, mark=f"{OWN_WORDS}: ", indent=2)
    shown = {number for each in approved.statements for number in each.citations}
    for citation in approved.citations:
        yield BLANK
        yield from quoted(citation, approved.notices)
        yield from _differs(citation.number, approved.differences) if citation.number in shown else ()
    yield from notice_lines(of_whole(approved.notices))
    yield BLANK
    yield Line(f"{OTHER_EVIDENCE}:")


def card_lines(card: Card) -> Iterator[Line]:
    """Yields the card."""
    yield Line(card.title.upper(), "card_title")
    for text in filter(None, (card.text, card.in_language, card.for_children, card.for_parents)):
        yield Line(text, "card")
    for contact in card.contacts:
        yield Line(contact_line(contact), "card", "- ", 2)


def _answer(outcome: Answered) -> Iterator[Line]:
    works = len({each.edition.edition_id for each in outcome.citations})
    how = "written from" if outcome.is_written else "in the words of"
    title = "PART OF AN ANSWER" if outcome.unanswered else "ANSWER"
    yield Line(f"{title}, {how} {works} document{'s' if works > 1 else ''}", "answer")
    yield from _understood(outcome)
    if outcome.is_written:
        yield from _written(outcome)
        return
    by_number = {each.number: each for each in outcome.citations}
    for statement in outcome.statements:
        for number in statement.citations:
            yield BLANK
            yield from quoted(by_number[number], outcome.notices)
            yield from _differs(number, outcome.differences)
    yield from _listed("Related, not judged to answer:", outcome.related, outcome.notices)
    yield from notice_lines(of_whole(outcome.notices))


def _written(outcome: Answered) -> Iterator[Line]:
    """Yields the sentences of a language model, each with the numbers of its quotes, and then the quotes."""
    yield BLANK
    for statement in outcome.statements:
        yield Line(f"{statement.text} {' '.join(f'[{number}]' for number in statement.citations)}", "quote")
    yield from _listed("Checked against:", outcome.citations, outcome.notices, outcome.differences)
    yield from notice_lines(of_whole(outcome.notices))


def _refusal(outcome: Refused) -> Iterator[Line]:
    if outcome.reason is Reason.COURTESY:
        yield Line(outcome.message)
        return
    decides = outcome.reason is Reason.NEEDS_JUDGEMENT
    yield Line("NO ANSWER: this is for people to decide" if decides else "NO ANSWER", "refusal")
    yield Line(outcome.message)
    yield BLANK
    yield Line(outcome.standalone, mark="Looked for: ", indent=2)
    yield from _listed("Criteria, quoted:", outcome.citations, outcome.notices, outcome.differences)
    yield from _listed(WHO_DECIDES, [each.citation for each in outcome.decides], ())
    yield from _listed(
        "Closest passages, not confirmed to answer:", outcome.nearest, outcome.notices, outcome.differences
    )
    if outcome.contact is not None:
        yield BLANK
        yield Line(contact_line(outcome.contact), mark="Ask: ", indent=2)
    yield from notice_lines(of_whole(outcome.notices))


def _after_card(outcome: Signposted) -> Iterator[Line]:
    yield from _listed(
        STEPS_TODAY, [replace(each.citation, number=place) for place, each in enumerate(outcome.steps, 1)], ()
    )
    if outcome.then is not None:
        yield BLANK
        yield Line("What the documents say to the rest of the question:")
        yield from lines_of(outcome.then)
    yield from notice_lines(outcome.notices)


def _differs(number: int, differences: Sequence[CitedDifference]) -> Iterator[Line]:
    mark = difference_mark((number,), differences)
    if mark:
        yield Line(f"This {mark}; see the note below.", "notice", "   ", 3)


def _listed(
    title: str,
    citations: Sequence[Citation],
    notices: Sequence[Notice],
    differences: Sequence[CitedDifference] = (),
) -> Iterator[Line]:
    if citations:
        yield BLANK
        yield Line(title)
    for citation in citations:
        yield BLANK
        yield from quoted(citation, notices)
        yield from _differs(citation.number, differences)


def quoted(citation: Citation, notices: Sequence[Notice] = ()) -> Iterator[Line]:
    """Yields what a quote is about, its lines, its duty word and its source; lead-ins are told apart.

    Args:
        citation: The quote.
        notices: Those of the outcome; the ones that belong to the quote are shown at it.
    """
    words = CitationText.of(citation)
    yield Line(words.subject, "subject", f"{citation.number}. ", 3)
    duty = f" [{citation.duty.value}]" if citation.duty else ""
    if words.turning:
        yield Line(f"Under the heading “{words.turning}”:", "notice", indent=3)
    yield from quote_lines(lines_of_quote(citation), 3, "“", f"”{duty}")
    if citation.more:
        yield Line(f"… {more_words(citation.more)}", "source", "   ", 3)
    yield from notice_lines(at(notices, citation), indent=3)
    yield Line(words.source, "source", "   Source: ", 5)


def quote_lines(lines: Sequence[QuoteLine], indent: int, opening: str = "", closing: str = "") -> Iterator[Line]:
    """Yields the lines of a quote.

    Args:
        lines: The lines.
        indent: Of its outermost lines.
        opening: Stands before the first word.
        closing: Stands after the last word.
    """
    shown = shown_lines(lines)
    for place, each in enumerate(shown):
        before = indent + len(STEP) * each.depth
        mark = f"{' ' * before}{'' if each.is_column else each.mark}"
        first, last = opening if place == 0 else "", closing if place == len(shown) - 1 else ""
        text = f"{each.mark if each.is_column else ''}{each.text}"
        hang = before + (2 if each.is_column else len(each.mark))
        yield Line(f"{first}{text}{last}", "lead_in" if each.is_lead_in else "quote", mark, hang)


def _understood(outcome: Answered) -> Iterator[Line]:
    if outcome.standalone != outcome.question:
        yield Line(outcome.standalone, "source", "Understood as: ", 2)


def notice_lines(notices: Sequence[Notice], indent: int = 0) -> Iterator[Line]:
    """Yields the notices, under a blank line where they are not indented; nothing where there are none."""
    if notices and not indent:
        yield BLANK
    for each in notices:
        yield Line(each.text, "notice", f"{' ' * indent}Note: ", indent + 6)
