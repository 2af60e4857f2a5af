"""How well questions are grouped by theme, on sets of our own."""

from __future__ import annotations

from importlib.resources import files

import yaml
from sklearn.metrics import adjusted_rand_score

from assistant.coverage.questions.average_linkage import clusters
from assistant.coverage.questions.themes import LEAST_LIKENESS
from assistant.ports import Embedder


def theme_sets() -> dict[str, list[tuple[str, str]]]:
    """Returns development and report, each question with the theme that a reader puts it under."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (files("evals.coverage") / "themes.yaml").read_text(encoding="utf-8")
    )
    return {half: [(theme, text) for theme, texts in sets.items() for text in texts] for half, sets in found.items()}


def agreement(questions: list[tuple[str, str]], embedder: Embedder) -> tuple[float, int, int]:
    """Returns the adjusted Rand index (Hubert and Arabie 1985; scikit-learn) of the groups made, their number, and the true one."""
    vectors = embedder.embed([text for _, text in questions], kind="query")
    groups = clusters(vectors, LEAST_LIKENESS)
    made = {place: number for number, group in enumerate(groups) for place in group}
    true = [theme for theme, _ in questions]
    score = adjusted_rand_score(true, [made[place] for place in range(len(questions))])
    return float(score), len(groups), len(set(true))
