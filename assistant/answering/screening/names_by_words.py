"""Names found word by word: a first name, or a strange word, by what stands before and after it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.answering.screening.name_words import is_contraction, is_first_name
from assistant.answering.screening.tokens import Token
from assistant.answering.screening.word_lists import is_everyday, known_words, table, word_list, words_of

_MAX_WORDS = 4
_CUE_WORDS = 6
_NEXT_CAPITAL = re.compile(r" ([A-Z][a-z'’-]{2,})(?!\w)")
_AGE = re.compile(r" ?\(\d{1,2}\)|, \d{1,2},|,? aged \d|, \d{1,2} ?(?:yrs?|years?|y/?o)\b")
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:in|at|near|from|to|of|the|around|across|via) $", re.IGNORECASE)
_IN_TITLE = re.compile(r"\w [A-Z][a-z]+ $")


def name_length(words: Sequence[Token], index: int, free: Sequence[bool], text: str) -> int:
    """Returns how many words the name that begins here has, 0 where none does."""
    word = words[index]
    if not _may_begin(word) or not _begins_name(word, _around(words, index, text)):
        return 0
    length = 1
    while length < _MAX_WORDS and index + length < len(words) and free[index + length]:
        if words[index + length - 1].is_possessive or not _continues(words[index + length], words[index + length - 1]):
            break
        length += 1
    return 0 if _is_body(words, index, length) else length


def _may_begin(word: Token) -> bool:
    """Returns whether a word can begin a name at all; most cannot, and are passed over quickly."""
    if is_contraction(word.folded) or (word.is_acronym and (word.folded in known_words() or len(word.text) < 4)):
        return False
    return word.is_capital or word.folded not in word_list("ordinary_words.txt")


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before and after a word."""

    before: str
    after: str
    is_cued: bool
    is_called: bool
    """A title, or "called", "named", stands before."""
    is_titled: bool


def _around(words: Sequence[Token], index: int, text: str) -> _Around:
    word = words[index]
    is_titled = _is_preceded("titles", words, index, text)
    is_called = is_titled or _is_preceded("naming", words, index, text)
    return _Around(
        text[max(0, word.start - 30) : word.start],
        text[word.end : word.end + 60],
        is_called or _is_preceded("cues", words, index, text),
        is_called,
        is_titled,
    )


def _is_preceded(key: str, words: Sequence[Token], index: int, text: str) -> bool:
    pattern = _patterns(key, r"(?:{})")
    end = words[index].start
    return any(pattern.fullmatch(text, words[at].start, end) for at in range(max(0, index - _CUE_WORDS), index))


def _begins_name(word: Token, around: _Around) -> bool:
    if not around.is_cued and word.folded in known_words():
        return False
    if is_first_name(word.folded):
        return (word.is_capital and word.folded not in words_of("names.toml", "kin_words")) or _is_small_name(
            word, around.is_cued
        )
    if word.folded in word_list("weak_names.txt"):
        return _is_weak_name(word, around)
    if word.is_acronym or len(word.text) < 2 or word.folded in known_words():
        return False
    return _is_strange_name(word, around)


def _is_strange_name(word: Token, around: _Around) -> bool:
    """Returns whether a word that is in no list names a person, by what stands around it."""
    is_strange = not any(part in word_list("ordinary_words.txt") for part in word.folded.split("-"))
    if not word.is_capital:
        return is_strange and around.is_called and not around.is_titled
    if around.is_cued:
        if around.is_titled and word.folded not in table("names.toml")["never_after_title"]:
            return True
        return is_strange and (around.is_called or not _IN_TITLE.search(around.before))
    if (
        not is_strange
        or is_everyday(word.folded)
        or word.folded in words_of("names.toml", "kin_words")
        or len(word.text) < 3
    ):
        return False
    return bool(_deed().match(around.after) or _is_of_family(around) or _has_surname(around))


def _has_surname(around: _Around) -> bool:
    """Returns whether a second word follows that is in no list either, where no place is to be expected."""
    if around.after.startswith(" [name]"):
        return True
    following = _NEXT_CAPITAL.match(around.after)
    if following is None or _PLACE_BEFORE.search(around.before):
        return False
    folded = following[1].lower()
    return not any(folded in each for each in _never_surnames())


def _never_surnames() -> tuple[Collection[str], ...]:
    return word_list("ordinary_words.txt"), known_words(), table("names.toml")["body_ends"]


def _is_small_name(word: Token, is_cued: bool) -> bool:
    if word.folded in word_list("ordinary_words.txt"):
        return False
    return is_cued or len(word.folded) > 3


def _is_weak_name(word: Token, around: _Around) -> bool:
    if not word.is_capital:
        return around.is_called and not around.is_titled and word.folded not in known_words()
    if around.is_cued or _has_surname(around):
        return True
    if word.folded in known_words() or (word.is_first and word.folded in table("names.toml")["auxiliaries"]):
        return False
    if not word.is_first and word.folded not in table("names.toml")["needs_cue"]:
        return True
    return bool(_deed().match(around.after)) or (word.is_possessive and bool(_kin().match(around.after)))


def _continues(word: Token, previous: Token) -> bool:
    if word.gap not in (" ", "-") or word.folded in table("names.toml")["never_surname"]:
        return False
    if word.is_capital:
        return word.text != "I" and not (word.is_acronym and (word.folded in known_words() or len(word.text) > 3))
    if word.folded in words_of("names.toml", "particles"):
        return True
    if previous.is_capital:
        return previous.folded in words_of("names.toml", "particles") and word.is_capital
    if word.folded in word_list("ordinary_words.txt") or word.folded in known_words():
        return False
    return word.folded in word_list("surnames.txt") or (
        len(word.folded) > 4 and not word.folded.endswith(("ed", "ing", "s"))
    )


def _is_body(words: Sequence[Token], index: int, length: int) -> bool:
    """Returns whether the words name a body or a rule: "Charlie Waller Trust", "Sarah's Law", "St Anne's"."""
    if index and words[index - 1].folded in ("st", "saint", "operation") and words[index - 1].is_capital:
        return True
    last = words[index + length - 1]
    if _is_tool(words, index + length, length):
        return True
    following = words[index + length] if index + length < len(words) else None
    patterns = table("names.toml")
    if following is not None and following.is_capital and following.gap == " ":
        ends = patterns["owned_ends"] if last.is_possessive else patterns["body_ends"]
        if following.folded in ends:
            return True
    return length > 1 and last.folded in patterns["body_ends"]


def _is_tool(words: Sequence[Token], at: int, length: int) -> bool:
    """Returns whether a word without a capital follows one name and makes it that of an inquiry, a tool or a test."""
    if length > 1 or at >= len(words) or words[at - 1].is_possessive or words[at].gap != " ":
        return False
    return words[at].folded in table("names.toml")["small_body_ends"]


def _deed() -> re.Pattern[str]:
    return _patterns(
        "deeds",
        r"(?:['’]s)?[\s,]{{1,2}}(?:(?:also|just|then|now|never|really|still|only|has|had|have|is|was) )?(?:{})(?!\w)",
    )


def _kin() -> re.Pattern[str]:
    return _patterns("kin", r"['’]s (?:\w{{1,12}} )?(?:{})(?!\w)")


def _is_of_family(around: _Around) -> bool:
    is_family = around.before.lower().endswith("the ") and _patterns("household", r" (?:{})(?!\w)").match(around.after)
    return bool(is_family or _kin().match(around.after) or _AGE.match(around.after))


_COMPILED: dict[tuple[str, str], re.Pattern[str]] = {}


def _patterns(key: str, frame: str) -> re.Pattern[str]:
    if (key, frame) not in _COMPILED:
        _COMPILED[key, frame] = re.compile(frame.format("|".join(table("names.toml")[key])), re.IGNORECASE)
    return _COMPILED[key, frame]
