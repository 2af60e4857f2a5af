"""Precision and recall of the duties found, on sentences labelled by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from assistant.coverage.duties.actors import group_of
from assistant.coverage.duties.register import StatutoryDuty, duties
from assistant.coverage.texts.paragraphs import plain
from assistant.errors import UsageError
from assistant.model import Passage, Sentence
from assistant.ports import Snapshot


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence as labelled."""

    sentence_id: str
    edition_id: str
    quote: str
    """How it begins."""
    lead_in: str
    """How its lead-in ends, "" where it has none."""
    strength: str | None
    actor: str | None
    """"" where nobody is named, None where it is not labelled."""
    has_condition: bool | None


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many were right."""

    right: int
    of: int

    @property
    def share(self) -> float | None:
        """Returns the share, None of none."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class DutyScore:
    """How well the duties are found and read."""

    precision: Rate
    """Of the sentences taken for duties, the share labelled as one."""
    recall: Rate
    """Of the labelled duties, those found."""
    strength: Rate
    """Of the duties found rightly, those with the labelled duty word."""
    actor: Rate
    """Likewise, with the labelled group of actors, nobody named included."""
    condition: Rate
    """Likewise, with a condition where one is labelled and none where not."""
    wrong: tuple[str, ...]
    """One line per fault."""


def labelled_sentences() -> tuple[LabelledSentence, ...]:
    """Returns the sentences of ``duties.yaml``."""
    rows: list[dict[str, Any]] = yaml.safe_load((files("evals.coverage") / "duties.yaml").read_text(encoding="utf-8"))
    return tuple(
        LabelledSentence(
            row["id"],
            row["edition_id"],
            row["quote"],
            row.get("lead_in", ""),
            row["strength"],
            row.get("actor"),
            row.get("has_condition"),
        )
        for row in rows
    )


def score_duties(snapshot: Snapshot, labelled: Sequence[LabelledSentence]) -> DutyScore:
    """Returns how well the duties of the indexed editions are read.

    Raises:
        UsageError: A labelled sentence is in no passage of its edition, or the edition is not indexed.
    """
    there = {str(each.edition_id): each for each in snapshot.editions()}
    found: dict[str, StatutoryDuty | None] = {}
    for name in sorted({each.edition_id for each in labelled}):
        if name not in there:
            raise UsageError(f"{name}: not indexed. Ingest it first: the labelled sentences are of it.")
        register = {(each.passage_id, each.place): each for each in duties(snapshot, there[name], once=False)}
        for each in labelled:
            if each.edition_id == name:
                passage, place = _located(each, snapshot)
                found[each.sentence_id] = register.get((passage.passage_id, place))
    return _scored(labelled, found)


def _located(label: LabelledSentence, snapshot: Snapshot) -> tuple[Passage, int]:
    edition = next(each.edition_id for each in snapshot.editions() if each.edition_id == label.edition_id)
    text = snapshot.text(edition)
    for passage in snapshot.passages_of(edition):
        for place, sentence in enumerate(passage.sentences):
            if _is_it(label, sentence, text):
                return passage, place
    raise UsageError(f"{label.sentence_id}: no such sentence in {label.edition_id}: {label.quote[:60]!r}")


def _is_it(label: LabelledSentence, sentence: Sentence, text: str) -> bool:
    own = plain(text[sentence.span.start : sentence.span.end])
    lead = plain(" / ".join(text[each.start : each.end] for each in sentence.lead_ins))
    return (
        own.startswith(plain(label.quote)) and lead.endswith(plain(label.lead_in)) and bool(lead) == bool(label.lead_in)
    )


def _scored(labelled: Iterable[LabelledSentence], found: dict[str, StatutoryDuty | None]) -> DutyScore:
    pairs = [(each, found[each.sentence_id]) for each in labelled]
    taken = [(each, duty) for each, duty in pairs if duty is not None]
    both = [(each, duty) for each, duty in taken if each.strength is not None]
    actors = [(each, duty) for each, duty in both if each.actor is not None]
    conditions = [(each, duty) for each, duty in both if each.has_condition is not None]
    wrong = [f"{each.sentence_id}: not a duty" for each, _ in taken if each.strength is None]
    wrong += [f"{each.sentence_id}: missed" for each, duty in pairs if duty is None and each.strength is not None]
    wrong += [f"{each.sentence_id}: {duty.strength}" for each, duty in both if duty.strength != each.strength]
    wrong += [f"{each.sentence_id}: actor {duty.actor!r}" for each, duty in actors if not _same_actor(each, duty)]
    wrong += [
        f"{each.sentence_id}: condition {d.condition!r}"
        for each, d in conditions
        if bool(d.condition) != each.has_condition
    ]
    return DutyScore(
        Rate(len(both), len(taken)),
        Rate(len(both), sum(each.strength is not None for each, _ in pairs)),
        Rate(sum(duty.strength == each.strength for each, duty in both), len(both)),
        Rate(sum(_same_actor(each, duty) for each, duty in actors), len(actors)),
        Rate(sum(bool(duty.condition) == each.has_condition for each, duty in conditions), len(conditions)),
        tuple(wrong),
    )


def _same_actor(each: LabelledSentence, duty: StatutoryDuty) -> bool:
    return bool(each.actor) == bool(duty.actor) and group_of(each.actor or "") == group_of(duty.actor)
