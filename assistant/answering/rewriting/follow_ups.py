"""Makes a follow-up stand alone, using only words of the question and of earlier turns.

A follow-up leans on what was asked before: it opens with "and" or "what about", says "it", or is only a few words
long. Where one word points back ("who chairs it?") the topic takes its place; otherwise the follow-up is put behind
the question it belongs to ("Which checks are made on volunteers, and for governors?").

A language model may do it instead, under the same rule: only words of the question and of earlier turns.
"""

from __future__ import annotations

import re

from assistant.model import Screened
from assistant.ports import Rewriter
from assistant.text.stop_words import FUNCTION_WORDS
from assistant.text.words import content_words, stem, words

_OPENING = re.compile(
    r"^(?:and|but|so|ok(?:ay)?|also|then|or|what about|how about|what if|even if|even when|same for|"
    r"why|how come|by|within|from|for|with)\b",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(r"^(?:(?:and|but|so|ok(?:ay)?|also|then|or|right|thanks|yes)[, ]+)+", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|be|when is|if) it (?:\w+ ){0,2}?(?:lawful|legal|possible|necessary|right|ok|okay|"
    r"allowed|mandatory|compulsory|"
    r"appropriate|better|best|important|a legal|required that)\b|\b(?:is|are|was|were) there\b|\bthere (?:is|are)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"\b(?:it|that|this|those|these|them|one)\b(?! (?:is|are)$)", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:they|he|she|their|him|her|there|its)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|last|next|other|same)\b", re.IGNORECASE)
_DEFINITION = re.compile(
    r"^(?:what(?:'s| is| are| does| do)|who(?:'s| is| are)|define|explain)\s+(?:an? |the )?(?!(?:time|"
    r"limit|deadline|timescale|process|"
    r"procedure|definition|threshold|criteria|exceptions?|age|steps?|chair|members|contact|number|"
    r"form|purpose|next)\b)",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"^(?:(?:what|who|whom|whose|when|where|why|how|which|long|often|soon|many|much|is|are|was|were|"
    r"do|does|did|can|could|should|shall|"
    r"must|may|might|would|will|has|have|had|be|been|to|we|i|you|us|me|a|an|the|there|any|hold|tell|"
    r"about|meant|by|mean|happens?|"
    r"get|gets|give|say|says|need|needs|in|of|for|on|at|if|role|meaning|definition|purpose)\b[ ']*)+",
    re.IGNORECASE,
)
_VERB_BEFORE_ARTICLE = re.compile(r"^\w+ (?:an?|the) (?=\w)")
_TAIL = re.compile(
    r"(?: (?:meet|met|held|hold|seen|apply|applies|last|have|has|had|offered|needed|made|require|"
    r"requires|mean|means|for|do|be|take|"
    r"involve|cover|work|happen|happens|to|in|on|at|of|with))+$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:[A-Z][\w'’-]+ (?:(?:and|for|of) )?){0,6}(?:Group|Board|Partnership|Panel|Committee|Forum|"
    r"Executive|Team|Council|Hub)\b"
)
_ABOUT_A_BODY = re.compile(r"\b(?:chair\w*|members?|sits?|attends?|meets?|runs?|leads?|who is on)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[A-Za-z -]+\] ?")

FEW_WORDS = 2
"""A question of at most this many words that carry meaning leans on the one before it."""
SEVERAL_WORDS = 3
"""A question that opens with "and" or points back does so up to this many."""
MOST_TURNS = 8
"""Earlier turns that are read."""
MOST_CHARACTERS = 240
"""Longest question that is put before a follow-up; of a longer one, only its topic is."""

_GLUE = frozenset(map(stem, FUNCTION_WORDS))
"""Words that a model may add: duty words, negations and "only" are none of them."""


def rewrite(screened: Screened) -> str:
    """Returns the question as it stands alone; unchanged without earlier turns or where it needs none.

    Every word comes from the question or from earlier turns; placeholders of masked details are not carried over.
    """
    earlier, answer = "", ""
    for turn in screened.history[-MOST_TURNS:]:
        if turn.role == "user":
            earlier, answer = stand_alone(turn.content, earlier, answer), ""
        else:
            answer = turn.content
    return stand_alone(screened.text, earlier, answer)


def rewrite_by(screened: Screened, rewriter: Rewriter) -> str:
    """Returns a follow-up as rewritten by a language model; by the rules where the model adds or loses something."""
    if not screened.history or not is_follow_up(screened.text):
        return rewrite(screened)
    rewritten = rewriter.standalone(screened.text, screened.history[-MOST_TURNS:])
    return rewritten if rewritten is not None and is_faithful(rewritten, screened) else rewrite(screened)


def is_faithful(rewritten: str, screened: Screened) -> bool:
    """Returns whether a rewritten question adds no words and loses none of the question's.

    Its words must come from the question and earlier turns. Words that carry no meaning may come and go; "not", "only"
    and duty words may not be added.
    """
    allowed = " ".join((screened.text, *(turn.content for turn in screened.history[-MOST_TURNS:])))
    known = {stem(word) for word in words(allowed)} | _GLUE
    is_long = len(rewritten) > MOST_CHARACTERS + len(screened.text)
    adds = any(stem(word) not in known for word in words(rewritten)) or _PLACEHOLDER.search(rewritten)
    return not is_long and not adds and set(content_words(screened.text)) <= set(content_words(rewritten))


def is_follow_up(text: str) -> bool:
    """Returns whether a question cannot be understood without the one before it."""
    count = len(content_words(text))
    if points_back(text):
        return count <= SEVERAL_WORDS + 1
    if _OPENING.match(text.strip()):
        return count <= SEVERAL_WORDS
    return count <= FEW_WORDS and not (_DEFINITION.match(text.strip()) and count)


def points_back(text: str) -> bool:
    """Returns whether a question says "it", "they" or the like of something before it, early on."""
    plain = _EXPLETIVE.sub(" ", text)
    match = _THING.search(plain) or _PERSON.search(plain)
    return match is not None and len(content_words(plain[: match.start()])) <= FEW_WORDS


def stand_alone(text: str, earlier: str, answer: str = "") -> str:
    """Returns a question as it stands alone after an earlier one and what was answered to that."""
    if not earlier or not is_follow_up(text):
        return text
    plain = _EXPLETIVE.sub(" ", text)
    if _THING.search(plain) and not _PERSON.search(plain) and not _ORDINAL.search(text):
        topic = _topic(earlier, answer, text)
        if topic:
            return _THING.sub(lambda _: f"the {topic}", _CONNECTIVE.sub("", text), count=1)
    before = earlier if len(earlier) <= MOST_CHARACTERS else _topic(earlier, "", "")
    before = _PLACEHOLDER.sub("", before).strip(" ?.!")
    return f"{before}, {text[:1].lower()}{text[1:]}" if before else text


def _topic(earlier: str, answer: str, text: str) -> str:
    """Returns what an earlier question is about: its words after the asking ones, or a body that the answer names."""
    if _ABOUT_A_BODY.search(text):
        bodies = _BODY.findall(answer)
        if bodies:
            return str(bodies[-1]).strip()
    plain = _PLACEHOLDER.sub("", earlier).split("?")[0].split(", ")[0].strip(" ?.!")
    topic = _TAIL.sub("", _FRAME.sub("", plain))
    return " ".join(_VERB_BEFORE_ARTICLE.sub("", topic).split()[:12])
