"""What of a question a search shows not to be there: words in no document, words that never stand together, an answer type."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.answering.query_analysis.analysis import QueryAnalysis
from assistant.answering.query_analysis.answer_type import AnswerType, has_exact_answer_type
from assistant.text.abbreviations import written_out
from assistant.text.stop_words import EMPTY
from assistant.text.words import content_words, stem, words

SHORT = 5
"""Letters of a stem below which a longer word that begins with it is another word."""
MOST_WORDS = 3
_ASKING = frozenset(
    "many much often long soon far big high happen happens happened mean means meant kind sort type way thing things tell told "
    "find found know list name named there whose which day days week weeks month months year years hour hours time times number "
    "allowed able possible new other others another rule rules policy policies document documents guidance procedure "
    "procedures done make makes made take takes taken put work works working person people anyone anybody someone everyone "
    "first last next still ok okay right wrong case cases each every both either neither one two three several few most more less "
    "before after during against between within without over under above below off out up down away back through across along "
    "around near until since upon toward towards onto per via other else only even ever never always sometimes usually needed need "
    "address number phone telephone email mail contact details detail deadline timescale timeframe date limit definition define "
    "meaning explain describe difference purpose reason reasons example examples question answer wondering please thanks hello "
    "shouldn couldn wouldn doesn don isn aren wasn weren hasn haven hadn mustn needn won didn "
    "needs due required require requires used use uses using want wanted like look looking come comes came chips round".split()
)
"""Words that say how is asked, not what about."""
_FORMS = (
    "pay paid pays payment", "tell told", "hold held", "keep kept", "leave left", "meet met", "make made", "give gave given",
    "take took taken", "write wrote written", "see saw seen", "know knew known", "find found", "send sent", "say said",
    "go went gone", "choose chose chosen choice", "drive drove driven", "lead led leader", "bring brought", "begin began begun",
    "buy bought", "teach taught", "speak spoke spoken", "child children", "man men", "woman women", "person people", "sell sold",
    "run ran", "lose lost", "get got", "build built", "spend spent", "feel felt", "catch caught", "think thought", "read reads",
    "old older age aged", "life live lives living", "hurt hurts", "choose selection",
)  # fmt: skip
"""Words that are forms of one another although their stems differ."""
_KIN = {
    stem(word): frozenset(stem(each) for line in _FORMS for each in line.split() if word in line.split())
    for line in _FORMS
    for word in line.split()
}
_TYPES: Mapping[AnswerType, str] = {
    AnswerType.TIME_LIMIT: "length of time",
    AnswerType.NUMBER: "number",
    AnswerType.DATE: "date",
}


def absent_words(asked: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Returns the words of what is asked that stand in no document in any form, as they were typed, at most three.

    A word counts as there where a longer one begins with its stem ("insures": "insurance"), where a form of it stands
    there ("paid": "pays"), and where it is an abbreviation with a known meaning.
    """
    typed = [word for word in dict.fromkeys(words(asked)) if _says_something(word)]
    if not typed:
        return ()
    known = _known(vocabulary)
    return tuple(_as_typed(word, asked) for word in typed if not _is_there(word, known))[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class _Known:
    """The words of a library, as they are looked for."""

    vocabulary: Iterable[str]
    words: tuple[str, ...]
    """Sorted."""
    stems: frozenset[str]


_last: list[_Known] = []
"""The words that were looked through last; one entry, replaced whole, so that threads may share it."""


def _known(vocabulary: Iterable[str]) -> _Known:
    """Returns a vocabulary as it is looked through; the same one as the last time costs nothing."""
    held = _last[:1]
    if held and held[0].vocabulary is vocabulary:
        return held[0]
    words_of_it = tuple(sorted(set(vocabulary)))
    found = _Known(vocabulary, words_of_it, frozenset(stem(word) for word in words_of_it))
    _last[:] = [found]
    return found


def apart(analysis: QueryAnalysis, asked: str, sentences: Sequence[str]) -> tuple[str, str] | None:
    """Returns two words of what is asked that stand together in none of some sentences, the rarest ones; None for none."""
    typed = [word for word in dict.fromkeys(words(asked)) if _says_something(word)]
    ordered = sorted(typed, key=lambda word: -analysis.weights.get(stem(word), 0.0))[:4]
    held = [_with_kin(content_words(sentence)) for sentence in sentences]
    for one, other in combinations(ordered, 2):
        if not any(stem(one) in each and stem(other) in each for each in held):
            first, second = sorted((one, other), key=typed.index)
            return first, second
    return None


def type_missing(analysis: QueryAnalysis, asked: str, sentences: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """Returns the type of answer that no sentence with all the asked words has, and these words; None where one has it."""
    kind = _TYPES.get(analysis.answer_type)
    typed = tuple(word for word in dict.fromkeys(words(asked)) if _says_something(word))
    if kind is None or not typed:
        return None
    about = [each for each in sentences if {stem(word) for word in typed} <= _with_kin(content_words(each))]
    if not about or any(has_exact_answer_type(each, analysis.answer_type) for each in about):
        return None
    return kind, typed[:MOST_WORDS]


def _as_typed(word: str, asked: str) -> str:
    found = re.search(rf"\b{re.escape(word)}\b", asked, re.IGNORECASE)
    return found[0] if found else word


def _says_something(word: str) -> bool:
    return word not in EMPTY and word not in _ASKING and len(word) > 2 and re.search(r"\d", word) is None


def _is_there(word: str, known: _Known) -> bool:
    own = stem(word)
    if own in known.stems or known.stems & _KIN.get(own, frozenset()) or written_out(word) or written_out(word.upper()):
        return True
    begins = tuple(each for each in (own, own.rstrip("aeiouy")) if len(each) >= SHORT)
    return any(_begins_a_word(each, known.words) for each in begins)


def _begins_a_word(start: str, ordered: Sequence[str]) -> bool:
    at = bisect_left(ordered, start)
    return at < len(ordered) and ordered[at].startswith(start)


def _with_kin(stems: Iterable[str]) -> frozenset[str]:
    held = set(stems)
    return frozenset(held.union(*(_KIN[each] for each in held if each in _KIN)))
