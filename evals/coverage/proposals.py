"""How well the proposed states fit pairs of a duty and a local sentence, labelled by hand: for choosing the thresholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import product
from typing import Any

import numpy as np
import yaml

from assistant.coverage.duties import states
from assistant.coverage.duties.register import StatutoryDuty, duties
from assistant.coverage.duties.states import Proposal, propose
from assistant.coverage.texts.local_text import LocalSentence, LocalText
from assistant.coverage.texts.paragraphs import plain
from assistant.errors import UsageError
from assistant.model import EditionId, PassageId
from assistant.ports import Embedder, Snapshot

OWN = EditionId("own-pairs")


@dataclass(frozen=True, slots=True)
class Pair:
    """A duty with the state that a reader gives it over the local sentences of all pairs."""

    pair_id: str
    duty: StatutoryDuty
    state: str
    conflict: str | None
    local: str | None


def pairs_of(snapshot: Snapshot) -> tuple[Pair, ...]:
    """Returns the pairs of ``proposals.yaml``. Raises ``UsageError`` where a duty is not in the library."""
    rows: list[dict[str, Any]] = yaml.safe_load(
        (files("evals.coverage") / "proposals.yaml").read_text(encoding="utf-8")
    )
    registers = {e.edition_id: duties(snapshot, e, once=False) for e in snapshot.editions()}
    found = []
    for row in rows:
        register = registers.get(EditionId(row["edition_id"]), ())
        duty = next((each for each in register if plain(row["quote"]) in plain(each.quote)), None)
        if duty is None:
            raise UsageError(f"{row['id']}: its duty is not in {row['edition_id']}. Is that edition indexed?")
        found.append(Pair(row["id"], duty, row["state"], row.get("why"), row.get("local")))
    return tuple(found)


def proposed(pairs: Sequence[Pair], embedder: Embedder) -> tuple[Proposal, ...]:
    """Returns what is proposed for the duty of each pair, over the local sentences of all pairs."""
    texts = list(dict.fromkeys(each.local for each in pairs if each.local))
    blank = LocalSentence(OWN, PassageId(""), None, (), (), "")
    local = LocalText([replace(blank, text=text) for text in texts], embedder.embed(texts, kind="passage"))
    vectors = embedder.embed([each.duty.quote for each in pairs], kind="passage")
    return propose([each.duty for each in pairs], list(vectors), local)


def table(truth: Iterable[str], guess: Iterable[str]) -> Counter[tuple[str, str]]:
    """Returns how often each state was proposed for each true one."""
    return Counter(zip(truth, guess, strict=True))


SURE = 0.85
"""Least precision of "covered": nobody looks at a duty wrongly called covered."""


def grid(pairs: Sequence[Pair], proposals: Sequence[Proposal]) -> list[tuple[float, float, float, float]]:
    """Returns thresholds (looked at, partial, covered) with the mean recall of absent, partial and covered, best first.

    Pairs in conflict are left out: they are recognised by their words. So are thresholds whose precision of "covered" is
    below ``SURE``.
    """
    rows = [
        (pair.state, proposal.matches[0])
        for pair, proposal in zip(pairs, proposals, strict=True)
        if pair.state != "conflicts"
    ]
    true = np.array([state for state, _ in rows])
    likeness = np.array([each.likeness for _, each in rows])
    carriage = np.array([each.coverage_score for _, each in rows])
    found = []
    for least, low, high in product(np.arange(0.5, 0.7, 0.02), np.arange(0.6, 1.05, 0.05), np.arange(0.95, 1.3, 0.03)):
        guess = np.where(carriage >= high, "covered", np.where(carriage >= low, "partial", "absent"))
        guess = np.where(likeness < least, "absent", guess)
        covered = guess == "covered"
        if not covered.any() or np.mean(true[covered] == "covered") < SURE:
            continue
        recalls = [np.mean(guess[true == state] == state) for state in ("absent", "partial", "covered")]
        found.append((round(float(least), 2), round(float(low), 2), round(float(high), 2), float(np.mean(recalls))))
    return sorted(found, key=lambda each: -each[3])


THRESHOLDS = (states.LOOKED_AT, states.PARTIAL, states.COVERED)
