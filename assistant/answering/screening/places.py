"""Places that say who somebody is: a school, a practice, a street without a number, a small place beside an age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.word_lists import known_words, table, word_list
from assistant.text.number_words import ONES

_NAMED = r"[A-Z][\w'’.-]*"
_SCHOOL = re.compile(
    rf"(?<![\w-])({_NAMED}(?: (?:{_NAMED}|of|the|in|and|upon|C of E|&)){{0,5}}?) "
    r"(?:(?:RC|CE|C of E|Catholic|Community|Church of England|Junior|Infant|Special|Girls['’]?|Boys['’]?) ){0,3}"
    r"(?:Primary(?: (?:School|Academy))?|Infants?(?: School)?|Juniors?(?: School)?|Academy|Nursery(?: School)?|"
    r"Pre-?[sS]chool|High(?: School)?|Grammar(?: School)?|Secondary(?: School)?|College|School|Kindergarten|PRU)(?!\w)"
)
_SCHOOL_PLAIN = re.compile(
    r"(?<!\w)(?:at|to|from|attends?|in|near|school is|outside) ((?:[a-z'’-]{2,20} ){1,3})"
    r"(primary|juniors?|infants?|academy|high|nursery|grammar|college|school)(?!\w)"
)
_PRACTICE = re.compile(
    rf"(?<![\w-])({_NAMED}(?: (?:{_NAMED}|of|the|in|and|&)){{0,4}}?) "
    r"(?:(?:Family|Village|Road|Street|Medical|Dental|GP|Group) ){0,2}"
    r"(?:Surgery|Medical Centre|Medical Practice|Health Centre|(?:Clinic|Practice|Dentists?)(?! [A-Z]))(?!\w)"
)
_STREET_TYPE = r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Terrace|Crescent|Cres|Close|Drive|Row|Grove|Mews|Gardens|Ginnel|Ropewalk|Wynd)"
_HOME_TYPE = r"(?:Way|Court|Place|Hill|Park|Rise|Bank|Green|Walk|View|Fold|Croft|Brow|Square|Gate|House|Lodge|Heights|Estate|Farm|Site)"
_HOME = (
    r"(?:lives?|living|lived|stays?|staying|stopping|stop|moved|address(?: is)?|house is|home is|flat)(?: \w+){0,2}?"
)
_STREET = re.compile(
    rf"(?<!\w)(?:(?:on|at|up|down|in|off|from|along|near|to|into|round|across) |{_HOME} )((?:{_NAMED} ){{1,3}}{_STREET_TYPE})(?!\w)"
)
_HOME_STREET = re.compile(rf"(?<!\w){_HOME} (?:(?:on|at|up|down|in|off) )?((?:{_NAMED} ){{1,3}}{_HOME_TYPE})(?!\w)")
_WELSH = re.compile(rf"(?<!\w)((?:Ffordd|Stryd|Heol|Lôn|Rhodfa)(?: (?:y|yr|{_NAMED})){{1,3}})(?!\w)")
_STREET_PLAIN = re.compile(
    rf"(?<!\w){_HOME} (?:on|at|up|down|in|off) ((?:[a-z'’-]{{2,20}} ){{1,2}}"
    r"(?:street|road|lane|avenue|terrace|crescent|close|drive|row|grove|mews|gardens))(?!\w)"
)
_AGE = re.compile(
    r"(?<![\w.])\d{1,2}[ -]?(?:yrs?|years?|y/?o|months?|weeks?)(?!\w)(?! (?:ago|later))|\baged \d"
    rf"|\b(?:he|she|they)(?: is|['’]?s) (?:\d{{1,2}}|[a-z]+teen|{'|'.join(ONES[5:13])})\b"
    r"|, \d{1,2},|\(\d{1,2}\)|\b(?:year|y|yr) ?\d{1,2}\b|\breception class\b",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"(?<!\w)(?:in|from|at|near|of|outside) ((?:(?:the )?{_NAMED})(?: {_NAMED}){{0,2}})")
_NEAR = 70
"""Characters between an age and a place that still stand beside each other."""


def places(text: str) -> Iterator[Detail]:
    """Yields schools, practices and streets; a place beside somebody's age, unless it is a large one."""
    for pattern, kind, generic in ((_SCHOOL, "school", "school_words"), (_PRACTICE, "practice", "practice_words")):
        for match in pattern.finditer(text):
            start = _begin(text, match, generic)
            if start is not None:
                yield start, match.end(), kind
    yield from _plain_schools(text)
    for pattern in (_STREET, _HOME_STREET, _WELSH, _STREET_PLAIN):
        for match in pattern.finditer(text):
            if not _is_generic(match[1].split()[0], "street_words"):
                yield match.start(1), match.end(1), "address"
    yield from _small_places(text)


def _plain_schools(text: str) -> Iterator[Detail]:
    for match in _SCHOOL_PLAIN.finditer(text):
        words = match[1].split()
        if any(map(_is_strange, words)) and not _is_generic(words[0], "school_words"):
            yield match.start(1) + match[1].index(_first_named(words)), match.end(2), "school"


def _small_places(text: str) -> Iterator[Detail]:
    ages = [match.start() for match in _AGE.finditer(text)]
    for match in _PLACE.finditer(text):
        name = match[1].removeprefix("the ").rstrip(".'’-")
        if name.endswith(("'s", "’s")):
            continue
        if any(abs(match.start() - at) <= _NEAR for at in ages) and _is_small(name):
            start = match.end(1) - len(match[1].removeprefix("the "))
            yield start, start + len(name), "place"


def _is_small(name: str) -> bool:
    folded = name.lower()
    large = table("places.toml")["large"]
    if folded in large or any(word in known_words() for word in folded.split()):
        return False
    return any(_is_strange(word) for word in folded.split()) and not any(word in large for word in folded.split())


def _begin(text: str, match: re.Match[str], generic: str) -> int | None:
    """Returns where a name begins, without words that belong to the sentence; None where nothing names anything."""
    start = match.start(1)
    for word in match[1].split():
        at = text.index(word, start)
        if not _is_generic(word, generic):
            return None if word[0].islower() else at
        start = at + len(word)
    return None


def _first_named(words: list[str]) -> str:
    return next((word for word in words if not _is_generic(word, "school_words")), words[0])


def _is_generic(word: str, key: str) -> bool:
    return word.lower().strip(".'’-") in table("places.toml")[key]


def _is_strange(word: str) -> bool:
    folded = word.lower().strip(".'’-")
    return len(folded) > 2 and folded not in word_list("ordinary_words.txt") and folded not in known_words()
