"""Marks become labelled questions that ``assistant eval`` reads, and that no report takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UsageError
from assistant.model import Reason
from assistant.model.quality import AskedQuestion, GoldQuote, Mark, Verdict
from assistant.outcomes.view import outcome_object, read_outcome
from assistant.quality.labels import as_lines, gold_of, label_of, labelled, shown_quotes, verdicts_for
from evals.dataset.items import MARKED, QuestionType, parsed
from evals.dataset.measurable import check_measurable, check_no_marked
from tests.outcomes import answered, refused

NOW = datetime(2026, 5, 2, 9, tzinfo=UTC)
GOLD = GoldQuote("policy-2026", 4, " ".join(f"word{n}" for n in range(40)))


def answered_object() -> dict[str, Any]:
    return outcome_object(answered())


def refused_object(reason: str = "not_answered_here") -> dict[str, Any]:
    return outcome_object(refused(Reason(reason)))


def asked(outcome: dict[str, Any], *marks: Mark) -> AskedQuestion:
    return AskedQuestion("0123456789abcdef", "And who?", outcome, 0.1, "2026-05-01", (), marks)


def mark(verdict: Verdict, *gold: GoldQuote) -> Mark:
    return Mark("m1", "0123456789abcdef", verdict, "Because.", gold, "ann", NOW)


def test_a_label_is_read_as_a_question_of_its_own_split() -> None:
    question = asked(answered_object(), mark(Verdict.RIGHT, GOLD))
    (item,) = parsed(Path("marked.jsonl"), as_lines(labelled([question], {"policy-2026": "policy"})).encode())
    assert (item.type, item.split, item.work, item.why) == (QuestionType.ANSWERABLE, MARKED, "policy", "Because.")
    assert item.question == answered_object()["standalone"]
    assert len(item.gold[0].quote.split()) == 30
    with pytest.raises(UsageError, match="no report or scorecard"):
        check_no_marked([item])


@pytest.mark.parametrize(
    ("verdict", "reason", "kind"),
    [
        (Verdict.RIGHT, "not_answered_here", "unanswerable"),
        (Verdict.RIGHT, "needs_judgement", "judgement"),
        (Verdict.RIGHT, "out_of_scope", "out_of_scope"),
        (Verdict.WRONG, "not_answered_here", None),
        (Verdict.SHOULD_ANSWER, "not_answered_here", None),
    ],
)
def test_what_a_mark_on_a_refusal_makes(verdict: Verdict, reason: str, kind: str | None) -> None:
    label = label_of(asked(refused_object(reason), mark(verdict)), {})
    assert (label and label["type"]) == kind


def test_words_that_answer_make_a_refused_question_answerable() -> None:
    label = label_of(asked(refused_object(), mark(Verdict.SHOULD_ANSWER, GOLD)), {})
    assert label is not None
    assert (label["type"], label["work"]) == ("answerable", "policy-2026")


def test_the_last_mark_counts_and_a_question_is_labelled_once() -> None:
    question = asked(answered_object(), mark(Verdict.SHOULD_REFUSE), mark(Verdict.RIGHT, GOLD))
    again = replace(question, record_id="other")
    assert [each["type"] for each in labelled([question, again], {})] == ["unanswerable"]


def test_a_right_answer_takes_all_that_it_cites_and_a_partly_right_one_has_to_say_what() -> None:
    outcome = read_outcome(answered_object())
    cited = [each.quote for each in shown_quotes(outcome) if each.key.startswith("c")]
    assert list(gold_of(outcome, Verdict.RIGHT, (), "", None)) == cited
    assert gold_of(outcome, Verdict.PARTLY, ("c1",), "", None) == (cited[0],)
    with pytest.raises(UsageError, match="which of the quotes"):
        gold_of(outcome, Verdict.PARTLY, (), "", None)
    with pytest.raises(UsageError, match="no quote"):
        gold_of(outcome, Verdict.RIGHT, ("c99",), "", None)
    with pytest.raises(UsageError, match="word for word"):
        gold_of(outcome, Verdict.WRONG, (), "words of no document", None)


def test_a_verdict_has_to_fit_the_outcome() -> None:
    answer, refusal = read_outcome(answered_object()), read_outcome(refused_object())
    assert Verdict.SHOULD_ANSWER not in verdicts_for(answer)
    with pytest.raises(UsageError, match="does not fit"):
        gold_of(refusal, Verdict.PARTLY, (), "", None)
    assert gold_of(refusal, Verdict.RIGHT, (), "anything", None) == ()


class Shelf:
    def editions(self):
        return ()


def test_a_set_without_gold_or_about_other_documents_measures_nothing() -> None:
    row = b'{"id": "a", "type": "answerable", "question": "Who?", "gold": [{"edition_id": "gone", "page": 1, "quote": "x"}]}'
    with pytest.raises(UsageError, match="not indexed here: gone"):
        check_measurable(parsed(Path("a.jsonl"), row), Shelf())
    with pytest.raises(UsageError, match="gold"):
        check_measurable(parsed(Path("a.jsonl"), b'{"id": "a", "type": "unanswerable", "question": "Who?"}'), Shelf())
