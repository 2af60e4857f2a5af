"""What the verifier learns from: a quote with claims of which it supports some, and nearly supports the others.

Few pairs are given; most are made: a sentence of the guidance, reworded, against the same one with one thing changed
that matters (``edits``). Each round makes others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from evals.dataset.training_set import rows
from evals.training.edits import ACTORS, DETAILS, EDITS, NUMBERS, spliced
from evals.training.lists import TrainingList
from evals.training.material import Material
from evals.training.rewordings import reworded
from evals.training.role_swaps import swap_roles

HELD_BACK = frozenset(
    {
        "childrens_homes_quality_standards_guide_2015",
        "promoting_health_looked_after_children_2022",
        "children_and_social_work_act_2017",
    }
)
"""The documents that no model is trained on, as the claims name them."""
MIN_WORDS, MAX_WORDS = 8, 60
"""Words of a sentence that claims are made from."""
MIN_ORDINARY_SHARE = 0.7
"""Least share of ordinary words in a sentence: notes of amendments and addresses have fewer."""
SENTENCES_A_ROUND = 2500
"""Sentences that claims are made of in a round."""
MAX_EVIDENCE_WORDS = 130
"""Words of public evidence: the longer ones take too long, and no quote of ours is so long."""
DIRECTION_SHARE = 0.5
"""Share of sentences with a direction (before, at least, more than) of which just that is turned: they are few."""
ALTERED_CLAIMS = 3
"""Altered claims beside two faithful ones."""


def claim_lists(folder: Path, material: Material, rounds: int, seed: int) -> tuple[TrainingList, ...]:
    """Returns the lists of all rounds, in order: given pairs by quote (ours twice), and made ones of ``SENTENCES_A_ROUND`` sentences.

    Args:
        folder: The shared training folder.
        material: Whose sentences are edited.
        rounds: How often each given pair comes.
        seed: Of what is drawn.

    Raises:
        ConfigurationError: The material is not there; says where it belongs.
    """
    random = np.random.default_rng(seed)
    own = tuple(_by_quote(_own(folder)))
    given = [*own, *own, *_by_quote(_public(folder))]
    sentences = tuple(_sentences(material))
    found: list[TrainingList] = []
    for _ in range(rounds):
        drawn = _drawn(sentences, min(SENTENCES_A_ROUND, len(sentences)), random)
        made = [_claims_about(text, sentences, random) for text in drawn]
        made += [_altered_claims(each, sentences, random) for each in own]
        batch = [*given, *(each for each in made if not all(each.answers))]
        found += [batch[int(place)] for place in random.permutation(len(batch))]
    return tuple(found)


def _own(folder: Path) -> Iterator[tuple[str, str, bool]]:
    for row in rows(folder, "claims.jsonl"):
        if row["document_id"] not in HELD_BACK:
            yield row["quote"], row["claim"], row["supported"]


def _public(folder: Path) -> Iterator[tuple[str, str, bool]]:
    for row in rows(folder, "claims-public.jsonl"):
        if len(row["evidence"].split()) <= MAX_EVIDENCE_WORDS:
            yield row["evidence"], row["claim"], row["supported"]


def _by_quote(pairs: Iterator[tuple[str, str, bool]]) -> Iterator[TrainingList]:
    by_quote: dict[str, list[tuple[str, bool]]] = {}
    for quote, claim, is_carried in pairs:
        by_quote.setdefault(quote, []).append((claim, is_carried))
    for quote, claims in by_quote.items():
        yield TrainingList(quote, tuple(claim for claim, _ in claims), tuple(flag for _, flag in claims))


def _sentences(material: Material) -> Iterator[str]:
    texts = dict.fromkeys(" ".join(text.split()) for cut in material.cuts for text in cut.sentences)
    for text in texts:
        words = text.split()
        plain = sum(each.strip(",.;:").isalpha() and each.islower() for each in words)
        if MIN_WORDS <= len(words) <= MAX_WORDS and plain >= MIN_ORDINARY_SHARE * len(words):
            yield text


def _claims_about(text: str, sentences: Sequence[str], random: np.random.Generator) -> TrainingList:
    """Returns a sentence as quote, at times with another before or after it, and claims made of it."""
    other = sentences[int(random.integers(len(sentences)))]
    claims = [text if random.random() < 0.4 else _shortened(text, random), reworded(text, random)]
    altered = [_altered(text, other, random) for _ in range(ALTERED_CLAIMS)]
    distinct = list(dict.fromkeys(each for each in altered if each and each not in (text, *claims)))
    quote = text
    if random.random() < 0.25:
        quote = f"{text} {other}" if random.random() < 0.5 else f"{other} {text}"
    texts = (*claims, *distinct)
    return TrainingList(quote, texts, (*(True for _ in claims), *(False for _ in distinct)))


def _altered_claims(given: TrainingList, sentences: Sequence[str], random: np.random.Generator) -> TrainingList:
    """Returns a given quote with its faithful claims and with these altered: far paraphrases on both sides."""
    claims = [text for text, is_carried in zip(given.texts, given.answers, strict=True) if is_carried]
    altered = [_altered(text, _drawn(sentences, 1, random)[0], random, 0.0) for text in claims for _ in range(2)]
    distinct = [*dict.fromkeys(each for each in altered if each and each not in claims)]
    return TrainingList(given.question, (*claims, *distinct), (*(True for _ in claims), *(False for _ in distinct)))


def _shortened(text: str, random: np.random.Generator) -> str:
    """Returns a sentence without an aside between commas or dashes, or as it is."""
    bare = re.sub(r", (?:including|such as|for example)[^,.;]{3,60}(?=[,.])", "", text)
    return bare if bare != text else reworded(text, random, 1)


def _altered(text: str, other: str, random: np.random.Generator, first: float = 0.5) -> str | None:
    """Returns a sentence with one thing changed that matters, in some cases reworded first; None where none was found.

    Args:
        text: The sentence.
        other: Another one, from which details are taken.
        random: Draws what is changed.
        first: How often it is reworded first.
    """
    start = reworded(text, random, 2) if random.random() < first else text
    edits: dict[str, Callable[[str], Iterator[str]]] = {
        **EDITS,
        "change_number": partial(EDITS["change_number"], others=_drawn(NUMBERS, 3, random)),
        "replace_actor": partial(EDITS["replace_actor"], others=_drawn(ACTORS, 3, random)),
        "append_detail": partial(EDITS["append_detail"], details=_details(other, random)),
        "splice": partial(spliced, other),
        "swap_roles": swap_roles,
    }
    if random.random() < DIRECTION_SHARE and (turned := [*edits["turn_direction"](start), *swap_roles(start)]):
        return turned[int(random.integers(len(turned)))]
    kinds = tuple(edits)
    for place in random.permutation(len(kinds)):
        found = [*edits[kinds[int(place)]](start)]
        if found:
            return found[int(random.integers(len(found)))]
    return None


def _drawn(values: Sequence[str], count: int, random: np.random.Generator) -> tuple[str, ...]:
    return tuple(values[int(place)] for place in random.choice(len(values), count, replace=False))


def _details(other: str, random: np.random.Generator) -> tuple[str, ...]:
    """Returns what may be added: the end of another sentence mostly, as it sounds like the documents."""
    ends = re.findall(r"(?:,| and| to| for| with| by| in) [^,.;]{10,80}(?=\.?$)", other)
    return (str(ends[-1]),) if ends and random.random() < 0.7 else _drawn(DETAILS, 1, random)
