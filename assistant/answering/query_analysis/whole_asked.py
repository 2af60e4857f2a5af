"""How much of a list a question asks for: all of it, the item with a number, or what the item says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from assistant.answering.query_analysis.analysis import QueryAnalysis
from assistant.answering.query_analysis.answer_type import AnswerType
from assistant.text.number_words import NUMBERS
from assistant.text.words import content_words, stem

_PARTICULAR = (AnswerType.TIME_LIMIT, AnswerType.NUMBER, AnswerType.DATE, AnswerType.CONTACT, AnswerType.YES_NO)
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(word for word, value in NUMBERS.items() if 1 < value < 20)})"
_PLURALS = (
    r"signs|indicators|steps|stages|types|kinds|sorts|factors|priorities|aims|objectives|goals|principles|reasons|examples|"
    r"categories|levels|tiers|phases|criteria|conditions|documents|things|duties|responsibilities|roles|options|ways|"
    r"questions|points|areas|elements|outcomes|standards|tasks|circumstances|situations|groups|agencies|partners|findings|"
    r"members|details|behaviours|effects|risks|exceptions|grounds|rights|rules|topics|courses|strands|pillars|flags|tips|"
    r"dos|recommendations|lessons|themes|symptoms|measures|causes|checks|items|functions|features|strengths|barriers"
)
_WHOLE = re.compile(
    r"\b(?:what|which)(?: \w+){0,4} (?:are|were)\b|"
    r"^list\b|\b(?:list (?:of|the|all)|name all|all (?:the|of|\d+)|every one of|each of the|run through|"
    r"checklist|agenda|in what order|what order|alternatives)\b|"
    r"\b(?:which|what) cases\b|"
    rf"\b(?:{_PLURALS})\b|\b(?:what|which) (?:sort|kind|type)s? of\b|"
    rf"\b{_COUNT} (?:\w+ ){{0,2}}(?!hours|days|weeks|months|years|times)\w*s\b|"
    r"\bwhat\b.*\b(?:includes?|contains?|covers?|consists?|involves?|look (?:for|out for|at)|brings?|consider(?:ed)?|"
    r"go(?:es)? (?:in|into|on)|need to know|checks?|asks? (?:about|for)|discuss(?:ed)?|talk about|cover(?:ed)?|"
    r"recorded?|note down|put (?:in|on|down)|write down|happens?|finds?|found|do i need|can i tell|"
    r"(?:should|must|do) (?:i|we|you|they) (?:do|have|take|send|be|say|ask|look))\b|"
    r"\bwhat(?:'s| is| has| have| goes| should be| must be| needs to be)(?: to)?(?: be| go)? "
    r"(?:in|on|into|included|covered|needed|recorded)\b|"
    r"\bwhat (?:info|information|evidence|paperwork|training|support|help|details)\b|"
    r"\bwho (?:else )?(?:\w+ ){0,4}(?:attends?|comes?|sits?|invited?|ask along|on the|round the|involved|takes? part|makes? up|goes|"
    r"counted as|counts? as)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"\b([a-z]+) (\d{{1,2}}|{'|'.join(NUMBERS)}|[ivx]+|[a-h])\b(?!\s*[-–]?\s*(?:hours?|days?|weeks?|months?|years?|working))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class WholeAsked:
    """What of a list, series or table a question asks for."""

    question: str
    analysis: QueryAnalysis
    is_list: bool
    """Whether it asks for several things: "what are the", "which signs", "who attends"."""

    @classmethod
    def of(cls, question: str, analysis: QueryAnalysis) -> WholeAsked:
        """Returns what a question asks for."""
        is_particular = analysis.answer_type in _PARTICULAR
        return cls(question, analysis, not is_particular and bool(_WHOLE.search(question)))

    @property
    def is_time(self) -> bool:
        """Whether it asks for a time limit."""
        return self.analysis.answer_type is AnswerType.TIME_LIMIT

    def asked_in(self, text: str) -> frozenset[str]:
        """Returns the words of the question that a text holds, as stems."""
        return frozenset(self.analysis.weights) & frozenset(content_words(text))

    def number_of(self, name: str) -> int | None:
        """Returns the number that the question puts after a name: 2 for "priority" in "what is priority two"."""
        found = chain(_NUMBERED.finditer(self.question))
        numbers = (number_of(each[2]) for each in found if stem(each[1].lower()) == stem(name.lower()))
        return next((each for each in numbers if each is not None), None)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def number_of(word: str) -> int | None:
    """Returns the number of a digit, number word, Roman numeral or letter; None for another word."""
    lowered = word.lower()
    if lowered.isdecimal():
        return int(lowered)
    known = NUMBERS.get(lowered) or _ROMAN.get(lowered)
    if known:
        return int(known)
    return ord(lowered) - ord("a") + 1 if len(lowered) == 1 and lowered.isalpha() else None
