"""Postal addresses: a number and a street, a flat, or a named house after "lives at"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail

_PLAIN_TYPE = r"(?:street|road|rd|lane|avenue|ave|terrace|crescent)"
_CAPITAL_TYPE = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Terrace|Terr|Crescent|Cres|Close|Cl|Drive|Dr|Way|Court|Ct|Gardens|Gdns|"
    r"Grove|Place|Pl|Square|Sq|Row|Hill|Park|Walk|View|Mews|Rise|Green|Gate|Bank|Fold|Fell|Croft|Meadows?|Quay|Wharf|"
    r"Yard|End|Ginnel|Snicket|Ropewalk|Wynd|Halt|Garth|Brow|Parade|Path|Vale|Wood|Heights|House|Mill|"
    r"Cottages?|Lodge|Villas?|Buildings?|Estate|Farm)"
)
_NAMED = r"[A-Z][\w'’.-]{0,30}"
_HOUSE = (
    r"(?:[A-Z][a-z]*house|Box|Stables|Granary|Chapel|Vicarage|Cottage|Farm|House|Lodge|Barn|Rectory|Hall|"
    r"Manor|Bungalow|Mill|Villa|Grange)"
)
_UNIT = r"(?:flat|apartment|apt|caravan|room|rm|unit|plot)"
_NOT_STREET = (
    r"(?<!section )(?<!paragraph )(?<!page )(?<!chapter )(?<!part )(?<!article )(?<!annex )(?<!table )(?<!level )"
    r"(?<!stage )(?<!rule )(?<!step )(?<!figure )(?<!schedule )(?<!act )(?<!s\. )(?<!standard )"
)
_NUMBER = r"(?!(?:19|20)\d\d\b)\d{1,4} ?[A-Za-z]?(?<! )(?:[-/]\d{1,4}[a-z]?)?"
_STREET = re.compile(
    rf"(?i:{_NOT_STREET})(?<![\w/.-])(?:(?i:{_UNIT})[ .]{{0,2}}\d{{1,4}}[A-Za-z]?,? (?:{_NAMED},? "
    rf"){{0,3}})?(?:(?i:{_UNIT})[ .]{{0,2}})?"
    rf"{_NUMBER},? (?:[Tt]he )?(?:{_NAMED} ){{0,3}}{_CAPITAL_TYPE}(?!\w)(?! (?:Infants?|Juniors?|Primary|"
    rf"School|Academy|Nursery|Surgery|Medical|High|College|Health|Practice)\b)"
)
_PREFIX = re.compile(rf"(?:[Tt]he )?(?:{_NAMED} ){{0,2}}{_HOUSE}, ?$")
_SMALL = re.compile(
    rf"(?i:{_NOT_STREET})(?<![\w/.-])(?:{_UNIT}[ .]{{0,2}}\d{{1,4}}[a-z]?,? )?\d{{1,4}}[a-h]?"
    rf",? (?:[a-z'’]{{2,20}} ){{1,2}}{_PLAIN_TYPE}(?!\w)(?! (?:infants?|juniors?|primary|school|academy|"
    rf"nursery|surgery|medical)\b)",
    re.I,
)
_FLAT = re.compile(
    rf"(?<!\w)(?i:flat|apartment|apt)[ .]{{0,2}}\d{{1,4}}[A-Za-z]?(?!\w)(?:,? {_NAMED}(?: {_NAMED}){{0,2}})?"
)
_LIVES = re.compile(
    rf"(?<!\w)(?i:lives? at|living at|live at|stays at|staying at|address(?: is|:)?|"
    rf"moved to) ((?:[Tt]he )?(?:{_NAMED} ){{1,3}}{_HOUSE})(?!\w)"
)
_NAMED_HOUSE = re.compile(rf"(?<!\w)([Tt]he (?:{_NAMED} ){{0,2}}{_HOUSE}, (?:{_NAMED}(?: {_NAMED}){{0,2}}))(?!\w)")
_FILLER = re.compile(
    r"\b(?:days?|weeks?|hours?|months?|years?|working|children|per|in|of|a|to|and|or|is|the right)\b", re.I
)


def addresses(text: str) -> Iterator[Detail]:
    """Yields addresses; a house name before the number belongs to them."""
    for match in _STREET.finditer(text):
        before = _PREFIX.search(text, max(0, match.start() - 80), match.start())
        yield (before.start() if before else match.start()), match.end(), "address"
    for match in _SMALL.finditer(text):
        if not _FILLER.search(match.group()):
            yield match.start(), match.end(), "address"
    for match in _FLAT.finditer(text):
        yield match.start(), match.end(), "address"
    for match in (*_LIVES.finditer(text), *_NAMED_HOUSE.finditer(text)):
        yield match.start(1), match.end(1), "address"
