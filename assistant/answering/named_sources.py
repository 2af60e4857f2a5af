"""Questions that name their source: "What did the review find about X?" asks for X, in that review.

Words that name a source stand everywhere in it ("this summary is no substitute for the review"), so that a sentence which
speaks of the source and not of X looks like an answer. Such a question is therefore asked without them, of the editions
that they name, and what answers has to speak of X (docs/adr/0016-named-sources.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.query_analysis.analysis import QueryAnalysis, coverage
from assistant.model import Edition, EditionId, Kind
from assistant.text.abbreviations import expand
from assistant.text.words import content_words

LEAST = 0.3
"""Least share, weighted by rarity, of the query's words that an answer holds together with its headings."""

_NOUN = (
    r"(?:reviews?|strateg(?:y|ies)|guidance|guide|framework|polic(?:y|ies)|procedures?|reports?|summary|handbook|advice|"
    r"documents?)"
)
_YEAR_SAID = r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december) )?20\d\d"
_YEARS = rf"(?:,? {_YEAR_SAID}(?: ?(?:-|–|to) ?{_YEAR_SAID})?)?"
_NO_NAME = (
    r"(?:an?|any|each|every|do|does|did|is|are|was|were|be|been|ha(?:ve|s|d)|can|could|must|should|need|when|if|who|what|how|where|why|"
    r"to|in|with|about|after|before|by|from|as|or)"
)
"""Words that do not stand in the name of a document by its kind."""
_WORDS = rf"(?:(?!{_NO_NAME} )[\w'’“”\"&-]+,? ){{0,9}}?"
_TELLS = (
    r"(?:sa(?:y|ys|id)|finds?|found|(?:tells?|told|warns?|warned)(?: us| me| you)?|recommend(?:s|ed)?|conclude[sd]?|advises?|"
    r"advised|states?|stated|mentions?|mentioned|highlight(?:s|ed)?|suggest(?:s|ed)?|reported|notes?|noted|sets? out|lists?|listed|"
    r"reckons?|ha(?:ve|s|d) to say|explains?|explained|describes?|described)"
)
_SAYS = (
    rf"(?:{_TELLS}|identif(?:y|ies|ied)|expects?|expected|requires?|required|asks?|asked|names?|named|gives?|gave|given|"
    r"learn(?:ed|t)?|wants?|thinks?|aims?|lets?|allows?|made?|makes?|got|promises?|promised|means? by|point(?:s|ed)? to|covers?|covered)"
)
_ON = r"(?:(?:anything|something|much|anywhere) )?(?:about|on|regarding|concerning|as to|for)"
_LEARNT = r"(?:main |key )?(?:findings?|recommendations?|lessons?|conclusions?|messages?)"
_SHORT = ("KCSIE", "Working Together", "WT")
"""Titles as practitioners say them, whatever is indexed."""
_MARKS = " '‘’“”\""
_KINDS = {"review": Kind.LEARNING_REVIEW, "strategi": Kind.STRATEGY}
"""Stems that stand for every document of a kind; a policy or guidance may be of any."""
_PLAIN = frozenset(
    content_words("national local serious case child safeguarding practice learning thematic rapid panel partnership")
)
"""Stems that say nothing about which review or strategy is meant."""
_GENERIC = frozenset(
    content_words(
        "review strategy guidance guide framework policy procedure report summary handbook advice document statutory"
    )
)
_YEAR = re.compile(rf",? {_YEAR_SAID}\b.*$", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“‘']([^\"”’]{8,})[\"”’]")
_BEGINS = r"(?:who|whom|when|where|how|why|which|whose|whats?|can|could|may|must|should|do|does|did|is|are|was|were|has|have|by how)\b"
_ASKS = re.compile(rf"^(?:(?:and|so|but) )?{_BEGINS}", re.IGNORECASE)
_VERB = re.compile(
    r"^(?:to|can|could|will|would|may|must|should|is|are|was|were|has|have|counts?|makes?)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.?!] ")
_WHAT = re.compile(r"^(?:(?:and|so|but) )?what(?:['’]?s)?(?: (?:is|are|was|were|else|exactly))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A question that names its source."""

    source: str
    """As it was named."""
    about: str
    """The question without it."""


def named_source_of(question: str, editions: Sequence[Edition]) -> NamedSource | None:
    """Returns the source that a question names with what is asked of it; None where it names none or asks nothing else.

    Args:
        question: The question, standing alone.
        editions: Those whose titles are known as sources.
    """
    text = " ".join(question.split()).rstrip("?!. ")
    for form in _forms(tuple(name for each in editions for name in _names(each.title))):
        match = form.match(text)
        if match:
            about = _question(match["before"], match["after"])
            return NamedSource(match["source"].strip(_MARKS), about) if content_words(about) else None
    return None


@lru_cache(maxsize=64)
def _forms(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Returns how a source is named in a question: by a title, or by the kind of document that it is.

    Most titles are ordinary words too ("children missing education", "working together"): those name a source only where
    it is said to say something, or by its year.
    """
    own = [each for each in names if re.search(rf"\b{_NOUN}\b", each, re.IGNORECASE) or each.endswith('"')]
    any_title, own_title = (
        rf"(?:(?:the|our|hm government['’]?s) )?['‘\"“]?{_any_of(each)}(?!\w)['’\"”]?(?: {_NOUN})?"
        for each in ((*names, *_SHORT), own)
    )
    kind = rf"(?:(?:the|this|that|our|your|their) )?{_WORDS}{_NOUN}"
    more = r"(?: (?:on|for) (?:[\w-]+ ){0,4}?[\w-]+)?"
    title = rf"(?P<source>(?:(?-i:Working Together|WT)|KCSIE|{own_title}){_YEARS}|{any_title},? {_YEAR_SAID})"
    source = rf"(?P<source>(?:{any_title}|{kind}){_YEARS})"
    firm = rf"(?P<source>(?:the|our) (?:policy|strategy|guidance|framework|advice){_YEARS})"
    does = r"^(?P<before>.*?)\b(?:do|does|did|has|have|what['’]?s)"
    forms = (
        rf"{does} (?P<source>{any_title}{_YEARS}{more}),? {_TELLS}\b(?: {_ON})?(?P<after>.*)$",
        rf"{does} {title},? {_SAYS}\b(?: {_ON})?(?P<after>.*)$",
        rf"{does} (?P<source>{kind}{_YEARS}{more}),? {_SAYS}\b(?: {_ON})?(?P<after>.*)$",
        rf"^(?P<before>.*?)(?:,? [-–] ?)?\b(?:according to|going by|as per) {source}(?!\w)[,:]?(?P<after>.*)$",
        rf"^(?P<before>(?:(?:what|which) (?:are|were|is|was))?) ?(?:the )?{_LEARNT} (?:of|from|in|by) {source}(?: {_ON})(?P<after>.*)$",
        rf"^(?P<before>.*?)\b(?=(?:the|this|our|your) ){source}(?:['’]?s)? {_LEARNT} {_ON}(?P<after>.*)$",
        rf"^(?P<before>.*?)\b{title}['’]?s (?:line|position|view|take|stance) {_ON}(?P<after>.*)$",
        rf"^(?P<before>where|what) in {source} (?P<after>(?:is|are|does|do|can|must|should) .*)$",
        rf"^(?P<before>)(?:in|under) {title}(?:, |(?= {_BEGINS}))(?P<after>.*)$",
        rf"^(?P<before>)(?:in|under) {firm}(?:, |(?= {_BEGINS}))(?P<after>.*)$",
        rf"{does} {title} (?P<after>\w.*)$",
        rf"^(?P<before>.+?),? (?:in|under) {title}(?:['’]?s view)?(?P<after>)$",
        rf"^(?P<before>.+?)[,:]? (?:[-–] )?{_LEARNT} (?:or advice )?(?:of|from|in) {title}(?P<after>)$",
    )
    return tuple(re.compile(each, re.IGNORECASE) for each in forms)


def _any_of(names: Sequence[str]) -> str:
    """Returns a pattern of any of some names, the longest first; one that matches nothing for none."""
    bare = sorted({each.strip('"') for each in names}, key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, bare))})" if bare else r"(?!)"


@lru_cache(maxsize=4096)
def _names(title: str) -> tuple[str, ...]:
    """Returns how a title is said, without its year and what stands behind it; of one with a quoted part only that part."""
    quoted = _QUOTED.findall(title)
    if quoted:
        return tuple(f'"{each}"' for each in quoted)
    whole = _YEAR.sub("", title)
    short = re.split(r"[:,(]", re.sub(r"^(?:summary|draft) of ", "", whole, flags=re.IGNORECASE))[0].strip()
    if len(short.split()) < 2:
        return ()
    shortest = re.sub(r" to safeguard children$| in education$", "", short, flags=re.IGNORECASE)
    return tuple(dict.fromkeys((whole, short, shortest)))


def _question(before: str, after: str) -> str:
    """Returns what is left of a question when its source is taken out, as a question."""
    start, rest = (" ".join(each.split()).strip(" ,") for each in (before, after))
    if _WHAT.match(start) and not _VERB.match(rest):
        return f"What about {rest}?"
    whole = f"{start} {rest}".strip()
    return f"{whole}?" if _ASKS.match(whole) or _SENTENCE.search(whole) else f"What about {whole}?"


def editions_named(named: NamedSource, editions: Sequence[Edition]) -> tuple[EditionId, ...]:
    """Returns those editions that a source names, by words of their title or by their kind; () where it may be any.

    A file without a catalogue is taken for guidance, so that a review or strategy of that kind is known by its title.
    """
    words = set(content_words(_YEAR.sub("", named.source)))
    last = next((stem for stem in reversed(content_words(named.source)) if stem in _KINDS), "")
    kind = _KINDS.get(last)
    spelled = {each.edition_id: set(content_words(expand(each.title))) for each in editions}
    titled = [each for each in editions if _is_title(words, each.title, spelled[each.edition_id])]
    exact = [each for each in titled if words <= spelled[each.edition_id]]
    if not titled and words - _GENERIC <= _PLAIN:
        exact = [
            each
            for each in editions
            if each.kind is kind or (each.kind is Kind.GUIDANCE and last in content_words(each.title))
        ]
    return tuple(each.edition_id for each in exact or titled)


def _is_title(words: set[str], title: str, spelled: set[str]) -> bool:
    """Returns whether a title has every telling word, at least two in all or an abbreviation of it.

    ``spelled`` are the words of the title with its abbreviations written out.
    """
    telling = words - _GENERIC
    return (
        bool(telling) and telling <= spelled and (len(words & spelled) > 1 or not telling <= set(content_words(title)))
    )


def speaks_of(analysis: QueryAnalysis, quote: str, headings: Sequence[str]) -> bool:
    """Returns whether words with their headings speak of what is asked.

    Args:
        analysis: The query analysis, of the question without the words that name the source.
        quote: The words.
        headings: The headings that they stand under.
    """
    return coverage(analysis, " ".join((*headings, quote))) >= LEAST
