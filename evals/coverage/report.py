"""Measures the coverage report (``python -m evals coverage``; ``make_section coverage`` fills the data folder first)."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.coverage.report import SECTIONS, edition_diff_of, make_section
from assistant.coverage.sections.duties import duties_section
from assistant.coverage.sections.recommendations import recommendations_section
from assistant.editions.library_view import LibraryView
from assistant.model import Kind
from assistant.settings import Settings
from evals.coverage.checked import ROUNDS, checked, double_labelled, proposals_of, second_reader
from evals.coverage.duty_score import Rate, labelled_sentences, score_duties
from evals.coverage.planted import duty_states, read_planted, recommendation_states
from evals.coverage.proposals import THRESHOLDS, grid, pairs_of, proposed, table
from evals.coverage.scaling import multiply, sizes
from evals.coverage.theme_score import agreement, theme_sets
from evals.coverage.topic_score import topic_scores
from evals.scoring.metrics import readers_agree

PLANTED = Path(__file__).parents[2] / "tests" / "data" / "planted.toml"
PROCEDURE = "invented-local-procedure"
DIFF = ("kcsie-2024", "kcsie-2025")


def report(data: Path, times: int = 0) -> Iterator[str]:
    """Yields Markdown tables: how good the parts are, and how long they take, at ``times`` the passages as well."""
    assistant = Assistant(Settings(data=data))
    yield from _quality(assistant)
    yield from _time(assistant, times)


def _quality(assistant: Assistant) -> Iterator[str]:
    with assistant.opened() as snapshot:
        score = score_duties(snapshot, labelled_sentences())
        answering = LibraryView(snapshot, None, date.today()).answering()
        planted = read_planted(PLANTED)
        alone = [each for each in answering if each.kind is not Kind.POLICY or each.edition_id == PROCEDURE]
        states = duty_states(duties_section(snapshot, alone), planted)
        whole = duties_section(snapshot, answering)
        traces = recommendation_states(recommendations_section(snapshot, alone), planted)
        pairs = pairs_of(snapshot)
    yield "## Reading of duties (100 labelled sentences)\n"
    for name in ("precision", "recall", "strength", "actor", "condition"):
        rate: Rate = getattr(score, name)
        yield f"- {name}: {rate.right} of {rate.of}"
    yield from _confusion("Planted duties (invented procedure against Working Together 2023)", states)
    yield from _confusion("Planted recommendations (invented review)", traces)
    for draw in ROUNDS:
        yield from _confusion(f"50 proposals checked by hand, round {draw}, as drawn", checked(draw))
        yield from _confusion(f"Round {draw}, as proposed now", checked(draw, proposals_of(whole)))
    yield from _confusion("Round 2 by a second reader", second_reader())
    yield f"\nReaders of round 2 agree on {readers_agree(double_labelled())}"
    proposals = proposed(pairs, assistant.embedder)
    guessed = (each.state.value for each in proposals)
    yield from _confusion("Pairs that the thresholds were chosen on", table((each.state for each in pairs), guessed))
    *best, recall = grid(pairs, proposals)[0]
    yield f"\nThresholds in use {THRESHOLDS}; the best of the grid {tuple(best)}, mean recall {recall:.2f}"
    yield "\n## Answers of the topic map, one kind of document alone\n"
    with assistant.opened() as snapshot:
        scores = topic_scores(LibraryView(snapshot, None, date.today()), assistant.probe_context())
    for half, (every, counted, kept, gone) in scores.items():
        yield (
            f"- {half}: right {every.right} of {every.of} answers; of those that count {counted.right} of {counted.of}; "
            f"right ones kept {kept.right} of {kept.of}; answered otherwise today {gone}"
        )
    yield "\n## Themes of questions\n"
    for half, questions in theme_sets().items():
        index, made, true = agreement(questions, assistant.embedder)
        yield f"- {half}: adjusted Rand index {index:.2f}, {made} themes made of {true}, {len(questions)} questions"


def _confusion(title: str, found: Counter[tuple[str, str]]) -> Iterator[str]:
    yield f"\n## {title}\n\n| state | proposed so | rightly | precision | recall |\n|---|---|---|---|---|"
    for state in dict.fromkeys(true for true, _ in found):
        right = found[state, state]
        guessed = sum(count for (_, guess), count in found.items() if guess == state)
        true = sum(count for (label, _), count in found.items() if label == state)
        precision = f"{right / guessed:.2f}" if guessed else "-"
        yield f"| {state} | {guessed} | {right} | {precision} | {right} of {true} ({right / true:.2f}) |"


def _time(assistant: Assistant, times: int) -> Iterator[str]:
    yield (
        "\n## Seconds by part\n\n| library | "
        + " | ".join((*SECTIONS, "diff"))
        + " |\n|"
        + "---|" * (len(SECTIONS) + 2)
    )
    yield _timed(assistant, "as ingested")
    if times > 1:
        folder = Path(tempfile.mkdtemp(prefix="coverage-"))
        try:
            yield _timed(multiply(assistant, folder / "data", times), f"{times} times, generated vectors")
        finally:
            shutil.rmtree(folder)


def _timed(assistant: Assistant, name: str) -> str:
    cells = []
    with assistant.opened() as snapshot:
        view, probe_context = LibraryView(snapshot, None, date.today()), assistant.probe_context()
        editions, passages = sizes(snapshot)
        assistant.embedder.embed(["ready"], kind="query")
        for part in SECTIONS:
            start = time.perf_counter()
            make_section(part, view, probe_context)
            cells.append(f"{time.perf_counter() - start:.1f}")
        start = time.perf_counter()
        edition_diff_of(view, assistant.embedder, *DIFF)
        cells.append(f"{time.perf_counter() - start:.1f}")
    return f"| {name}: {editions} editions, {passages} passages | " + " | ".join(cells) + " |"
