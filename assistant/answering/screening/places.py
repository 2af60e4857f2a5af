"""Places that say who somebody is: a school, a practice, a street without a number, a small place beside an age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.identifiers import Detail
from assistant.answering.screening.word_lists import is_everyday, is_given_name, known_words, table, word_list
from assistant.text.number_words import ONES

_NAMED = r"[A-Z][\w'’.-]*"
_SCHOOL = re.compile(
    rf"(?<![\w-])({_NAMED}(?: (?:{_NAMED}|of|the|in|and|upon|C of E|&)){{0,5}}?) "
    r"(?:(?:RC|CE|C of E|Catholic|Community|Church of England|Junior|Infant|Special|Girls['’]?|Boys['’]?) ){0,3}"
    r"(?:Primary(?: (?:School|Academy))?|Infants?(?: School)?|Juniors?(?: School)?|Academy|Nursery(?: School)?|"
    r"Pre-?[sS]chool|High(?: School)?|Grammar(?: School)?|Secondary(?: School)?|College|School|"
    r"Kindergarten|PRU)(?!\w)"
)
_SCHOOL_PLAIN = re.compile(
    r"(?<!\w)(?:at|to|from|attends?|in|near|school is|outside) ((?:[a-z'’-]{2,20} ){1,3})"
    r"(primary|juniors?|infants?|academy|high|nursery|grammar|college|school)(?!\w)"
)
_PRACTICE = re.compile(
    rf"(?<![\w-])({_NAMED}(?: (?:{_NAMED}|of|the|in|and|&)){{0,4}}?) "
    r"(?:(?:Family|Village|Road|Street|Medical|Dental|GP|Group) ){0,2}"
    r"(?:Surgery|Medical Centre|Medical Practice|Health Centre|(?:Clinic|(?<!of )Practice|Dentists?)(?! [A-Z]))(?!\w)"
)
_PRACTICE_PLAIN = re.compile(
    r"(?<!\w)(?:at|to|from|with|in|near|by|is|re|under|the) (?:the )?((?:[a-zA-Z][a-z'’-]{2,20} ){1,3})"
    r"((?:gp |family |village |dental |doctors['’]? )?(?:surgery|medical centre|medical practice|health "
    r"centre|med centre|dentists?|gps?|doctors|practice|docs))(?!\w)(?! (?:review|direction|guidance|"
    r"manual|handbook|note|framework|standard|model|educator|supervisor|leader|development|learning|"
    r"week)s?\b)"
)
_SCHOOL_SAINT = re.compile(
    r"(?<!\w)(?:(?i:at|to|from|attends?|in|near|outside|for|of|goes|left|joined|starts?|started|started "
    r"at)) ((?:(?:[Ss]t|[Ss]aint)\.? (?:[A-Z][\w'’-]+|[a-z'’-]{3,})|"
    r"(?:Our Lady|Holy|Sacred|Blessed|Christ)(?: [A-Z][\w'’-]+){1,3})(?:['’]s?)?)(?! (?:[Jj]ohn['’]?s? "
    r"[Aa]mbulance|[Ss]treet|[Rr]oad|[Hh]elens|[Ii]ves|[Aa]lbans|[Aa]ustell|[Nn]eots|[Hh]elier|[Aa]saph|"
    r"[Aa]ndrews))"
    r"(?=[ ,.?!;)]|$)"
)
_ATTENDS = re.compile(
    r"(?<!\w)(?i:attends|goes to school at|school is|school called|pupil at|student at|head (?:at|of)|"
    r"teacher at|(?:yr|year|class) ?\d{1,2} (?:at|in)|on roll at|nursery is|nursery called|"
    r"enrolled at|transferred from|moved (?:from|to) school at|college is|excluded from|headteacher (?:at|"
    r"of)|works at|place at|dsl at|ta at) "
    r"((?:the )?[A-Z][\w'’-]+(?: (?:of|on|the|in|and|&|[A-Z][\w'’-]+)){0,4})"
)
_REGISTERED = re.compile(
    r"(?<!\w)(?i:gp is|gps is|registered (?:with|at)|doctors? is|surgery is|dentist is|seen at|practice "
    r"is|their gp,?|his gp,?|her gp,?) (?:Dr\.? )?"
    r"((?:[Tt]he )?[A-Z][\w'’-]+(?: (?:of|on|the|in|and|&|[A-Z][\w'’-]+)){0,4})"
)
_STREET_TYPE = (
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Terrace|Crescent|Cres|Close|Drive|Row|Grove|Mews|Gardens|"
    r"Ginnel|Ropewalk|Wynd)"
)
_HOME_TYPE = (
    r"(?:Way|Court|Place|Hill|Park|Rise|Bank|Green|Walk|View|Fold|Croft|Brow|Square|Gate|House|Lodge|"
    r"Heights|Estate|Farm|Site)"
)
_HOME = (
    r"(?:lives?|living|lived|stays?|staying|stopping|stop|moved|address(?: is)?|house is|home is|flat)(?: \w+){0,2}?"
)
_STREET = re.compile(
    rf"(?<!\w)(?:(?:on|at|up|down|in|off|from|along|near|to|into|round|across) |{_HOME} )((?:{_NAMED} "
    rf"){{1,3}}{_STREET_TYPE})(?!\w)"
)
_HOME_STREET = re.compile(rf"(?<!\w){_HOME} (?:(?:on|at|up|down|in|off) )?((?:{_NAMED} ){{1,3}}{_HOME_TYPE})(?!\w)")
_WELSH = re.compile(rf"(?<!\w)((?:Ffordd|Stryd|Heol|Lôn|Rhodfa)(?: (?:y|yr|{_NAMED})){{1,3}})(?!\w)")
_STREET_PLAIN = re.compile(
    rf"(?<!\w){_HOME} (?:on|at|up|down|in|off) ((?:[a-z'’-]{{2,20}} ){{1,2}}"
    r"(?:street|road|lane|avenue|terrace|crescent|close|drive|row|grove|mews|gardens))(?!\w)"
)
_AGE_WORD = rf"(?:{'|'.join(ONES[2:])}|twenty)"
_UNIT = r"(?:yrs?|years?|y/?o|yo|months?|mths?|weeks?|wks?)"
_AGE = re.compile(
    rf"(?<![\w.])(?:(?:a|an|the|my|our|her|his|their|this|that) )?(?:\d{{1,2}}|"
    rf"{_AGE_WORD})[ -]?(?:{_UNIT}[ -]?olds?|(?:yrs?|y/?o|yo|mths?|wks?)|(?<=, \d )years?|(?<=, \d\d "
    rf")years?|(?<=is \d )(?:months?|weeks?))(?!\w)(?! (?:ago|later|plan))"
    r"(?: (?:boy|girl|lad|lass|child|baby|kid|pupil|student|son|daughter|twins?|brother|sister))?"
    rf"|\b(?:he|she|they|who|child|boy|girl|lad|son|daughter)?(?:(?: is| was|['’]?s)? )?(?:aged?|turned|"
    rf"turns|nearly|almost|only|just) (?:\d{{1,2}}|{_AGE_WORD})\b"
    rf"|\b(?:he|she|they|who)(?: is| was|['’]?s|['’]?re| are)? (?:(?:only|just|nearly|about) "
    rf")?(?:\d{{1,2}}|{_AGE_WORD})\b(?! (?:of|times|days?|weeks?|other|and a half hours))"
    rf"|\b(?:sisters?|brothers?|boys|girls|kids|children|siblings|twins|lads),? \(?(?:aged? )?(?:\d{{1,2}}|"
    rf"{_AGE_WORD})(?:, (?:\d{{1,2}}|{_AGE_WORD}))*(?:,? (?:and|&) (?:\d{{1,2}}|{_AGE_WORD}))?"
    rf"|\b(?:is|only|just) (?:\d{{1,2}}|{_AGE_WORD})(?= (?:she|he|they|from|live)\b)|\bteenager \d\d|\bbaby,? "
    rf"\d{{1,2}} (?:months?|weeks?)(?!\w)"
    rf"|(?:^|(?<=[.!?] ))(?:\d{{1,2}}|{_AGE_WORD}),?(?= (?:from|in|at|lives|living)\b)"
    rf"|(?<=[,(] )(?:\d{{1,2}}|{_AGE_WORD})(?=[,.)]| (?:and )?(?:from|in|at|lives?|living|near|only)\b)|"
    rf"\(\d{{1,2}}\)|(?<=\[name\] )\d{{1,2}}(?!\w)|(?<=[A-Za-z] )\d{{1,2}}(?= (?:from|lives)\b)"
    r"|(?<![\w-])\d{1,2} ?[mf](?!\w)|\b[mf] ?\d{1,2}(?![\w:])|\b(?:in )?(?:year|y|yr) ?\d{1,2}\b|\b(?:in "
    r")?reception class\b|\b(?:boy|girl|lad|lass|child|baby|kid|pupil|toddler|twins?) of (?:\d{1,2}|"
    r"\w+teen|\w+)(?= (?:from|in|at|who|living))",
    re.IGNORECASE,
)
_PLACE_WORD = r"[A-Z][\w'’]+"
_PLACE = re.compile(
    rf"(?<!\w)(?i:in|from|at|near|of|outside|round|around|by|on|lives?|living|called) ((?:(?:the "
    rf")?{_PLACE_WORD})(?:(?: |-)(?:(?:on|in|under|le|by|the|of|next|upon|cum)[ -])*{_PLACE_WORD}){{0,3}})"
)
_PLACE_FIRST = re.compile(
    rf"(?:^|(?<=[.!?,(] )|(?<=\n))({_PLACE_WORD}(?:[ -]{_PLACE_WORD}){{0,2}})(?= (?:lad|lass|girl|boy|kid|"
    rf"family|child|teenager|teen)\b|,)"
)
_PLACE_PLAIN = re.compile(
    r"(?<!\w)(?:in|from|near|at|lives?|living in) ((?!the )[a-z][a-z'’-]{3,}(?: [a-z][a-z'’-]{2,}){0,2})"
)
_LINKED = r"(?:[ -](?:on|in|over|under|le|by|upon|next|cum|the|of))*"
_LANDSCAPE = (
    r"(?:bank|sands?|bay|bridge|hill|green|moor|head|common|heath|cross|end|side|water|mills?|ferry|fell|beck|wood|"
    r"woods|park|valley|point|town|village|sea|ness|dale|fields?|"
    r"mouth|port|haven|beach|island|isle|stephen|lonsdale|tees|wells|spa|regis|magna|parva|green|row|gate|street|"
    r"[a-z]{5,})"
)
_PLACE_LED = re.compile(
    r"(?<!\w)(?:in|from|near|at|outside|(?:he|she|they) lives?(?: in)?|living in|stays in|out|village of|male|"
    r"female|boy|girl|months|\d[mf]),? (?:the )?(?:village of )?"
    r"((?:(?:little|great|upper|lower|nether|much|long|old|new|north|south|east|west|high|low|st\.?|kirkby) "
    rf")?[A-Za-z][\w'’]{{3,}}(?:{_LINKED}[ -]{_LANDSCAPE}(?!\w)){{0,1}})(?!\w)",
    re.IGNORECASE,
)
_PLACE_BEGINS = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=\n))(?:[Ii]n )?((?:(?:little|great|upper|lower) )?[a-z]{4,}(?:[ -](?:on|in|over|le|"
    r"by)?[ -]?[a-z]{4,})?)(?= (?:family|there is|we have|lad|lass|girl|boy)\b)"
)
_FROM = re.compile(r"(?:from|lives? in|living in|in|at) $")
_NEAR = 80
"""Characters between an age and a place that still stand beside each other."""
_STOP = re.compile(r"[.!?](?:\s|$)|\n\s*\n")


def places(text: str) -> Iterator[Detail]:
    """Yields schools, practices and streets; a place beside somebody's age, unless it is a large one."""
    for pattern, kind, generic in ((_SCHOOL, "school", "school_words"), (_PRACTICE, "practice", "practice_words")):
        for match in pattern.finditer(text):
            start = _begin(text, match, generic)
            if start is not None:
                yield start, match.end(), kind
    yield from _plain_schools(text)
    yield from _plain_practices(text)
    yield from _attended(text)
    for pattern in (_STREET, _HOME_STREET, _WELSH, _STREET_PLAIN):
        for match in pattern.finditer(text):
            if not _is_generic(match[1].split()[0], "street_words"):
                yield match.start(1), match.end(1), "address"
    yield from _small_places(text)


def _attended(text: str) -> Iterator[Detail]:
    """Yields schools and practices that only "attends", "registered with" or a saint's name gives away."""
    for pattern, kind in ((_ATTENDS, "school"), (_REGISTERED, "practice")):
        for match in pattern.finditer(text):
            if any(map(_is_unheard, match[1].split())) and not _is_generic(match[1].split()[0], "school_words"):
                yield match.start(1), match.end(1), kind
    for match in _SCHOOL_SAINT.finditer(text):
        yield match.start(1), match.end(1), "school"


def _plain_schools(text: str) -> Iterator[Detail]:
    for match in _SCHOOL_PLAIN.finditer(text):
        words = match[1].split()
        if any(map(_is_strange, words)) and not _is_generic(words[0], "school_words"):
            yield match.start(1) + match[1].index(_first_named(words)), match.end(2), "school"


def _plain_practices(text: str) -> Iterator[Detail]:
    for match in _PRACTICE_PLAIN.finditer(text):
        words = match[1].split()
        if match[1].endswith(("'s ", "’s ")):
            continue
        start = next((at for at, word in enumerate(words) if _is_unheard(word)), None)
        if start is not None and not any(_is_generic(word, "practice_words") for word in words[start:]):
            yield match.start(1) + match[1].index(words[start]), match.end(2), "practice"


def _is_unheard(word: str) -> bool:
    """Returns whether a word is none of everyday language, so that it names something; a capital is enough for most."""
    return _is_strange(word) and (word[0].isupper() or not is_everyday(word.lower()))


def _small_places(text: str) -> Iterator[Detail]:
    """Yields an age and the small place beside it as one detail, since neither says by itself who somebody is.

    Where something else is masked between them, each by itself.
    """
    ages = [match.span() for match in _AGE.finditer(text)]
    for start, end in _places_of(text) if ages else ():
        beside = [(max(start, at[0]) - min(end, at[1]), at) for at in ages if not _is_apart(text, at, (start, end))]
        near = [each for each in beside if each[0] <= _NEAR]
        if near:
            age = min(near)[1]
            led_in = _BEFORE_PLACE.search(text, max(0, start - 30), start)
            yield min(led_in.start() if led_in else start, age[0]), max(end, age[1]), "place"
            yield start, end, "place"
            yield *age, "place"


def _is_apart(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = sorted((one, other))
    return _STOP.search(text, first[1], max(first[1], second[0])) is not None


def _places_of(text: str) -> Iterator[tuple[int, int]]:
    """Yields where small places are named, by what stands before them."""
    for pattern in (_PLACE, _PLACE_FIRST):
        for match in pattern.finditer(text):
            name = match[1].removeprefix("the ").rstrip(".'’-")
            if not name.endswith(("'s", "’s")) and _is_small(name) and not _is_person(text, match.end(1)):
                start = match.end(1) - len(match[1].removeprefix("the "))
                yield start, start + len(name)
    for match in _PLACE_LED.finditer(text):
        if (length := _small_length(match[1])) and not _is_person(text, match.start(1) + length):
            yield match.start(1), match.start(1) + length
    for match in _PLACE_BEGINS.finditer(text):
        if length := _small_length(match[1]):
            yield match.start(1), match.start(1) + length
    for match in _PLACE_PLAIN.finditer(text):
        words = match[1].split()
        strange = [word for word in words if _is_strange(word) and not is_everyday(word) and not is_given_name(word)]
        if words[0] in strange or words[0] in table("places.toml")["small"]:
            yield match.start(1), match.start(1) + len(" ".join(words[: max(1, len(strange))]))


_BROAD = frozenset(
    "little great upper lower nether much long old new north south east west high low st st. kirkby".split()
)


def _small_length(name: str) -> int:
    """Returns how much of a name is that of a small place: what is no English word, with the words of a landscape after it."""
    words = re.split(r"[ -]", name)
    if "'" in name or "’" in name:
        return 0
    first = next((number for number, word in enumerate(words) if word.lower() not in _BROAD), 0)
    word = words[first]
    if (
        name.lower() in table("places.toml")["large"]
        or word.lower() in table("places.toml")["large"]
        or word.lower() in known_words() - set(table("places.toml")["small"])
    ):
        return 0
    folded = word.lower()
    is_small = folded in table("places.toml")["small"] or (
        _is_strange(word) and not is_everyday(folded) and not is_given_name(folded)
    )
    if not is_small and not (len(words) > first + 1 and _is_hamlet(words[first:])):
        return 0
    last = words[-1].lower()
    keeps = len(words) == first + 1 or last in _ENDINGS or (not is_everyday(last) and last not in known_words())
    return len(name) if keeps else len(name) - len(re.split(r"[ -]", name, maxsplit=first + 1)[-1]) - 1


_ENDINGS = frozenset(
    "bank sand sands bay bridge hill green moor head common heath cross end water mill mills ferry fell beck wood "
    "woods park valley point town sea ness dale field fields mouth port haven beach island isle stephen wells spa".split()
)


def _is_hamlet(words: list[str]) -> bool:
    return (
        len(words) >= 2
        and words[-1].lower() in _ENDINGS
        and words[1].lower() in ("over", "on", "in", "upon", "by", "le", "under")
        and is_everyday(words[0].lower())
        and words[0].lower() not in ("living", "based", "seen", "found")
    )


def _is_person(text: str, end: int) -> bool:
    """Returns whether what follows makes a person of a name: a possessive, or something done."""
    return re.match(r"['’]s\b| (?:said|says|told)\b", text[end : end + 12]) is not None


def _is_small(name: str) -> bool:
    folded = name.lower()
    words = folded.replace("-", " ").split()
    large, small = table("places.toml")["large"], table("places.toml")["small"]
    if folded in small or any(word in small for word in words):
        return True
    if folded in large or any(word in known_words() or word in large for word in words):
        return False
    return (
        any(_is_strange(word) and not is_everyday(word) for word in words)
        and name.upper() != name
        and name.lower() not in ("the children's homes", "children's homes")
    )


_LED_IN = re.compile(r"(?:(?:The|Old|New|Upper|Lower|Royal|Little|Great|North|South|East|West) )*$")
"""Words that a name may begin with; matches nothing where there are none."""
_BEFORE_PLACE = re.compile(
    r"(?:(?:he|she|they|who)(?:['’]s| is|['’]re| are)? )?(?:(?:lives?|living|stays|now|is) )?(?:in|from|"
    r"at|near|of) (?:the )?$",
    re.IGNORECASE,
)


def _begin(text: str, match: re.Match[str], generic: str) -> int | None:
    """Returns where a name begins, without words that belong to the sentence; None where nothing names anything."""
    start = match.start(1)
    for word in match[1].split():
        at = text.index(word, start)
        if not _is_generic(word, generic):
            return None if word[0].islower() else at - len(_LED_IN.search(text, match.start(1), at)[0])  # type: ignore[index]
        start = at + len(word)
    return None


def _first_named(words: list[str]) -> str:
    return next((word for word in words if not _is_generic(word, "school_words")), words[0])


def _is_generic(word: str, key: str) -> bool:
    folded = word.lower().strip(".'’-")
    return folded in table("places.toml")[key] or folded in table("places.toml")["large"]


def _is_strange(word: str) -> bool:
    folded = word.lower().strip(".'’-")
    return len(folded) > 2 and folded not in word_list("ordinary_words.txt") and folded not in known_words()
