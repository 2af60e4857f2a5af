"""A language model as a second opinion on claims that the rules accept: it can only reject."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assistant.errors import ModelError
from assistant.ports import LanguageModel
from assistant.prompts import prompt
from assistant.prompts.replies import object_in

log = logging.getLogger(__name__)

MOST_CHARACTERS = 500
"""Longest reply that is read."""
FORM: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "properties": {"entailed": {"type": "boolean"}},
        "required": ["entailed"],
        "additionalProperties": False,
    }
)


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """Entailment by a language model; where the model fails, the claim is rejected, because it was not checked."""

    model: LanguageModel
    within_s: float

    @property
    def fingerprint(self) -> str:
        """Model and prompt."""
        return f"judge/{self.model.fingerprint}/{prompt('judge').digest}"

    def entails(self, quote: str, claim: str) -> bool:
        """Returns whether the model finds that a quote supports a claim; False where it fails."""
        try:
            reply = object_in(self._text(json.dumps({"quote": quote, "claim": claim}, ensure_ascii=False)))
        except ModelError as error:
            log.warning("a claim was not judged and is not shown: %s", error)
            return False
        return isinstance(reply, dict) and reply.get("entailed") is True

    def _text(self, data: str) -> str:
        text = ""
        for piece in self.model.reply(prompt("judge").text, data, FORM, self.within_s):
            text += piece.text
            if len(text) > MOST_CHARACTERS:
                break
        return text
