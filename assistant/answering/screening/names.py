"""Names of people: after a cue, or by themselves where a first name stands where an ordinary word would not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.tokens import Token, tokens
from assistant.answering.screening.word_lists import known_phrases, known_words, table, word_list

_MAX_WORDS = 4
_CUE_WORDS = 6
_INITIALS = re.compile(r"(?<![\w.])(?!(?:U\.K|U\.S|E\.U|N\.I|D\.O|A\.M|P\.M)\.)[A-Z]\. ?[A-Z]\.(?: ?[A-Z]\.)?(?!\w)")
_SHORT = re.compile(
    r"(?<!\w)(?:[Cc]hild|[Pp]upil|[Pp]atient|[Yy]oung person|[Bb]aby|[Ss]tudent) ([A-Z]{1,3})(?!\w)"
    r"|(?<!\w)(?:[Rr]e:?|[Rr]egarding) ([A-Z]{2,3})(?!\w)"
)
_NEXT_CAPITAL = re.compile(r" ([A-Z][a-z'’-]{2,})(?!\w)")
_AGE = re.compile(r" ?\(\d{1,2}\)|, \d{1,2},|,? aged \d|, \d{1,2} ?(?:yrs?|years?|y/?o)\b")
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:in|at|near|from|to|of|the|around|across|via) $", re.IGNORECASE)
_IN_TITLE = re.compile(r"\w [A-Z][a-z]+ $")
_INITIAL_AND_NAME = re.compile(r"(?<![\w.])([A-Z]\.) ([A-Z][a-z]{2,})(?!\w)")

_POSSESSED = re.compile(
    r"(?<![\w.])([A-Z]{2})['’]s (?=(?:mum|mam|mom|dad|mother|father|nan|gran|carer|foster|step|meeting|worker|teacher|review|"
    r"plan|social|school|brother|sister|family|phone|bag|file|birthday|keyworker|arm|leg|face|bruise|behaviour|placement)\w*)"
)
_INITIALS_DID = re.compile(
    r"(?:^|(?<=[.!?\n] )|(?<=\n)|(?<=about )|(?<=with )|(?<=and ))([A-Z]{2}) (?=(?:came|told|said|says|disclosed|arrived|left|went|turned|"
    r"refused|didn['’]?t|cried|had|has been|rang|ran|hit|fell|wants|was (?:seen|picked|dropped|crying|upset))(?!\w))"
)
_NICKNAME = re.compile(
    r"(?<!\w)(?:calls? (?:him|her|them|me|us|it)|(?i:mum|dad|partner|nickname) =|[Ss]urname(?: is|:)?|[Ff]amily (?:is|name is)) "
    r"([A-Z][\w'’-]{2,})"
)
_BESIDE_NAME = re.compile(r"\[name\](?:['’]s \w+)? \(([A-Z][\w'’-]+)\)")
_SIBLINGS = re.compile(
    r"(?<![\w-])([A-Z][a-z'’-]{2,}) (?:siblings|twins|brothers|sisters|boys|girls|lot)(?= x ?\d|[,:]| have| are| were| live)"
)
_ABOUT = re.compile(
    r"(?<!\w)(?:about|for|re|from|with) ([A-Z][a-z]{3,})(?= (?:thanks|please|pls|ta|again|today|xx?)\b|[.!,]? *$)"
)
_OF_KIN = re.compile(
    r"(?<!\w)(?:my|his|her|our|their) (?:(?:wee|little|big|older|younger|half) )?(?:brother|sister|son|daughter|cousin|nephew|niece|friend|"
    r"mate|nan|uncle|aunt(?:ie)?|step\w+|grandson|granddaughter) ([a-z'’-]{5,})(?!\w)"
)
_EPITHET = re.compile(r"(?<!\w)([Ll]il|[Bb]ig|[Ww]ee|[Oo]ur) ([A-Z][a-z]{2,}|(?<=[Ll]il )[a-z]{3,})(?!\w)")
_GREETED = re.compile(
    r"(?:^|\n)(?:[Hh]i|[Hh]ello|[Hh]ey|[Hh]iya|[Dd]ear|[Tt]hanks|[Cc]heers) ([A-Z][a-z]{2,})(?=[,!\n]| -)"
)
_SMALL_TITLED = re.compile(r"(?<!\w)(?:mr|mrs|ms) ((?:(?:van|von|de|der|den|la|le|el|al|bin) ){0,2}[a-z'’-]{3,})(?!\w)")
_DOUBLE = re.compile(r"(?<![\w-])([A-Z][a-z]{2,}-[A-Z][a-z]{2,})(?![\w-])")


def names(text: str) -> Iterator[Detail]:
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
    yield from _nicknames(text)


def _initials(text: str) -> Iterator[Detail]:
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


def _nicknames(text: str) -> Iterator[Detail]:
    """Yields nicknames, surnames and greeted names that only what stands before them gives away."""
    for pattern in (_NICKNAME, _BESIDE_NAME, _SIBLINGS, _ABOUT, _OF_KIN, _GREETED, _SMALL_TITLED, _DOUBLE):
        for match in pattern.finditer(text):
            parts = match[1].split("-") if pattern is _DOUBLE else match[1].split()[-1:]
            if not any(map(_is_ordinary, parts)):
                yield match.start(1), match.end(1), "name"
    for match in _EPITHET.finditer(text):
        if not _is_ordinary(match[2]) or match[1].lower() in ("lil", "big"):
            yield match.start(), match.end(), "name"


def _is_ordinary(word: str) -> bool:
    folded = word.lower()
    return folded in word_list("ordinary_words.txt") or folded in known_words()


def _length(words: Sequence[Token], index: int, free: Sequence[bool], text: str) -> int:
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
    if _is_contraction(word.folded) or (word.is_acronym and (word.folded in known_words() or len(word.text) < 4)):
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
    if _is_first_name(word.folded):
        return word.is_capital or _is_small_name(word, around.is_cued)
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
    if not is_strange or len(word.text) < 3:
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


def _is_contraction(folded: str) -> bool:
    return folded.endswith(("'ve", "'re", "'ll", "'d", "'m", "n't"))


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
