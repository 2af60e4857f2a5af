from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.query_analysis.analysis import analyse
from assistant.answering.retrieval.linear_model import Logistic
from assistant.answering.retrieval.passage_ranking import PASSAGE_FEATURES, passage_features, ranked
from assistant.model import EditionId, Hit, Passage, PassageId, Sentence, Span
from evals.calibration.collect import Gathered
from evals.calibration.fit_ranking import fit_ranker
from evals.dataset.items import Item, QuestionType

WANTED = analyse("How soon must the strategy meeting be held?", {}, 10)
ITEM = Item(id="q", type=QuestionType.ANSWERABLE, question="How soon must the strategy meeting be held?")


def model(**weights):
    count = len(PASSAGE_FEATURES)
    values = tuple(float(weights.get(name, 0)) for name in PASSAGE_FEATURES)
    return Logistic(features=PASSAGE_FEATURES, mean=(0.0,) * count, scale=(1.0,) * count, weights=values, intercept=0.0)


def hit(name, cosine=None, bm25=None, text="The meeting must be held within two days."):
    span = Span(0, len(text))
    passage = Passage(PassageId(name), EditionId("policy"), span, (), None, text, "digest", text, (Sentence(span),))
    return Hit(passage, 0.1, None, None, cosine, bm25, () if cosine is None else (cosine,))


def test_the_passage_with_the_better_features_comes_first_and_weights_sum_to_one():
    found = ranked(WANTED, (hit("a", 0.2), hit("b", 0.7), hit("c", 0.5)), model(cosine=3))
    assert [each.passage.passage_id for each in found] == ["b", "c", "a"]
    assert sum(each.score for each in found) == pytest.approx(1)


def test_hits_that_were_rejected_stay_behind_the_others_with_their_reason():
    twin = replace(hit("twin", 0.9), rejected="near_duplicate")
    found = ranked(WANTED, (hit("a", 0.2), twin, hit("b", 0.3)), model(cosine=3))
    assert [(each.passage.passage_id, each.rejected) for each in found][-1] == ("twin", "near_duplicate")


def test_nothing_found_is_nothing_ranked():
    assert ranked(WANTED, (), model()) == ()
    assert passage_features(WANTED, ()).shape == (0, len(PASSAGE_FEATURES))


def test_a_passage_that_the_vector_search_missed_counts_as_alike_as_the_last_it_reached():
    rows = passage_features(WANTED, (hit("a", 0.6), hit("b", 0.4), hit("c", None, bm25=7.0)))
    assert rows[2][PASSAGE_FEATURES.index("cosine")] == pytest.approx(0.4)
    assert rows[2][PASSAGE_FEATURES.index("word_score")] == 1.0
    assert rows[0][PASSAGE_FEATURES.index("word_score")] == 0.0


def test_a_sentence_with_the_kind_of_answer_asked_for_counts():
    without = hit("a", 0.5, text="The strategy meeting must be held by the social worker.")
    rows = passage_features(WANTED, (hit("b", 0.5), without))
    place = PASSAGE_FEATURES.index("expected_covered")
    assert rows[0][place] > 0
    assert rows[1][place] == 0


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8), st.floats(-3, 3))
def test_no_hit_is_lost_or_made_by_ranking(cosines, weight):
    hits = tuple(hit(str(place), cosine) for place, cosine in enumerate(cosines))
    found = ranked(WANTED, hits, model(cosine=weight))
    assert sorted(each.passage.passage_id for each in found) == sorted(each.passage.passage_id for each in hits)


def test_the_ranker_learns_what_tells_the_gold_passage_from_the_others():
    rng = np.random.default_rng(0)
    gathered = []
    for _ in range(60):
        right, wrong = rng.normal(0.6, 0.1), rng.normal(0.4, 0.1, 4)
        hits = (hit("gold", float(right)), *(hit(str(n), float(each)) for n, each in enumerate(wrong)))
        gathered.append(Gathered(ITEM, WANTED, hits, np.array([True, False, False, False, False])))
    nothing = Gathered(ITEM, WANTED, (hit("x", 0.9),), np.array([False]))
    fitted = fit_ranker([*gathered, nothing])
    assert fitted.weights[PASSAGE_FEATURES.index("cosine")] > 0
    firsts = [ranked(WANTED, each.hits, fitted)[0].passage.passage_id for each in gathered]
    assert firsts.count("gold") > 45
