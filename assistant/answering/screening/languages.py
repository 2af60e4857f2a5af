"""Recognises a message in another language than English, and words of alarm in it.

Only English is searched; a card must not depend on that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from assistant.answering.screening.word_lists import is_everyday, table
from assistant.model import Level
from assistant.text.plain_text import fold

_FILE = "languages.toml"
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_RUN = re.compile(r"\w+")
_STORY = re.compile(
    r"(?<!\w)(?:teatr\w*|piesa|piese\w*|спектакл\w*|п.?ес[аиіуою]\w*|фильм\w*|фільм\w*|filmie|filmu|"
    r"serial\w*|sztuce|sztuka|piece de theatre|obra de teatro|pelicula|novela|"
    r"peca de teatro|filme|romanzo|theaterstuck|darama|masrahi\w*)(?!\w)|مسرحي|فيلم|ڈرامے|नाटक|फ़?िल्म|নাটক|电影|戏剧|話劇"
)
"""Words of other languages for a play, a film or a novel: what is told in one is not happening."""
_FOREIGN = 0.5
"""Share of English words up to which one common word of a language is enough."""
_MOST_WORDS = 400
"""Words of a text that a Latin language is recognised by."""
_LEAST_SHARE = 0.2
"""Share of a text's words that must be common words of a Latin language."""
_LEAST_FOREIGN = 0.3
"""Share of a text's letters that must be of another script."""


def language_of(text: str) -> str:
    """Returns the code of the language that a text is mostly in; "" for English and for what is not recognised."""
    letters = [each for each in text if each.isalpha()]
    if not letters:
        return ""
    by_script = [] if text.isascii() else [code for code in _with_script() if _share(text, code) > 0]
    if by_script and max(_share(text, code) for code in by_script) * len(text) >= _LEAST_FOREIGN * len(letters):
        return max(by_script, key=lambda code: (_share(text, code), _tell_tale(text, code)))
    words = [fold(word) for word in _WORD.findall(text)][:_MOST_WORDS]
    common = [word for word in words if word in _common_anywhere()]
    counts = {code: sum(word in _common(code) for word in common) for code in _latin()}
    best = max(counts, key=lambda code: counts[code])
    is_it = counts[best] >= 2 and counts[best] >= _LEAST_SHARE * len(words) and not _is_english(words, counts[best])
    return best.split("-")[0] if is_it else ""


def alarm_level(text: str) -> Level:
    """Returns the level that words of alarm in other languages give a text; the lowest without any."""
    folded = fold(text.replace("ʼ", "'"))
    is_story = _STORY.search(folded) is not None
    for level, key in ((Level.ACT_NOW, "now"), (Level.ACT_TODAY, "today")):
        pattern = _alarm(key)
        if (
            (not folded.isascii() and pattern.search(folded))
            or _has_unmistakable(folded, key)
            or any(_latin_alarm(code, key).search(folded) for code in _spoken(folded))
        ):
            return Level.ACT_TODAY if is_story else level
    return Level.LOOK_UP


def _spoken(folded: str) -> list[str]:
    """Returns the Latin languages of which a text has common words; a word of alarm counts only in one of them.

    One is enough where hardly any of the text is English.
    """
    words = set(_WORD.findall(folded))
    if words.isdisjoint(_common_anywhere()):
        return []
    english = sum(map(is_everyday, words)) / max(1, len(words))
    least = 1 if english <= _FOREIGN else 2
    return [code for code in _latin() if len(words & _common(code)) >= least]


def _is_english(words: list[str], count: int) -> bool:
    """Returns whether more of the words are common ones of English."""
    return sum(word in _ENGLISH for word in words) > count


_ENGLISH = frozenset(
    "the a an is are was what who how when where if of to in and or my she he they i it for with on at do does can "
    "should has have her his you we be this that not policy child school".split()
)


def _share(text: str, code: str) -> float:
    found = _script(code).findall(text)
    return sum(len(each) for each in found) / max(1, len(text))


def _tell_tale(text: str, code: str) -> int:
    letters = table(_FILE)[code].get("letters", "")
    return sum(text.lower().count(letter) for letter in letters)


@cache
def _script(code: str) -> re.Pattern[str]:
    return re.compile(f"[{table(_FILE)[code]['script']}]+")


@cache
def _latin() -> tuple[str, ...]:
    return tuple(code for code, entry in table(_FILE).items() if "words" in entry)


@cache
def _with_script() -> tuple[str, ...]:
    """Returns the languages of a script of their own, none of whose letters is one of ASCII."""
    return tuple(code for code, entry in table(_FILE).items() if "script" in entry)


@cache
def _common_anywhere() -> frozenset[str]:
    """Returns the common words of all Latin languages: a text without any of them is in none."""
    return frozenset().union(*map(_common, _latin()))


@cache
def _common(code: str) -> frozenset[str]:
    return frozenset(map(fold, table(_FILE)[code]["words"]))


@cache
def _alarm(key: str) -> re.Pattern[str]:
    """Returns what matches a word of alarm in a script of its own."""
    entries = [entry for entry in table(_FILE).values() if "script" in entry]
    return re.compile("|".join(chain.from_iterable(_written(entry, key) for entry in entries)))


def _written(entry: dict[str, Any], key: str) -> Iterator[str]:
    """Returns patterns of a language's words of alarm; only in Cyrillic script a word's beginning can be told."""
    begins = r"(?<!\w)" if entry["script"].startswith("Ѐ") else ""
    return (f"{begins}{re.escape(fold(phrase.replace('ʼ', chr(39))))}" for phrase in entry[key])


def _has_unmistakable(folded: str, key: str) -> bool:
    """Returns whether a phrase that counts in any text stands in one; nearly none has even the first word of one."""
    return not _first_words(key).isdisjoint(_RUN.findall(folded)) and _unmistakable(key).search(folded) is not None


@cache
def _first_words(key: str) -> frozenset[str]:
    return frozenset(_RUN.findall(phrase)[0] for phrase in _phrases(key))


@cache
def _phrases(key: str) -> tuple[str, ...]:
    phrases = (fold(phrase) for code in _latin() for phrase in table(_FILE)[code][key])
    return tuple(each for each in phrases if " " in each and not any(map(is_everyday, _WORD.findall(each))))


@cache
def _unmistakable(key: str) -> re.Pattern[str]:
    """Returns what matches phrases of Latin languages that hold no English word: they count in any text."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _phrases(key)))})")


@cache
def _latin_alarm(code: str, key: str) -> re.Pattern[str]:
    phrases = table(_FILE)[code][key]
    return re.compile("|".join(rf"(?<!\w){re.escape(fold(phrase))}" for phrase in phrases))
