"""Nicknames, surnames and greeted names that only what stands before them gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.name_words import is_ordinary

_NICKNAME = re.compile(
    r"(?<!\w)(?:calls? (?:him|her|them|me|us|it)|(?i:mum|dad|partner|nickname) =|[Ss]urname(?: is|:)?|"
    r"[Ff]amily (?:is|name is)) "
    r"([A-Z][\w'’-]{2,})"
)
_BESIDE_NAME = re.compile(r"\[name\](?:['’]s \w+)? \(([A-Z][\w'’-]+)\)")
_SIBLINGS = re.compile(
    r"(?<![\w-])([A-Z][a-z'’-]{2,}) (?:siblings|twins|brothers|sisters|boys|girls|lot)(?= x ?\d|[,:]| "
    r"have| are| were| live)"
)
_ABOUT = re.compile(
    r"(?<!\w)(?:about|for|re|from|with) ([A-Z][a-z]{3,})(?= (?:thanks|please|pls|ta|again|today|xx?)\b|[.!,]? *$)"
)
_OF_KIN = re.compile(
    r"(?<!\w)(?:my|his|her|our|their) (?:(?:wee|little|big|older|younger|half) )?(?:brother|sister|son|"
    r"daughter|cousin|nephew|niece|friend|"
    r"mate|nan|uncle|aunt(?:ie)?|step\w+|grandson|granddaughter) ([a-z'’-]{5,})(?!\w)"
)
_EPITHET = re.compile(r"(?<!\w)([Ll]il|[Bb]ig|[Ww]ee|[Oo]ur) ([A-Z][a-z]{2,}|(?<=[Ll]il )[a-z]{3,})(?!\w)")
_GREETED = re.compile(
    r"(?:^|\n)(?:[Hh]i|[Hh]ello|[Hh]ey|[Hh]iya|[Dd]ear|[Tt]hanks|[Cc]heers) ([A-Z][a-z]{2,})(?=[,!\n]| -)"
)
_SMALL_TITLED = re.compile(
    r"(?<!\w)(?:(?i:mr|mrs|ms|dr|pc|dc|mx)\.?|[Mm]iss) ((?:(?:van|von|de|der|den|la|le|el|al|bin) "
    r"){0,2}[a-z'’-]{3,})(?!\w)"
)
_DOUBLE = re.compile(r"(?<![\w-])([A-Z][a-z]{2,}-[A-Z][a-z]{2,})(?![\w-])")


def names_after_cues(text: str) -> Iterator[Detail]:
    """Yields nicknames, surnames and greeted names that only what stands before them gives away."""
    for pattern in (_NICKNAME, _BESIDE_NAME, _SIBLINGS, _ABOUT, _OF_KIN, _GREETED, _SMALL_TITLED, _DOUBLE):
        for match in pattern.finditer(text):
            parts = match[1].split("-") if pattern is _DOUBLE else match[1].split()[-1:]
            if not any(map(is_ordinary, parts)):
                yield match.start(1), match.end(1), "name"
    for match in _EPITHET.finditer(text):
        if not is_ordinary(match[2]) or match[1].lower() in ("lil", "big"):
            yield match.start(), match.end(), "name"
