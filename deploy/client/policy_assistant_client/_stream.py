"""The events of one question, from the lines of a stream."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, cast

from policy_assistant_client._errors import error_of
from policy_assistant_client.models import AskResponse, CardView

Name = Literal["stage", "card", "verified", "statement", "citation", "outcome"]
LAST: Name = "outcome"


@dataclass(frozen=True, slots=True)
class AskEvent:
    """Something that happens while a question is answered; the last one is the outcome."""

    name: Name
    data: dict[str, Any]

    @property
    def card(self) -> CardView | None:
        """The card of an urgent question, to be shown at once; None for any other event."""
        return cast("CardView", self.data) if self.name == "card" else None

    @property
    def response(self) -> AskResponse | None:
        """The whole response, with the last event; None before."""
        return cast("AskResponse", self.data) if self.name == LAST else None


class Lines:
    """Reads events line by line."""

    def __init__(self) -> None:
        self._name, self._data = "", ""

    def take(self, line: str) -> AskEvent | None:
        """Returns the event that a line completes, None for most. Raises ``ProblemError`` where that is a problem."""
        if line.startswith("event:"):
            self._name = line[6:].strip()
        elif line.startswith("data:"):
            self._data += line[5:].strip()
        if line or not self._data:
            return None
        name, data = self._name, json.loads(self._data)
        self._name, self._data = "", ""
        if name == "problem":
            raise error_of(int(data.get("status", 500)), data)
        return AskEvent(cast("Name", name), data)
