"""Themes are grouped and named as scikit-learn would, where it is installed."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.coverage.questions.average_linkage import clusters
from assistant.coverage.questions.term_weights import stop_words, term_weights

cluster = pytest.importorskip("sklearn.cluster")
text = pytest.importorskip("sklearn.feature_extraction.text")

WORDS = "who leads chairs keeps the kite register fee training children's twelve must don’t well-being MASH is".split()


def groups_of(labels: list[int]) -> list[list[int]]:
    return [[place for place, each in enumerate(labels) if each == group] for group in dict.fromkeys(labels)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("likeness", [0.1, 0.25, 0.6])
def test_the_groups_are_those_of_scikit_learn(seed: int, likeness: float) -> None:
    random = np.random.default_rng(seed)
    centres = random.normal(size=(7, 16))
    vectors = centres[random.integers(0, 7, size=60 + seed)] + random.normal(scale=0.4 + seed / 4, size=(60 + seed, 16))
    vectors[10:13] = vectors[9]  # ties
    vectors = np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
    model = cluster.AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=1 - likeness
    )
    found = clusters(vectors, likeness)
    assert found == groups_of(model.fit_predict(vectors).tolist())
    assert 1 < len(found) < len(vectors)


def test_one_vector_is_a_group_and_none_are_none() -> None:
    assert clusters(np.ones((1, 3), dtype=np.float32), 0.25) == [[0]]
    assert clusters(np.ones((0, 3), dtype=np.float32), 0.25) == []


@pytest.mark.parametrize("seed", range(4))
def test_the_weights_are_those_of_scikit_learn(seed: int) -> None:
    random = np.random.default_rng(seed)
    texts = [" ".join(random.choice(WORDS, size=size)) + "?" for size in (1, 5, 12, 30)]
    model = text.TfidfVectorizer(
        stop_words=sorted(stop_words()),
        ngram_range=(1, 3),
        token_pattern=r"(?u)\b[a-zA-Z][\w’'-]+\b",
        sublinear_tf=True,
    )
    rows = model.fit_transform(texts).toarray()
    for row, weights in zip(rows, term_weights(texts), strict=True):
        expected = {term: row[at] for at, term in enumerate(model.get_feature_names_out()) if row[at]}
        assert weights == pytest.approx(expected)


def test_the_stop_words_are_those_of_scikit_learn_and_words_of_asking() -> None:
    assert stop_words() > text.ENGLISH_STOP_WORDS
    assert len(stop_words() - text.ENGLISH_STOP_WORDS) < 12
