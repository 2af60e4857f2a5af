"""Tells what has nothing to do with safeguarding, only where that is certain, and what is too vague to search."""

from __future__ import annotations

import re

from assistant.words import content_words, words

_FIELD = re.compile(
    r"\b(?:child\w*|safeguard\w*|polic(?:y|ies|e)|famil\w+|parent\w*|school\w*|abus\w*|neglect\w*|harm\w*|protect\w*|guidance|"
    r"strateg\w+|dsl|lado|mash|csa|kcsie|statutory|social work\w*|referr\w+|assessment|placement|carers?|foster\w*|conference|"
    r"staff|pupil\w*|exploit\w*|care|contact|agenc\w+|health|duty|duties|procedure|practitioners?|risk|consent|record\w*|dbs|"
    r"filtering|eyfs|residential|interpreters?|family hubs?|clubs?|online safety|guidelines|tutors|"
    r"ai tools|hotels?|drivers|training|prevention|phones? (?:use|be)|checks?)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:weather|forecast|rain(?:ing)?|football|cricket|rugby|premier league|poem|song|lyrics|joke|story about|recipe|bake|"
    r"cook(?:ing)?|python|javascript|code|program(?:ming)?|excel|windows|password|iphone|samsung|laptop|phone to buy|bitcoin|"
    r"shares? price|stock market|lottery|horoscope|capital of|prime minister|president|king of|translate|algebra|homework|"
    r"quantum|physics|chemistry|hamlet|shakespeare|novel|film|films|movie|cinema|restaurants?|holiday|hotel|flight to|train to|"
    r"bus to|calories|diet|tax return|mortgage|insurance|car tyre|mountain|how tall|how far is|meaning of life|draw (?:a|me)|"
    r"sort a list|table for|what time is|crossword|world cup|olympics|celebrity|netflix|youtube video|game of)\b",
    re.IGNORECASE,
)
_CHATTER = frozenset(
    "hi hello hey thanks thank you ok okay yes no please help test hm hmm what why who when how".split()
)


def is_out_of_scope(text: str) -> bool:
    """Returns whether a question is certainly about something else: a word from outside and none of the field."""
    return _OUTSIDE.search(text) is not None and _FIELD.search(text) is None


def is_too_vague(text: str, has_history: bool) -> bool:
    """Returns whether nothing can be searched for: no word that carries meaning, and no earlier turn to lean on."""
    spoken = [word for word in words(text) if word not in _CHATTER]
    return not has_history and (not spoken or not content_words(text))
