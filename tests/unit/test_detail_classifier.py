"""The classifier of details beside the rules: what it adds, what it leaves, and that the rules stand without it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.embedders.tuned import TunedEmbedder
from assistant.answering.screening.detail_classifier import (
    KINDS,
    NOTHING,
    DetailClassifier,
    DetailThresholds,
    Read,
    decided,
)
from assistant.answering.screening.detail_features import MOST_WORDS, features, words_of
from assistant.answering.screening.masking import joined, mask
from assistant.model import MaskedSpan
from assistant.ports import TokenEmbedder

THRESHOLDS = DetailThresholds(0.5, 0.05)


@pytest.fixture(scope="module")
def embedder() -> TunedEmbedder:
    return TunedEmbedder()


@pytest.fixture(scope="module")
def classifier(embedder: TokenEmbedder) -> DetailClassifier:
    return DetailClassifier(embedder)


def decision(text: str, sure: dict[str, tuple[str, float]], by_rules: tuple[MaskedSpan, ...] = ()) -> Read:
    """Returns what follows where each word named has a kind with a probability, and every other word none."""
    words = words_of(text)
    found = np.zeros((len(words), 1 + len(KINDS)), dtype=np.float32)
    found[:, 0] = 1
    for at, word in enumerate(words):
        if word.text in sure:
            kind, share = sure[word.text]
            found[at, 0], found[at, 1 + KINDS.index(kind)] = 1 - share, share
    return decided(text, words, found, by_rules, THRESHOLDS)


def shown(text: str, read: Read) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.kind) for each in read.masked]


def test_words_of_one_name_are_one_detail_and_two_names_are_two() -> None:
    text = "Hope Ayo-Lane's brother, Art, came"
    sure = {"Hope": ("name", 0.9), "Ayo-Lane's": ("name", 0.8), "Art": ("name", 0.7)}
    assert shown(text, decision(text, sure)) == [("Hope Ayo-Lane", "name"), ("Art", "name")]


def test_an_address_is_one_detail_whatever_its_parts_are_taken_for() -> None:
    text = "she stops at flat 2, 12 heol y felin llanelli now"
    kinds = {"flat": "address", "2": "address", "12": "address", "heol": "address", "y": "address", "felin": "place"}
    sure = {word: (kind, 0.9) for word, kind in kinds.items()}
    assert shown(text, decision(text, sure)) == [("flat 2, 12 heol y felin", "address")]


def test_a_word_right_beside_a_detail_belongs_to_it_at_less() -> None:
    text = "at 12 heol y felin"
    sure = {"12": ("address", 0.2), "heol": ("address", 0.9), "at": ("address", 0.1)}
    assert shown(text, decision(text, sure)) == [("12 heol", "address")]


def test_a_code_is_masked_whole() -> None:
    text = "his tag is faithy_bby09 on there"
    assert shown(text, decision(text, {"bby": ("handle", 0.9)})) == [("faithy_bby09", "handle")]


def test_only_a_name_of_the_rules_may_stay() -> None:
    text = "Laming on 07700 900142"
    spans = (MaskedSpan(0, 6, "name"), MaskedSpan(10, 22, "phone"))
    assert decision(text, {}, spans).kept == spans[:1]


def test_spans_that_overlap_become_one_of_the_kind_of_the_rules() -> None:
    rules = [MaskedSpan(10, 18, "postcode")]
    assert joined("x" * 40, rules, [MaskedSpan(2, 14, "address")]) == [(2, 18, "postcode")]
    assert joined("x" * 40, rules, [MaskedSpan(20, 24, "name")]) == [(10, 18, "postcode"), (20, 24, "name")]


def test_what_it_finds_in_one_message_is_masked_in_all() -> None:
    def reading(text: str, by_rules: object) -> Read:
        start = text.find("Quillon")
        return Read((MaskedSpan(start, start + 7, "name"),), ()) if "calls" in text else NOTHING

    masked = mask(("Quillon was late", "so who calls Quillon"), classifier=reading)
    assert masked.texts == ("[name] was late", "so who calls [name]")


def test_placeholders_and_names_of_the_settings_stay() -> None:
    def reading(text: str, by_rules: object) -> Read:
        return Read((MaskedSpan(0, 6, "name"), MaskedSpan(11, 15, "name")), ())

    assert mask(("[name] and Anna rang",), ("Anna",), reading).texts == ("[name] and Anna rang",)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("dale from the kitchen gives a pupil lifts home", "dale"),
        ("is it ok that mo farouk picks up his step kids at 3", "farouk"),
        ("Mark's mark on the face was gone by home time. Should nursery still refer?", "Mark's"),
        ("my grandson is four and i've got him here at 12 heol y felin llanelli", "felin"),
    ],
)
def test_details_are_known_by_what_stands_around_them(classifier: DetailClassifier, text: str, gone: str) -> None:
    masked = mask((text,), classifier=classifier.read).texts[0]
    assert gone not in masked


@pytest.mark.parametrize(
    "text",
    [
        "How long may an assessment take?",
        "What did Lord Laming recommend about supervision in 2003?",
        "Will the core group meet within 10 working days in May?",
        "Does Sarah's Law cover a grace period under the Children Act 1989?",
    ],
)
def test_questions_about_rules_stay_as_they_are(classifier: DetailClassifier, text: str) -> None:
    assert mask((text,), classifier=classifier.read).texts == (text,)


def test_every_word_of_a_long_message_is_read(embedder: TokenEmbedder) -> None:
    text = "The visit was late. " * MOST_WORDS
    words = words_of(text)
    assert features(text, words, (), embedder).shape[0] == len(words)


def test_the_run_of_the_encoder_is_shared(embedder: TunedEmbedder) -> None:
    text = "Who chairs the conference when the manager is away?"
    alone, places = TunedEmbedder().tokens(text)
    embedder.layers([text])
    shared, _ = embedder.tokens(text)
    assert np.allclose(alone, shared, atol=1e-4)
    assert [text[start:end] for start, end in places][:3] == ["Who", "chairs", "the"]


def test_the_rules_stand_without_it(embedder: TokenEmbedder, tmp_path: Path) -> None:
    damaged = DetailClassifier(embedder, tmp_path)
    assert mask(("call Jane Ackroyd on 07700 900142",), classifier=damaged.read).texts[0].endswith("[phone number]")


def test_a_text_of_marks_alone_has_no_details(classifier: DetailClassifier) -> None:
    assert classifier.read("", ()) == NOTHING
    assert classifier.read("?!", ()) == NOTHING
