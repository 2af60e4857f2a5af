"""Asks the configured language model three small questions end to end: does it do what answers need of it?"""

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
    """What came of one small question."""

    name: str
    is_passed: bool
    told: str
    """What came, in one sentence."""
    use: Use


def check_model(generator: Generator, rewriter: Rewriter) -> tuple[Check, ...]:
    """Returns what came of each small question; the passages are invented and no library is needed.

    Raises:
        ConfigurationError: What it takes to ask the model is not installed.
    """
    return (_answers(generator), _finds_none(generator), _rewrites(rewriter))


def _answers(generator: Generator) -> Check:
    name = "writes an answer that passes"
    draft = _draft(generator, (CHAIR, SHARING))
    if isinstance(draft, ModelError):
        return Check(name, False, str(draft), Use())
    passed = [each for each in draft.claims if each.parts and _is_supported(each.text, each.parts)]
    told = f"{len(passed)} of {len(draft.claims)} claims passed the checks."
    return Check(name, bool(passed) and draft.claims[0] in passed, told, draft.use or Use())


def _finds_none(generator: Generator) -> Check:
    name = "says so where the passages do not answer"
    draft = _draft(generator, (UNRELATED,))
    if isinstance(draft, ModelError):
        return Check(name, False, str(draft), Use())
    told = f"{len(draft.claims)} claims on a passage about something else; none is right."
    return Check(name, not draft.claims, told, draft.use or Use())


def _rewrites(rewriter: Rewriter) -> Check:
    started = time.monotonic()
    made = rewriter.standalone(FOLLOW_UP, EARLIER)
    use = Use(time.monotonic() - started)
    is_kept = made is not None and is_faithful(made, Screened(FOLLOW_UP, history=EARLIER))
    told = "Its words were kept." if is_kept else "Its words were not kept; follow-ups go by rules."
    return Check("makes a follow-up stand alone", is_kept, told, use)


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
