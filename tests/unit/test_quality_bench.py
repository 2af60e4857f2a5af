"""What changes from the published to the draft library, the worst first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.model import Answered, Outcome
from assistant.model.quality import EverydayQuestion
from assistant.outcomes.view import outcome_view
from assistant.quality.bench import NAMES, WORSE, Change, report_of, try_questions
from assistant.quality.everyday import everyday, id_of, in_use, packaged
from assistant.quality.remembered import RememberedReranker
from tests.outcomes import REVIEW, TRACE, answered, citation, refused, signposted

ANSWER = replace(answered(), trace=replace(TRACE, probability=0.9))


def changed(before: Outcome, after: Outcome) -> Change:
    question = EverydayQuestion("q", "How soon?", "Time")
    sides = (lambda each: outcome_view(before), lambda each: outcome_view(after))
    (tried,) = try_questions([question], *sides, lambda done, total: None)
    return tried.change


def quoting(outcome: Answered, text: str) -> Answered:
    cited = citation()
    part = replace(cited.parts[0], quote=text)
    return replace(outcome, citations=(replace(cited, parts=(part,)),))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (ANSWER, ANSWER, Change.SAME),
        (ANSWER, refused(), Change.REFUSED_NOW),
        (refused(), ANSWER, Change.ANSWERED_NOW),
        (ANSWER, quoting(ANSWER, "Within nine days."), Change.OTHER_QUOTE),
        (ANSWER, replace(ANSWER, trace=replace(TRACE, probability=0.8)), Change.LESS_CERTAIN),
        (replace(ANSWER, trace=replace(TRACE, probability=0.8)), ANSWER, Change.MORE_CERTAIN),
        (ANSWER, replace(ANSWER, citations=(citation(1, REVIEW),)), Change.OTHER_SOURCE),
        (signposted(ANSWER), ANSWER, Change.OTHER_CARD),
        (refused(), refused(), Change.SAME),
    ],
)
def test_the_change_that_matters_most_is_named(before: Outcome, after: Outcome, change: Change) -> None:
    assert changed(before, after) is change


def test_the_worst_comes_first_and_is_counted() -> None:
    questions = [EverydayQuestion(name, name, "T") for name in ("same", "worse")]
    told: list[tuple[int, int]] = []
    tried = try_questions(
        questions,
        lambda each: outcome_view(ANSWER),
        lambda each: outcome_view(refused() if each.text == "worse" else ANSWER),
        lambda done, total: told.append((done, total)),
    )
    report = report_of(tried)
    assert [each["text"] for each in report["rows"]] == ["worse", "same"]
    assert (report["worse"], report["questions"], told) == (1, 2, [(0, 2), (1, 2), (2, 2)])
    assert set(NAMES) == set(Change) > WORSE


def test_there_are_sixty_questions_in_words_of_their_own() -> None:
    questions = packaged()
    assert len(questions) >= 60
    assert len({each.question_id for each in questions}) == len(questions)
    assert all(each.text.endswith("?") and each.theme for each in questions)


def test_the_team_changes_adds_and_leaves_out_questions() -> None:
    first, second = packaged()[:2]
    edits = (
        replace(first, text="Whom do I call?", is_own=True),
        replace(second, is_removed=True),
        EverydayQuestion(id_of("Our question?"), "Our question?", "Ours", True),
    )
    assert everyday(edits)[0].text == "Whom do I call?"
    assert len(everyday(edits)) == len(packaged()) + 1
    assert [each.text for each in in_use(edits)][:2] == ["Whom do I call?", packaged()[2].text]


def test_each_sentence_is_scored_once_for_a_question() -> None:
    class Counting:
        fingerprint = "f"
        scored: list[str] = []  # noqa: RUF012

        def score(self, question, texts):
            self.scored.extend(texts)
            return np.array([float(len(text)) for text in texts], dtype=np.float32)

    reranker = RememberedReranker(Counting())
    assert reranker.score("q", ["a", "bb", "a"]).tolist() == [1, 2, 1]
    assert reranker.score("q", ["bb", "ccc"]).tolist() == [2, 3]
    assert reranker.score("other", []).shape == (0,)
    assert (Counting.scored, reranker.fingerprint) == (["a", "bb", "ccc"], "f")
