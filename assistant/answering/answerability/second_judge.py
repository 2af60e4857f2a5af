"""A language model as second judge of whether the first passages answer a question.

It names sentences by tokens and numbers; nothing that it writes is shown. It may reject, and where the calibration was made with
it, it may also find an answer that the first judge did not (``assistant/answering/answerability/opinions.py``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.screening.embedded_instructions import speaks_to_a_program
from assistant.errors import ModelMalformed
from assistant.model import Hit, Passage, PassageId, Span
from assistant.model.judged import Opinion
from assistant.ports import LanguageModel
from assistant.prompts import prompt
from assistant.prompts.passages import about, random_token
from assistant.prompts.replies import object_in

log = logging.getLogger(__name__)

MOST_CHARACTERS = 1000
"""Longest reply that is read."""
MOST_SENTENCES = 3
MOST_KEPT = 1000
"""Verdicts that are remembered, the longest unused forgotten first."""
FORM: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "properties": {
            "answered": {"type": "boolean"},
            "evidence": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"token": {"type": "string"}, "number": {"type": "integer"}},
                    "required": ["token", "number"],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["answered", "evidence"],
        "additionalProperties": False,
    }
)
Places = dict[tuple[str, int], tuple[PassageId, Span]]


class _Evidence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    token: str = Field(max_length=40)
    number: int


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    answered: bool
    evidence: list[_Evidence]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the judge: what is sent, and which sentence each token and number stands for."""

    data: str
    places: Places
    passages: tuple[PassageId, ...]


@dataclass(eq=False)
class SecondJudge:
    """A second judge over any language model; verdicts are remembered by a digest of all that they depend on."""

    model: LanguageModel
    timeout_s: float
    """Longest time for the verdicts on one question together."""
    passages: int
    """First passages that are sent."""
    token: Callable[[], str] = random_token
    _kept: OrderedDict[str, Opinion] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def name(self) -> str:
        """Name with version of the model."""
        return self.model.name

    @property
    def fingerprint(self) -> str:
        """Name and settings of the model, wording of the prompt, and how many passages are sent: a calibration holds for one."""
        parts = (self.name, self.model.fingerprint, prompt("answerability").digest, str(self.passages))
        return f"{self.name}/{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"

    def chosen(self, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        """Returns the passages that the judge reads: the first quotable ones in use."""
        used = (each.passage for each in hits if each.rejected is None and each.passage.is_quotable)
        return tuple(each for each, _ in zip(used, range(self.passages), strict=False))

    def known(self, question: str, hits: Sequence[Hit]) -> Opinion | None:
        """Returns the verdict that was given on the same question and passages before; None for none."""
        key = self._key(question, self.chosen(hits))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def asked(self, question: str, hits: Sequence[Hit]) -> Asked:
        """Returns the request for a masked question; sentences that speak to a program are left out."""
        places: Places = {}
        entries: list[dict[str, Any]] = []
        passages = self.chosen(hits)
        for passage in passages:
            name = self.token()
            while any(name == known for known, _ in places):
                name = self.token()
            sentences = []
            for number, sentence in enumerate(passage.sentences, start=1):
                text = passage.slice(sentence.span)
                if not speaks_to_a_program(text):
                    places[name, number] = (passage.passage_id, sentence.span)
                    sentences.append({"number": number, "text": text})
            entries.append({"token": name, "about": about(passage), "sentences": sentences})
        data = json.dumps({"question": question, "passages": entries}, ensure_ascii=False)
        return Asked(data, places, tuple(each.passage_id for each in passages))

    def opinion(self, question: str, hits: Sequence[Hit], asked: Asked, within_s: float) -> Opinion:
        """Returns the verdict of the model, and remembers it.

        Raises:
            ModelUnavailable: It is down, too slow, busy, refuses or breaks off.
            ModelMalformed: Its reply has another form, or names a sentence that it was not given.
        """
        started, text = time.monotonic(), ""
        for piece in self.model.reply(prompt("answerability").text, asked.data, FORM, within_s):
            text += piece.text
            if len(text) > MOST_CHARACTERS:
                raise ModelMalformed("The verdict is longer than a verdict can be.")
        found = opinion_of(text, asked.places)
        log.info(
            "second judge: %s in %.2f s", "answered" if found.answers else "not answered", time.monotonic() - started
        )
        key = self._key(question, self.chosen(hits))
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def _key(self, question: str, passages: Sequence[Passage]) -> str:
        """Returns the digest of judge, question and texts; the ids too, as a verdict points into passages."""
        parts = [self.fingerprint, question, *(f"{each.passage_id}|{each.embed_text}" for each in passages)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def opinion_of(text: str, places: Places) -> Opinion:
    """Returns the verdict of a reply. Raises ``ModelMalformed``."""
    try:
        reply = _Reply.model_validate(object_in(text))
    except ValidationError as error:
        raise ModelMalformed(f"The verdict has another form than asked for ({error.error_count()} faults).") from error
    if not reply.answered:
        return Opinion(False, ())
    named = [(each.token.strip(), each.number) for each in reply.evidence[:MOST_SENTENCES]]
    if not named or any(each not in places for each in named):
        raise ModelMalformed("The verdict names no sentence, or one that was not given.")
    return Opinion(True, tuple(dict.fromkeys(places[each] for each in named)))
