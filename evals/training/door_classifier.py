"""Trains the classifier of the door and sets its thresholds (``python -m evals train door``).

Chosen by leaving one hand out: fitted on the wordings of all writers but one, tested on that one. The thresholds are set on
those scores, none of which comes from a model that has seen its writer; what is served is fitted on all of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.adapters.embedders.tuned import TunedEmbedder
from assistant.answering.screening.checked_weights import FOLDER as SERVED
from assistant.answering.screening.door import CARD, NOW, TOLD_NOW, WEIGHTS, Heads, Rarity, Scores
from assistant.answering.screening.door_features import BUCKETS, TextFeatures, features_of, windows
from assistant.answering.screening.judgement import asks_for_a_rule, asks_to_decide
from assistant.answering.screening.languages import alarm_level
from assistant.answering.screening.network import NETWORK
from assistant.answering.screening.urgency import is_told, level_by_rules
from assistant.model import Level
from evals.scoring.metrics import share, upper_bound
from evals.training.checked_weights import write_weights
from evals.training.door_material import HANDS, PLAIN_HELD, SEED, Wording, load
from evals.training.door_network import fit_network

CONFIDENCE = 0.9
RISK_NOW, RISK_CARD, FALSE_JUDGEMENT = 0.05, 0.05, 0.03
"""Largest shares of *act now* without its card, of wordings that need a card without any, of questions taken for judgements.

Of cards the misses are bounded; the false alarms follow, and are reported. Of judgements the false alarms are: one costs
an answer, where a miss is answered with the words of the documents alone.
"""
STEPS = tuple(round(0.01 * step, 2) for step in range(2, 100))
"""Thresholds that are tried, from the one that misses least."""
C = 5.0
"""Inverse strength of the penalty."""


@dataclass(frozen=True, slots=True)
class Held:
    """A wording with the scores of a model that has not seen its writer, and what the rules say."""

    wording: Wording
    scores: Scores
    by_rules: Level
    is_judged_by_rules: bool
    is_told: bool = False
    """Whether it only tells of danger."""
    by_part: tuple[float, float] = (0.0, 0.0)
    """Logits of *act now* by the network and by the hashed pieces, each the highest of its windows."""


def train(shared: Path, folder: Path | None = None) -> Iterator[str]:
    """Trains and installs the classifier; yields the lines of its report.

    Args:
        shared: The shared folder, with the questions of other hands.
        folder: Where the weights go; where they are served from, unless given.
    """
    wordings = load(shared)
    features, parts = material_features(wordings, TunedEmbedder())
    yield from trained(wordings, features, parts, folder or SERVED)


def trained(
    wordings: Sequence[Wording], features: TextFeatures, parts: Sequence[Sequence[int]], folder: Path
) -> tuple[str, ...]:
    """Returns the lines of the report, after the classifier was fitted, measured and written to a folder."""
    held = held_out(wordings, features, parts)
    chosen = thresholds(held)
    lines = report(held, *chosen)
    install(fit(wordings, features, range(len(wordings))), folder, chosen, lines, wordings)
    return tuple(lines)


def material_features(
    wordings: Sequence[Wording], embedder: TunedEmbedder
) -> tuple[TextFeatures, tuple[tuple[int, ...], ...]]:
    """Returns the features of all wordings and of the windows of long ones, with the rows of each wording's windows."""
    texts = [each.text for each in wordings]
    parts: list[tuple[int, ...]] = []
    for row, each in enumerate(wordings):
        found = windows(each.text)
        if found == (each.text,):
            parts.append((row,))
        else:
            parts.append(tuple(range(len(texts), len(texts) + len(found))))
            texts += found
    return features_of(texts, embedder), tuple(parts)


def fit(wordings: Sequence[Wording], features: TextFeatures, rows: Sequence[int]) -> Heads:
    """Returns the heads fitted on some of the wordings; plain ones that are held out never count."""
    seen = [row for row in rows if wordings[row].hand != PLAIN_HELD]
    rarity = Rarity(*(_rarity([pieces[row] for row in seen]) for pieces in (features.words, features.characters)))
    matrix = matrix_of(features, rarity)
    levelled = [row for row in seen if wordings[row].level is not None]
    judged = [row for row in seen if wordings[row].is_judgement is not None]
    columns = (
        _column(matrix, levelled, [wordings[row].level is Level.ACT_NOW for row in levelled]),
        _column(matrix, levelled, [wordings[row].level is not Level.LOOK_UP for row in levelled]),
        _column(matrix, judged, [bool(wordings[row].is_judgement) for row in judged]),
    )
    weights = np.stack([each.coef_[0] for each in columns], axis=1).astype(np.float32)
    intercept = np.array([float(each.intercept_[0]) for each in columns], dtype=np.float32)
    network = fit_network(features.states[seen], np.array([_targets(wordings[row]) for row in seen], dtype=np.float32))
    return Heads(network, weights[:BUCKETS], weights[BUCKETS:], intercept, rarity)


def _targets(wording: Wording) -> tuple[float, float, float]:
    """Returns what the columns should say of a wording; NaN where it has no label."""
    level, judged = wording.level, wording.is_judgement
    levels = (math.nan, math.nan) if level is None else (level is Level.ACT_NOW, level is not Level.LOOK_UP)
    return float(levels[0]), float(levels[1]), math.nan if judged is None else float(judged)


def matrix_of(features: TextFeatures, rarity: Rarity) -> csr_matrix:
    """Returns the hashed pieces as one sparse matrix: words, characters."""
    blocks = []
    for pieces, weights in ((features.words, rarity.words), (features.characters, rarity.characters)):
        rows = np.repeat(np.arange(len(pieces)), [len(each) for each in pieces])
        columns = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)
        values = np.concatenate([rarity.weights(each, weights) for each in pieces]) if pieces else np.zeros(0)
        blocks.append(csr_matrix((values, (rows, columns)), shape=(len(pieces), BUCKETS)))
    return hstack(blocks).tocsr()


def _rarity(pieces: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.float32]:
    """Returns float32 (buckets,): the smoothed inverse document frequency of scikit-learn's TfidfTransformer."""
    counts = np.zeros(BUCKETS)
    for each in pieces:
        counts[each] += 1
    return np.asarray(np.log((1 + len(pieces)) / (1 + counts)) + 1, dtype=np.float32)


def _column(matrix: csr_matrix, rows: Sequence[int], labels: Sequence[bool]) -> LogisticRegression:
    model = LogisticRegression(C=C, class_weight="balanced", solver="liblinear", tol=1e-3, random_state=SEED)
    return model.fit(matrix[list(rows)], labels)


def held_out(wordings: Sequence[Wording], features: TextFeatures, parts: Sequence[Sequence[int]]) -> tuple[Held, ...]:
    """Returns every wording of the hands, and the plain questions kept apart, with scores of models that never saw them.

    Plain questions are scored by the model without the last hand.
    """
    found: list[Held] = []
    for hand in HANDS:
        fitted = fit(wordings, features, [row for row, each in enumerate(wordings) if each.hand != hand])
        tested = [row for row, each in enumerate(wordings) if each.hand == hand and not each.is_made]
        if hand == HANDS[-1]:
            tested += [row for row, each in enumerate(wordings) if each.hand == PLAIN_HELD]
        found += (_scored(wordings[row], features.rows(parts[row]), fitted) for row in tested)
    return tuple(found)


def _scored(wording: Wording, features: TextFeatures, fitted: Heads) -> Held:
    """Returns a wording with its scores, each the highest of its windows, as they are served."""
    rules = max(level_by_rules(wording.text), alarm_level(wording.text), key=list(Level).index)
    parts = (fitted.network.logits(features.states), fitted.logits_of_pieces(features))
    by_part = (float(parts[0][:, NOW].max()), float(parts[1][:, NOW].max()))
    return Held(wording, fitted.scores(features), rules, asks_to_decide(wording.text), is_told(wording.text), by_part)


def thresholds(held: Sequence[Held]) -> tuple[float, float, float]:
    """Returns the thresholds of *act now*, of any card and of judgement.

    The first two are the highest within their bounds on misses, the last the
    lowest within its bound on false alarms.

    Source: Angelopoulos, Bates, Candès, Jordan and Lei, "Learn then Test", 2021: a fixed sequence of thresholds, each
    tested by the exact binomial bound, up to the first that fails.
    """
    ours = [each for each in held if each.wording.hand in HANDS]
    urgent = [each for each in ours if each.wording.level is Level.ACT_NOW]
    carded = [each for each in ours if each.wording.level not in (None, Level.LOOK_UP)]
    now = _last_passing(STEPS, urgent, lambda each, at: not is_now(each, at), RISK_NOW)
    card = _last_passing(STEPS, carded, lambda each, at: not has_card(each, now, at), RISK_CARD)
    calm = [each for each in ours if each.wording.is_judgement is False]
    return now, card, _last_passing(STEPS[::-1], calm, is_judged, FALSE_JUDGEMENT)


def is_now(each: Held, threshold: float) -> bool:
    """Returns whether a wording gets the card of *act now*."""
    least = max(threshold, TOLD_NOW) if each.is_told else threshold
    return each.by_rules is Level.ACT_NOW or each.scores.now >= least


def has_card(each: Held, now: float, card: float) -> bool:
    """Returns whether a wording gets any card."""
    return each.by_rules is not Level.LOOK_UP or each.scores.now >= now or each.scores.card >= card


def is_judged(each: Held, threshold: float) -> bool:
    """Returns whether a wording is taken for a request to judge a case."""
    by_model = each.scores.judgement >= threshold and not asks_for_a_rule(each.wording.text)
    return each.is_judged_by_rules or by_model


def _last_passing(
    steps: Sequence[float], listed: Sequence[Held], is_wrong: Callable[[Held, float], bool], risk: float
) -> float:
    """Returns the last threshold of a sequence before the first at which the bound on what is wrong passes the risk."""
    kept = steps[0]
    for step in steps:
        if upper_bound(sum(is_wrong(each, step) for each in listed), len(listed), CONFIDENCE) > risk:
            return kept
        kept = step
    return kept


def report(held: Sequence[Held], now: float, card: float, judgement: float) -> list[str]:
    """Returns the table of the leave-one-hand-out test at the thresholds."""
    lines = [
        f"thresholds: act now {now:.2f}, any card {card:.2f}, judgement {judgement:.2f}",
        "",
        "| left out | measure | count | share | 95 % interval |",
        "|---|---|---|---|---|",
    ]
    for hand in (*HANDS, "all", PLAIN_HELD):
        ours = [each for each in held if each.wording.hand == hand or (hand == "all" and each.wording.hand in HANDS)]
        lines += _rows(hand, ours, now, card, judgement)
    return [*lines, "", *_parts(held)]


def _parts(held: Sequence[Held]) -> Iterator[str]:
    """Yields a table of what each part of the classifier is worth: AUC of *act now* against *look up*, without the rules."""
    yield "| left out | network and pieces | network alone | pieces alone |"
    yield "|---|---|---|---|"
    found: list[list[float]] = []
    for hand in HANDS:
        ours = [
            each for each in held if each.wording.hand == hand and each.wording.level in (Level.ACT_NOW, Level.LOOK_UP)
        ]
        urgent = [each.wording.level is Level.ACT_NOW for each in ours]
        by = ([sum(each.by_part) for each in ours], *zip(*(each.by_part for each in ours), strict=True))
        found.append([float(roc_auc_score(urgent, each)) for each in by])
        yield f"| {hand} | " + " | ".join(f"{each:.4f}" for each in found[-1]) + " |"
    yield "| mean | " + " | ".join(f"{float(each):.4f}" for each in np.mean(found, axis=0)) + " |"


def _rows(hand: str, ours: Sequence[Held], now: float, card: float, judgement: float) -> Iterator[str]:
    by_level = {level: [each for each in ours if each.wording.level is level] for level in Level}
    for name, listed, test in (
        ("act now: card of act now", by_level[Level.ACT_NOW], lambda each: is_now(each, now)),
        ("act now: any card", by_level[Level.ACT_NOW], lambda each: has_card(each, now, card)),
        ("act today: any card", by_level[Level.ACT_TODAY], lambda each: has_card(each, now, card)),
        ("look up: false act now", by_level[Level.LOOK_UP], lambda each: is_now(each, now)),
        ("look up: false card of any kind", by_level[Level.LOOK_UP], lambda each: has_card(each, now, card)),
        ("judgement", [e for e in ours if e.wording.is_judgement], lambda each: is_judged(each, judgement)),
        (
            "judgement: false",
            [e for e in ours if e.wording.is_judgement is False],
            lambda each: is_judged(each, judgement),
        ),
    ):
        found = share(sum(map(test, listed)), len(listed))
        if found.value is not None:
            yield (
                f"| {hand} | {name} | {found.count}/{found.of} | {found.value:.3f} | {found.low:.3f}–{found.high:.3f} |"
            )


def install(
    fitted: Heads,
    folder: Path,
    chosen: tuple[float, float, float],
    lines: Sequence[str],
    wordings: Sequence[Wording],
) -> None:
    """Writes the weights and their card: sha256, thresholds and what was measured."""
    arrays = {"rarity_words": fitted.rarity.words, "rarity_characters": fitted.rarity.characters}
    arrays |= {part: getattr(fitted, part) for part in ("words", "characters", "intercept")}
    arrays |= {part: getattr(fitted.network, part) for part in NETWORK}
    digest = write_weights(arrays, folder / WEIGHTS)
    now, card, judgement = chosen
    counted = sum(not each.is_made for each in wordings)
    text = "\n".join(lines)
    (folder / CARD).write_text(
        "# The classifier of the door. Made by `python -m evals train door`; the figures leave the writer out who is tested.\n\n"
        f'name = "policy-door-2"\nsha256 = "{digest}"\ndate = "{datetime.now(UTC):%Y-%m-%d}"\n'
        f"wordings = {counted}\n\n[thresholds]\nnow = {now}\ncard = {card}\njudgement = {judgement}\n\n"
        f"[bounds]\nconfidence = {CONFIDENCE}\nact_now_without_its_card = {RISK_NOW}\nwithout_any_card = {RISK_CARD}\n"
        f"taken_for_a_judgement = {FALSE_JUDGEMENT}\n\n"
        f'[measured]\nleft_one_hand_out = """\n{text}\n"""\n',
        encoding="utf-8",
    )
