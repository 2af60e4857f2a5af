"""Words that hold what a question asks for and are no answer to it: entries, labels, examples, myths.

They are told by what they stand under and by their shape. A question for the kind itself ("is there a sample letter?")
may be answered with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from assistant.model import Passage, Sentence, SentenceKind

HELD = 2_048
"""Passages whose shapes are held between questions; the passages themselves are held anyway."""


class NoAnswer(StrEnum):
    """Why words answer nothing by themselves."""

    BIBLIOGRAPHY = "bibliography"
    CONTENTS = "contents"
    EXAMPLE = "example"
    """A case study, a worked example, a sample letter or a form that is filled in."""
    LABEL = "label"
    """A field of a form without its value."""
    HEADING = "heading"
    """A line in the shape of a heading."""
    MYTH = "myth"
    """A myth without its truth."""


_START = r"^\W*(?:(?:appendix|annex|box|part|section|figure)\s+)?(?:[\dA-Z]{1,3}(?:\.\d+)*\s*[:.)–—-]?\s+)?\W*"
_PAPER = (
    r"(?:letter|e-?mail|form|referral|record|entry|entries|plan|minutes|agenda|note|notes|report|chronology|log|assessment|"
    r"text|message|script|statement|genogram|case|answers?|conversation|wording)"
)
_UNDER: Mapping[NoAnswer, re.Pattern[str]] = {
    NoAnswer.BIBLIOGRAPHY: re.compile(
        rf"{_START}(?:(?:key |main |list of |our )?(?:references?|sources)(?: list)?(?: (?:used|cited|and|&) .*)?|bibliography|"
        r"works cited|literature|(?:further|recommended|suggested|background) reading.*|reading list|research cited|"
        r"publications (?:cited|referred to))\W*$",
        re.IGNORECASE,
    ),
    NoAnswer.CONTENTS: re.compile(
        rf"{_START}(?:(?:table of )?contents(?: page)?|what(?:’|')?s in this \w+|in this (?:document|guide|policy|pack|protocol|"
        r"procedure|section)|on this page|index)\W*$",
        re.IGNORECASE,
    ),
    NoAnswer.EXAMPLE: re.compile(
        rf"{_START}(?:(?:an? |anonymised |fictional |short |brief |local )*(?:case (?:stud(?:y|ies)|examples?|vignettes?|illustrations?|"
        r"scenarios?)|"
        r"(?:worked|practice|illustrative|practical) examples?|vignettes?|scenarios?)\b.*|"
        r"(?:an? )?examples?(?: \d+| [a-z])?\s*(?:[:–—-].*)?|"
        rf"(?:an? |the )?(?:worked |practice )?(?:example|sample|specimen|template|model|completed|filled[- ]in|suggested)s?"
        rf"(?: of (?:an? |the )?(?:completed |filled[- ]in |good )?)?[ -](?:\w+[ -]){{0,4}}{_PAPER}s?\b.*|"
        rf"(?:\w+ ){{0,4}}{_PAPER}s?\s*[:(–—-]+\s*(?:an? )?(?:example|sample|specimen|worked example|completed)\b.*|"
        r".*\((?:worked )?(?:example|sample|specimen|fictional)\)|[\w’']+(?:’s|'s) story\b.*)$",
        re.IGNORECASE,
    ),
}
_RUN_IN = re.compile(
    r"^\W*(?:case (?:study|example|vignette)|(?:worked |practice )?example|vignette|scenario|sample \w+|illustration)"
    r"(?:\s+(?:\d{1,2}|[A-Z]|one|two|three))?\s*[:.–—-]\s",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^\W*(?:dear (?:[A-Z]|\[|sir|parent|carer|colleague|head)|(?:yours|kind regards|with kind)\b)", re.IGNORECASE
)
_ENTRY = re.compile(r"^\W*[A-Z][^()\n]{1,90}\((?:19|20)\d\d[a-z]?\)[.,:]?\s+[“‘'\"A-Z*_]")
_SAYS = re.compile(
    r"\b(?:must|should|shall|may|can|will|would|is|are|was|were|be|been|has|have|had|does|do|requires?|states?|says?|sets?|found|"
    r"defines?|means?|makes?|gives?|provides?|places?|applies|introduced|recommends?)\b",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}\s*$|…{2,}\s*\d{0,4}\s*$|·{3,}\s*\d{0,4}\s*$")
_LISTED_PAGE = re.compile(
    r"^(?:[\dA-Z]{1,3}(?:\.\d+)*[.):]?\s+)?[A-Z][^.!?;|]{2,90}?[\s|,]+(?:p(?:age|\.)?\s*)?(\d{1,3})$"
)
_BLANK = re.compile(r"_{3,}|\.{6,}|…{2,}|[☐□❑❏]|\[\s{0,4}\]|(?:\d\d?|D+|d+)?/\s?(?:MM|mm|_*)\s?/|<[^>]{2,40}>")
_VALUE = re.compile(r"\d|@|www\.|https?:")
_MYTH = re.compile(
    r"^\W*(?:(?:the|a|common)\s+)*(?:myths?|misconceptions?|fiction|false)\s*(?:(?:no\.?\s*)?\d{1,2})?\s*[:|.–—-]",
    re.IGNORECASE,
)
_MYTHS = re.compile(
    rf"{_START}(?:common |popular |some )*(?:myths|misconceptions|things people get wrong)\b", re.IGNORECASE
)
_TRUTH = re.compile(
    r"\b(?:facts?|truth|reality|in fact|not true|untrue|false|wrong|incorrect|actually|a myth)\b", re.IGNORECASE
)
_HEADING_WORDS = 9
_ASKED: Mapping[NoAnswer, frozenset[str]] = {
    NoAnswer.BIBLIOGRAPHY: frozenset(
        {"bibliographi", "read", "refer", "sourc", "publish", "author", "wrote", "research"}
    ),
    NoAnswer.CONTENTS: frozenset({"page", "chapter", "section", "content"}),
    NoAnswer.EXAMPLE: frozenset(
        {"exampl", "sampl", "templat", "studi", "scenario", "vignett", "letter", "stori", "word"}
    ),
    NoAnswer.MYTH: frozenset({"myth", "misconcept"}),
}
"""Words of a question, as stems, that ask for the kind itself."""


def no_answers(passage: Passage, asked: frozenset[str] = frozenset()) -> tuple[NoAnswer | None, ...]:
    """Returns for each sentence of a passage why it is no answer, None where it may be one.

    Args:
        passage: The passage.
        asked: The words of the question, as stems.
    """
    return tuple(
        None if each is None or asked & _ASKED.get(each, frozenset()) else each for each in _whatever_is_asked(passage)
    )


@lru_cache(maxsize=HELD)
def _whatever_is_asked(passage: Passage) -> tuple[NoAnswer | None, ...]:
    above = _under(passage.headings)
    lines = _lines(passage)
    if above is None and any(_LETTER.match(line) for line in lines):
        above = NoAnswer.EXAMPLE
    pages = sum(bool(_LISTED_PAGE.match(line)) for line in set(lines))
    return tuple(
        above or _shape(sentence, passage, line, pages) for sentence, line in zip(passage.sentences, lines, strict=True)
    )


def _under(headings: Sequence[str]) -> NoAnswer | None:
    return next((kind for kind, says in _UNDER.items() if any(says.match(each) for each in headings)), None)


def _lines(passage: Passage) -> list[str]:
    """Returns for each sentence the line that it stands on: its paragraph, item or row."""
    starts = [each.span.start - passage.span.start for each in passage.sentences]
    lines = []
    for start in starts:
        first = passage.text.rfind("\n", 0, start) + 1
        last = passage.text.find("\n", start)
        lines.append(passage.text[first : last if last >= 0 else len(passage.text)].strip())
    return lines


def _shape(sentence: Sentence, passage: Passage, line: str, pages: int) -> NoAnswer | None:
    if _RUN_IN.match(line):
        return NoAnswer.EXAMPLE
    if _ENTRY.match(line) and not _SAYS.search(line.split(")", 1)[1]):
        return NoAnswer.BIBLIOGRAPHY
    if _LEADERS.search(line) or (pages > 2 and _LISTED_PAGE.match(line)):
        return NoAnswer.CONTENTS
    if _is_label(sentence, line):
        return NoAnswer.LABEL
    if _is_myth(sentence, passage, line):
        return NoAnswer.MYTH
    return NoAnswer.HEADING if _is_heading(sentence, line) else None


def _is_label(sentence: Sentence, line: str) -> bool:
    blank = _BLANK.search(line)
    return blank is not None and not re.search(r"[a-z]{2,}[.!]\s*$", line) and len(line.split()) <= 40


def _is_heading(sentence: Sentence, line: str) -> bool:
    if sentence.kind is not SentenceKind.PROSE or sentence.lead_ins or line[-1:] in ".!?:;,”’)":
        return False
    return (
        len(line.split()) <= _HEADING_WORDS
        and not _VALUE.search(line)
        and line[:1].isupper()
        and not _SAYS.search(line)
    )


def _is_myth(sentence: Sentence, passage: Passage, line: str) -> bool:
    is_myth = _MYTH.match(line) or any(_MYTHS.match(each) for each in passage.headings)
    if not is_myth:
        return False
    start = passage.span.start
    above = [passage.text[a - start : b - start] for a, b in sentence.lead_ins if a >= start]
    after = passage.text[passage.text.find(line) :].split("\n\n")[0]
    return not _TRUTH.search(" ".join((*above, _MYTH.sub("", after))))
