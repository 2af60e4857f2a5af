"""Outcomes of each kind, made by hand, for tests of what shows or carries them."""

from __future__ import annotations

from datetime import date

from assistant.model import (
    Answered,
    Card,
    Citation,
    Contact,
    Duty,
    Edition,
    EditionId,
    Form,
    Kind,
    Notice,
    Part,
    PassageId,
    Reason,
    Refused,
    Signposted,
    Span,
    Statement,
    Trace,
)

EDITION = Edition(
    EditionId("policy-2026"), "policy", "Local policy", Kind.POLICY, in_force_from=date(2026, 1, 1), form=Form.DRAFT
)
REVIEW = Edition(EditionId("review-2025"), "review", "Learning review", Kind.LEARNING_REVIEW)
CONTACT = Contact("Duty team", "01234 567890", None, "9 to 5", "https://example.org/")
TRACE = Trace({"screen": 0.001}, "abc")


def citation(number: int = 1, edition: Edition = EDITION) -> Citation:
    """Returns a citation of a list item with its lead-in, over two pages."""
    parts = (
        Part("The lead practitioner must:", Span(10, 37), (4,), ("2",)),
        Part("tell the family within one working day.", Span(60, 99), (5,), ("3",)),
    )
    duty = None if edition.kind is Kind.LEARNING_REVIEW else Duty.MUST
    headings = (edition.title, "2 Referrals", "2.1 Time limits")
    return Citation(number, edition, headings, "24", parts, duty, PassageId("policy-2026:1"))


def answered(question: str = "How soon is the family told?") -> Answered:
    """Returns an answer with one statement and a notice."""
    cited = citation()
    statement = Statement(cited.quote, (1,), cited.duty)
    notice = Notice("draft", "Local policy is a draft.", EDITION.edition_id)
    return Answered(question, question, (statement,), (cited,), (notice,), ("name",), (), TRACE)


def refused(reason: Reason = Reason.NOT_ANSWERED_HERE) -> Refused:
    """Returns a refusal with something near, or with criteria where the case is for people to decide."""
    cited = citation()
    if reason is Reason.NEEDS_JUDGEMENT:
        criteria = (Statement(cited.quote, (1,), cited.duty),)
        return Refused("Q?", "Q?", reason, "People decide.", (), CONTACT, criteria, (cited,), trace=TRACE)
    return Refused("Q?", "Q?", reason, "Not answered here.", (citation(1, REVIEW),), CONTACT, trace=TRACE)


def signposted(then: Answered | Refused | None = None) -> Signposted:
    """Returns the emergency card, with what the documents say where it is given."""
    card = Card("A child may be in danger now", "Call 999.", (Contact("Police", "999"),))
    return Signposted("Q?", "Q?", card, then, trace=TRACE)
