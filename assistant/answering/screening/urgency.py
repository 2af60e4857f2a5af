"""Distinguishes a child in danger now, and what has to be told today, from a policy question about danger.

Words of danger alone are not enough: guidance is full of them. A message is taken clause by clause. Clauses that ask
about policy or suppose a case are left aside; in the others, either something acute is happening, or a worry stands
beside a word for here and now. What has to be told today is found in the same clauses.
"""

from __future__ import annotations

import re

from assistant.answering.screening.word_lists import any_of, opening
from assistant.model import Level

_FILE = "urgent.toml"
_TODAY = "today.toml"
_TOLD = ("told_story", "told_training", "told_news", "told_past", "told_negated", "told_idiom")
_MOST_TOLD = 45
"""Words of a text that can be told as a whole."""
_CLAUSES = re.compile(r"[.!?;:,\n()\"“”]+| [-–—] | but ")
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|so|and|or|also|pl[sz]|please|emergency|omg|oh god|quick|urgent) )+"
)
_ABSENT = re.compile(r"['’`]")
_SPACE = re.compile(r"\s+")


def level_by_rules(text: str) -> Level:
    """Returns the level that the rules give a text; the classifier may raise it."""
    if is_urgent(text):
        return Level.ACT_NOW
    reported = " , ".join(clause for clause in _clauses(text) if not _is_general(clause))
    return Level.ACT_TODAY if any_of(_TODAY, "report").search(reported) else Level.LOOK_UP


def is_urgent(text: str) -> bool:
    """Returns whether a text speaks of a child who is in danger now, and not of danger in general.

    What stands in a story, an exercise or the news is left to the classifier.
    """
    if any_of(_FILE, "fiction").search(_ABSENT.sub("", text.lower())) or is_told(text):
        return False
    reported = [clause for clause in _clauses(text) if not _asks_about_policy(clause)]
    if any(_is_acute(clause) for clause in reported):
        return True
    whole = " ".join(reported)
    return bool(any_of(_FILE, "worry").search(whole) and any_of(_FILE, "now").search(whole)) and _is_present(whole)


def is_told(text: str) -> bool:
    """Returns whether a short text tells of danger that is not here and now.

    It is in a story, an exercise, the news, years ago, in a figure of speech, or denied. A longer
    text may hold anything beside such a word and is none.
    """
    if len(text.split()) > _MOST_TOLD:
        return False
    plain = _ABSENT.sub("", text.lower())
    return not any_of(_FILE, "real").search(plain) and any(any_of(_FILE, key).search(plain) for key in _TOLD)


def _clauses(text: str) -> list[str]:
    plain = any_of(_FILE, "idiom").sub(" ", _ABSENT.sub("", text.lower()))
    plain = any_of(_FILE, "told_negated").sub(" ", plain)
    plain = any_of(_FILE, "plea").sub(" , ", plain)
    parts = (_SPACE.sub(" ", part).strip() for part in _CLAUSES.split(plain))
    return [cleared for part in parts if (cleared := _GREETING.sub("", f"{part} ").strip())]


def _asks_about_policy(clause: str) -> bool:
    return bool(opening(_FILE, "asking").match(clause) or any_of(_FILE, "about").search(clause))


def _is_general(clause: str) -> bool:
    return bool(any_of(_TODAY, "general").search(clause))


def _is_acute(clause: str) -> bool:
    return bool(any_of(_FILE, "acute").search(clause)) and _is_present(clause)


def _is_present(clause: str) -> bool:
    return not any_of(_FILE, "back").search(clause) or bool(any_of(_FILE, "certain").search(clause))
