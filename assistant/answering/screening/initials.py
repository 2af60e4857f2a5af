"""Initials that stand for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.word_lists import known_words, table, word_list

_INITIALS = re.compile(
    r"(?<![\w.])(?!(?:S\.I|N\.B|E\.W|S\.R|U\.K|U\.S|E\.U|N\.I|D\.O|A\.M|P\.M)\.)[A-Z]\. ?[A-Z]\.(?: ?[A-Z]\.)?(?!\w)"
)
_SHORT = re.compile(
    r"(?<!\w)(?:[Cc]hild|[Pp]upil|[Pp]atient|[Yy]oung person|[Bb]aby|[Ss]tudent) ([A-Z]{1,3})(?!\w)"
    r"|(?<!\w)(?:[Rr]e:?|[Rr]egarding) ([A-Z]{2,3})(?!\w)"
)
_POSSESSED = re.compile(
    r"(?<![\w.])([A-Z]{2})['’]s (?=(?:mum|mam|mom|dad|mother|father|nan|gran|carer|foster|step|meeting|"
    r"worker|teacher|review|"
    r"plan|social|school|brother|sister|family|phone|bag|file|birthday|keyworker|arm|leg|face|bruise|"
    r"behaviour|placement)\w*)"
)
_INITIALS_DID = re.compile(
    r"(?:^|(?<=[.!?\n] )|(?<=\n)|(?<=about )|(?<=with )|(?<=and ))([A-Z]{2}) (?=(?:came|told|said|says|"
    r"disclosed|arrived|left|went|turned|"
    r"refused|didn['’]?t|cried|had|has been|rang|ran|hit|fell|wants|was (?:seen|picked|dropped|crying|upset))(?!\w))"
)
_INITIAL_AND_NAME = re.compile(r"(?<![\w.])([A-Z]\.) ([A-Z][a-z]{2,})(?!\w)")


def initials(text: str) -> Iterator[Detail]:
    """Yields initials, and an initial with the name after it."""
    for match in _INITIALS.finditer(text):
        yield match.start(), match.end(), "name"
    for match in _SHORT.finditer(text):
        group = 1 if match[1] else 2
        if match[group].lower() not in known_words() and match[group] not in ("A", "I"):
            yield match.start(group), match.end(group), "name"
    for pattern in (_POSSESSED, _INITIALS_DID):
        for match in pattern.finditer(text):
            if match[1].lower() not in known_words() and match[1].lower() not in table("names.toml")["no_initials"]:
                yield match.start(1), match.end(1), "name"
    for match in _INITIAL_AND_NAME.finditer(text):
        if not any(match[2].lower() in each for each in (word_list("ordinary_words.txt"), known_words())):
            yield match.start(), match.end(), "name"
