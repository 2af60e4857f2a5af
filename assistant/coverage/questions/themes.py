"""Groups questions by theme. A theme keeps its name and its questions; new questions join it or form new themes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.coverage.questions.average_linkage import clusters
from assistant.coverage.questions.open_questions import OpenQuestion
from assistant.coverage.questions.term_weights import term_weights
from assistant.model.coverage import Theme
from assistant.ports import Vectors

LEAST_LIKENESS = 0.25
"""Least mean likeness (cosine) of a question to a theme for it to join (`python -m evals coverage`, development half)."""
WORDS = 3
"""Most terms in a theme's name."""


def assign_themes(
    questions: Sequence[OpenQuestion], vectors: Vectors, existing: Sequence[Theme], scope: str = ""
) -> tuple[Theme, ...]:
    """Returns the themes of the questions, the existing ones first, each with those of its questions that are still open.

    A question that is in an existing theme stays in it. A new one joins the theme to whose questions it is most
    similar, from ``LEAST_LIKENESS`` on; the others are clustered among themselves (average linkage over cosine).

    Args:
        questions: The open questions.
        vectors: float32 (n, dim), L2-normalised, of their words.
        existing: The themes of earlier runs; one whose questions are all gone is left out.
        scope: Whose themes new ones are; ids of one scope are none of another.
    """
    places = {each.digest: place for place, each in enumerate(questions)}
    groups = [[places[digest] for digest in theme.members if digest in places] for theme in existing]
    taken = {place for group in groups for place in group}
    means = [vectors[group].mean(axis=0) if group else None for group in groups]
    left = []
    for place in range(len(questions)):
        if place in taken:
            continue
        near = [-1.0 if mean is None else float(vectors[place] @ mean) for mean in means]
        best = int(np.argmax(near)) if near else -1
        if near and near[best] >= LEAST_LIKENESS:
            groups[best].append(place)
        else:
            left.append(place)
    stay = [
        Theme(theme.theme_id, theme.label, tuple(questions[place].digest for place in group))
        for theme, group in zip(existing, groups, strict=True)
        if group
    ]
    new = [[left[i] for i in group] for group in clusters(vectors[left], LEAST_LIKENESS)]
    return (*stay, *_named(new, questions, {each.label for each in existing}, scope))


def _named(
    groups: Sequence[Sequence[int]], questions: Sequence[OpenQuestion], used: set[str], scope: str
) -> list[Theme]:
    texts = [" \n ".join(questions[place].text for place in group) for group in groups]
    themes = []
    for group, label in zip(groups, labels(texts), strict=True):
        name, number = label, 2
        while name in used:
            name, number = f"{label} ({number})", number + 1
        used.add(name)
        members = tuple(questions[place].digest for place in group)
        of_scope = (scope,) if scope else ()
        theme_id = hashlib.sha256("\n".join((*sorted(members), *of_scope)).encode()).hexdigest()[:12]
        themes.append(Theme(theme_id, name, members))
    return themes


def labels(texts: Sequence[str]) -> list[str]:
    """Returns a name for each group: its most distinctive terms of one to three words.

    Terms are weighed by ``term_weights`` over the groups; longer terms get a small bonus, and no word is used twice.
    """
    weighed = zip(texts, term_weights(texts), strict=True)
    return [", ".join(_best_terms(text, weights)) or _shortened(text) for text, weights in weighed]


def _best_terms(text: str, weights: Mapping[str, float]) -> list[str]:
    """Returns the best terms in the order of the text; a term of several words must occur in the text as it is."""
    plain = " ".join(re.findall(r"[\w’'-]+", text.lower()))
    counts: Counter[str] = Counter()
    chosen: list[str] = []
    by_weight = sorted(weights.items(), key=lambda each: (-each[1] - 0.05 * each[0].count(" "), each[0]))
    for term, _ in by_weight:
        parts = term.split()
        if (len(parts) > 1 and term not in plain) or any(counts[part] for part in parts):
            continue
        chosen.append(term)
        counts.update(parts)
        if len(chosen) == WORDS:
            break
    return sorted(chosen, key=plain.find)


def _shortened(text: str) -> str:
    return " ".join(text.split())[:60]
