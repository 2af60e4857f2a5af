"""A text as the meaning verifier reads it: ideas in order, with the sentences and brackets they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answering.verify.meaning.ideas import lemma, lexicon
from assistant.text.markup import BULLETS
from assistant.text.number_words import ORDINALS, read_number
from assistant.text.quote_matching import comparable

_ABBREVIATED = re.compile(r"\b(e\.g|i\.e|etc|no|para|paras|reg|regs|s|ss|ch|p|pp|dr|mr|mrs|ms|vol)\.", re.IGNORECASE)
_SHORT = re.compile(r"n't\b")
_WORD = re.compile(r"£|%|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*[a-z]*|[^\W\d_]+")
_ITEM = re.compile(rf"(?:(?<=[\s:;-])|^)(?:\((?:[a-z]|[ivx]{{1,4}}|\d{{1,2}})\)|[{BULLETS}*])(?=\s)")
_LINE_ITEM = re.compile(rf"^[ \t]*(?:[-–{BULLETS}*]|\d{{1,2}}[.)]|[a-z][.)])[ \t]+", re.MULTILINE)
_LABEL = re.compile(r"^[ \t]*(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.)[ \t]+(?=[\"'‘“(]?[A-Z])", re.MULTILINE)
_STOP = re.compile(r"[.!?](?=[\"')\]]*(?:\s+[\"'(\[]*[^\s\W]|\s*$))")
_ASIDE = {"also", "therefore", "thus", "hence", "accordingly", "consequently", "moreover", "furthermore"}
"""Words that may stand within a phrase and carry nothing."""
_LONGEST_NUMBER = 9
"""Most words of a number that is written out."""
_NTH = re.compile(r"(\d+)(st|nd|rd|th)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One idea of a text."""

    key: str
    """What is compared."""
    kind: str
    """Kind of the idea (``ideas.Idea``); ``word`` for any other word."""
    text: str
    """As it is written."""
    gap: str = ""
    """Punctuation that stands before it, "" for none.

    "." after a sentence, "*" before an item of a list, "'" after an owner, "!" after a "however".
    """
    start: int = 0
    """Place of its first character in the text that was read."""


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    text: str
    start: int
    end: int


def read(text: str) -> tuple[Token, ...]:
    """Returns the ideas of a text in order, words that carry nothing left out; () for none."""
    plain = _plain(text)
    words = [_Word(each.group().lower(), each.group(), *each.span()) for each in _WORD.finditer(plain)]
    words = [each for each in words if not (_is_possessive(each, plain) or each.form in _ASIDE)]
    stops = {each.start() for each in _STOP.finditer(plain)}
    return tuple(_limits_first([*_tokens(words, plain, stops)]))


def _plain(text: str) -> str:
    """Returns a text with the permitted differences removed, contractions and abbreviations written out."""
    marked = _LINE_ITEM.sub("* ", _LABEL.sub("", text))
    plain = (
        _ITEM.sub("*", comparable(marked))
        .replace("cannot", "can not")
        .replace("can't", "can not")
        .replace("won't", "will not")
    )
    plain = _ABBREVIATED.sub(lambda found: found.group(1).replace(".", "") + " ", _SHORT.sub(" not", plain))
    return plain


def _is_possessive(word: _Word, plain: str) -> bool:
    return word.form == "s" and word.start > 0 and plain[word.start - 1] == "'"


def _tokens(words: list[_Word], plain: str, stops: set[int]) -> Iterator[Token]:
    lemmas = [lemma(each.form) for each in words]
    at, ended, turned = 0, 0, ""
    known = lexicon()
    while at < len(words):
        idea, length = known.idea_at(lemmas, at)
        number, taken = _number(words, at)
        if number and (idea is None or taken > length):
            idea, length = None, taken
        else:
            number = None
        if length > 1 and _is_broken(words[at : at + length], plain, stops):
            idea, length = known.idea_at(lemmas[at : at + 1], 0)
            number = None if idea else _number(words[at : at + 1], 0)[0]
        first, last = words[at], words[at + length - 1]
        if idea is None or idea.key:
            kind = idea.kind if idea else "number" if number else "word"
            key = number or (f"{idea.kind}:{idea.key}" if idea else lemmas[at])
            gap = _gap(plain, ended, first.start, stops) + turned
            yield Token(key, kind, plain[first.start : last.end], gap, first.start)
            ended, turned = last.end, ""
        elif first.form == "however":
            turned = "!"
        at += length


def _is_broken(words: list[_Word], plain: str, stops: set[int]) -> bool:
    """Returns whether a stop, comma or bracket stands within a phrase."""
    between = plain[words[0].end : words[-1].start]
    return any(mark in between for mark in ",;:()") or any(words[0].end <= stop < words[-1].start for stop in stops)


def _gap(plain: str, ended: int, start: int, stops: set[int]) -> str:
    between = plain[ended:start]
    stop = "." if any(ended <= each < start for each in stops) else ""
    possessive = "'" if re.match(r"'s? ", between) else ""
    return stop + possessive + "".join(mark for mark in between if mark in ",;:()*") + ("-" if " - " in between else "")


def _number(words: list[_Word], at: int) -> tuple[str | None, int]:
    """Returns a number as it is compared, and how many words it takes; (None, 1) for any other word."""
    form = words[at].form
    nth = _NTH.match(form)
    if nth:
        return f"#{int(nth.group(1))}th", 1
    if form in ORDINALS:
        return f"#{ORDINALS.index(form) + 1}th", 1
    if form[0].isdigit():
        return f"#{form.replace(',', '')}", 1
    value, length = read_number([word.form for word in words[at : at + _LONGEST_NUMBER]])
    return (f"#{value}", length) if length else (None, 1)


def _limits_first(tokens: list[Token]) -> list[Token]:
    """Returns the tokens with "12 or more" and "12 hours or more" read as "at least 12", likewise "or fewer"."""
    found: list[Token] = []
    for token in tokens:
        numbers = [at for at in range(max(0, len(found) - 2), len(found)) if found[at].kind == "number"]
        if token.key == "limit:or more" and numbers:
            first = found[numbers[-1]]
            found.insert(numbers[-1], replace(token, key="limit:at least", gap=first.gap, start=first.start))
        else:
            found.append(token)
    return found


__all__ = ["Token", "read"]
