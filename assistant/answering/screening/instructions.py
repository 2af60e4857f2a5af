"""Removes instructions to the assistant from a question; what remains is the question itself."""

from __future__ import annotations

import re
from functools import cache

from assistant.answering.screening.word_lists import table

_FILE = "instructions.toml"
_BLOCKS = re.compile(
    r"<!--.{0,400}?-->|```.{0,400}?```|<(system|script|style|instructions?|prompt|"
    r"assistant)\b[^>]{0,80}>.{0,400}?</\1>"
    r"|\[INST\].{0,400}?\[/INST\]|<<SYS>>.{0,400}?<</SYS>>|(?<!#)#{2,6} ?(?:instruction|system|prompt|"
    r"override)[^#]{0,400}#{2,}",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    r"</?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,80})?/?>|\[/?(?:INST|SYS)\]|<\|[^|<>]{0,40}\|>|<</?SYS>>", re.IGNORECASE
)
_MARKS = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|`+|^#{1,6} |_{2}(?=\w)|(?<=\w)_{2}", re.MULTILINE)
_ASIDE = re.compile(r"\(([^()]{1,300})\)")
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.](?=\w)[^.?!\n]*)*[.?!\n]*")
_JOINT = re.compile(
    r"(?:,| and| then| but|:|;|-|–)+ (?:then |now |please |also |just )*(?:(?:tell me|say|explain|"
    r"answer(?: me)?(?: this)?|answer the question|let me know)[:,]? )?"
)
_SPACES = re.compile(r"[ \t]+")


def without_instructions(text: str) -> str:
    """Returns a question without instructions to the assistant, forged system text and markup; "" where nothing is left.

    A text without any of these comes back unchanged.
    """
    bare = _MARKS.sub("", _TAGS.sub("", _BLOCKS.sub(" ", text)))
    bare = _ASIDE.sub(lambda aside: " " if _is_order(aside[1]) else aside[0], bare)
    sentences = _SENTENCE.findall(bare)
    questions = [_question_in(sentence) for sentence in sentences]
    if bare == text and questions == sentences:
        return text
    return _SPACES.sub(" ", " ".join(each.strip() for each in questions if each.strip(" \n.!?,;:-"))).strip()


def _question_in(sentence: str) -> str:
    """Returns what a sentence asks: itself, the question that follows an order in it, or nothing."""
    start = sentence.strip()
    user = _begins("user").match(start)
    if user:
        return _question_in(start[user.end() :])
    if _begins("forged").match(start):
        return ""
    if not _is_order(start):
        return sentence
    for joint in _JOINT.finditer(start):
        if _begins("question").match(start, joint.end()) or (
            start.endswith("?") and _begins("asked").match(start, joint.end())
        ):
            return start[joint.end() :]
    return ""


def _is_order(sentence: str) -> bool:
    return _orders().match(sentence.strip()) is not None


@cache
def _orders() -> re.Pattern[str]:
    words = table(_FILE)
    return re.compile(rf"{words['lead_in']}(?:{'|'.join(words['orders'])})", re.IGNORECASE)


@cache
def _begins(key: str) -> re.Pattern[str]:
    return re.compile(str(table(_FILE)[key]), re.IGNORECASE)
