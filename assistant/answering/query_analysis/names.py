"""What a question names: numbered things, years, laws, populations, and proper names; and whether a text holds them.

"What is priority 7?" is not answered by a document with four priorities, however much it says about priorities; nor does
what holds for children hold for adults. A name counts only in what is asked, never in what is told, and it is found in a
text in any of its forms ("priority 3" as "priority three", "Priorities 1 to 4", or a heading "3. …" is not looked into).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.text.abbreviations import written_out
from assistant.text.calendar_words import MONTHS, WEEKDAYS
from assistant.text.number_words import NUMBERS
from assistant.text.words import content_words

LONG_NAME = 6
"""Letters from which a name in one word may be the beginning of a longer one."""


class NameKind(StrEnum):
    """What kind of thing a name names."""

    NUMBERED = "numbered"
    YEAR = "year"
    LAW = "law"
    POPULATION = "population"
    PROPER = "proper"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in what is asked."""

    kind: NameKind
    text: str
    """As it was typed."""
    pattern: str
    """A regular expression of its forms, in lower case."""


_NUMBERED = (
    "priorit(?:y|ies)|steps?|levels?|stages?|standards?|principles?|objectives?|aims?|recommendations?|tiers?|"
    "categor(?:y|ies)|phases?|parts?|chapters?|append(?:ix|ices)|annex(?:es)?|regulations?|sections?|paragraphs?|tables?|"
    "figures?|schedules?|outcomes?|domains?|pillars?|strands?|themes?|findings?"
)
_WORD_OF = {value: word for word, value in NUMBERS.items() if 0 < value <= 20}
_A_NUMBER = rf"(?:\d{{1,3}}(?:\.\d+)*[a-z]?|{'|'.join(sorted(_WORD_OF.values(), key=len, reverse=True))}|[ivx]{{1,4}})"
_NUMBERED_THING = re.compile(
    rf"\b(?P<noun>{_NUMBERED}) (?:no\.? ?|number )?(?P<number>{_A_NUMBER})\b(?! or more)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?(?!\d)")
_LAW = re.compile(
    r"\b(?:(?:[A-Z][\w’'-]+|and|of|\([A-Z][\w ]+\)),? ){1,7}?(?:Act|Regulations|Order|Code|Measure|Convention)\b"
    r"(?: (?:19|20)\d\d)?"
)
_QUOTED = re.compile(r"[\"“”]([^\"“”]{3,60})[\"“”]|(?<!\w)['‘]([^'’‘]{3,60})['’](?!\w)")
_PROPER = re.compile(
    r"(?<![.!?] )(?<!^)(?<![\"“‘'])\b[A-Z][a-zA-Z’'-]{2,}(?: (?:(?:of|and|for|the|&) )?[A-Z][a-zA-Z’'-]+){0,5}\b"
)
_NO_NAME = frozenset((*MONTHS, *(each[:3] for each in MONTHS), "sept", *WEEKDAYS, *(each[:3] for each in WEEKDAYS)))
"""Words in capitals that name a day or month."""
_POPULATIONS: tuple[tuple[str, str], ...] = (
    (r"adults?|grown-?ups?|elderly|older people|pensioners?",
     r"adults?|over.?18|older people|care act|aged 18 (?:or|and) over|vulnerable people"),
    (r"unborn(?: bab(?:y|ies))?|pre-?birth", r"unborn|pre-?birth|pregnan\w+|expectant|before birth|antenatal"),
    (r"disabled|disabilit(?:y|ies)", r"disab\w+|send\b|special educational|impairment|additional needs"),
    (r"foster carers?|fostering|fostered", r"foster\w*|carers?"),
    (r"adopt(?:ed|ers?|ive|ion)", r"adopt\w*"),
    (r"volunteers?", r"volunteer\w*"),
    (r"governors?|trustees?", r"governors?|governing|trustees?|proprietor"),
    (r"asylum|unaccompanied|UASC|refugees?", r"asylum|unaccompanied|uasc|refugee\w*|traffick\w+|migrant\w*"),
    (r"home.?educat\w+|EHE", r"home.?educat\w+|elective"),
)  # fmt: skip
"""How a population is named in a question, and in a text."""


def names_in(asked: str) -> tuple[Name, ...]:
    """Returns the names in what is asked, each once, in the order of their kinds."""
    names = [*_numbered(asked), *_years(asked), *_laws(asked), *_populations(asked), *_quoted(asked), *_proper(asked)]
    return tuple({(each.kind, each.text.lower()): each for each in names}.values())


def holds(name: Name, text: str) -> bool:
    """Returns whether a text holds a name in any of its forms."""
    return _compiled(name.pattern).search(text.lower()) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _numbered(asked: str) -> list[Name]:
    return [
        Name(NameKind.NUMBERED, match[0], _numbered_pattern(match["noun"].lower(), match["number"].lower()))
        for match in _NUMBERED_THING.finditer(asked)
    ]


def _numbered_pattern(noun: str, number: str) -> str:
    stem = re.sub(r"(?:ies|y|ices|ix|es|s)$", "", noun) if len(noun) > 4 else noun.rstrip("s")
    forms = {number}
    if number.isdigit() and int(number) in _WORD_OF:
        forms.add(_WORD_OF[int(number)])
    if number in NUMBERS:
        forms.add(str(int(NUMBERS[number])))
    one = "|".join(sorted(map(re.escape, forms)))
    series = r"(?:\d+[a-z]?(?:, | and | or | to |[-–]| & ))*"
    return rf"\b{re.escape(stem)}[a-z]* (?:no\.? ?|number )?{series}(?:{one})(?![\w.]*\d)\b"


def _years(asked: str) -> list[Name]:
    found = []
    for match in _YEAR.finditer(_LAW.sub(" ", asked)):
        first = match[0][:4]
        short = first[2:]
        found.append(Name(NameKind.YEAR, match[0], rf"\b{first}\b|[-–/]{short}\b|\b{first}[-–/]"))
    return found


def _laws(asked: str) -> list[Name]:
    found = []
    for match in _LAW.finditer(asked):
        words = [
            re.escape(each) for each in re.findall(r"[\w’']+", match[0].lower()) if each not in ("the", "and", "of")
        ]
        found.append(Name(NameKind.LAW, match[0], r"\W+(?:and |of |the |\()*".join(words)))
    return found


def _populations(asked: str) -> list[Name]:
    return [
        Name(NameKind.POPULATION, match[0], rf"\b(?:{forms})\b")
        for said, forms in _POPULATIONS
        if (match := re.search(rf"\b(?:{said})\b", asked, re.IGNORECASE))
    ]


def _quoted(asked: str) -> list[Name]:
    texts = [match[1] or match[2] for match in _QUOTED.finditer(asked)]
    return [Name(NameKind.QUOTED, each, _loose(each)) for each in texts if content_words(each)]


def _proper(asked: str) -> list[Name]:
    if asked.isupper():
        return []
    found = [match[0] for match in _PROPER.finditer(asked)]
    return [Name(NameKind.PROPER, each, _any_form(each)) for each in found if not _is_no_name(each)]


def _is_no_name(text: str) -> bool:
    return "'" in text or "’" in text or all(word.lower() in _NO_NAME for word in text.split())


def _any_form(text: str) -> str:
    """Returns a pattern of a proper name, of what it abbreviates, and of a longer word that it begins ("Northants")."""
    forms = [_loose(text), *(_loose(full) for full in written_out(text))]
    if " " not in text and not text.isupper() and len(text) > LONG_NAME:
        forms.append(rf"\b{re.escape(text[:LONG_NAME].lower())}")
    return "|".join(forms)


def _loose(text: str) -> str:
    """Returns a pattern of a text's words that forgives endings and what stands between them."""
    words = [
        re.escape(re.sub(r"(?:['’]s|s)$", "", each)) for each in re.findall(r"[\w’']+", text.lower()) if each != "the"
    ]
    return r"\b" + r"\w*\W+(?:\w+\W+){0,1}?".join(words)
