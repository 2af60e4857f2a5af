"""Nicknames: what somebody is called beside their name, by what says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.labelled_numbers import Found
from assistant.answering.screening.word_lists import is_everyday, known_words

_WHO = (
    r"(?:everyone|everybody|all|we|they|people|the (?:lads|boys|girls|kids|family|others|staff|estate)|"
    r"(?:his|her|their|my|our|the) \w+|mum|dad|nan|"
    r"mates|friends|kids|family|\[name\])"
)
_OBJECT = r"(?:him|her|me|this (?:boy|girl|lad|child)|the (?:boy|girl|lad|child|baby|kid)|\[name\])"
_WORD = r"[A-Za-z][\w'’-]*"
_LEAD = (
    r"[\s,:=]{1,2}(?:(?:just|simply|either|mostly|usually|always|mainly|only|also|now|currently|locally) )?[\"“‘'(]?"
)
_CUES = (
    rf"{_WHO} (?:all )?(?:just |always |only |sometimes |usually |mostly )?calls? {_OBJECT}",
    r"(?:he|she|they|him|her|them|boy|girl|lad|lass|child|kid|man|bloke|guy|woman|lady|dad|mum|uncle|"
    r"boyfriend|dealer|older|teen\w*|youth|student|pupil|\[name\])"
    r"(?:,| \(| (?:is|was|are|who is|who['’]s|only|just|better|also|all|sometimes|now|mostly|"
    r"locally))*[ ,(]{1,2}(?:better |also |just |only |locally )?known "
    r"(?:(?:to|by|round|around|on|at|in) (?:\w+ ){1,3})?as",
    r"(?:goes|went|going) by(?: the (?:name|nickname|street name|tag)(?: of)?)?",
    r"(?:nick ?names?|pet name|street name|tag name|gang name|road name|alias(?:es)?)(?: (?:for (?:him|"
    r"her)|at (?:home|school)|locally))?(?: is| was| of|:| =|(?-i:(?= [A-Z\"“‘'])))",
    r"(?:a\.?k\.?a\.?|otherwise known as|nicknamed)",
    r"(?:answers|responds|answering) (?:only )?to",
    r"(?:likes|prefers|wants|asked|asks|insists on) (?:to be|being) (?:called|known as)",
    r"calls? (?:himself|herself|themselves|himsel|herself now)",
    r"(?:he|she|they)(?:['’]s| is| are|['’]re) (?:always |just |only )?(?:called|known as)",
    r"(?:boy|girl|lad|lass|bloke|man|guy|dealer|mate|friend|kid|child|brother|sister|uncle|youth|pupil|"
    r"student|someone|somebody|woman|teen\w*) (?:\w+ )?(?:called|known as)(?= [\"“‘'])",
    r"(?:ppl|people|folk|lot|youngers|olders|mandem|yutes?|everyone|everybody|they|mum|nan|we|i) (?:all )?(?:just |"
    r"always )?(?:calls?|calling|call(?:s|ed)? out|knows?|know) (?:him|her|them|me) "
    r"(?:like|as|by)(?: the name)?",
    r"(?:ppl|folk|youngers|olders|mandem) (?:all )?calls? (?:him|her|them|me)",
    r"(?:boy|girl|lad|lass|man|bloke|guy|older|elder|woman|one|dealer|kid|someone|somebody|person|youth) (?:that |"
    r"who |which )?(?:they|everyone|ppl|people|we|his mates|the kids|the lads) (?:all )?calls?",
    r"known (?:on (?:the )?(?:street|road|estate|block)s?|to (?:his|her|their) \w+|round (?:here|the estate)|"
    r"locally|at school|in the area) as",
    r"(?:his|her|their|the|my|by) (?:street |road |gang |tag |pet |nick ?|family |online )?(?:nickname|nick name|"
    r"name|tag)(?:['’]s| is| was)(?= [\"“‘']?(?:\w+[\"”’']?(?:$|[.,;]| on (?:road|the street))))",
    r"uses? the (?:name|nickname|tag|alias)(?: of)?",
    r"(?:street|road|gang|tag|pet|nick) name(?:['’]s)?(?: is| was|:)?",
    r"nick ?name['’]s",
    r"(?:boy|girl|lad|lass|bloke|man|guy|dealer|mate|friend|kid|child|someone|somebody|woman|teen\w*|older|elder|"
    r"person|youth)(?: \w+)? (?:named|called|who goes by)(?! (?:in|to|by|for|the|a|on|out|off|up|me|us|him|her|"
    r"police|999|after|before|it)\b)",
    r"(?:^|(?<=[.,] ))called(?= \w+(?: \w+)? by (?:his|her|their|the) )",
    r"we (?:all )?(?:just )?say(?= \w+(?: \w+)? for (?:him|her|them)\b)",
    r"(?:short for|shortened to|we say|everyone says|gets called|gets|got called|being called)(?= ?[\"“‘'])",
)
_NICKNAME = re.compile(rf"(?<!\w)(?:{'|'.join(_CUES)}){_LEAD}({_WORD}(?: {_WORD}){{0,2}})", re.IGNORECASE)
_TO_FRIENDS = re.compile(
    r"(?:^|(?<=[.,;!?] )|(?<=is ))((?:[A-Z]|[a-z](?=[\w'’-]+ to (?:his|her|their) (?:mates|"
    r"friends)))[\w'’-]+(?: [A-Z][\w'’-]+)?),? (?:to|as) "
    r"(?:his|her|their|the|all) (?:mates|friends|family|nan|gran|mum|dad|cousins|brothers|sisters|gang|"
    r"crew|street|lads|boys|girls)(?: call| know)?",
)
_QUOTED = re.compile(
    rf"(?:\[name\]|(?<!\w)(?:boy|girl|lad|lass|bloke|man|guy|dealer|mate|friend|kid|child|brother|sister|"
    rf"older|uncle|youth|pupil|student|him|her)),? \(?[\"“‘']({_WORD}(?: {_WORD}){{0,2}})[\"”’'](?!\w)"
    rf"|(?<!\w)[\"“‘']({_WORD}(?: {_WORD})?)[\"”’'] (?:\[name\]|\(\[name\])",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    rf"\[name\] ?\((?:aka |or |also |known as |mostly |just |we say |nick ?name )?[\"“‘']?({_WORD}(?: "
    rf"{_WORD})?)[\"”’']?\)|(?<!\w)({_WORD}) \(\[name\]\)",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"(?<!\w)(?:a|the|his|her|their|some|this) (?:drug )?(?:dealer|older|elder|bloke|plug|runner|lad|boyfriend|"
    r"mate)(?:,| \() ?[\"“‘']?([A-Za-z][\w'’-]{1,14})[\"”’']?(?:, |\) )"
    r"(?=(?:waits?|picks?|gives?|hangs?|is|was|has|keeps?|turns?|comes?|drives?|sells?|texts?|sits?|who|told|said|"
    r"makes?)(?!\w))"
    r"|(?<!\w)(?:he|she|they)(?:['’]s|s| is| was) ([A-Za-z][\w'’-]{1,14}(?: [A-Z][\w'’-]*)?) (?:to|with) (?:his|"
    r"her|their|the) (?:mates|friends|family|lads|boys|girls|crew|gang|cousins)(?!\w)"
    r"|[\"“‘']([A-Za-z][\w'’-]*(?: [A-Za-z][\w'’-]*)?)[\"”’'],? ?\(?(?:that|thats|that['’]s|is|as|its|it['’]s) "
    r"(?:is )?(?:what|how) (?:they|we|everyone|people|ppl|his|her|mates|all)"
    r"|(?<!\w)(?:my|his|her|our|their|the) (?:son|daughter|boy|girl|lad|brother|sister|cousin|mate|friend|nephew|"
    r"niece|kid|child|pupil),? \([\"“‘']([^\"”’')]{2,20})[\"”’']\)",
    re.IGNORECASE,
)
_EPITHET = re.compile(
    r"(?<!\w)((?:[Ll]il['’]?|[Ll]ittle|[Bb]ig|[Yy]oung|[Bb]aby|[Mm]ad|[Ss]limy|[Ff]at|[Tt]iny|[Oo]ld|"
    r"[Ww]ee|[Oo]ur|[Uu]ncle|[Aa]unt(?:ie|y)?|[Nn]an(?:ny|a)?|[Bb]aba|[Pp]apa|[Mm]ama|[Tt]ia|[Tt]io|"
    r"[Cc]hacha|[Kk]hala|[Dd]adi|[Nn]ani) "
    r"[A-Z][a-z]{1,12})(?!\w)(?! (?:Act|Law|Review|Report|Inquiry|Issue|Change|Trust|School|Centre|"
    r"Foundation|Britain|Start))"
)
_BEFORE_NAME = re.compile(
    r"(?<!\w)(?:Big|[Ll]il|Little|Wee|Young|Baby|Mad|Fat|Tiny)(?= \[name\])|(?<=\[name\] )[A-Z](?!\w)"
)
_NOT_ONE = frozenset(
    "a an the it that this as is are was were of in on at by for to with from and or but not no what who "
    "when which where how why if so because my his her "
    "their our your he she they we you i me him them some any all both either neither being having going "
    "to called known likely person risk child young looked".split()
)
_ENDS = frozenset(
    "and or but is was are who which because so at in on by for to from with since when if has had have "
    "keeps said says told wants does did do can should must will would "
    "but the a an my his her their our he she they we you it i not as of that this online there here now "
    "too though all who whats what do".split()
)


_STATES = frozenset(
    "mean close kind nice rude horrible loyal lying talking speaking back known new violent aggressive cruel "
    "linked attached similar important connected".split()
)


def nicknames(text: str) -> Iterator[Found]:
    """Yields nicknames: after "goes by", "everyone calls her" and the like, in quotes beside a person, or as an epithet."""
    for match in _NICKNAME.finditer(text):
        yield from _named(text, match.start(1), match[1])
    for pattern in (_QUOTED, _BRACKETED, _TO_FRIENDS):
        for match in pattern.finditer(text):
            group = match.lastindex or 1
            word = match[group].lower()
            if (
                word.split()[0] not in _NOT_ONE
                and not any(part in known_words() for part in word.split())
                and (pattern is _QUOTED or not _is_plain(match[group]))
            ):
                yield match.start(group), match.end(group), "name"
    for match in _APPOSED.finditer(text):
        group = match.lastindex or 0
        words = match[group].lower().split()
        if words[0] not in _NOT_ONE and not any(word in known_words() for word in words) and words[0] not in _STATES:
            yield match.start(group), match.end(group), "name"
    for match in _BEFORE_NAME.finditer(text):
        yield match.start(), match.end(), "name"
    for match in _EPITHET.finditer(text):
        second = match[1].split()[1].lower()
        if second not in known_words() and (
            not is_everyday(second) or match[1].split()[0].lower() in ("lil", "big", "uncle", "auntie", "aunty")
        ):
            yield match.start(1), match.end(1), "name"


def _is_plain(words: str) -> bool:
    return all(word.islower() and is_everyday(word) for word in words.split())


def _named(text: str, start: int, said: str) -> Iterator[Found]:
    """Yields a nickname without the words of the sentence that follow it; none where an article or a pronoun begins it."""
    words = said.split()
    if words[0].lower() in _NOT_ONE or words[0].lower() in known_words():
        return
    length = 1
    while (
        length < len(words)
        and words[length].lower() not in _ENDS
        and (words[length][0].isupper() or not is_everyday(words[length]))
    ):
        length += 1
    if (
        length == 1
        and len(words) > 1
        and words[0].lower() in ("big", "lil", "little", "young", "baby", "tiny", "mad", "fat")
        and words[1].lower() not in _ENDS
    ):
        length = 2
    end = start + len(" ".join(words[:length]))
    yield start, end, "name"
