"""Names of people: after a cue, or by themselves where a first name stands where an ordinary word would not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.policy_names import is_policy_name
from assistant.answering.screening.tokens import Token, tokens
from assistant.answering.screening.word_lists import (
    is_everyday,
    is_given_name,
    known_phrases,
    known_words,
    table,
    word_list,
)

_MAX_WORDS = 4
_CUE_WORDS = 6
_INITIALS = re.compile(
    r"(?<![\w.])(?!(?:S\.I|N\.B|E\.W|S\.R|U\.K|U\.S|E\.U|N\.I|D\.O|A\.M|P\.M)\.)[A-Z]\. ?[A-Z]\.(?: ?[A-Z]\.)?(?!\w)"
)
_SHORT = re.compile(
    r"(?<!\w)(?:[Cc]hild|[Pp]upil|[Pp]atient|[Yy]oung person|[Bb]aby|[Ss]tudent) ([A-Z]{1,3})(?!\w)"
    r"|(?<!\w)(?:[Rr]e:?|[Rr]egarding) ([A-Z]{2,3})(?!\w)"
)
_NEXT_CAPITAL = re.compile(r" ([A-Z][a-z'’-]{2,})(?!\w)")
_AGE = re.compile(r" ?\(\d{1,2}\)|, \d{1,2},|,? aged \d|, \d{1,2} ?(?:yrs?|years?|y/?o)\b")
_PLACE_BEFORE = re.compile(r"(?<!\w)(?:in|at|near|from|to|of|the|around|across|via) $", re.IGNORECASE)
_IN_TITLE = re.compile(r"\w [A-Z][a-z]+ $")
_INITIAL_AND_NAME = re.compile(r"(?<![\w.])([A-Z]\.) ([A-Z][a-z]{2,})(?!\w)")

_POSSESSED = re.compile(
    r"(?<![\w.])([A-Z]{2})['’]s (?=(?:mum|mam|mom|dad|mother|father|nan|gran|carer|foster|step|meeting|"
    r"worker|teacher|review|"
    r"plan|social|school|brother|sister|family|phone|bag|file|birthday|keyworker|arm|leg|face|bruise|"
    r"behaviour|placement)\w*)"
)
_INITIALS_DID = re.compile(
    r"(?:^|(?<=[.!?\n] )|(?<=\n)|(?<=about )|(?<=with )|(?<=and ))([A-Z]{2}) (?=(?:came|told|said|says|"
    r"disclosed|arrived|left|went|turned|"
    r"refused|didn['’]?t|cried|had|has been|rang|ran|hit|fell|wants|was (?:seen|picked|dropped|crying|upset))(?!\w))"
)
_NICKNAME = re.compile(
    r"(?<!\w)(?:calls? (?:him|her|them|me|us|it)|(?i:mum|dad|partner|nickname) =|[Ss]urname(?: is|:)?|"
    r"[Ff]amily (?:is|name is)) "
    r"([A-Z][\w'’-]{2,})"
)
_BESIDE_NAME = re.compile(r"\[name\](?:['’]s \w+)? \(([A-Z][\w'’-]+)\)")
_SIBLINGS = re.compile(
    r"(?<![\w-])([A-Z][a-z'’-]{2,}) (?:siblings|twins|brothers|sisters|boys|girls|lot)(?= x ?\d|[,:]| "
    r"have| are| were| live)"
)
_ABOUT = re.compile(
    r"(?<!\w)(?:about|for|re|from|with) ([A-Z][a-z]{3,})(?= (?:thanks|please|pls|ta|again|today|xx?)\b|[.!,]? *$)"
)
_OF_KIN = re.compile(
    r"(?<!\w)(?:my|his|her|our|their) (?:(?:wee|little|big|older|younger|half) )?(?:brother|sister|son|"
    r"daughter|cousin|nephew|niece|friend|"
    r"mate|nan|uncle|aunt(?:ie)?|step\w+|grandson|granddaughter) ([a-z'’-]{5,})(?!\w)"
)
_EPITHET = re.compile(r"(?<!\w)([Ll]il|[Bb]ig|[Ww]ee|[Oo]ur) ([A-Z][a-z]{2,}|(?<=[Ll]il )[a-z]{3,})(?!\w)")
_GREETED = re.compile(
    r"(?:^|\n)(?:[Hh]i|[Hh]ello|[Hh]ey|[Hh]iya|[Dd]ear|[Tt]hanks|[Cc]heers) ([A-Z][a-z]{2,})(?=[,!\n]| -)"
)
_SMALL_TITLED = re.compile(
    r"(?<!\w)(?:(?i:mr|mrs|ms|dr|pc|dc|mx)\.?|[Mm]iss) ((?:(?:van|von|de|der|den|la|le|el|al|bin) "
    r"){0,2}[a-z'’-]{3,})(?!\w)"
)
_TITLE_BEFORE = re.compile(
    r"(?<!\w)(?i:mr|mrs|ms|miss|mx|dr|prof|professor|rev|sgt|cllr|insp|pc|dc|ds|di|wpc|pcso|doctor|sister|"
    r"father|imam|sir|dame)\.? (?:[A-Z]\.? ){0,2}$"
)
_KIN = (
    r"(?:mum|mam|mom|mummy|mother|dad|daddy|father|step-?(?:dad|mum|father|mother|son|daughter|brother|"
    r"sister)|brother|bro|sister|sis|siblings?|uncle|aunt|auntie|aunty|nan|nana|gran|granny|"
    r"grandma|grandmother|grandad|granddad|grandfather|grandson|granddaughter|cousin|nephew|niece|son|"
    r"daughter|twins?|boy|girl|lad|lass|baby|toddler|pupil|student|patient|client|teen\w*|friend|"
    r"mate|bestie|boyfriend|girlfriend|partner|ex|husband|wife|neighbour|carer|foster carer|foster (?:mum|"
    r"dad|son|daughter)|keyworker|key worker|social worker|colleague|teacher|coach|kid|child|"
    r"bairn|wean|eldest|youngest|oldest|little one|middle one)"
)
_RELATED = re.compile(
    rf"(?<!\w)(?:(?:my|his|her|our|their|your|this|the|a|an|another|one|[a-z]+['’]s) (?:(?:wee|little|big|"
    rf"older|younger|half|new|year \d{{1,2}}|\d{{1,2}} ?(?:yr|year|yo)s?(?: old)?|eldest|other|best|poor|"
    rf"late|step) ){{0,2}}{_KIN}"
    rf"|(?<=for |ask |saw |met |and |hen |hat |ith |say |ell |rom )(?:mum|dad|mam|nan|gran)|^(?:mum|dad|"
    rf"mam|nan)|foster (?:son|daughter|mum|dad|brother|sister))(?:,? (?:is |was )?(?:called |named |who is "
    rf"called )?|: | - |=| \()(?P<name>[A-Za-z][\w'’-]*(?: [A-Za-z][\w'’-]*)?)",
    re.IGNORECASE | re.MULTILINE,
)
_LABELLED = re.compile(
    r"(?<!\w)(?i:(?:(?:his|her|their|the|my|your|child['’]?s|full|first|last|middle|maiden|family|birth|"
    r"real|old|new|dead|legal|chosen|preferred|mothers?['’]?s?|fathers?['’]?s?|mum['’]?s|dad['’]?s) "
    r"){1,2}names? (?:is|was|are|now)|"
    r"deadname (?:is|was)|(?:sur|fore|dead)name(?: is|:)?|(?:last|first|middle|maiden|full|real|legal|"
    r"birth) name(?: is|:)?|n[ée]e|(?:child|pupil|patient|pt|yp|subject|client|mother|father|mo|fa|mgm|"
    r"parent|student|name|carer|sibling|author of concern|re):)"
    r"[\s\"“‘'=]{1,2}(?:it['’]?s |uh |um |er |erm )?((?:[A-Z][\w'’-]+|(?<=is )[a-z][\w'’-]{2,}|(?<=was "
    r")[a-z][\w'’-]{2,})(?: (?:[A-Z][\w'’-]+)){0,3})"
)
_PAIRED = re.compile(
    r"\[name\](?:,? and |, | & | or | \+ |/)(?:little |baby |his (?:brother|sister) |her (?:brother|"
    r"sister) )?([A-Z][a-z][\w'’-]*(?: [A-Z][a-z][\w'’-]+)?)(?!\w)"
)
_PAIRED_BEFORE = re.compile(r"(?<!\w)([A-Z][a-z][\w'’-]+)(?=,? and \[name\]|, \[name\]| & \[name\]|/\[name\])")
_SIGNED = re.compile(
    r"(?:(?i:thanks|thank you|regards|cheers|many thanks|best wishes|best|ta|yours|yours sincerely|"
    r"sincerely|love|from|xx?|cheers all)[,.!]? ?(?:\n| - | – |, ?)\s*)([A-Z][a-z'’-]+(?: "
    r"[A-Z][a-z'’-]+){0,2})(?= *(?:$|\n|[.,(]|\d))"
)
_LAST_LINE = re.compile(
    r"\n *[-–]? ?([A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+){0,2})[.,]? *(?=$|\n *(?:Sent|DSL|SENCo|Head|Year|Tel|"
    r"Safeguarding|Social|HV|Deputy|Class))"
)
_DOING = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=\n)|(?<=[,;:] )|(?<=that )|(?<=because )|(?<=when )|(?<=but )|(?<=and )|(?<=if "
    r")|(?<=about )|(?<=for )|(?<=with )|(?<=by )|(?<=to )|(?<=after )|(?<=how ))([A-Z][a-z'’-]{2,})"
    r"(?=['’]s (?:off|been|mum|dad|mam|nan|gran|stepdad|stepmum|not|got|brother|sister|only|just|gone|at|"
    r"in|on a|coming|crying|bruise|arm|leg|face|phone|house|social worker|parents|carer|teacher|family|"
    r"missing|class|uncle|aunt\w*)\b"
    r"| (?:told|said|says|tells|came|cried|hit|hits|wants|wanted|lives|lived|rang|texted|disclosed|"
    r"refuses|refused|ran|went|is (?:not |only |now |in (?:my|year|foster)|on a |a (?:good |lovely |quiet "
    r")?(?:girl|boy|child|lad)|\d|scared|crying|missing|late|pregnant|back|off|being|living|staying|upset|"
    r"autistic|his|her|my|our)"
    r"|was (?:\w+ed|crying|late|off|in tears|found|seen|hit)|has (?:been|bruis\w+|a (?:bruise|mark|black|"
    r"cut|burn)|told|said|gone|run|started|stopped|not|no|autism|adhd)|had (?:a|been|bruis\w+)|won['’]?t|"
    r"can['’]?t|doesn['’]?t|didn['’]?t|keeps|kept|got|gets|looked|looks|seems|turned|"
    r"will (?:be (?:picked|collected|back|in|at|with)|not|only)|(?:and|&) (?:her|his|their) (?:mum|dad|"
    r"brother|sister|baby|family|sibling\w*)|in (?:4|5|6|7|8|9|10|11|1|2|3|year|yr|class)|on (?:monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday)|today|again)(?!\w)|,? \(?\d{1,2}\)?(?:[,)]| "
    r"(?:from|yrs?|years?|and)))"
)
_MODAL = re.compile(
    r"(?<!\w)(Will|May|Mark|Grant|Bill|Sue|Rob|Drew|Art|Max|Hope|Pat|Ray|Rose|Faith|Grace|Joy|Dawn|Summer|"
    r"Autumn|Sky|Skye|Honey|Melody|Harmony|Angel|Star|King|Prince|Princess|Precious|Blessing|Justice|"
    r"Chance|Chase|Dale|"
    r"Mercy|Patience|Destiny|Heaven|Trinity|Noel|Buddy|Sonny|Junior|Storm|Wren|Robin|Jay|Ash|Reed|Heath|"
    r"Glen|Cliff|Dean|Earl|Duke|Miles|Rich|Nick|Jack|Frank|Ernest|Gene|Guy|Don|Lance|Penny|Sandy|Candy|"
    r"Ginger|Pearl|Ruby|Amber|Jade|"
    r"Crystal|Opal|Coral|Daisy|Lily|Violet|Poppy|Holly|Ivy|Iris|Olive|Heather|Hazel|Willow|Rowan|"
    r"Jasmine)(?= (?:will|is (?!a |the |an |when |what |where )|was|has|had|wont|won['’]t|cant|can['’]t|"
    r"told|said|says|came|went|hit|ran|cried|lives|wants|needs|says|got|gets|keeps|disclosed)(?:\w|['’ ]|"
    r"$)|['’]s (?:mum|mam|dad|nan|gran|stepdad|stepmum|brother|"
    r"sister|bruise|arm|leg|face|phone|social worker|placement|carer|teacher)(?!\w))"
)
_WEAK_PAIR = re.compile(
    r"(?<!\w)([A-Z][a-z]+)(?:, [A-Z][a-z]+)? and ([A-Z][a-z]+)(?= (?:are|were|have|live|lives|want|need|"
    r"told|said|both|went|came|say|get|got)\b)"
)
_SMALL_DOING = re.compile(
    r"(?:^|(?<=[.!?,] )|(?<=\n)|(?<=that )|(?<=because )|(?<=when )|(?<=but )|(?<=and )|(?<=if ))([a-z]{3,})"
    r"(?= (?:told|tells|wont|won['’]t|didnt|didn['’]t|doesnt|doesn['’]t|hasnt|hasn['’]t|isnt|isn['’]t|"
    r"came in|went home|hit (?:me|him|her|my)|cried|disclosed|lives with|said (?:he|she|her|his|that)|is "
    r"(?:scared|crying|missing|pregnant|a (?:good )?(?:girl|boy)|not eating|upset)|has (?:a bruise|"
    r"bruises|told|gone))\b"
    r"|['’]?s (?:mum|mam|dad|nan|stepdad|stepmum|brother|sister|bruise|arm|leg)\b)"
)
_OF_A_PERSON = re.compile(
    r"(?<!\w)(?:picked up by|collected by|looked after by|living with|lives with|stays with|staying with|"
    r"left with|seen by|hit by|told by|said by|spoke to|speak to|spoken to|visit(?:ed|ing)?|worried about|"
    r"worry about|concerned about|"
    r"met|saw|seen|told|asked|ask|rang|ring|phoned|text|texted|tell|hug|contact with|case of|referral for|"
    r"plan for|meeting for|conference for|core group for|review for|report on|file on|about|hi|hiya|hello|"
    r"dear|hey|morning|afternoon|thanks|cheers|it['’]s|im|i['’]m|this is|that is|namely) "
    r"([A-Z][a-z][\w'’-]*(?: [A-Z][a-z][\w'’-]+)?)(?=(?:['’]s)?(?:[ ,.?!;:)]|$))(?! (?:Act|Law|Review|"
    r"Report|Inquiry|Services?|Board|Council|Team|School|Centre|Schools|Commission|Government|Parliament|"
    r"Protection|Safeguarding|Policy|Education|Care|Court|Week|Day|Month|Partnership|Panel|Order))"
)
_INITIALS_AND_NAME = re.compile(r"(?<![\w.])((?:[A-Z]\.? ){1,3})([A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)(?!\w)")
_FAMILY_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{3,})(?=['’]s|[ ,.?!;:)]|$)(?! [A-Z])")
_TITLE_CASE = re.compile(r"(?:[A-Z][a-z]+|(?<!\w)(?:in|at|from|near|to|of|the|around|across|via|for|by)) $")
_KIN_WORDS = frozenset(
    "lad lads lass client clients bairn wean mam mams nan nans gran yp cyp kiddo teen tot bub bubs bro "
    "sis hubby missus non".split()
)
_PARTICLES = frozenset("al bin bint ibn van von ap ab ferch ní nic mac der den".split())
_NO_NAME = frozenset(
    "a an the and or of in on at to for with who what when how is was are were that this his her their "
    "my our your he she they it i we you not no now just only has had have been will would can "
    "could should may might must do does did said says told wants if as from by but so because since one "
    "two three professor doctor lord lady judge all any some unknown same different english changed "
    "spelt new there here first last "
    "secondary primary old school mum dad being very too also still then than already about after before "
    "over under out off up down into".split()
)
_DOUBLE = re.compile(r"(?<![\w-])([A-Z][a-z]{2,}-[A-Z][a-z]{2,})(?![\w-])")


def names(text: str) -> Iterator[Detail]:
    """Yields names of people, with a title before them; names of laws, bodies, tools, authors and places are none."""
    for start, end, kind in _names(text):
        if end - start > 1 and not is_policy_name(text, start, end):
            title = _TITLE_BEFORE.search(text, max(0, start - 24), start)
            yield (title.start() if title else start), end, kind


def _names(text: str) -> Iterator[Detail]:
    words = tokens(text)
    protected = [match.span() for match in known_phrases().finditer(text)]
    free = [not any(start <= word.start < end for start, end in protected) for word in words]
    skip = 0
    for index, word in enumerate(words):
        if index < skip or not free[index]:
            continue
        length = _length(words, index, free, text)
        if length:
            skip = index + length
            yield word.start, words[index + length - 1].end, "name"
    for start, end, kind in (*_initials(text), *_nicknames(text), *_in_context(text)):
        if not any(begin < end and start < stop for begin, stop in protected):
            yield start, end, kind


def _initials(text: str) -> Iterator[Detail]:
    for match in _INITIALS.finditer(text):
        yield match.start(), match.end(), "name"
    for match in _SHORT.finditer(text):
        group = 1 if match[1] else 2
        if match[group].lower() not in known_words() and match[group] not in ("A", "I"):
            yield match.start(group), match.end(group), "name"
    for pattern in (_POSSESSED, _INITIALS_DID):
        for match in pattern.finditer(text):
            if match[1].lower() not in known_words() and match[1].lower() not in table("names.toml")["no_initials"]:
                yield match.start(1), match.end(1), "name"
    for match in _INITIAL_AND_NAME.finditer(text):
        if not any(match[2].lower() in each for each in (word_list("ordinary_words.txt"), known_words())):
            yield match.start(), match.end(), "name"


def _nicknames(text: str) -> Iterator[Detail]:
    """Yields nicknames, surnames and greeted names that only what stands before them gives away."""
    for pattern in (_NICKNAME, _BESIDE_NAME, _SIBLINGS, _ABOUT, _OF_KIN, _GREETED, _SMALL_TITLED, _DOUBLE):
        for match in pattern.finditer(text):
            parts = match[1].split("-") if pattern is _DOUBLE else match[1].split()[-1:]
            if not any(map(_is_ordinary, parts)):
                yield match.start(1), match.end(1), "name"
    for match in _EPITHET.finditer(text):
        if not _is_ordinary(match[2]) or match[1].lower() in ("lil", "big"):
            yield match.start(), match.end(), "name"


def _is_ordinary(word: str) -> bool:
    folded = word.lower()
    return is_everyday(folded) or folded in known_words()


def _in_context(text: str) -> Iterator[Detail]:
    """Yields names that are in no list, or are words too, by the sentence around them."""
    for match in _RELATED.finditer(text):
        yield from _related(match)
    for pattern in (_PAIRED, _PAIRED_BEFORE, _SIGNED, _LAST_LINE, _DOING, _OF_A_PERSON):
        yield from _named_by(pattern, text, lambda match: _may_be_called(match[1].split()[0]))
    yield from _named_by(_LABELLED, text, lambda match: not _is_no_name(match[1].split()[0].lower()))
    yield from _named_by(_MODAL, text, lambda match: True)
    yield from _named_by(_SMALL_DOING, text, lambda match: _is_small_doer(match[1]))
    yield from _named_by(_INITIALS_AND_NAME, text, lambda match: not _is_ordinary(match[2]) or _is_surname(match[2]), 0)
    yield from _named_by(_FAMILY_NAME, text, lambda match: _is_family_name(match, text))
    for match in _WEAK_PAIR.finditer(text):
        for group in (1, 2) if all(map(_may_be_called, match.groups())) else ():
            yield match.start(group), match.end(group), "name"


def _named_by(
    pattern: re.Pattern[str], text: str, test: Callable[[re.Match[str]], bool], group: int = 1
) -> Iterator[Detail]:
    return ((match.start(group), match.end(group), "name") for match in pattern.finditer(text) if test(match))


def _is_no_name(folded: str) -> bool:
    return folded in _NO_NAME or folded in known_words()


def _is_surname(word: str) -> bool:
    return word.lower() in word_list("surnames.txt")


def _is_small_doer(folded: str) -> bool:
    if folded in word_list("weak_names.txt") and folded not in table("names.toml")["auxiliaries"]:
        return True
    return not _is_ordinary(folded) and folded not in _NO_NAME and not _is_slip(folded)


def _is_family_name(match: re.Match[str], text: str) -> bool:
    before = _TITLE_CASE.search(text, max(0, match.start() - 30), match.start())
    return match[1].lower() in word_list("family_names.txt") and not before


def _related(match: re.Match[str]) -> Iterator[Detail]:
    """Yields a name after a relation word: with a capital nearly any word, without one what is no English word."""
    word = match["name"].split()[0]
    folded = word.lower().replace("’", "'")
    if _is_contraction(folded) or folded.endswith("'s") or folded.split("'")[0] in _NO_NAME:
        return
    if folded in known_words() or folded in _NO_NAME or len(word) < 3 or (word.isupper() and len(word) < 5):
        return
    is_own = re.match(
        r"(?:my|his|her|their|our) (?!child|pupil|student|client|patient|teacher|colleague)",
        match.group(),
        re.IGNORECASE,
    )
    if word[0].isupper() and is_own and word[1:].islower():
        yield match.start("name"), match.start("name") + len(word), "name"
        return
    is_name = (
        _is_weak_or_given(folded) or not _is_ordinary(folded)
        if word[0].isupper()
        else not _is_ordinary(folded) and (is_given_name(folded) or not _is_slip(folded))
    )
    if is_name:
        more = match["name"].split()[1:]
        kept = [word] + [
            each for each in more[:1] if not _is_ordinary(each) and (each[0].isupper() or not _is_slip(each))
        ]
        yield match.start("name"), match.start("name") + len(" ".join(kept)), "name"


def _is_weak_or_given(folded: str) -> bool:
    return folded in word_list("weak_names.txt") or is_given_name(folded)


def _may_be_called(word: str) -> bool:
    folded = word.lower().replace("’", "'")
    if _is_contraction(folded) or folded.split("'")[0] in _NO_NAME:
        return False
    folded = folded.removesuffix("'s")
    if folded in _KIN_WORDS:
        return False
    return (
        folded not in known_words()
        and folded not in _NO_NAME
        and (_is_weak_or_given(folded) or not _is_ordinary(folded))
    )


def _is_slip(folded: str) -> bool:
    """Returns whether a word is one slip of the keyboard away from one of everyday English."""
    return len(folded) < 4 or any(is_everyday(each) for each in _one_slip_away(folded))


def _one_slip_away(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for letter in "abcdefghijklmnopqrstuvwxyz":
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]


def _length(words: Sequence[Token], index: int, free: Sequence[bool], text: str) -> int:
    """Returns how many words the name that begins here has, 0 where none does."""
    word = words[index]
    if not _may_begin(word) or not _begins_name(word, _around(words, index, text)):
        return 0
    length = 1
    while length < _MAX_WORDS and index + length < len(words) and free[index + length]:
        if words[index + length - 1].is_possessive or not _continues(words[index + length], words[index + length - 1]):
            break
        length += 1
    return 0 if _is_body(words, index, length) else length


def _may_begin(word: Token) -> bool:
    """Returns whether a word can begin a name at all; most cannot, and are passed over quickly."""
    if _is_contraction(word.folded) or (word.is_acronym and (word.folded in known_words() or len(word.text) < 4)):
        return False
    return word.is_capital or word.folded not in word_list("ordinary_words.txt")


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before and after a word."""

    before: str
    after: str
    is_cued: bool
    is_called: bool
    """A title, or "called", "named", stands before."""
    is_titled: bool


def _around(words: Sequence[Token], index: int, text: str) -> _Around:
    word = words[index]
    is_titled = _is_preceded("titles", words, index, text)
    is_called = is_titled or _is_preceded("naming", words, index, text)
    return _Around(
        text[max(0, word.start - 30) : word.start],
        text[word.end : word.end + 60],
        is_called or _is_preceded("cues", words, index, text),
        is_called,
        is_titled,
    )


def _is_preceded(key: str, words: Sequence[Token], index: int, text: str) -> bool:
    pattern = _patterns(key, r"(?:{})")
    end = words[index].start
    return any(pattern.fullmatch(text, words[at].start, end) for at in range(max(0, index - _CUE_WORDS), index))


def _begins_name(word: Token, around: _Around) -> bool:
    if not around.is_cued and word.folded in known_words():
        return False
    if _is_first_name(word.folded):
        return (word.is_capital and word.folded not in _KIN_WORDS) or _is_small_name(word, around.is_cued)
    if word.folded in word_list("weak_names.txt"):
        return _is_weak_name(word, around)
    if word.is_acronym or len(word.text) < 2 or word.folded in known_words():
        return False
    return _is_strange_name(word, around)


def _is_strange_name(word: Token, around: _Around) -> bool:
    """Returns whether a word that is in no list names a person, by what stands around it."""
    is_strange = not any(part in word_list("ordinary_words.txt") for part in word.folded.split("-"))
    if not word.is_capital:
        return is_strange and around.is_called and not around.is_titled
    if around.is_cued:
        if around.is_titled and word.folded not in table("names.toml")["never_after_title"]:
            return True
        return is_strange and (around.is_called or not _IN_TITLE.search(around.before))
    if not is_strange or is_everyday(word.folded) or word.folded in _KIN_WORDS or len(word.text) < 3:
        return False
    return bool(_deed().match(around.after) or _is_of_family(around) or _has_surname(around))


def _has_surname(around: _Around) -> bool:
    """Returns whether a second word follows that is in no list either, where no place is to be expected."""
    if around.after.startswith(" [name]"):
        return True
    following = _NEXT_CAPITAL.match(around.after)
    if following is None or _PLACE_BEFORE.search(around.before):
        return False
    folded = following[1].lower()
    return not any(folded in each for each in _never_surnames())


def _never_surnames() -> tuple[Collection[str], ...]:
    return word_list("ordinary_words.txt"), known_words(), table("names.toml")["body_ends"]


def _is_contraction(folded: str) -> bool:
    return folded.endswith(("'ve", "'re", "'ll", "'d", "'m", "n't"))


def _is_small_name(word: Token, is_cued: bool) -> bool:
    if word.folded in word_list("ordinary_words.txt"):
        return False
    return is_cued or len(word.folded) > 3


def _is_weak_name(word: Token, around: _Around) -> bool:
    if not word.is_capital:
        return around.is_called and not around.is_titled and word.folded not in known_words()
    if around.is_cued or _has_surname(around):
        return True
    if word.folded in known_words() or (word.is_first and word.folded in table("names.toml")["auxiliaries"]):
        return False
    if not word.is_first and word.folded not in table("names.toml")["needs_cue"]:
        return True
    return bool(_deed().match(around.after)) or (word.is_possessive and bool(_kin().match(around.after)))


def _is_first_name(folded: str) -> bool:
    if is_given_name(folded):
        return True
    parts = [part for part in folded.replace("'", "-").split("-") if part]
    return len(parts) > 1 and parts[0] != "non" and is_given_name(parts[0]) and len(parts[0]) > 2 and len(parts[1]) > 2


def _continues(word: Token, previous: Token) -> bool:
    if word.gap not in (" ", "-") or word.folded in table("names.toml")["never_surname"]:
        return False
    if word.is_capital:
        return word.text != "I" and not (word.is_acronym and (word.folded in known_words() or len(word.text) > 3))
    if word.folded in _PARTICLES:
        return True
    if previous.is_capital:
        return previous.folded in _PARTICLES and word.is_capital
    if word.folded in word_list("ordinary_words.txt") or word.folded in known_words():
        return False
    return word.folded in word_list("surnames.txt") or (
        len(word.folded) > 4 and not word.folded.endswith(("ed", "ing", "s"))
    )


def _is_body(words: Sequence[Token], index: int, length: int) -> bool:
    """Returns whether the words name a body or a rule: "Charlie Waller Trust", "Sarah's Law", "St Anne's"."""
    if index and words[index - 1].folded in ("st", "saint", "operation") and words[index - 1].is_capital:
        return True
    last = words[index + length - 1]
    if _is_tool(words, index + length, length):
        return True
    following = words[index + length] if index + length < len(words) else None
    patterns = table("names.toml")
    if following is not None and following.is_capital and following.gap == " ":
        ends = patterns["owned_ends"] if last.is_possessive else patterns["body_ends"]
        if following.folded in ends:
            return True
    return length > 1 and last.folded in patterns["body_ends"]


def _is_tool(words: Sequence[Token], at: int, length: int) -> bool:
    """Returns whether a word without a capital follows one name and makes it that of an inquiry, a tool or a test."""
    if length > 1 or at >= len(words) or words[at - 1].is_possessive or words[at].gap != " ":
        return False
    return words[at].folded in table("names.toml")["small_body_ends"]


def _deed() -> re.Pattern[str]:
    return _patterns(
        "deeds",
        r"(?:['’]s)?[\s,]{{1,2}}(?:(?:also|just|then|now|never|really|still|only|has|had|have|is|was) )?(?:{})(?!\w)",
    )


def _kin() -> re.Pattern[str]:
    return _patterns("kin", r"['’]s (?:\w{{1,12}} )?(?:{})(?!\w)")


def _is_of_family(around: _Around) -> bool:
    is_family = around.before.lower().endswith("the ") and _patterns("household", r" (?:{})(?!\w)").match(around.after)
    return bool(is_family or _kin().match(around.after) or _AGE.match(around.after))


_COMPILED: dict[tuple[str, str], re.Pattern[str]] = {}


def _patterns(key: str, frame: str) -> re.Pattern[str]:
    if (key, frame) not in _COMPILED:
        _COMPILED[key, frame] = re.compile(frame.format("|".join(table("names.toml")[key])), re.IGNORECASE)
    return _COMPILED[key, frame]
