"""Answers written by a language model: claims, each with a quote that stands in one passage.

The model may rephrase, it may not add. Nothing it writes is shown before ``verify`` has passed it.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.compose.prompt import Request, request_of, tokens_of
from assistant.answering.compose.quote_alignment import parts_of
from assistant.errors import ModelMalformed, ModelUnavailable
from assistant.model import Claim, Draft, EditionId, Hit, Passage, PassageId, Use
from assistant.ports import LanguageModel, OnClaim
from assistant.prompts import prompt
from assistant.prompts.passages import random_token
from assistant.prompts.replies import FORM, ModelClaim, complete_claims, whole_reply
from assistant.settings.language_model import LanguageModelSetting
from assistant.text.markup import BULLETS, MARKUP
from assistant.text.plain_text import plain_text

log = logging.getLogger(__name__)

_LABEL = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,3}){1,3}\.?\s+(?=[A-Z“\"'‘])|\d{1,3}\.\s+(?=[A-Z“\"'‘])|\(?(?:[a-z]|[ivx]{1,4})\)\s+|"
    rf"[{BULLETS}–-]\s+)"
)
"""The number of a paragraph or the mark of a list item that a model copies; the citation shows the right one."""
CHARACTERS_PER_TOKEN = 8
"""More than any tokenizer in use packs into one token of English: a longer reply did not keep to its limit."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A generator over any language model."""

    model: LanguageModel
    setting: LanguageModelSetting
    token: Callable[[], str] = random_token

    @property
    def name(self) -> str:
        """Name with version of the model."""
        return self.model.name

    @property
    def fingerprint(self) -> str:
        """Digest over the model, the prompts and the room for passages."""
        limits = f"{self.setting.prompt_tokens}/{self.setting.reply_tokens}"
        parts = (self.model.fingerprint, prompt("write").digest, prompt("again").digest, limits)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    def draft(self, question: str, hits: Sequence[Hit], on_claim: OnClaim | None = None) -> Draft:
        """Returns a draft; an empty one says that the hits do not answer.

        After a malformed reply the model is asked once more; only claims of the first reply go to ``on_claim`` while it
        streams in.

        Raises:
            ModelUnavailable: The model is down, too slow, busy, refuses or breaks off.
            ModelMalformed: Both replies are malformed, or there is no room for a passage.
        """
        instructions = prompt("write").text
        request = request_of(question, hits, self.setting.prompt_tokens - tokens_of(instructions), self.token)
        started = time.monotonic()
        text, use = self._read(instructions, request, started, on_claim)
        try:
            claims = whole_reply(text).claims
        except ModelMalformed:
            log.info("malformed reply of %d characters; asked once more", len(text))
            text, second = self._read(f"{instructions}\n{prompt('again').text}", request, started, None)
            use = Use(0.0, use.tokens_read + second.tokens_read, use.tokens_written + second.tokens_written, 2)
            claims = whole_reply(text).claims
        use = replace(use, seconds=time.monotonic() - started)
        log.info(
            "draft of %d claims in %.2f s, %d tokens read, %d written",
            *(len(claims), use.seconds, use.tokens_read, use.tokens_written),
        )
        return Draft(tuple(claim_of(each, request.passages) for each in claims), is_written=True, use=use)

    def _read(self, instructions: str, request: Request, started: float, on_claim: OnClaim | None) -> tuple[str, Use]:
        left = self.setting.timeout_s - (time.monotonic() - started)
        if left <= 0:
            raise ModelUnavailable("The model took all the time it had for a malformed reply.")
        text, use, count = "", Use(), 0
        for piece in self.model.reply(instructions, request.data, FORM, left):
            text += piece.text
            use = replace(
                use,
                tokens_read=use.tokens_read + piece.tokens_read,
                tokens_written=use.tokens_written + piece.tokens_written,
            )
            if len(text) > self.setting.reply_tokens * CHARACTERS_PER_TOKEN:
                raise ModelMalformed("The reply is longer than language_model.reply_tokens allows.")
            if on_claim is not None and "}" in piece.text:
                claims = complete_claims(text)
                for each in claims[count:]:
                    on_claim(claim_of(each, request.passages))
                count = max(count, len(claims))
        return text, use


def claim_of(written: ModelClaim, passages: Mapping[str, Passage]) -> Claim:
    """Returns a model's claim as a claim on whole sentences of its passage.

    It has no parts where the token is none that was given, the quote does not stand in that one passage, or the
    words carry markup; invisible characters and the label of a paragraph are taken out.
    """
    text = _LABEL.sub("", " ".join(plain_text(written.text).split()))
    passage = passages.get(written.token.strip())
    if passage is None:
        return Claim(text, (), EditionId(""), PassageId(""))
    parts = () if MARKUP.search(text) else parts_of(written.quote, passage)
    return Claim(text, parts, passage.edition_id, passage.passage_id)
