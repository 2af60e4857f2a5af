"""How similar the stories of many seeds are: Jaccard index of their runs of five words, without names and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from assistant.model.scenario import ScenarioRequest
from assistant.scenarios.grammar.themes import Grammar
from assistant.scenarios.story.tell import Story, tell_story
from assistant.text.words import runs

RUN = 5
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Similarity:
    """How similar many texts are."""

    most: float
    """Largest Jaccard index of a pair, 0..1; 0 for fewer than two texts."""
    pair: tuple[int, int]
    """Places of the two most similar."""
    mean: float
    """Mean over all pairs."""


def stories(request: ScenarioRequest, seeds: Iterable[int], grammar: Grammar) -> list[Story]:
    """Returns the story of a request for each seed."""
    return [tell_story(replace(request, seed=seed), grammar) for seed in seeds]


def narrative(story: Story) -> str:
    """Returns the text of the stages, without their days and discussion questions."""
    return " ".join(stage.text for stage in story.stages)


def names_of(story: Story) -> frozenset[str]:
    """Returns the first names of a story, in small letters."""
    return frozenset(person.name.casefold() for person in story.people)


def similarity(texts: Sequence[str], names: Sequence[frozenset[str]]) -> Similarity:
    """Returns how similar texts are, each without its names."""
    if len(texts) < 2:
        return Similarity(0.0, (0, 0), 0.0)
    index: dict[tuple[str, ...], int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, (text, own) in enumerate(zip(texts, names, strict=True)):
        words = [word for word in _WORD.findall(text.casefold()) if word.replace("’", "'").partition("'")[0] not in own]
        held = set(runs(words, RUN))
        rows += [row] * len(held)
        columns += [index.setdefault(run, len(index)) for run in held]
    table = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), len(index)))
    shared = np.asarray((table @ table.T).todense())
    sizes = shared.diagonal()
    index_of = shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1)
    upper = np.triu_indices(len(texts), 1)
    found = index_of[upper]
    place = int(found.argmax())
    return Similarity(float(found[place]), (int(upper[0][place]), int(upper[1][place])), float(found.mean()))
