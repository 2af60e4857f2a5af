"""Names that are in no list, or are words too, found by the sentence around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.name_words import (
    is_contraction,
    is_no_name,
    is_ordinary,
    is_slip,
    is_surname,
    is_weak_or_given,
    may_be_called,
)
from assistant.answering.screening.word_lists import is_given_name, known_words, table, word_list, words_of

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


def names_in_context(text: str) -> Iterator[Detail]:
    """Yields names that are in no list, or are words too, by the sentence around them."""
    for match in _RELATED.finditer(text):
        yield from _related(match)
    for pattern in (_PAIRED, _PAIRED_BEFORE, _SIGNED, _LAST_LINE, _DOING, _OF_A_PERSON):
        yield from _named_by(pattern, text, lambda match: may_be_called(match[1].split()[0]))
    yield from _named_by(_LABELLED, text, lambda match: not is_no_name(match[1].split()[0].lower()))
    yield from _named_by(_MODAL, text, lambda match: True)
    yield from _named_by(_SMALL_DOING, text, lambda match: _is_small_doer(match[1]))
    yield from _named_by(_INITIALS_AND_NAME, text, lambda match: not is_ordinary(match[2]) or is_surname(match[2]), 0)
    yield from _named_by(_FAMILY_NAME, text, lambda match: _is_family_name(match, text))
    for match in _WEAK_PAIR.finditer(text):
        for group in (1, 2) if all(map(may_be_called, match.groups())) else ():
            yield match.start(group), match.end(group), "name"


def _named_by(
    pattern: re.Pattern[str], text: str, test: Callable[[re.Match[str]], bool], group: int = 1
) -> Iterator[Detail]:
    return ((match.start(group), match.end(group), "name") for match in pattern.finditer(text) if test(match))


def _is_small_doer(folded: str) -> bool:
    if folded in word_list("weak_names.txt") and folded not in table("names.toml")["auxiliaries"]:
        return True
    return not is_ordinary(folded) and folded not in words_of("names.toml", "no_name") and not is_slip(folded)


def _is_family_name(match: re.Match[str], text: str) -> bool:
    before = _TITLE_CASE.search(text, max(0, match.start() - 30), match.start())
    return match[1].lower() in word_list("family_names.txt") and not before


def _related(match: re.Match[str]) -> Iterator[Detail]:
    """Yields a name after a relation word: with a capital nearly any word, without one what is no English word."""
    word = match["name"].split()[0]
    folded = word.lower().replace("’", "'")
    if is_contraction(folded) or folded.endswith("'s") or folded.split("'")[0] in words_of("names.toml", "no_name"):
        return
    if (
        folded in known_words()
        or folded in words_of("names.toml", "no_name")
        or len(word) < 3
        or (word.isupper() and len(word) < 5)
    ):
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
        is_weak_or_given(folded) or not is_ordinary(folded)
        if word[0].isupper()
        else not is_ordinary(folded) and (is_given_name(folded) or not is_slip(folded))
    )
    if is_name:
        more = match["name"].split()[1:]
        kept = [word] + [
            each for each in more[:1] if not is_ordinary(each) and (each[0].isupper() or not is_slip(each))
        ]
        yield match.start("name"), match.start("name") + len(" ".join(kept)), "name"
