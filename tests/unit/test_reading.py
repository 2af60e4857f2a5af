"""The reader orders the first sentences anew, adds to the evidence, and is asked no more than it has to be."""

import re
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from assistant.answering.answerability.judge import Calibration, check_reader, judge, load_calibration
from assistant.answering.answerability.reranking import (
    PASSAGES,
    READ,
    READ_FEATURES,
    first_passages,
    ordered,
    read_features,
    reads_of,
    reordered,
    with_scores,
)
from assistant.answering.answerability.sentence_features import SENTENCE_FEATURES, candidates, want
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
class Reader:
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
    wanted = want(QUESTION, {}, 10)
    return wanted, candidates(wanted, [hit_of(TEXT)])


def test_only_the_first_sentences_are_read_and_the_others_count_as_the_worst():
    _, found = first_order()
    reader = Reader()
    read = with_scores(ordered(found, plain(SENTENCE_FEATURES)), reads_of(reader, QUESTION), (TEXT,))
    assert len(found) > READ
    assert len(reader.asked[0][1]) == READ + 1
    assert reader.asked[0][1][-1] == TEXT
    assert len(read.scores) == len(found)
    assert set(read.scores[READ:]) == {min(read.scores[:READ])}


def test_what_the_reader_likes_comes_first_and_says_so_in_the_features():
    _, found = first_order()
    read = with_scores(ordered(found, plain(SENTENCE_FEATURES)), reads_of(Reader(), QUESTION), (TEXT, "Another."))
    anew = reordered(read, plain(("first_logit", "read_score"), first_logit=1.0, read_score=3.0))
    assert "nurse" in anew.ranked[0][0].text
    features = read_features(anew)
    assert set(features) == set(READ_FEATURES)
    assert features["read_best"] == features["read_of_best"] == features["read_best_passage"] == 1.0
    assert features["read_mean_passage"] == 0.5


def test_the_first_passages_in_use_are_read_whole_and_rejected_ones_are_not():
    hits = [replace(hit_of(f"Number {place} is kept."), rejected="old" if place == 0 else None) for place in range(4)]
    assert first_passages(hits) == tuple(f"Number {place} is kept." for place in range(1, PASSAGES + 1))


def test_abbreviations_are_written_out_for_the_reader():
    reader = Reader()
    reads_of(reader, "who is the LADO")(["one"])
    assert "designated officer" in reader.asked[0][0]


def test_a_reader_is_not_asked_where_the_calibration_knows_none():
    wanted, found = first_order()
    reader = Reader()
    packaged = load_calibration(None)
    with_one = judge(wanted, found, [hit_of(TEXT)], packaged, reads_of(reader, QUESTION))
    assert reader.asked == []
    assert with_one == judge(wanted, found, [hit_of(TEXT)], packaged)


def test_nothing_found_is_nothing_read():
    empty = ordered((), plain(SENTENCE_FEATURES))
    assert with_scores(empty, reads_of(Reader(), QUESTION), ("A passage.",)).ranked == ()
    assert reordered(empty, plain(("first_logit", "read_score"))).ranked == ()
    assert read_features(empty) == {}


def test_a_text_is_read_once_however_often_folds_ask():
    reader = Reader()
    reads = remembered(reads_of(reader, QUESTION))
    assert reads(["a", "nurse"]).tolist() == [0.0, 1.0]
    assert reads(["nurse", "b"]).tolist() == [1.0, 0.0]
    assert [texts for _, texts in reader.asked] == [("a", "nurse"), ("b",)]


@pytest.mark.parametrize("reader", [None, Reader(fingerprint="another")])
def test_a_calibration_of_another_reader_is_refused_with_the_fix(reader):
    made: Calibration = load_calibration(None).model_copy(update={"reader": "likes-a-word"})
    check_reader(made, Reader())
    with pytest.raises(ConfigurationError, match="calibrate again"):
        check_reader(made, reader)
