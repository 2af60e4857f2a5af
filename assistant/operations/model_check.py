"""Checks end to end, with three small questions, that the configured language model does what answers need."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from assistant.answering.rewriting.follow_ups import is_faithful
from assistant.answering.verify.claims import check_pair
from assistant.errors import ModelError
from assistant.model import (
    Digest,
    Draft,
    EditionId,
    Hit,
    Passage,
    PassageId,
    Screened,
    Sentence,
    Span,
    Turn,
    Use,
    Verdict,
)
from assistant.ports import Generator, Rewriter

CHAIR = "The conference chair must send the minutes to the parents within 10 working days."
SHARING = "Practitioners must not share the minutes with the press unless a court orders it."
UNRELATED = "The car park is open from seven in the morning until nine in the evening."
QUESTION = "How soon must the minutes be sent to the parents?"
EARLIER = (Turn("user", "How soon must the minutes be sent to the parents?"), Turn("assistant", CHAIR))
FOLLOW_UP = "and who sends them?"


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one small question."""

    name: str
    is_passed: bool
    summary: str
    """The result in one sentence."""
    use: Use


def check_model(generator: Generator, rewriter: Rewriter) -> tuple[Check, ...]:
    """Returns the result of each small question; the passages are invented and no library is needed.

    Raises:
        ConfigurationError: The package that the model needs is not installed.
    """
    return (_answers(generator), _finds_none(generator), _rewrites(rewriter))


def _answers(generator: Generator) -> Check:
    name = "writes an answer that passes"
    draft = _draft(generator, (CHAIR, SHARING))
    if isinstance(draft, ModelError):
        return Check(name, False, str(draft), Use())
    passed = [claim for claim in draft.claims if claim.parts and _is_supported(claim.text, claim.parts)]
    summary = f"{len(passed)} of {len(draft.claims)} claims passed the checks."
    return Check(name, bool(passed) and draft.claims[0] in passed, summary, draft.use or Use())


def _finds_none(generator: Generator) -> Check:
    name = "says so where the passages do not answer"
    draft = _draft(generator, (UNRELATED,))
    if isinstance(draft, ModelError):
        return Check(name, False, str(draft), Use())
    summary = f"{len(draft.claims)} claims on a passage about something else; none is right."
    return Check(name, not draft.claims, summary, draft.use or Use())


def _rewrites(rewriter: Rewriter) -> Check:
    started = time.monotonic()
    standalone = rewriter.standalone(FOLLOW_UP, EARLIER)
    use = Use(time.monotonic() - started)
    is_usable = standalone is not None and is_faithful(standalone, Screened(FOLLOW_UP, history=EARLIER))
    summary = "The rewriting is used." if is_usable else "The rewriting is not used; follow-ups are rewritten by rules."
    return Check("makes a follow-up stand alone", is_usable, summary, use)


def _draft(generator: Generator, texts: tuple[str, ...]) -> Draft | ModelError:
    hits = tuple(_hit(text, place) for place, text in enumerate(texts))
    try:
        return generator.draft(QUESTION, hits)
    except ModelError as error:
        return error


def _is_supported(text: str, parts: tuple[Span, ...]) -> bool:
    whole = " ".join((CHAIR, SHARING))
    quote = " ".join(whole[start:end] for start, end in parts)
    return check_pair(text, quote).verdict is Verdict.SUPPORTED


def _hit(text: str, place: int) -> Hit:
    start = place * (len(CHAIR) + 1)
    span = Span(start, start + len(text))
    digest = Digest(hashlib.sha256(text.encode()).hexdigest())
    heading = "Conferences"
    return Hit(
        Passage(
            PassageId(f"check:{place}"), EditionId("check"), span, (heading,), None, text, f"{heading}\n{text}", digest,
            (Sentence(span),),
        ),
        1.0,
    )  # fmt: skip
