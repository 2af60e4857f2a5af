"""Kept scenarios in memory, for tests of what uses them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assistant.model.people import EVERYTHING, Reader
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback, ScenarioOpinion


class FakeScenarios:
    """The ``ScenarioStore`` port over lists."""

    def __init__(self) -> None:
        self.kept: dict[str, SavedScenario] = {}
        self.feedback: list[ScenarioFeedback] = []

    def save(self, scenario: SavedScenario) -> bool:
        there = self.kept.get(scenario.scenario_id)
        if there is not None and there.owner != scenario.owner:
            return False
        self.kept[scenario.scenario_id] = scenario
        return True

    def scenario(self, scenario_id: str, owner: str) -> SavedScenario | None:
        found = self.kept.get(scenario_id)
        return found if found is not None and found.owner == owner else None

    def scenarios(self, owner: str) -> tuple[SavedScenario, ...]:
        mine = sorted((each for each in self.kept.values() if each.owner == owner), key=lambda each: each.scenario_id)
        return tuple(sorted(mine, key=lambda each: each.saved_at, reverse=True))

    def remove(self, scenario_id: str, owner: str) -> bool:
        if self.scenario(scenario_id, owner) is None:
            return False
        del self.kept[scenario_id]
        return True

    def add_feedback(self, feedback: ScenarioFeedback) -> bool:
        if self.scenario(feedback.scenario_id, feedback.owner) is None:
            return False
        self.feedback.append(feedback)
        return True

    def feedback_on(self, scenario_id: str, owner: str) -> tuple[ScenarioFeedback, ...]:
        mine = [each for each in self.feedback if (each.scenario_id, each.owner) == (scenario_id, owner)]
        return tuple(sorted(mine, key=lambda each: each.given_at, reverse=True))

    def opinions(
        self, *, limit: int = 100, after: str | None = None, reader: Reader = EVERYTHING
    ) -> tuple[ScenarioOpinion, ...]:
        readable = [each for each in self.feedback if reader.may_read(each.groups, ())]
        by_id = sorted(readable, key=lambda each: each.feedback_id)
        newest = [_seen(each) for each in sorted(by_id, key=lambda each: _day(each.given_at), reverse=True)]
        if after is not None:
            places = [place for place, each in enumerate(newest) if each.feedback_id == after]
            newest = newest[places[0] + 1 :] if places else []
        return tuple(newest[:limit])

    def export(self, owner: str) -> Iterator[dict[str, Any]]:
        for each in sorted(self.kept.values(), key=lambda kept: kept.saved_at):
            if each.owner == owner:
                told = dataclasses.asdict(each)
                yield {"type": "scenario", **told, "saved_at": each.saved_at.isoformat()}
        for given in self.feedback:
            if given.owner == owner:
                told = dataclasses.asdict(given)
                del told["groups"]
                yield {"type": "scenario_feedback", **told, "given_at": given.given_at.isoformat()}

    def erase(self, owner: str) -> int:
        return self._remove(lambda each: each.owner == owner)

    def purge(self, before: datetime) -> int:
        return self._remove(lambda each: (each.saved_at if isinstance(each, SavedScenario) else each.given_at) < before)

    def _remove(self, goes: Any) -> int:
        rows = len(self.kept) + len(self.feedback)
        self.kept = {name: each for name, each in self.kept.items() if not goes(each)}
        self.feedback = [each for each in self.feedback if not goes(each)]
        return rows - len(self.kept) - len(self.feedback)


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def _seen(each: ScenarioFeedback) -> ScenarioOpinion:
    return ScenarioOpinion(each.feedback_id, each.theme, each.seed, each.score, each.note, _day(each.given_at))
