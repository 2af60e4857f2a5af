"""Names of people: after a cue, or by themselves where a first name stands where an ordinary word would not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.initials import initials
from assistant.answering.screening.names_after_cues import names_after_cues
from assistant.answering.screening.names_by_words import name_length
from assistant.answering.screening.names_in_context import names_in_context
from assistant.answering.screening.policy_names import is_policy_name
from assistant.answering.screening.tokens import tokens
from assistant.answering.screening.word_lists import known_phrases

_TITLE_BEFORE = re.compile(
    r"(?<!\w)(?i:mr|mrs|ms|miss|mx|dr|prof|professor|rev|sgt|cllr|insp|pc|dc|ds|di|wpc|pcso|doctor|sister|"
    r"father|imam|sir|dame)\.? (?:[A-Z]\.? ){0,2}$"
)


def names(text: str) -> Iterator[Detail]:
    """Yields names of people, with a title before them; names of laws, bodies, tools, authors and places are none."""
    for start, end, kind in _names(text):
        if end - start > 1 and not is_policy_name(text, start, end):
            title = _TITLE_BEFORE.search(text, max(0, start - 24), start)
            yield (title.start() if title else start), end, kind


def _names(text: str) -> Iterator[Detail]:
    words = tokens(text)
    protected = [match.span() for match in known_phrases().finditer(text)]
    free = [not any(start <= word.start < end for start, end in protected) for word in words]
    skip = 0
    for index, word in enumerate(words):
        if index < skip or not free[index]:
            continue
        length = name_length(words, index, free, text)
        if length:
            skip = index + length
            yield word.start, words[index + length - 1].end, "name"
    for start, end, kind in (*initials(text), *names_after_cues(text), *names_in_context(text)):
        if not any(begin < end and start < stop for begin, stop in protected):
            yield start, end, kind
