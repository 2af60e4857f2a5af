"""How apt the expectations of scenarios are for their stages: labels by hand, and the precision that they give."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.model.scenario import Difficulty, Expectation, Length, Scenario, ScenarioRequest, Stage
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.make import ScenarioContext, make_scenario

LABELS = Path(__file__).parent / "apt.yaml"
SECOND = Path(__file__).parent / "apt-second.yaml"
"""By another reader, to measure agreement."""
SCENARIOS, LABELLED = 60, 200
FIRST_SEED, STEP = 2500, 41
"""Seeds that nobody looked at while themes were written. Those from 5000 in steps of 37 were labelled first
(apt-development.yaml: 135 of 200 apt); what those labels showed was fixed, so that they measure nothing any more."""


@dataclass(frozen=True, slots=True)
class ShownExpectation:
    """An expectation as a stage shows it."""

    theme: str
    fragment: str
    expectation: str
    digest: str
    """Of the quote, short."""
    stage: Stage
    said: Expectation

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Identifies it from run to run, as long as the documents answer the same."""
        return self.theme, self.fragment, self.expectation, self.digest


def requests(themes: Sequence[str]) -> list[ScenarioRequest]:
    """Returns the requests of the scenarios that are measured: themes in turn, difficulties and lengths in turn."""
    lengths, difficulties = (Length.SHORT, Length.MEDIUM, Length.LONG), tuple(Difficulty)  # Those that were labelled.
    return [
        ScenarioRequest(
            themes[place % len(themes)],
            seed=FIRST_SEED + place * STEP,
            length=lengths[place % 3],
            difficulty=difficulties[(place // 3) % 3],
        )
        for place in range(SCENARIOS)
    ]


def make_scenarios(maker: ScenarioContext) -> Iterator[Scenario]:
    """Yields the scenarios that are measured."""
    for request in requests([each.theme_id for each in maker.grammar.themes]):
        yield make_scenario(request, maker)


def shown_expectations(scenarios: Iterable[Scenario]) -> list[ShownExpectation]:
    """Returns every expectation of every stage, each once, in order."""
    found: dict[tuple[str, str, str, str], ShownExpectation] = {}
    for scenario in scenarios:
        by_number = {each.number: each for each in scenario.expectations}
        for stage in scenario.stages:
            for number in stage.expectations:
                said = by_number[number]
                digest = hashlib.sha256(said.citation.quote.encode()).hexdigest()[:10]
                name = stage.fragments[stage.slot]
                one = ShownExpectation(scenario.request.theme, name, said.expectation_id, digest, stage, said)
                found.setdefault(one.key, one)
    return list(found.values())


def to_label(pairs: Sequence[ShownExpectation]) -> list[ShownExpectation]:
    """Returns those that are labelled: drawn, in a drawn order, so that no score or place shows."""
    return list(SeededRandom("label again").order(pairs, "pairs"))[:LABELLED]


def labels(path: Path = LABELS) -> dict[tuple[str, str, str, str], bool]:
    """Returns the labels; {} where there are none yet."""
    if not path.exists():
        return {}
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["labels"]
    return {(r["theme"], r["fragment"], r["expectation"], r["quote_digest"]): bool(r["apt"]) for r in rows}


def precision(pairs: Iterable[ShownExpectation], known: dict[tuple[str, str, str, str], bool]) -> tuple[int, int]:
    """Returns how many labelled pairs are apt, and how many of those given are labelled."""
    found = [known[each.key] for each in pairs if each.key in known]
    return sum(found), len(found)
