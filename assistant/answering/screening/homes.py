"""Homes: streets with and without a number, flats, estates and named houses, in any case, after what tells of living there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.labelled_numbers import Found
from assistant.answering.screening.told import told_sentences
from assistant.answering.screening.word_lists import is_everyday, table
from assistant.text.number_words import ONES, TENS

_ROAD = (
    r"(?:street|str|road|rd|lane|ln|avenue|ave?|terrace|terr?|crescent|cres|drive|grove|gardens|gdns|mews|boulevard|"
    r"causeway|ginnel|wynd|snicket|parade|st)"
)
"""Kinds of street that say so by themselves."""
_PLAIN = (
    r"(?:close|cl|dr|way|court|ct|place|pl|square|sq|row|hill|park|walk|view|rise|green|gate|bank|fold|fell|croft|"
    r"meadows?|quay|wharf|yard|end|"
    r"garth|brow|path|vale|wood|heights|mount|crest|side|house|mill|cottages?|lodge|villas?|buildings?|estate|farm|"
    r"flats?|towers?|tower|point|hall|"
    r"vicarage|rectory|barn|manor|bungalow|grange|hostel|chambers|apartments?|mansions?|caravan park|site|hotel|b "
    r"?& ?b|refuge)"
)
"""Words that end the name of a street or a house, and mean something else elsewhere."""
_ONE = rf"(?:{'|'.join(ONES[1:10])})"
_SAID = (
    rf"(?:(?:{'|'.join(ONES[1:10])}|a) hundred(?: and)?(?: (?:{'|'.join([*ONES[1:], *TENS])})(?:[ -]{_ONE})?)?|"
    rf"(?:{'|'.join(TENS)})(?:[ -]{_ONE})?|{'|'.join(reversed(ONES[1:]))})"
)
_NUMBER = (
    rf"(?:(?:number |no\.? ?|house |flat |plot |#)?(?:\d{{1,4}} ?[a-h]?(?:[/-]\d{{1,4}})?|{_SAID}(?: [a-h])?)(?!\w))"
)
_UNIT = r"(?:flat|apartment|apt|unit|room|rm|caravan|block|plot|bedsit|hostel room|chalet|pitch|door|bed)"
_WORD = r"[^\W\d_][\w'’.-]*"
_HOME = (
    r"(?:liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|stop(?:s|ped|ping)?|lodg(?:es|ing)|moved|resid(?:es?|ing)|sleep(?:s|"
    r"ing)|address(?:es)?(?: is)?|house|home|flat|bungalow|"
    r"dropped (?:off|him|her)|picked up|police (?:were )?(?:called|attended)|went|visit(?:ed)?|referral for (?:a |"
    r"the )?family|left alone|shouting|hear|found|family|kids?|children|"
    r"boy|girl|lad|mum|dad|nan|he|she|they|they r|they['’]re|who covers|incident|neighbours?|arrested|seen|known|back)"
)
_LED = (
    rf"(?<!\w)(?:{_HOME}(?: \w+){{0,3}}? (?:at|on|in|near|off|to|outside|round|up|down|over|along|behind|from|of)|"
    r"(?:new )?address(?: is|:)?|(?:flat|house|home) is|who covers|police (?:were )?(?:called|attended)(?: to)?|"
    r"^from|based at) "
)
_ADDRESS = re.compile(
    rf"(?<![\w./-])(?:{_UNIT} (?:\d{{1,4}} ?[a-h]?|[a-h]|{_SAID})(?!\w),? ?(?:the )?)?{_NUMBER},? (?:the "
    rf")?((?:{_WORD} ){{0,3}}?(?:{_ROAD}|{_PLAIN}))(?!\w)"
    r"(?! (?:infants?|juniors?|primary|school|academy|nursery|surgery|medical|high|college|health|practice|"
    r"hospital|camhs|dental|walk-?in|clinic|workers?|staff|children|people)\b)",
    re.IGNORECASE,
)
_OF_A_UNIT = re.compile(
    rf"(?<![\w-])(?:(?:ground|first|second|third|top|1st|2nd|3rd) floor flat,? ?(?:{_NUMBER} ?)?|{_UNIT} "
    rf"(?:\d{{1,4}} ?[a-h]?|(?-i:[A-H])|{_SAID})(?!\w)),? ?(?:(?:at|in|on) )?(?:the )?"
    rf"((?:{_WORD} ){{0,3}}?(?:{_ROAD}|{_PLAIN}))?(?![\w%])(?! ?(?:%|weeks?|days?|months?|times?|per|of|hours?|"
    r"children|people|years?)\b)",
    re.IGNORECASE,
)
_LED_STREET = re.compile(
    rf"{_LED}((?:the )?(?:{_WORD},? ){{1,4}}?(?:{_ROAD}|{_PLAIN})(?: {_ROAD})?(?:, (?:{_WORD} ){{1,2}}{_ROAD})?)(?!\w)",
    re.IGNORECASE,
)
_LED_NUMBER = re.compile(rf"{_LED}({_NUMBER} (?:the )?({_WORD}))(?!\w)", re.IGNORECASE)
_SHORT_STREET = re.compile(
    r"(?<![\w./-])(?!(?:19|20)\d\d )\d{1,3}[a-h]? (?!per |of |the |a |and |in |to |by |at |my |his |her "
    r")(?:[a-z]{3,} (?:hill|ct|ave|av|close|drive|court|rise|walk|row)|high st(?:reet)?|[a-z]{4,} (?:st|rd))(?!\w)",
    re.IGNORECASE,
)
_STREETLIKE = re.compile(
    r".{3,}(?:gate|way|side|wood|mead|dene|bank|hurst|croft|garth|holme|lands?|view|crescent|fields?)", re.IGNORECASE
)
_ESTATE = re.compile(
    rf"(?<!\w)(?:on|at|in|from|near|round|off|to|outside|the) (?:the )?((?:{_WORD} ){{1,2}}(?:estate|flats|caravan "
    r"park|travell?ers?['’]? site))(?!\w)",
    re.IGNORECASE,
)
_QUICK = re.compile(
    rf"(?<!\w)(?:{_ROAD}|{_PLAIN}|{_UNIT})(?!\w)|(?:gate|way|side|wood|mead|dene|croft|garth|the) ?", re.IGNORECASE
)
_LIVES = re.compile(
    r"(?<!\w)(?:lives? (?:at|on|in|near)|living (?:at|on|in)|police (?:were )?(?:called|attended)|left alone at|"
    r"dropped (?:off|him off|her off) at|shouting at|"
    r"(?:family|child|kids?|baby) (?:found )?(?:at|on|outside)|they r at|address(?:es)? (?:is|in|at|since|\d)|"
    r"address:? (?=[\dA-Z\w])|flat is|house is|who covers|home visit to|moved (?:to|in)|new address)",
    re.IGNORECASE,
)
_NO_STREET = frozenset(
    "one two three a an the my our your his her their this that which same main busy other next any each every "
    "some no it its in on at of to from with for and or is was are been by new old "
    "children's childrens care foster family residential council housing real whole local private semi sheltered "
    "temporary emergency mental day days hours hour weeks week month months "
    "year years working high side safe nursing secure approved bail probation hospital travel industrial council's "
    "own nan's mum's dad's gran's uncle's friend's friends mates mate's "
    "one's shared empty rented crown county court family magistrates youth supreme drug party guest half long "
    "right wrong other's someone's neighbour's women's womens woman's first second third "
    "fourth last best good bad what how who when where why if then they she he we i you school church village town "
    "city both all two three four five six children people section part "
    "halfway supported student level standard home open crack trap".split()
)
_NO_WORDS = frozenset(
    "but that this through between so one two with at then than from day days hours hour weeks week month months "
    "year years working and or per of is in a to children people should must can will do does which what who said "
    "told not have".split()
)


def homes(text: str) -> Iterator[Found]:
    """Yields addresses, streets, estates and named houses that what is told makes somebody's home."""
    if not _QUICK.search(text):
        return
    for match in _ADDRESS.finditer(text):
        if _is_named(match[1].split()[:-1], is_strange=not _has_road(match[1])):
            yield match.start(), match.end(), "address"
    for match in _OF_A_UNIT.finditer(text):
        if match[1] is None or _is_named(match[1].split()[:-1], is_strange=False):
            yield match.start(), match.end(), "address"
    for sentence in told_sentences(text, _LIVES):
        yield from _led(text, sentence.start(), sentence.end())


def _led(text: str, start: int, end: int) -> Iterator[Found]:
    for match in _LED_STREET.finditer(text, start, end):
        words = match[1].removeprefix("the ").removeprefix("The ").split()
        is_home = _has_road(match[1]) or _LIVES.search(text, match.start(), match.start(1)) is not None
        if _is_named(words[:-1], is_strange=not is_home) or (len(words) >= 2 and words[0].lower() == "old"):
            yield match.start(1), match.end(1), "address"
    for match in _SHORT_STREET.finditer(text, start, end):
        yield match.start(), match.end(), "address"
    for match in _LED_NUMBER.finditer(text, start, end):
        if _STREETLIKE.fullmatch(match[2]) or (
            match[1].split()[-2].lower() == "the"
            and match[2].lower()
            in ("crescent", "close", "green", "drive", "mews", "grove", "row", "avenue", "square", "terrace")
        ):
            yield match.start(1), match.end(1), "address"
    for match in _ESTATE.finditer(text, start, end):
        if _is_named(match[1].split()[:-1], is_strange=False):
            yield match.start(1), match.end(1), "address"


def _has_road(name: str) -> bool:
    return re.fullmatch(_ROAD, name.split()[-1], re.IGNORECASE) is not None


def _is_named(words: list[str], *, is_strange: bool) -> bool:
    """Returns whether the words before a kind of street or house name it; they are none of the sentence's own."""
    folded = [word.lower().strip(",.") for word in words]
    if any(
        word in ("the", "a", "of", "has", "have", "not", "be", "been", "to", "and", "her", "his", "their")
        for word in folded[1:]
    ):
        return False
    if (
        not folded
        or folded[0] in _NO_STREET
        or any(word in _NO_WORDS for word in folded)
        or folded[0] in table("places.toml")["street_words"]
    ):
        return False
    return not is_strange or any(word[:1].isupper() or not is_everyday(word.lower()) for word in words)
