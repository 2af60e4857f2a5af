"""Trains the classifier of details and sets its thresholds (``python -m evals train details``).

Chosen by leaving one hand out: fitted on the messages of all writers but one, tested on that one as it is served, with the
rules. What is served is fitted on all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.adapters.embedders.tuned import TunedEmbedder
from assistant.answering.screening.checked_weights import FOLDER
from assistant.answering.screening.detail_classifier import (
    CARD,
    KINDS,
    WEIGHTS,
    DetailThresholds,
    decided,
    shares_of,
)
from assistant.answering.screening.detail_features import Floats, Word, features, words_of
from assistant.answering.screening.masking import joined, mask
from assistant.answering.screening.network import NETWORK, Network
from assistant.model import MaskedSpan
from evals.scoring.metrics import share
from evals.training.checked_weights import write_weights
from evals.training.detail_material import COLUMN_OF, HANDS, PLAIN_HELD, Message, load
from evals.training.detail_network import fit_words

MASKED = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
KEPT = 0.03
"""A name of the rules is left only where the classifier is nearly certain."""
MOST_FALSE, MOST_TEMPTED = 0.005, 0.05
"""Largest shares of plain policy questions, and of those writers' messages without a detail who also wrote some with one, in
which something is masked that the rules leave. Hand i wrote nothing but what tempts: it is trained on, and reported."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message with what is known of its words."""

    message: Message
    words: tuple[Word, ...]
    by_rules: tuple[MaskedSpan, ...]
    features: Floats
    columns: npt.NDArray[np.int64]


def train(shared: Path, folder: Path | None = None) -> Iterator[str]:
    """Trains and installs the classifier; yields the lines of its report.

    Args:
        shared: The shared folder, with the questions of other hands.
        folder: Where the weights go; where they are served from, unless given.
    """
    embedder = TunedEmbedder()
    seen = [_seen(each, embedder) for each in load(shared)]
    held = {hand: fit([each for each in seen if each.message.hand != hand]) for hand in HANDS}
    tested = [
        (each, shares_of(held[each.message.hand if each.message.hand in HANDS else HANDS[-1]].logits(each.features)))
        for each in seen
        if not each.message.is_made and each.message.hand in (*HANDS, PLAIN_HELD) and each.words
    ]
    thresholds = chosen(tested)
    lines = list(report(tested, thresholds))
    yield from lines
    install(fit(seen), folder or FOLDER, thresholds, lines, sum(not each.message.is_made for each in seen))


def _seen(message: Message, embedder: TunedEmbedder) -> Seen:
    words = words_of(message.text)
    by_rules = mask((message.text,)).spans
    columns = np.zeros(len(words), dtype=np.int64)
    for at, word in enumerate(words):
        kind = next((kind for start, end, kind in message.details if word.start < end and start < word.end), None)
        columns[at] = 0 if kind is None else 1 + KINDS.index(COLUMN_OF.get(kind, kind))
    found = features(message.text, words, by_rules, embedder) if words else np.zeros((0, 0), dtype=np.float32)
    return Seen(message, words, by_rules, found, columns)


def fit(seen: Sequence[Seen]) -> Network:
    """Returns the network fitted on messages; plain ones that are held out never count."""
    trained = [each for each in seen if each.words and each.message.hand != PLAIN_HELD]
    words = np.concatenate([each.features for each in trained])
    return fit_words(words, np.concatenate([each.columns for each in trained]), 1 + len(KINDS))


def chosen(tested: Sequence[tuple[Seen, Floats]]) -> DetailThresholds:
    """Returns the lowest threshold at which few enough messages without any detail have more masked than by the rules."""
    plain = [each for each in tested if each[0].message.hand == PLAIN_HELD]
    both = {each.message.hand for each, _ in tested if each.message.details}
    tempting = [each for each in tested if each[0].message.hand in both and not each[0].message.details]
    for masked in MASKED:
        thresholds = DetailThresholds(masked, KEPT)
        shares = (_added(each, thresholds) / max(1, len(each)) for each in (plain, tempting))
        if all(found <= most for found, most in zip(shares, (MOST_FALSE, MOST_TEMPTED), strict=True)):
            return thresholds
    return DetailThresholds(MASKED[-1], KEPT)


def _added(tested: Sequence[tuple[Seen, Floats]], thresholds: DetailThresholds) -> int:
    return sum(bool(_read(each, found, thresholds).masked) and not each.by_rules for each, found in tested)


def _read(each: Seen, found: Floats, thresholds: DetailThresholds) -> Any:
    return decided(each.message.text, each.words, found, each.by_rules, thresholds)


def report(tested: Sequence[tuple[Seen, Floats]], thresholds: DetailThresholds) -> Iterator[str]:
    """Yields the table of the leave-one-hand-out test: by the rules alone, and with the classifier."""
    yield f"thresholds: masked {thresholds.masked}, kept {thresholds.kept}"
    yield ""
    yield "| left out | kind | rules | with the classifier | 95 % interval |"
    yield "|---|---|---|---|---|"
    for hand in HANDS:
        ours = [each for each in tested if each[0].message.hand == hand]
        counts: dict[str, list[int]] = {}
        for each, found in ours:
            spans = _spans(each, found, thresholds)
            for start, end, kind in each.message.details:
                for name in ("all", kind):
                    count = counts.setdefault(name, [0, 0, 0])
                    count[0] += _is_covered(each, start, end, [(s.start, s.end) for s in each.by_rules])
                    count[1] += _is_covered(each, start, end, spans)
                    count[2] += 1
        for name, (rules, both, total) in sorted(counts.items()):
            yield _row(hand, name, rules, both, total)
        yield _false(hand, [each for each in ours if not each[0].message.details], thresholds)
    yield _false(PLAIN_HELD, [each for each in tested if each[0].message.hand == PLAIN_HELD], thresholds)


def _row(hand: str, name: str, rules: int, both: int, total: int) -> str:
    found = share(both, total)
    return f"| {hand} | {name} | {rules}/{total} | {both}/{total} | {found.low:.3f}–{found.high:.3f} |"


def _false(hand: str, ours: Sequence[tuple[Seen, Floats]], thresholds: DetailThresholds) -> str:
    rules = sum(bool(each.by_rules) for each, _ in ours)
    return _row(hand, "masked by mistake", rules, sum(bool(_spans(*each, thresholds)) for each in ours), len(ours))


def _spans(each: Seen, found: Floats, thresholds: DetailThresholds) -> list[tuple[int, int]]:
    read = _read(each, found, thresholds)
    staying = [span for span in each.by_rules if span not in read.kept]
    return [(start, end) for start, end, _ in joined(each.message.text, staying, read.masked)]


def _is_covered(each: Seen, start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Returns whether every word of a detail, single letters apart, is masked."""
    inside = [w for w in each.words if start < w.end and w.start < end and w.text[0].isalnum() and len(w.text) > 1]
    return all(any(a < word.end and word.start < b for a, b in spans) for word in inside)


def install(fitted: Network, folder: Path, thresholds: DetailThresholds, lines: Sequence[str], messages: int) -> None:
    """Writes the weights and their card: sha256, thresholds and what was measured."""
    arrays = {name: getattr(fitted, name) for name in NETWORK}
    digest = write_weights(arrays, folder / WEIGHTS)
    text = "\n".join(lines)
    (folder / CARD).write_text(
        "# The classifier of details. Made by `python -m evals train details`; the figures leave the writer out who is tested.\n\n"
        f'name = "policy-details-1"\nsha256 = "{digest}"\ndate = "{datetime.now(UTC):%Y-%m-%d}"\n'
        f"messages = {messages}\n\n[thresholds]\nmasked = {thresholds.masked}\nkept = {thresholds.kept}\n\n"
        f'[measured]\nleft_one_hand_out = """\n{text}\n"""\n',
        encoding="utf-8",
    )
