"""Reads what a text obliges, advises, allows and forbids: duty words with their verb, and other negations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.model import Span
from assistant.text.stop_words import FUNCTION_WORDS
from assistant.text.words import stem


class Strength(StrEnum):
    """How strongly words bind."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    MUST_NOT = "must not"
    SHOULD_NOT = "should not"
    NEED_NOT = "need not"

    @property
    def is_negative(self) -> bool:
        """Whether it negates its verb, or lifts the duty."""
        return self in (Strength.MUST_NOT, Strength.SHOULD_NOT, Strength.NEED_NOT)


@dataclass(frozen=True, slots=True)
class Modality:
    """A duty word, or words that mean one, with the verb that it governs."""

    strength: Strength
    verb: str
    """Stem of the verb; "" where none follows."""
    span: Span
    phrase: Span
    """To the end of the verb: "must not be asked"."""
    is_main: bool
    """False within a condition or a relative clause."""


_BE = r"(?:is|are|was|were|be)"
_ADV = r"(?:\s+(?:also|always|normally|usually|only|ever|generally|therefore|still|now|strictly|strongly))?"
_FORMS: tuple[tuple[Strength, str], ...] = (
    (
        Strength.NEED_NOT,
        rf"(?:do|does|did) not{_ADV} (?:have|need)(?: to)?|need not|needn['’]t|(?:don|doesn)['’]t (?:have|need)(?: to)?",
    ),
    (
        Strength.NEED_NOT,
        rf"{_BE}(?: not|n['’]t|\s+no longer){_ADV} (?:required|obliged|necessary|needed|compulsory|mandatory|essential)(?: to)?",
    ),
    (
        Strength.NEED_NOT,
        r"(?:there is )?no (?:need|requirement|duty|obligation)(?: to| for)?|(?:has|have) no (?:need|duty) to",
    ),
    (Strength.SHOULD_NOT, r"(?:should|ought)(?: not|n['’]t|\s+never)(?: to)?"),
    (
        Strength.MUST_NOT,
        r"(?:must|shall|may|can|could|will)(?: not|n['’]t|\s+never)(?: be (?:allowed|permitted) to)?|cannot|can['’]t",
    ),
    (
        Strength.MUST_NOT,
        rf"{_BE}(?: not|\s+never){_ADV} (?:allowed|permitted|entitled|acceptable)(?: to| for)?"
        rf"|{_BE} (?:prohibited|forbidden|barred)(?: from)?",
    ),
    (Strength.MUST_NOT, rf"(?:do not|don['’]t|never)(?= [a-z])|{_BE} never|(?:are|is) not to(?= be\b| [a-z])"),
    (
        Strength.SHOULD,
        rf"should{_ADV}|ought{_ADV} to|{_BE}{_ADV} (?:expected|advised) to"
        r"|(?:it is )?(?:recommended|advisable|good practice)(?: that| to)?",
    ),
    (
        Strength.MAY,
        rf"may{_ADV}|can{_ADV}|might|could|(?:is|are){_ADV} (?:allowed|permitted|able|free|encouraged|invited|entitled) to"
        rf"|{_BE} (?:optional|voluntary)|if they wish|(?:has|have) (?:the )?discretion to",
    ),
    (
        Strength.MUST,
        rf"must{_ADV}|shall{_ADV}|(?:has|have){_ADV} to|{_BE}{_ADV} (?:required|obliged)(?: to)?|(?:is|are) to(?= [a-z])|needs? to|"
        rf"{_BE}{_ADV} (?:mandatory|compulsory|essential|necessary|needed)(?: to| that)?"
        r"|(?:has|have|under) an? (?:statutory |legal )?duty to"
        r"|it is (?:essential|mandatory) (?:that|to)|requires?(?= (?:an?|the) )|needs(?= (?:an?|the) )",
    ),
)
_MODAL = re.compile(
    "|".join(f"(?P<f{at}>\\b(?:{form})(?![\\w]))" for at, (_, form) in enumerate(_FORMS)), re.IGNORECASE
)
_VERB = re.compile(
    r"\s*(?:,[^,]{1,40},)?\s*(?:(?:also|always|normally|usually|then|still|not|first|only|both|\w+ly)\s+)*"
    r"(?:(?:have been|be|been|being|have|get)\s+)?(?:(?:also|always|\w+ly|first|only)\s+)*(?P<verb>[a-z][a-z'’-]+)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:if|when|whenever|who|whom|that|which|whether|because|while|whilst|how|what|why|unless|until)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:^|[,;(]\s*|\b(?:and|except|only|but) )(?:where|wherever)\b", re.IGNORECASE)
_ENDS = re.compile(r"[,;()]|(?<!whether)(?<!where)(?<!when)(?<!\bif):|\bthen\b")
_POSSIBLE = re.compile(
    r"^\s*(?:also |not )?(?:be|have been|have|indicate|include|occur|lead|cause|mean|result|suffer|take|feel|appear|affect|help|"
    r"experience|become|only be)\b(?!\s+(?:\w+ly )?\w+(?:ed|en|t|ept|ade|old|ent)\b)",
    re.IGNORECASE,
)
"""What follows a "may" or "can" of possibility: "may be suffering", "can lead to"."""
_POSSIBLY = re.compile(
    r"^\s*(?:also |not )?(?:have|be (?:at|in|suffering|experiencing|unable|aware|a|an|the|more|less|likely))\b",
    re.IGNORECASE,
)
_NO_VERBS = frozenset(
    "before after within during until unless except each every everyone through against between on".split()
)
_MOST_POSSIBLE = ("may", "can", "might", "could")
NEUTRAL = re.compile(
    r"\b(?:no|not) (?:later|more|longer|less|fewer) than\b|\bnot (?:to )?exceed\w*|\bnot only\b|\bwhether or not\b|\bif not\b|"
    r"\b(?:not|without|no|never|n't)\b(?: be)? (?:any )?(?:undue |unnecessary )?delay\w*|\b(?:do )?not hesitate\b|\bnot limited to\b|"
    r"(?:^|(?<=[.?!|:] ))No(?=\s*[-–—.,:;])|\bwithout prejudice\b|\bnot (?:just|merely|simply|necessarily|yet)\b|\bdo not wait\b",
    re.IGNORECASE,
)
"""Words that look like a negation and are none."""
_NOT = re.compile(r"\b(?:not|no longer|no|never|nor|neither|cannot|without|none)\b|n['’]t\b", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:unless|except(?:ing)?(?: (?:where|when|if|for|in))?|save (?:where|when|for)|other than (?:where|when|if|in)|apart from)\b",
    re.IGNORECASE,
)


def without_neutral(text: str) -> str:
    """Returns a text of the same length without the words that look like a negation and are none."""
    return NEUTRAL.sub(lambda match: "_" * len(match.group()), text)


def modalities(text: str) -> tuple[Modality, ...]:
    """Returns the duty words of a text, in order; possibilities ("may be suffering") are none. () for none."""
    plain = without_neutral(text)
    return tuple(each for match in _MODAL.finditer(plain) if (each := _modality(match, plain)) is not None)


def _modality(match: re.Match[str], text: str) -> Modality | None:
    strength = _FORMS[int(str(match.lastgroup)[1:])][0]
    words, after = match.group().lower(), text[match.end() :]
    if words.startswith("may") and re.match(r"\s+\d", after):
        return None
    if words.split()[0] in _MOST_POSSIBLE and (_POSSIBLE.match(after) or _POSSIBLY.match(after)):
        return None
    verb = _VERB.match(after)
    named = verb.group("verb").lower() if verb else ""
    stemmed = "" if named in FUNCTION_WORDS or named in _NO_VERBS else stem(named)
    phrase = Span(match.start(), match.end() + verb.end() if verb and stemmed else match.end())
    return Modality(strength, stemmed, Span(*match.span()), phrase, not _is_within_condition(text[: match.start()]))


def _is_within_condition(before: str) -> bool:
    """Returns whether a place lies in a condition or a relative clause: after its opening word, no comma between."""
    ends = [each.end() for each in _ENDS.finditer(before)]
    clause = before[ends[-1] :] if ends else before
    opening = [*_OPENS.finditer(clause), *_WHERE.finditer(clause)]
    return any(len(clause[each.end() :].split()) <= (9 if each.group().lower() == "whether" else 6) for each in opening)


def negations(text: str) -> Iterator[Span]:
    """Yields the places of words that negate, those of duty words among them; exceptions are apart."""
    for match in _NOT.finditer(without_neutral(text)):
        yield Span(*match.span())


def exception_in(text: str) -> Span | None:
    """Returns the place of the first exception ("unless", "except where"), to the end of its clause; None for none."""
    match = _EXCEPT.search(text)
    if match is None:
        return None
    end = re.search(r"[.;\n]|,(?= \w+ (?:must|should|may|will)\b)", text[match.end() :])
    return Span(match.start(), match.end() + end.start() if end else len(text))
