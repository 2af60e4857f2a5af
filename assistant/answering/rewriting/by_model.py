"""Asks a language model to make a follow-up stand alone; ``assistant/answering/rewriting/follow_ups.py`` checks what it makes of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from assistant.errors import ModelError
from assistant.model import Turn
from assistant.ports import LanguageModel
from assistant.prompts import prompt
from assistant.prompts.replies import object_in

log = logging.getLogger(__name__)

MOST_CHARACTERS = 2000
"""Longest reply that is read, and longest earlier turn that is sent."""
FORM: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "properties": {"standalone": {"type": "string"}},
        "required": ["standalone"],
        "additionalProperties": False,
    }
)


@dataclass(frozen=True, slots=True)
class ModelRewriter:
    """A rewriter over any language model; whatever goes wrong, it gives None and the rules do it."""

    model: LanguageModel
    within_s: float

    def standalone(self, question: str, earlier: Sequence[Turn]) -> str | None:
        """Returns what the model makes of a question, unchecked; None where it cannot be asked or gives nothing."""
        turns = [asdict(Turn(each.role, each.content[:MOST_CHARACTERS])) for each in earlier]
        data = json.dumps({"earlier": turns, "question": question}, ensure_ascii=False)
        try:
            found = object_in(self._text(data))
        except ModelError as error:
            log.info("follow-up rewritten by rules: %s", error)
            return None
        made = found.get("standalone") if isinstance(found, dict) else None
        return " ".join(made.split()) if isinstance(made, str) and made.strip() else None

    def _text(self, data: str) -> str:
        text = ""
        for piece in self.model.reply(prompt("rewrite").text, data, FORM, self.within_s):
            text += piece.text
            if len(text) > MOST_CHARACTERS:
                break
        return text
