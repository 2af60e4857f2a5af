"""Names of people: after a cue, or by themselves where a first name stands where an ordinary word would not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.screening.details import Found
from assistant.screening.lexicon import known_phrases, known_words, table, word_list
from assistant.screening.tokens import Token, tokens

_MAX_WORDS = 4
_INITIALS = re.compile(r"(?<![\w.])(?!(?:U\.K|U\.S|E\.U|N\.I|D\.O|A\.M|P\.M)\.)[A-Z]\. ?[A-Z]\.(?: ?[A-Z]\.)?(?!\w)")
_SHORT = re.compile(
    r"(?<!\w)(?:[Cc]hild|[Pp]upil|[Pp]atient|[Yy]oung person|[Bb]aby|[Ss]tudent) ([A-Z]{1,3})(?!\w)"
    r"|(?<!\w)(?:[Rr]e:?|[Rr]egarding) ([A-Z]{2,3})(?!\w)"
)
_NEXT_CAPITAL = re.compile(r" ([A-Z][a-z'’-]{2,})(?!\w)")
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:in|at|near|from|to|of|the|around|across|via) $", re.IGNORECASE)
_IN_TITLE = re.compile(r"\w [A-Z][a-z]+ $")
_INITIAL_AND_NAME = re.compile(r"(?<![\w.])([A-Z]\.) ([A-Z][a-z]{2,})(?!\w)")


def names(text: str) -> Iterator[Found]:
    """Yields names of people; known names of laws, bodies, tools and places are none."""
    words = tokens(text)
    protected = [match.span() for match in known_phrases().finditer(text)]
    free = [not any(start <= word.start < end for start, end in protected) for word in words]
    skip = 0
    for index, word in enumerate(words):
        if index < skip or not free[index]:
            continue
        length = _length(words, index, free, text)
        if length:
            skip = index + length
            yield word.start, words[index + length - 1].end, "name"
    yield from _initials(text)


def _initials(text: str) -> Iterator[Found]:
    for match in _INITIALS.finditer(text):
        yield match.start(), match.end(), "name"
    for match in _SHORT.finditer(text):
        group = 1 if match[1] else 2
        if match[group].lower() not in known_words() and match[group] not in ("A", "I"):
            yield match.start(group), match.end(group), "name"
    for match in _INITIAL_AND_NAME.finditer(text):
        if match[2].lower() not in word_list("ordinary_words.txt") | known_words():
            yield match.start(), match.end(), "name"


def _length(words: Sequence[Token], index: int, free: Sequence[bool], text: str) -> int:
    """Returns how many words the name that begins here has, 0 where none does."""
    word = words[index]
    before = text[max(0, word.start - 60) : word.start]
    after = text[word.end : word.end + 60]
    is_cued = bool(_cue().search(before))
    if not _begins_name(word, is_cued, before, after):
        return 0
    length = 1
    while length < _MAX_WORDS and index + length < len(words) and free[index + length]:
        if words[index + length - 1].is_possessive or not _continues(words[index + length], words[index + length - 1]):
            break
        length += 1
    return 0 if _is_body(words, index, length) else length


def _begins_name(word: Token, is_cued: bool, before: str, after: str) -> bool:
    if _is_contraction(word.folded) or (word.is_acronym and (word.folded in known_words() or len(word.text) < 4)):
        return False
    if not is_cued and word.folded in known_words():
        return False
    if _is_first_name(word.folded):
        return word.is_capital or _is_small_name(word, is_cued)
    if word.folded in word_list("weak_names.txt"):
        return _is_weak_name(word, is_cued, before, after)
    if word.is_acronym or len(word.text) < 2 or word.folded in known_words():
        return False
    return _is_strange_name(word, is_cued, before, after)


def _is_strange_name(word: Token, is_cued: bool, before: str, after: str) -> bool:
    """Returns whether a word that is in no list names a person, by what stands around it."""
    is_strange = word.folded not in word_list("ordinary_words.txt")
    if not word.is_capital:
        return is_strange and bool(_naming().search(before))
    if is_cued:
        return _is_surname(word, before) or (is_strange and (not _IN_TITLE.search(before) or _is_called(before)))
    if not is_strange or len(word.text) < 3:
        return False
    return bool(_deed().match(after) or _family(before, after) or _has_surname(before, after))


def _has_surname(before: str, after: str) -> bool:
    """Returns whether a second word follows that is in no list either, where no place is to be expected."""
    following = _NEXT_CAPITAL.match(after)
    if following is None or _PLACE_BEFORE.search(before):
        return False
    folded = following[1].lower()
    return folded not in word_list("ordinary_words.txt") | known_words() | frozenset(table("names.toml")["body_ends"])


def _is_called(before: str) -> bool:
    return bool(_naming().search(before) or _title().search(before))


def _is_contraction(folded: str) -> bool:
    return folded.endswith(("'ve", "'re", "'ll", "'d", "'m", "n't"))


def _is_surname(word: Token, before: str) -> bool:
    return (
        word.is_capital
        and bool(_title().search(before))
        and word.folded not in table("names.toml")["never_after_title"]
    )


def _is_small_name(word: Token, is_cued: bool) -> bool:
    if word.folded in word_list("ordinary_words.txt"):
        return False
    return is_cued or len(word.folded) > 3


def _is_weak_name(word: Token, is_cued: bool, before: str, after: str) -> bool:
    if not word.is_capital:
        return bool(_naming().search(before)) and word.folded not in known_words()
    if is_cued:
        return True
    if word.folded in known_words() or (word.is_first and word.folded in table("names.toml")["auxiliaries"]):
        return False
    return bool(_deed().match(after)) or (word.is_possessive and bool(_kin().match(after)))


def _is_first_name(folded: str) -> bool:
    known = word_list("first_names.txt")
    if folded in known:
        return True
    parts = [part for part in folded.replace("'", "-").split("-") if part]
    return len(parts) > 1 and parts[0] in known and len(parts[0]) > 2 and len(parts[1]) > 2


def _continues(word: Token, previous: Token) -> bool:
    if word.gap not in (" ", "-") or word.folded in table("names.toml")["never_surname"]:
        return False
    if word.is_capital:
        return word.text != "I" and not (word.is_acronym and (word.folded in known_words() or len(word.text) > 3))
    if previous.is_capital:
        return False
    return word.folded in word_list("surnames.txt") and word.folded not in word_list("ordinary_words.txt")


def _is_body(words: Sequence[Token], index: int, length: int) -> bool:
    """Returns whether the words name a body or a rule: "Charlie Waller Trust", "Sarah's Law", "St Anne's"."""
    if index and words[index - 1].folded in ("st", "saint", "operation") and words[index - 1].is_capital:
        return True
    last = words[index + length - 1]
    following = words[index + length] if index + length < len(words) else None
    patterns = table("names.toml")
    if following is not None and following.is_capital and following.gap == " ":
        ends = patterns["owned_ends"] if last.is_possessive else patterns["body_ends"]
        if following.folded in ends:
            return True
    return length > 1 and last.folded in patterns["body_ends"]


def _cue() -> re.Pattern[str]:
    return _ending("cues")


def _naming() -> re.Pattern[str]:
    return _ending("naming")


def _title() -> re.Pattern[str]:
    return _ending("titles")


def _ending(key: str) -> re.Pattern[str]:
    return _patterns(key, r"(?<!\w)(?:{})$")


def _deed() -> re.Pattern[str]:
    return _patterns(
        "deeds",
        r"(?:['’]s)?[\s,]{{1,2}}(?:(?:also|just|then|now|never|really|still|only|has|had|have|is|was) )?(?:{})(?!\w)",
    )


def _kin() -> re.Pattern[str]:
    return _patterns("kin", r"['’]s (?:\w{{1,12}} )?(?:{})(?!\w)")


def _family(before: str, after: str) -> bool:
    is_family = before.lower().endswith("the ") and _patterns("household", r" (?:{})(?!\w)").match(after)
    return bool(
        is_family
        or _kin().match(after)
        or re.match(r",? \(?(?:aged? )?\d{1,2}(?:\)| ?(?:yrs?|years?|y/?o)\b|,)", after)
    )


_COMPILED: dict[tuple[str, str], re.Pattern[str]] = {}


def _patterns(key: str, frame: str) -> re.Pattern[str]:
    if (key, frame) not in _COMPILED:
        _COMPILED[key, frame] = re.compile(frame.format("|".join(table("names.toml")[key])), re.IGNORECASE)
    return _COMPILED[key, frame]
