import json

import pytest
from lxml import html

from assistant.operations.scorecard import Fingerprints
from evals.dataset.items import Gold, Item, QuestionType
from evals.reporting.compare import SavedGrades, compare, saved_grades
from evals.reporting.measured import Measured, as_object, scorecard_of
from evals.reporting.page import page
from evals.scoring.figures import answered_when_refusing, figures, reliability, risk_coverage, unsupported
from evals.scoring.graded import GradedQuestion
from evals.scoring.grading import grade
from evals.scoring.metrics import Mean

QUOTE = "A review is held within six weeks of the decision."


def asked(name, kind="answerable", *, answers=QUOTE, probability=0.9, cosine=0.5, rank=1, split="development"):
    gold = (Gold(edition_id="policy", page=3, quote=QUOTE),) if kind == "answerable" else ()
    item = Item(
        id=name, type=QuestionType(kind), question=f"When <b>{name}</b>?", gold=gold, split=split, work="policy"
    )
    trace = {
        "probability": probability,
        "fingerprint": "f",
        "hits": [{"passage_id": "p", "cosine": cosine}],
        "stages": {},
    }
    common = {"question": "q", "masked": [], "notices": [], "trace": trace}
    if answers is None:
        outcome = {"outcome": "refused", "reason": "not_answered_here", "statements": [], "citations": [], **common}
    else:
        citation = {"number": 1, "edition_id": "policy", "quote": answers, "pages": [3]}
        statement = {"text": answers, "citations": [1]}
        outcome = {"outcome": "answered", "statements": [statement], "citations": [citation], **common}
    return GradedQuestion(item, outcome, 0.02, grade(item, outcome), (rank,) if gold else None)


SET = (
    asked("a"),
    asked("b", answers="Another sentence altogether stands here.", rank=4),
    asked("c", answers=None, probability=0.3, rank=None),
    asked("d", "unanswerable", answers=None, probability=0.2, cosine=0.6),
    asked("e", "unanswerable", answers="Words that do not answer.", probability=0.8),
)


def named(values):
    return {each.key: each for each in figures(values)}


def test_wrong_answers_are_false_ones_and_those_without_the_gold_quote():
    found = named(SET)
    assert (found["wrong"].count, found["wrong"].of) == (2, 5)
    assert (found["false_answers"].count, found["false_answers"].of) == (1, 2)
    assert (found["wrong_of_answered"].count, found["wrong_of_answered"].of) == (2, 3)


def test_refusals_answers_citations_and_ranks_are_counted_over_what_they_are_about():
    found = named(SET)
    assert (found["near_refused"].count, found["near_refused"].of) == (1, 2)
    assert (found["false_refusals"].count, found["false_refusals"].of) == (1, 3)
    assert (found["refusal_precision"].count, found["refusal_precision"].of) == (1, 2)
    assert (found["refusal_recall"].count, found["refusal_recall"].of) == (1, 2)
    assert (found["gold_of_answered"].count, found["gold_of_answered"].of) == (1, 2)
    assert (found["right_page"].count, found["right_page"].of) == (1, 1)
    assert found["recall_1"].value == pytest.approx(1 / 3)
    assert found["recall_5"].value == pytest.approx(2 / 3)
    assert found["mrr"].value == pytest.approx((1 + 1 / 4 + 0) / 3)


def test_a_figure_about_nothing_has_no_value():
    for each in figures(()):
        assert each.of == 0
        assert each.value is None


def test_a_statement_that_is_not_in_its_citation_is_unsupported():
    good = asked("a")
    assert unsupported(good) == [False]
    good.outcome["statements"][0]["text"] = "Changed."
    assert unsupported(good) == [True]


def test_answering_is_compared_where_nine_in_ten_near_misses_are_refused():
    near = [n / 10 for n in range(10)]
    assert answered_when_refusing([0.85, 0.8, 0.95], near) == [True, False, True]
    assert answered_when_refusing([0.5], []) == []


def test_the_risk_curve_runs_from_the_strictest_threshold_to_all():
    points = risk_coverage(SET)
    assert points[0][:2] == (0.9, pytest.approx(2 / 3))
    assert points[-1][1:] == (1.0, pytest.approx(2 / 5))


def test_a_bin_of_probabilities_says_how_often_the_documents_answered():
    found = dict(reliability(SET, bins=2))
    assert [(share.count, share.of) for share in found.values()] == [(1, 2), (2, 3)]


def measured(values):
    from evals.reporting.measured import OPEN_SPLITS, _reasons
    from evals.scoring.figures import bars, wrong_upper

    prints = Fingerprints(index="i", model="m", calibration="c", settings="s")
    return Measured(
        "set", "2026-11-24", "machine", "0" * 64, len(values), 0, 2, wrong_upper(values), prints, "2026-11-24",
        figures(values), bars(values, "type"), bars(values, "document"), risk_coverage(values), reliability(values),
        0.5, tuple(each.seconds for each in values), (),
        tuple(_reasons(each) for each in values if each.item.split in OPEN_SPLITS),
    )  # fmt: skip


def test_the_page_stands_alone_and_escapes_what_people_wrote():
    text = page(measured(SET))
    tree = html.fromstring(text)
    assert not tree.xpath("//script | //link | //img | //b")
    assert "&lt;b&gt;" in text
    assert len(tree.xpath("//svg/title")) == 5
    assert "2 of 5 questions got a wrong answer" in text


def test_questions_of_the_report_split_are_not_shown_one_by_one():
    values = tuple(asked(each, split="report") for each in ("x-17", "y-18"))
    text = page(measured(values)) + json.dumps(as_object(measured(values)))
    assert "x-17" not in text
    assert "When <b>" not in text


def test_a_page_about_nothing_is_still_a_page():
    assert "None" not in page(measured(())).split("What was measured")[0]


def test_a_scorecard_carries_the_headline_and_the_fingerprints():
    card = scorecard_of(measured(SET))
    assert (card.wrong, card.asked, card.leaks) == (2, 5, 0)
    assert card.wrong_upper == pytest.approx(0.8108, abs=1e-3)
    assert card.fingerprints.index == "i"


def test_one_more_wrong_answer_is_worse_and_the_question_is_named():
    before, after = (
        saved_grades(SET, "f", "2026-11-24"),
        saved_grades((*SET[:3], asked("d", "unanswerable"), SET[4]), "f", "2026-11-24"),
    )
    found = compare(before, after)
    assert found.is_worse
    assert ("d", "wrong") in found.worse
    assert not compare(before, before).is_worse
    assert not compare(after, before).is_worse
    assert ("d", "wrong") in compare(after, before).better


def test_only_questions_of_both_runs_are_compared():
    whole = saved_grades(SET, "f", "2026-11-24")
    part = SavedGrades(**{**whole.model_dump(), "marks": {"a": whole.marks["a"]}})
    found = compare(whole, part)
    assert found.only_one == ("b", "c", "d", "e")
    assert all(gain == Mean(gain.of, 0.0, 0.0, 0.0) for _, gain in found.gains)
