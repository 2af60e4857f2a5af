"""Asks a language model to make a follow-up stand alone; ``assistant/answering/rewriting/follow_ups.py`` checks the result."""

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
    """A rewriter over any language model; it returns None on any failure, and the rules take over."""

    model: LanguageModel
    within_s: float

    def standalone(self, question: str, earlier: Sequence[Turn]) -> str | None:
        """Returns the question as the model rewrote it, unchecked; None where the model fails or returns nothing."""
        turns = [asdict(Turn(each.role, each.content[:MOST_CHARACTERS])) for each in earlier]
        data = json.dumps({"earlier": turns, "question": question}, ensure_ascii=False)
        try:
            reply = object_in(self._text(data))
        except ModelError as error:
            log.info("follow-up rewritten by rules: %s", error)
            return None
        standalone = reply.get("standalone") if isinstance(reply, dict) else None
        return " ".join(standalone.split()) if isinstance(standalone, str) and standalone.strip() else None

    def _text(self, data: str) -> str:
        text = ""
        for piece in self.model.reply(prompt("rewrite").text, data, FORM, self.within_s):
            text += piece.text
            if len(text) > MOST_CHARACTERS:
                break
        return text
