"""Which area a local document is of, and which areas a question names.

An edition's own ``area`` counts; without one the name in its publisher's or its title's ("Aldmoor Safeguarding Children
Partnership"), and the name that its title opens with ("Aldmoor missing protocol"). National documents have no area.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from assistant.model import Edition, EditionId, Kind, Layer
from assistant.text.english_words import english_words

_WORD = r"[A-Z][\w'’-]*"
_LINK = r"(?:and|&|of|the|upon|on|in|with|under|le|by|cum)"
_NAME = rf"{_WORD}(?:,? (?:{_LINK} )*{_WORD})*"
_FORM = (
    r"(?:Local|Joint|Multi-?[Aa]gency|Strategic|County|City|Borough|District|Metropolitan|Unitary|NHS|Foundation|Hospitals?|"
    r"University|Teaching|Integrated|Care|Mental|Health|Healthcare|Community|Primary|Partners|Social|Education|Family|Youth|"
    r"Domestic|Abuse|Violence|Corporate|Parenting|Virtual|Services?|Combined|Town|Parish|Shire|"
    r"(?:Child(?:ren)?|Adult|Young)(?:['’]?s['’]?)?|People['’]?s?|and|&)"
)
_BODY = (
    r"(?:Safeguarding\b.*|Council\b.*|Trusts?\b.*|Partnership\b.*|Boards?\b.*|Constabulary\b.*|Police\b.*|Authority\b.*|"
    r"Federation\b.*|Hub\b.*|MASH\b.*|ICB\b.*|[SL]SC[PB]\b.*|Social Care\b.*|Services\b.*|Trust\b.*)"
)
_OF_BODY = re.compile(rf"(?P<area>{_NAME}?)['’]?s? (?:{_FORM} )*{_BODY}")
_BODY_OF = re.compile(
    rf"(?:(?:London|Royal|Metropolitan) )?(?:Borough|City|County|Council|Diocese|Isle)s? of (?:the )?(?P<area>{_NAME}?)"
    rf"(?= (?:{_FORM} )*{_BODY}|$|[,:;(–-])"
)
_NO_AREA = re.compile(
    r"(?:the|a|our|national|uk|british|english|welsh|scottish|england|wales|scotland|britain|uk|general|association|royal|"
    r"independent|local|regional|joint|multi-?agency|safeguarding|child(?:ren)?(?:['’]?s)?|adults?|young|youth|family|families|"
    r"health|care|social|education|learning|schools?|community|strategic|model|example|draft|new|interim|department|ministry|"
    r"home|crown|police|nhs|government|her|his|majesty['’]?s|serious|case|review|annual|report|working|missing|domestic|abuse|"
    r"violence|training|threshold|partnership|board|council|trust|and|&|of|for|in|women['’]?s|justice|parole|court|legal|public|"
    r"church|sport|football|information|integrated|mental|corporate|virtual|combined|county|city|borough|district)",
    re.IGNORECASE,
)
_SIDE = r"(?:North|South|East|West|Greater|Central|Upper|Lower|Great|Isle of|St\.?|Saint|North East|North West|South East|South West)"
_OPENING = re.compile(rf"(?P<area>(?:{_SIDE} )?{_WORD}(?: (?:and|&|upon|on|with) {_WORD})?)(?:['’]s)?\b")
LOCAL = (Kind.GUIDANCE, Kind.POLICY, Kind.STRATEGY, Kind.LEARNING_REVIEW)
"""Kinds of which a document may be of one area."""
FREQUENT, RARE = 50_000_000, 5_000_000
"""Occurrences in the word list above which a word is no name of its own."""
_ABSTRACT = re.compile(r"(?:ance|ence|ity|ment|tion|sion|ing|ive|ness|ship|ism|ics|ice|ards|eals)$")
_PLACE_LIKE = re.compile(
    r"(?:shire|moor|dale|vale|ford|ton|ham|bury|brook|bridge|borough|burgh|mouth|chester|cester|caster|minster|field|stead|wick|wich|"
    r"worth|pool|port|haven|mere|wells?|hurst|combe?|thorpe?|toft|wood|land|folk|sex|stoke|stow|hampton|leigh|ley|den|don|gate|head)$"
)
STEM = 4
"""Letters that an abbreviated name has in common with the whole: "Bucks", "Northants"."""


@lru_cache(maxsize=64)
def areas_of(editions: tuple[Edition, ...], named: tuple[str, ...] = ()) -> Mapping[EditionId, str]:
    """Returns the area of each local edition that has one.

    Args:
        editions: Those of the library.
        named: Areas that the settings name, which a title may hold too.
    """
    areas = {each.edition_id: each.area or _of_body(each) for each in editions}
    known = sorted({*named, *filter(None, areas.values())}, key=len, reverse=True)
    for each in editions:
        if not areas[each.edition_id] and each.kind in LOCAL:
            areas[each.edition_id] = _in_title(each.title, known) or _opening(each.title)
    return {edition_id: area for edition_id, area in areas.items() if area}


def area_of(edition: Edition) -> str:
    """Returns the area of an edition by itself; "" where it has none."""
    return areas_of((edition,)).get(edition.edition_id, "")


def layer_of(edition: Edition) -> Layer | None:
    """Returns whether an edition is national, regional or local, by its metadata, else by kind and area; None if unknown."""
    if edition.layer is not None or edition.kind in LOCAL:
        return edition.layer or (Layer.LOCAL if area_of(edition) else None)
    return Layer.NATIONAL


def areas_named(text: str, areas: Iterable[str], *, is_title: bool = False) -> tuple[str, ...]:
    """Returns those areas that a text names, in its order, longer names first.

    A name of several places ("Westmorland and Furness") is named by one of them, and an abbreviated one ("Northants")
    names the only area that begins so. A name that is a word too ("Reading") counts in capitals only.
    """
    known = sorted(dict.fromkeys(areas), key=len, reverse=True)
    found: dict[str, int] = {}
    left = text
    for area in known:
        match = _pattern(area).search(left)
        if match is not None:
            found[area] = match.start()
            left = f"{left[: match.start()]}{' ' * len(match[0])}{left[match.end() :]}"
    if not is_title:
        for place, area in _shortened(left, known):
            found.setdefault(area, place)
    return tuple(sorted(found, key=lambda area: found[area]))


@cache
def place_names() -> tuple[str, ...]:
    """Returns names of areas of England and Wales."""
    text = (files("assistant.editions") / "data" / "areas.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _of_body(edition: Edition) -> str:
    if edition.kind not in LOCAL:
        return ""
    return _named_by(edition.publisher) or _named_by(edition.title)


@lru_cache(maxsize=4096)
def _named_by(body: str) -> str:
    """Returns the area in the name of a partnership, council, trust or police force; "" for a national one."""
    for pattern in (_BODY_OF, _OF_BODY):
        for match in pattern.finditer(body):
            area = _without_forms(match["area"])
            if area and not _is_no_area(area):
                return area
    return ""


def _without_forms(area: str) -> str:
    """Returns a name without words of bodies at its ends ("Aldmoor County", "The Aldmoor")."""
    words = area.replace("’", "'").removesuffix("'s").split()
    while words and _NO_AREA.fullmatch(words[0]):
        words = words[1:]
    while words and _NO_AREA.fullmatch(words[-1].rstrip(",")):
        words = words[:-1]
    return " ".join(words)


def _is_no_area(area: str) -> bool:
    """Returns whether a name is made of ordinary words alone, as in "Quality Assurance Board"."""
    if area in place_names():
        return False
    words = [each.strip(",'’") for each in area.split() if not re.fullmatch(_LINK, each)]
    return all(_NO_AREA.fullmatch(each) or _is_everyday(each) for each in words)


def _is_everyday(word: str) -> bool:
    """Returns whether a word in the name of a body is an ordinary one: frequent, or an abstract noun."""
    if word in _place_words():
        return False
    count = english_words().get(word.lower(), 0)
    return word.isupper() or count > FREQUENT or (count > 0 and _ABSTRACT.search(word.lower()) is not None)


@cache
def _place_words() -> frozenset[str]:
    words = (word for name in place_names() for word in name.replace(",", "").split())
    return frozenset(word for word in words if word[:1].isupper() and not re.fullmatch(_SIDE, word))


def _in_title(title: str, known: Sequence[str]) -> str:
    return next(iter(areas_named(title, known, is_title=True)), "")


def _opening(title: str) -> str:
    """Returns the name of a place that a title opens with; "" where it opens with words."""
    start = re.match(r"(?:The|A) ", title)
    title = title[start.end() :] if start else title
    for name in sorted(place_names(), key=len, reverse=True):
        if name.lower() not in _AMBIGUOUS and re.match(rf"{re.escape(name)}\b", title):
            return name
    match = _OPENING.match(title)
    if match is None:
        return ""
    area = match["area"]
    first = area.split()[-1] if re.match(rf"{_SIDE} ", area) else area.split()[0]
    if _is_ordinary(first) and not re.match(rf"{_SIDE} ", area):
        return ""
    tail = re.search(rf" (?:and|&|upon|on|with) ({_WORD})$", area)
    return (area[: tail.start()] if tail and _is_ordinary(tail[1]) else area).replace("’", "'").removesuffix("'s")


def _is_ordinary(word: str) -> bool:
    """Returns whether a word that opens a title is one of the language and does not sound like a place."""
    bare = word.lower().replace("’", "'").removesuffix("'s")
    if _NO_AREA.fullmatch(word) or word.isupper():
        return True
    count = max(english_words().get(each, 0) for each in (bare, bare.rstrip("s")))
    return count > RARE or len(bare) < 5 or not _PLACE_LIKE.search(bare)


@lru_cache(maxsize=4096)
def _pattern(area: str) -> re.Pattern[str]:
    whole = r"\W+".join(re.escape(each) for each in re.findall(r"[\w'’]+|&", area))
    forms = [_cased(whole, area)]
    places = re.split(r",? (?:and|&) |, ", area)
    if len(places) > 1:
        forms += [_cased(re.escape(each), each) for each in places if len(each) >= STEM]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


def _cased(pattern: str, name: str) -> str:
    """Returns a pattern that ignores case, unless the name is a word of the language as well."""
    is_word = english_words().get(name.lower(), 0) > 0 and name not in ("Cumbria", "Northumberland")
    return pattern if is_word and name.lower() in _AMBIGUOUS else f"(?i:{pattern})"


_AMBIGUOUS = frozenset(
    "reading bath rugby bury sale ware march deal sandwich barking crook battle rye street wells cheddar stone".split()
)
"""Names of places that are words."""


_AFTER_PREPOSITION = re.compile(r"\b(?:in|for|from|at|of|near) $")


def _shortened(text: str, known: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Yields the places of abbreviated names ("Northants") and the only area that each may be short for."""
    for match in re.finditer(r"(?<![\w-])[A-Za-z]{4,}s(?![\w-])", text):
        word = match[0].lower()
        is_placed = match[0][0].isupper() or _AFTER_PREPOSITION.search(text[: match.start()])
        if word in english_words() and not is_placed:
            continue
        stem = re.sub(r"(?:nts|s)$", "", word)
        if len(stem) < STEM:
            continue
        begun = [each for each in known if each.lower().startswith(stem) and len(each) > len(word)]
        if len(begun) == 1:
            yield match.start(), begun[0]
