"""The parts of a question: "Who chairs it and how soon must it meet?" asks two things, each answered or refused by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.query_analysis.asked import WH, asking_sentences
from assistant.answering.rewriting.follow_ups import points_back, stand_alone
from assistant.text.words import content_words

MOST_PARTS = 3
"""Parts that are judged by themselves; a question with more is asked whole."""
LEAST_WORDS = 2
"""Words that carry meaning with which a later question says itself what it is about."""

_VERB = (
    r"(?:do|does|did|is|are|was|were|can|could|should|shall|must|may|might|will|would|has|have|had|need(?:s)?|happens?|"
    r"counts?|chairs?|decides?|leads?|attends?|pays?|signs?|tells?|gets?|sits?)"
)
_SECOND = re.compile(
    r"(?:\s*[,;]\s*(?:(?:and|or|plus|also|&)\s+)?|\s+(?:and|plus|also|&)\s+)(?:also |then |if so,? )*"
    rf"(?=(?:(?:by|within|for|to|from|in|at|of) )?{WH}(?:['’]?s|['’]?re)?\b|"
    r"(?:do|does|is|are|can|must|should|will) (?:i|we|they|he|she|it|you|there|parents|the|a|an)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"^(?:(?:and|but|so|also|then|please|ok(?:ay)?)[, ]+)*(?:(?:by|within|for|to|from|in|at|of) )?{WH}\b|^{_VERB}\b",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^(?:(?:by|within|for|to|from|in|at|of) )?{WH}(?: (?:and|or) {WH})*\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartAsked:
    """One of several questions."""

    text: str
    """As it was typed."""
    standalone: str
    """The same as it stands alone, after the first."""


def parts_of(asked: str) -> tuple[PartAsked, ...]:
    """Returns the questions that a question asks; () where it asks one thing, or too many.

    Args:
        asked: What is asked, without what is told.
    """
    pieces = [piece for sentence in asking_sentences(asked) for piece in _pieces(sentence)]
    if not 2 <= len(pieces) <= MOST_PARTS or any(not content_words(each) for each in pieces[:1]):
        return ()
    first, *others = pieces
    return (PartAsked(first, first), *(PartAsked(each, _after(first, each)) for each in others))


def _after(first: str, piece: str) -> str:
    """Returns a later question as it stands alone; one that says itself what it is about stays as it is."""
    leans = points_back(piece) or len(content_words(piece)) < LEAST_WORDS
    return stand_alone(piece, first) if leans else piece


def _pieces(sentence: str) -> list[str]:
    """Returns a sentence cut before each question that it joins to the one before."""
    pieces, start = [], 0
    for match in _SECOND.finditer(sentence):
        before, after = sentence[start : match.start()].strip(), sentence[match.end() :].strip()
        if _is_question(before) and _is_question(after):
            pieces.append(before)
            start = match.end()
    return [*pieces, sentence[start:].strip()]


def _is_question(piece: str) -> bool:
    """Returns whether a piece asks something by itself: "who chairs it" does, "how" alone or "whether it must" does not."""
    return _OPENS.match(piece) is not None and _BARE.match(piece) is None and len(piece.split()) > 2
