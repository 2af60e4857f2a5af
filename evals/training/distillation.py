"""What the reranker is distilled from before it sees a labelled question: how hybrid search ranks sentences for a query.

A cross-encoder that starts from a bi-encoder has never compared two texts word by word. Here it learns to from queries
that need no label: the questions, and a few words of sentences of the guidance.
"""

from __future__ import annotations

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer

from assistant.ports import Embedder
from assistant.text.abbreviations import expand
from evals.training.lists import TrainingList
from evals.training.material import Material

SAMPLED_QUERIES = 6000
"""Queries made from sentences."""
MIN_WORDS = 5
"""Fewest words of a sentence that is listed."""
RRF_K = 60
BANDS = ((0, 3, 1), (3, 30, 4), (30, 300, 3))
"""From which rank to which, by both searches fused, and how many sentences of a list."""
SHARPNESS = 20.0
"""How much one unit of cosine counts in a share; half a logarithm of the word score is added."""
K1, B = 1.2, 0.75
Scores = npt.NDArray[np.float64]


def imitation_lists(material: Material, embedder: Embedder, seed: int) -> tuple[TrainingList, ...]:
    """Returns one list a query; the shares of its sentences add up to one.

    Args:
        material: Questions and sentences.
        embedder: The tuned one.
        seed: Of what is drawn.

    Source: BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
    """
    random = np.random.default_rng(seed)
    texts = dict.fromkeys(text for cut in material.cuts for text in cut.sentences)
    sentences = [text for text in texts if len(text.split()) >= MIN_WORDS]
    queries = list(dict.fromkeys(expand(each.item.question) for each in material.questions))
    drawn = random.choice(len(sentences), min(SAMPLED_QUERIES, len(sentences)), replace=False)
    queries += [_sampled_words(sentences[int(place)], random) for place in drawn]
    likeness = embedder.embed(queries, kind="query") @ embedder.embed(sentences, kind="passage").T
    words = WordScorer(sentences)
    return tuple(
        _list(queries[int(at)], sentences, likeness[int(at)].astype(float), words.scores(queries[int(at)]), random)
        for at in random.permutation(len(queries))
    )


def _sampled_words(sentence: str, random: np.random.Generator) -> str:
    words = sentence.split()
    places = sorted(random.choice(len(words), min(len(words), int(random.integers(4, 10))), replace=False))
    return " ".join(words[int(place)].strip(",.;:()").lower() for place in places)


class WordScorer:
    """BM25 over sentences, in the form whose weight of a word is never negative ("lucene" of bm25s).

    Args:
        sentences: What is searched; English stop words count nothing.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        vectoriser = CountVectorizer(stop_words="english", token_pattern=r"[a-z0-9]+")  # noqa: S106  no password
        self._words = vectoriser.build_analyzer()
        self._index = bm25s.BM25(method="lucene", k1=K1, b=B, dtype="float64")
        self._index.index([self._words(sentence) for sentence in sentences], show_progress=False)

    def scores(self, query: str) -> Scores:
        """Returns float64 (sentences,): the score of each, each word of the query counted once; 0 for none in common.

        bm25s leaves out the factor K1 + 1 of the formula, which changes no order but the shares that are made of scores.
        """
        known = [word for word in dict.fromkeys(self._words(query)) if word in self._index.vocab_dict]
        if not known:
            return np.zeros(self._index.scores["num_docs"])
        return np.asarray(self._index.get_scores(known) * (K1 + 1), dtype=np.float64)


def _list(
    query: str, sentences: Sequence[str], likeness: Scores, words: Scores, random: np.random.Generator
) -> TrainingList:
    fused = np.zeros(len(sentences))
    for scores in (likeness, words):
        fused[np.argsort(-scores, kind="stable")] += 1 / (RRF_K + np.arange(len(sentences)))
    order = np.argsort(-fused, kind="stable")
    bands = [(order[start:end], count) for start, end, count in BANDS]
    places = [int(at) for band, count in bands for at in random.permutation(band)[:count]]
    level = likeness[places] * SHARPNESS + 0.5 * np.log1p(words[places])
    share = np.exp(level - level.max())
    return TrainingList(query, tuple(sentences[at] for at in places), tuple((share / share.sum()).tolist()))
