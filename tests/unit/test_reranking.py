"""The reader orders the first sentences anew, adds to the evidence, and is asked no more than it has to be."""

import re
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from assistant.answering.answerability.calibration import Calibration, check_reranker, load_calibration
from assistant.answering.answerability.judge import judge
from assistant.answering.answerability.reranking import (
    RERANKED_PASSAGES,
    RERANKED_SENTENCES,
    RERANKER_FEATURES,
    bound_scorer,
    first_passages,
    rank_sentences,
    rerank,
    reranker_features,
    with_reranker_scores,
)
from assistant.answering.answerability.sentence_features import SENTENCE_FEATURES, candidates
from assistant.answering.query_analysis.analysis import analyse
from assistant.answering.retrieval.linear_model import Logistic
from assistant.errors import ConfigurationError
from assistant.model import EditionId, Hit, Passage, PassageId, Sentence, Span
from evals.calibration.collect import remembered

TEXT = (
    "The school tells the authority within ten days. A parent may ask for a meeting. Governors look at the figures. "
    "The nurse keeps the file. The court may be asked. The chair signs the plan. Police are told at once. "
    "Carers have a say. The panel meets in May. The plan is kept for a year."
)
QUESTION = "who keeps the file"


def hit_of(text):
    spans = [Span(*found.span()) for found in re.finditer(r"[A-Z][^.]*\.", text)]
    sentences = tuple(Sentence(span) for span in spans)
    whole = Span(0, len(text))
    passage = Passage(PassageId("p"), EditionId("policy"), whole, (), None, text, "digest", text, sentences)
    return Hit(passage, 0.1)


@dataclass
class Reranker:
    """Likes one word."""

    word: str = "nurse"
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    fingerprint: str = "likes-a-word"

    def score(self, question, texts):
        self.asked.append((question, tuple(texts)))
        return np.array([float(self.word in text) for text in texts], dtype=np.float32)


def plain(names, **weights):
    return Logistic(
        features=tuple(names),
        mean=(0.0,) * len(names),
        scale=(1.0,) * len(names),
        weights=tuple(weights.get(name, 0.0) for name in names),
        intercept=0.0,
    )


def first_order():
    wanted = analyse(QUESTION, {}, 10)
    return wanted, candidates(wanted, [hit_of(TEXT)])


def test_only_the_first_sentences_are_read_and_the_others_count_as_the_worst():
    _, found = first_order()
    reranker = Reranker()
    read = with_reranker_scores(
        rank_sentences(found, plain(SENTENCE_FEATURES)), bound_scorer(reranker, QUESTION), (TEXT,)
    )
    assert len(found) > RERANKED_SENTENCES
    assert len(reranker.asked[0][1]) == RERANKED_SENTENCES + 1
    assert reranker.asked[0][1][-1] == TEXT
    assert len(read.scores) == len(found)
    assert set(read.scores[RERANKED_SENTENCES:]) == {min(read.scores[:RERANKED_SENTENCES])}


def test_what_the_reader_likes_comes_first_and_says_so_in_the_features():
    _, found = first_order()
    read = with_reranker_scores(
        rank_sentences(found, plain(SENTENCE_FEATURES)), bound_scorer(Reranker(), QUESTION), (TEXT, "Another.")
    )
    anew = rerank(read, plain(("first_logit", "read_score"), first_logit=1.0, read_score=3.0))
    assert "nurse" in anew.ranked[0][0].text
    features = reranker_features(anew)
    assert set(features) == set(RERANKER_FEATURES)
    assert features["read_best"] == features["read_of_best"] == features["read_best_passage"] == 1.0
    assert features["read_mean_passage"] == 0.5


def test_the_first_passages_in_use_are_read_whole_and_rejected_ones_are_not():
    hits = [replace(hit_of(f"Number {place} is kept."), rejected="old" if place == 0 else None) for place in range(4)]
    assert first_passages(hits) == tuple(f"Number {place} is kept." for place in range(1, RERANKED_PASSAGES + 1))


def test_abbreviations_are_written_out_for_the_reader():
    reranker = Reranker()
    bound_scorer(reranker, "who is the LADO")(["one"])
    assert "designated officer" in reranker.asked[0][0]


def test_a_reader_is_not_asked_where_the_calibration_knows_none():
    wanted, found = first_order()
    reranker = Reranker()
    packaged = load_calibration(None)
    with_one = judge(wanted, found, [hit_of(TEXT)], packaged, bound_scorer(reranker, QUESTION))
    assert reranker.asked == []
    assert with_one == judge(wanted, found, [hit_of(TEXT)], packaged)


def test_nothing_found_is_nothing_read():
    empty = rank_sentences((), plain(SENTENCE_FEATURES))
    assert with_reranker_scores(empty, bound_scorer(Reranker(), QUESTION), ("A passage.",)).ranked == ()
    assert rerank(empty, plain(("first_logit", "read_score"))).ranked == ()
    assert reranker_features(empty) == {}


def test_a_text_is_read_once_however_often_folds_ask():
    reranker = Reranker()
    reads = remembered(bound_scorer(reranker, QUESTION))
    assert reads(["a", "nurse"]).tolist() == [0.0, 1.0]
    assert reads(["nurse", "b"]).tolist() == [1.0, 0.0]
    assert [texts for _, texts in reranker.asked] == [("a", "nurse"), ("b",)]


@pytest.mark.parametrize("reranker", [None, Reranker(fingerprint="another")])
def test_a_calibration_of_another_reader_is_refused_with_the_fix(reranker):
    made: Calibration = load_calibration(None).model_copy(update={"reranker": "likes-a-word"})
    check_reranker(made, Reranker())
    with pytest.raises(ConfigurationError, match="calibrate again"):
        check_reranker(made, reranker)
