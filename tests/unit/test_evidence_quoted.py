"""Everything that an outcome shows of the documents is in its evidence, in the order shown: the partnership's own answer first."""

from __future__ import annotations

from datetime import date

from assistant.model import Form, Kind, Reason, Span
from assistant.operations.evidence.quoted import sections_of
from assistant.outcomes.view import (
    AnsweredView,
    ApprovedView,
    CardView,
    CitationView,
    CitedStatementView,
    NoticeView,
    PartView,
    RefusedView,
    SignpostedView,
    StatementView,
)

SAID = StatementView(text="Words.", citations=(1,))


def citation(edition: str) -> CitationView:
    part = PartView(quote="Words.", span=(3, 9), pages=(2,), page_labels=("ii",))
    return CitationView(
        number=1,
        edition_id=edition,
        title="A policy",
        kind=Kind.POLICY,
        form=Form.OFFICIAL,
        quote="Words.",
        parts=(part,),
        pages=(2,),
    )


OWN = ApprovedView(
    answer_id="a", version=1, own_words="We say so.", statements=(SAID,), citations=(citation("own"),),
    owner="Policy team", approved_on=date(2026, 5, 3),
)  # fmt: skip


def shown(outcome: AnsweredView | RefusedView | SignpostedView) -> list[tuple[str, list[str]]]:
    return [(each.heading, [str(place.edition_id) for place in each.places]) for each in sections_of(outcome)]


def test_an_approved_answer_comes_before_the_quotes_and_is_told_from_them() -> None:
    note = NoticeView(code="draft", text="It is a draft.", citation=1)
    answered = AnsweredView(
        question="q", standalone="q", statements=(SAID,), citations=(citation("cited"),), related=(citation("near"),),
        notices=(note,), approved=OWN,
    )  # fmt: skip
    assert shown(answered) == [
        ("Approved by Policy team, checked on 3 May 2026", ["own"]),
        ("The answer, in the documents’ words", ["cited"]),
        ("Related, not judged to answer", ["near"]),
    ]
    own, quoted, _ = sections_of(answered)
    assert own.texts == ("The partnership’s own words: We say so.",)
    (place,) = quoted.places
    assert (place.parts, place.words, place.notes) == (((Span(3, 9), "Words."),), "Words.", ("It is a draft.",))
    assert place.source == "A policy (policy); page ii (in the file 2)"


def test_what_stands_under_a_card_and_beside_a_refusal_is_in_it() -> None:
    refused = RefusedView(
        question="q", standalone="q", reason=Reason.NOT_ANSWERED_HERE, message="No.", nearest=(citation("near"),),
        decides=(CitedStatementView(text="Words.", citations=(1,), citation=citation("decides")),),
    )  # fmt: skip
    card = SignpostedView(
        question="q", standalone="q", card=CardView(title="Act", text="Now."), then=refused,
        steps=(CitedStatementView(text="Words.", citations=(1,), citation=citation("step")),),
    )  # fmt: skip
    assert shown(card) == [
        ("What the documents said to do today", ["step"]),
        ("Who decides, in the documents’ words", ["decides"]),
        ("Closest passages, not confirmed to answer", ["near"]),
    ]
    assert shown(SignpostedView(question="q", standalone="q", card=card.card)) == []
