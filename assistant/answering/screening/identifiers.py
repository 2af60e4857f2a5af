"""Personal details with a shape of their own: e-mail, telephone, postcode, names in apps and the numbers of people and things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.labelled_numbers import labelled_numbers
from assistant.answering.screening.word_lists import is_everyday, is_given_name, known_words

Detail = tuple[int, int, str]
"""Start, end and kind of a personal detail."""

_EMAIL = re.compile(r"(?<![\w.+'’-])[\w+](?:[\w.+'’-]{0,62}[\w+-])?@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(
    r"(?<![\w.+])(?<![\w][-/])(?:(?:\+|00)\s?44[ ().-]{0,2}(?:0[ ).-]{0,2})?|\(?0)(?:[ ().-]{0,2}\d){9,10}(?![\d\w])"
    r"|(?<!\w)\+\d(?:[ ().-]{0,2}\d){7,13}(?!\w)"
    r"|(?<=\btel )\d(?: ?\d){5,7}(?!\w)"
)
_DATE_START = re.compile(r"\(?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_FREEPHONE = re.compile(r"0 ?80[08]")
"""Numbers of helplines, never of a person."""
_NHS = re.compile(r"(?<![\w.-])(?:\d{3}[ -]?\d{3}[ -]?\d{4}|\d(?: \d){9})(?![\w-])")
_NHS_CUED = re.compile(r"\bnhs(?:\s?(?:number|num|no|id|#))?[\s.:#-]{1,3}(?:is )?(\d(?:[ -]?\d){5,11})(?!\w)", re.I)
_NI = re.compile(r"(?<!\w)[a-z] ?[a-z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d](?!\w)", re.I)
_UPN = re.compile(r"(?<!\w)[a-z]\d{11}[\da-z](?!\w)", re.I)
_SAID_LETTER = (
    r"(?:[a-z]|ay|bee|be|see|sea|cee|dee|ee|eff|gee|jee|aitch|haitch|eye|jay|kay|ell|el|em|en|oh|pee|queue|cue|ar|"
    r"are|ess|tee|you|vee|double you|ex|why|zed|zee|"
    r"alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|"
    r"quebec|romeo|sierra|tango|uniform|victor|whiske?y|x-?ray|yankee|zulu)"
)
_SAID_DIGIT = r"(?:\d|zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_SAID_POSTCODE = re.compile(
    rf"(?<![\w'’-])(?:{_SAID_LETTER}[ ,.-]{{1,2}}){{1,2}}(?:{_SAID_DIGIT}[ ,.-]{{1,2}}){{1,2}}(?:{_SAID_LETTER}[ "
    rf",.-]{{1,2}})?{_SAID_DIGIT}[ ,.-]{{1,2}}{_SAID_LETTER}[ ,.-]{{1,2}}"
    rf"{_SAID_LETTER}(?![\w'’-])",
    re.IGNORECASE,
)
"""A postcode spelt out: letters and figures one by one."""
_POSTCODE_LOOSE = re.compile(
    r"(?<![\w/-])(?:[a-z]{1,2}\d[a-z\d]? ?[ -] ?\d[abd-hjlnp-uw-z]{2}|[a-z]{2} \d{1,2} ?\d[abd-hjlnp-uw-z]{2}|gir "
    r"?0aa)(?!\w)",
    re.IGNORECASE,
)
_POSTCODE_CUED = re.compile(
    r"(?<!\w)(?:p(?:ost)?[ -]?codes?(?:['’]?s)?|zip code)(?: (?:is|was|begins?(?: with)?|starts?(?: with)?|of|in|"
    r"area|district|for|are|and|address))*[\s:=(]{1,3}([a-z]{1,2}\d[a-z\d]?(?: ?\d[a-z]{2})?)(?!\w)"
    r"|(?<!\w)(?:lives? (?:at|in)|living in|moved to|flat in|house in|(?:is|comes|he|she|they|kid|boy|girl|family|"
    r"missing) from|(?:team|who) covers|ring for|family in|address in|area|around) "
    r"((?-i:[A-Z]{1,2}\d[A-Z\d]?))(?!\w)(?! ?(?:form|class|year))"
    r"|(?<!\w)((?-i:[A-Z]{2}\d{1,2}))(?= (?:is where|area|postcode|estate))",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![\w/-])[a-z]{1,2}\d[a-z\d]? ?(?!1st|2nd|3rd|(?<! )[04-9]th)\d[abd-hjlnp-uw-z]{2}(?!\w)", re.IGNORECASE
)
_NO_POSTCODE = re.compile(
    r"(?:an|be|as|my|he|me|we|us|so|if|do|go|up|am|pm|ks|yr|y|no|of|to|in|at|by|on|or|is|s|p|pg|wt|v|a|i)[ ,.-]?\d",
    re.IGNORECASE,
)
"""What a key stage, a page or a preposition with a figure looks like."""
_CASE_CUE = (
    r"(?:case|lac|cp|cin|crime|incident|file|court|referral|reference|ref|record|liquid ?logic|mosaic|urn|crn|log|"
    r"lcs|eclipse|rio|emis|niche|cad|client|system|person|pupil|custody|arrest|court case|our|your)"
)
_CASE_LABEL = r"(?:case|ref(?:erence)?|file|number|num|no|id|nr|log|is|was)"
_CASE_CODE = r"(?!DfE|ISBN|ISSN|DH-|HC-|CM-)(?=[\w/-]{0,14}\d[\w/-]{0,14}\d)[A-Z]{0,9}[/-]?[A-Z]{0,6}\d[\w/-]{2,24}"
_CASE = re.compile(
    rf"(?<!\w){_CASE_CUE}(?:[\s.:#]{{1,3}}{_CASE_LABEL}){{1,3}}[\s.:#-]{{1,4}}({_CASE_CODE})(?!\w)"
    rf"|(?<!\w)(?:URN|CRN|case|ref|lac|crime|incident|lcs|eclipse|rio|emis|niche|cad|occurrence|"
    rf"log)[\s.:#]{{1,3}}((?=(?:[A-Z/-]{{0,6}}\d){{4}}){_CASE_CODE})(?!\w)"
    r"|(?<![\w/-])((?:LAC|CP|CIN|CPP|MASH|REF|CR|CASE|CRN|CRI|URN)[-/]?\d{2,4}[-/]\d{3,8}|(?:LAC|CP|"
    r"CIN|MASH|CR)[-/]\d{4,9})"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w.@/])_+[A-Za-z0-9][\w.]*_|"
    r"(?<![\w.@/])@[A-Za-z0-9_][\w.]{1,30}(?<![.])"
    r"|(?<![\w.@/-])[A-Za-z][A-Za-z0-9.]*_[\w.]*[A-Za-z0-9]"
    r"|(?<![\w.@/-])[A-Za-z][\w.]*[\d_.][\w.]*\w"
    r"(?= on (?:snap|insta|tik ?tok|discord|facebook|fb|roblox|x\b|twitter|xbox))",
)
_APPS = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|x|facebook|fb|discord|roblox|xbox|psn|play "
    r"?station|you ?tube|telegram|be ?real|whats ?app|kik|steam|fortnite|"
    r"minecraft|twitch|threads|blue ?sky|wizz|yubo|omegle|reddit|pinterest|only ?fans|linked ?in|tumblr|"
    r"wattpad|vsco|messenger|signal|vinted|depop|ig|sc|tt|insta ?gram|snap ?chat)"
)
_IDENTITY = (
    r"(?:gamer ?tag|user ?names?|usernane|handle|screen ?name|display name|log ?in(?: name)?|profile(?: "
    r"name)?|account(?: name)?|tag|channel|online name|@)"
)
_HANDLE_WORD = r"@?[A-Za-z0-9][\w.-]{2,30}\w"
_HANDLE_CUED = re.compile(
    rf"(?<!\w)(?:(?:{_APPS}|{_IDENTITY})(?:['’]?s)?(?:,? (?:its|it['’]?s|that['’]?s))?(?: (?:is|was|name|"
    rf"user|username|account|as|called|handle|tag|id|under|named|profile|goes by|for (?:him|her) "
    rf"is)){{0,4}}"
    rf"[\s:,=(\"“-]{{1,3}}(?:it['’]?s |its |is )?|(?<!\w)(?:add(?:ed|s)?|follow(?:s|ed)?|dm(?:s|ed|ing)?|"
    rf"message[sd]?|blocked|search(?:ed)?(?: for)?|find|messaged by|from|by|as|called|is|adding|user) "
    rf")({_HANDLE_WORD})",
    re.IGNORECASE,
)
_APP_OR_IDENTITY = re.compile(
    rf"(?<!\w)(?:{_APPS.replace('|x|', '|')}|{_IDENTITY}|online|gaming|dms?|socials)(?!\w)", re.IGNORECASE
)
_PROFILE = re.compile(
    r"(?<![\w.])(?:(?:www\.)?(?:instagram|tiktok|facebook|snapchat|twitter|x|youtube|twitch|t\.me|"
    r"linktr\.ee|onlyfans)(?:\.com|\.me)?/(?:add/|@|user/|in/)?[\w.@-]{3,30}|(?:u|user)/[\w-]{3,30}|"
    r"[A-Za-z]\w{1,20}#\d{3,5})(?!\w)"
)
_MIXED_HANDLE = re.compile(r"(?<![\w.@/#-])(?=\w{9,})[A-Za-z]*[a-z][A-Z]{1,3}[a-z]+[A-Z]\w*(?!\w)")
_MET_ONLINE = re.compile(
    r"(?<!\w)(?:(?:un)?block(?:ed|ing|s)?|(?:added|messaged|followed|dm['’]?d) by|dm(?:s|ed)? from|user (?:named|"
    r"called)|account (?:named|called)|under) (@?[A-Za-z_][\w.-]{2,28}\w)(?![\w-])",
    re.IGNORECASE,
)
_SPOKEN_HANDLE = re.compile(
    r"(?<!\w)((?:at )?[a-z0-9]+(?: (?:underscore|dot|dash|hyphen|full stop) [a-z0-9]+){1,5}(?: (?:oh|zero|"
    r"one|two|three|four|five|six|seven|eight|nine|\d+))*)(?!\w)",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(
    r"(?<![\w-])[A-HJ-PR-Y][A-Z]\d{2}[ -]?(?!AND|THE|FOR|NOT|HAS|ARE|WAS|YES|SAY|DOE|DFE)[A-HJ-PR-Z]{3}(?![\w-])"
)
_PLATE = (
    r"(?:[a-z]{2}[ -]?\d{2}[ -]?[a-z]{3}|[a-z]\d{1,3}[ -]?[a-z]{3}|[a-z]{3}[ -]?\d{1,3}[a-z]|"
    r"[a-z]{2,3}[ -]?\d{3,4}|\d{3,4}[ -]?[a-z]{2,3}"
    r"|[a-z]{2} [a-z]?\d{1,2} [a-z]{3}|[a-z] \d{2,3} [a-z]{3})"
)
_VEHICLE = (
    r"(?:reg(?:istration)?s?|number ?plate|plates?|vrm|vrn|car|van|taxi|cab|minibus|lorry|truck|pick-?up|"
    r"motor(?:bike|cycle)?|moped|scooter|bike|"
    r"vehicle|4x4|jeep|bmw|audi|ford|fiesta|focus|corsa|vauxhall|astra|golf|polo|vw|volkswagen|mercedes|"
    r"merc|sprinter|transit|toyota|nissan|"
    r"kia|peugeot|renault|clio|citroen|seat|skoda|honda|range rover|land rover|tesla|volvo|hatchback|estate|saloon)"
)
_REGISTRATION_CUED = re.compile(
    rf"(?<!\w)(?<!under ){_VEHICLE}s?(?!\w)(?:[\s,:;(\"'=-]+(?!reg\b)[a-z'’]+){{0,6}}?"
    r"(?:[\s,:;(\"'=-]+(?:reg(?:istration)?|plates?|number)\.?)?"
    rf"[\s,:;(\"'“=-]+(?!(?:in|at|on|to|or|by|of|is|for|the|and|all|any|one|ks|yr|y|key) ?\d)({_PLATE})(?![\w-])",
    re.IGNORECASE,
)
_NO_PLATE = re.compile(
    r"(?i:\d+ ?(?:am|pm|yrs?|yo|mph|min|mins|hrs?|days?|ft|km|kg|cm|mm|and|the|for|kids?|boys?|lads?|men|"
    r"man|big|old|new|red|was|are|has|who|of|to|in|st|nd|rd|th|s)"
    r"|(?:year|yr|age|page|part|level|tier|step|top|all|the|her|his|for|and|act|ks|wt|no|box|row|bus|bed|"
    r"day)[ -]?\d+)"
)
_PASSPORT = re.compile(
    r"(?<!\w)passport(?:['’]?s)?(?: (?:number|num|no|is|was|id|ref))*[\s.:#-]{1,3}((?:[A-Z]{1,2} "
    r"?)?\d(?:[ -]?\d){6,8})(?!\w)",
    re.IGNORECASE,
)
_SORT = re.compile(
    r"(?<!\w)sort(?: ?code)?(?: (?:is|no|number))?[\s:.-]{1,3}(\d\d[- ]?\d\d[- ]?\d\d)(?!\w)"
    r"|(?<![\w-])(\d\d-\d\d-\d\d)(?=[ ,;]{1,2}(?:(?:acc(?:oun)?t?|a/c)\b[\s.:a-z]{0,9})?\d{8}(?!\w))",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?<!\w)(?:acc(?:oun)?t?|a/c|bank)\.?(?: (?:number|num|no|is|details))*[\s.:#-]{1,3}(\d{6,8}(?: ?\d{4})?)(?!\w)"
    r"|(?<![\w/-])(\d\d[ /-]\d\d[ /-]\d\d,? \d{8})(?!\w)"
    r"|(?<=\d\d-\d\d-\d\d )(\d{8})(?!\w)|(?<=\[bank details\] )(\d{8})(?!\w)"
    r"|(?<!\w)(GB\d\d ?[A-Z]{4}(?: ?\d){14})(?!\w)|(?<![\w-])(\d{4}(?:[ -]\d{4}){3})(?![\w-])",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_CODE = re.compile(
    r"(?<![\w/.@-])(?=(?:[A-Za-z/.-]*\d){5})(?=[\d/.-]*[A-Za-z])[A-Za-z0-9]{1,8}(?:[/-][A-Za-z0-9]{1,9}){1,4}(?![\w/-])"
    r"|(?<![\w/.@-])[A-Z]{2,5}-?\d{5,9}(?![\w/-])|(?<![\w/.-])\d{1,4}/\d{4,8}/\d{2,4}(?![\w/-])"
)
"""A code that nothing but a case has: letters and five figures at least, in parts."""
_NO_CODE = re.compile(
    r"(?:dfe|isbn|issn|hc|hl|cm|cmnd|si|ssi|ofsted|covid|kcsie|sta|iso|bs|eu|doi|cd|sc|oc|ni)[-/\d ]|"
    r".*(?:19|20)\d\d[-/](?:19|20)\d\d|"
    r"\d{1,2}[-/](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{1,3}-\w+-\w*old|"
    r"[a-z]+[-/][a-z]+[-/]\d{4}$|\d{4}-[a-z]+-\d|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
_IP = re.compile(
    r"(?<!\w)(?<!section )(?<!paragraph )(?<!para )(?<!version )(?<!v)(?<![\d.])"
    r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)"
    r"|(?<=ip )(?:\d{1,3}[ -]){3}\d{1,3}(?!\w)|(?<!\w)\d{1,3}(?: dot \d{1,3}){3}(?!\w)"
    r"|(?<!\w)(?:[a-z]+(?:[ -][a-z]+){0,4} (?:dot|point) ){3}(?:(?:zero|oh|one|two|three|four|five|six|"
    r"seven|eight|nine|hundred|and|\w+teen|\w+ty)(?:[ -]|\b)){1,5}"
    r"|(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])|"
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])",
    re.IGNORECASE,
)
_COURT = re.compile(
    r"(?<![\w/-])[A-Z]{2}\d\d[A-Z]\d{5}(?![\w/-])|(?<![\w/-])[TSAU] ?20\d{2}[ /-]?\d{4}(?![\w/-])"
    r"|(?<![\w/-])[A-Z]{2} ?\d\d ?[A-Z] ?\d{5}(?![\w/-])|(?<![\w/-])(?:CO|CA|PA|HU|EA|DA|RP|DC|"
    r"IA)/\d{3,6}/\d{2,4}(?![\w/-])"
    r"|(?<![\w/-])(?:KB|QB|CA|BL|HC|FD|CL|PT|AC|HT|BR|CR)-20\d\d-(?:[A-Z]{3}-)?\d{4,6}(?![\w/-])|"
    r"(?<![\w/-])[A-Z]\d\d[A-Z]{2}\d{3}(?![\w/-])"
    r"|(?<![\w/-])[A-Z]\d/20\d\d/\d{3,5}(?![\w/-])|(?<![\w/-])\d\d[A-Z]{2}\d{7}(?![\w/-])"
    r"|(?<![\w/-])(?:EH|SE|EJ)\d{0,3}/\d{2,4}/\d\d(?:/\d{4,5})?(?![\w/-])",
    re.IGNORECASE,
)
_LAW = re.compile(r"^(?:dfe|isbn|issn|19\d\d$|20\d\d$)", re.I)

_BY_SHAPE = (
    (_HANDLE, "handle"),
    (_COURT, "court_number"),
    (_REGISTRATION, "registration"),
    (_PASSPORT, "passport"),
    (_SORT, "bank"),
    (_ACCOUNT, "bank"),
    (_IP, "ip_address"),
)


def numbers_and_contacts(text: str) -> Iterator[Detail]:
    """Yields e-mail addresses, names in apps, numbers of things, cases and people, postcodes and telephone numbers."""
    yield from _whole(_EMAIL, text, "email")
    yield from _handles(text)
    for pattern, kind in _BY_SHAPE:
        yield from _whole(pattern, text, kind)
    yield from _registrations(text)
    yield from _cards(text)
    yield from _whole(_UPN, text, "upn")
    yield from _whole(_NI, text, "ni_number")
    for match in _CASE.finditer(text):
        group = next(number for number in (1, 2, 3) if match[number])
        if not _LAW.match(match[group]):
            yield match.start(group), match.end(group), "case_number"
    yield from _whole(_NHS_CUED, text, "nhs_number")
    yield from labelled_numbers(text)
    yield from _telephones(text)
    yield from _whole(_NHS, text, "nhs_number")
    yield from _whole(_POSTCODE, text, "postcode")
    for pattern in (_POSTCODE_LOOSE, _SAID_POSTCODE, _POSTCODE_CUED):
        yield from (
            each for each in _whole(pattern, text, "postcode") if not _NO_POSTCODE.match(text, each[0], each[1])
        )
    for match in _CODE.finditer(text):
        if not _NO_CODE.match(match.group()):
            yield match.start(), match.end(), "case_number"


def _whole(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Detail]:
    """Yields every match of a pattern, or its one group that matched where it has groups."""
    for match in pattern.finditer(text):
        group = match.lastindex or 0
        yield match.start(group), match.end(group), kind


def _handles(text: str) -> Iterator[Detail]:
    """Yields names in apps: addresses of profiles, and after a word that names an app or a user what is no English word."""
    for match in _PROFILE.finditer(text):
        yield match.start(), match.end(), "handle"
    for match in _MET_ONLINE.finditer(text):
        if re.search(r"[A-Za-z]{3}.*[\d_]|\w[._]\w+[._]|_|[a-z]\.[a-z]", match[1]) and _is_handle(match[1]):
            yield match.start(1), match.end(1), "handle"
    if not _APP_OR_IDENTITY.search(text):
        return
    for match in _MIXED_HANDLE.finditer(text):
        yield match.start(), match.end(), "handle"
    for match in _HANDLE_CUED.finditer(text):
        if _is_handle(match[1]):
            yield match.start(1), match.end(1), "handle"
    for match in _SPOKEN_HANDLE.finditer(text):
        yield match.start(1), match.end(1), "handle"


def _is_handle(token: str) -> bool:
    bare = token.lstrip("@").rstrip(".-")
    if re.fullmatch(r"[a-z]{2,12}-\d{2,4}", bare):
        return bare.split("-")[0] not in ("covid", "under", "over", "year", "age", "mid", "post", "pre")
    if token.startswith("@") or "_" in bare or ("." in bare and not bare[0].isupper()):
        return True
    letters, digits = sum(map(str.isalpha, bare)), sum(map(str.isdigit, bare))
    if digits:
        return letters >= 3 and not bare.isdigit() and "-" not in bare and not bare.isupper()
    return (
        len(bare) >= 7
        and bare.islower()
        and "-" not in bare
        and not is_everyday(bare)
        and bare not in known_words()
        and not is_given_name(bare)
    )


def _registrations(text: str) -> Iterator[Detail]:
    for match in _REGISTRATION_CUED.finditer(text):
        if not _NO_PLATE.fullmatch(match[1]) and not match[1].isdigit():
            yield match.start(1), match.end(1), "registration"


def _cards(text: str) -> Iterator[Detail]:
    """Yields numbers of cards and of international accounts; their check digits tell them from other numbers."""
    for match in _CARD.finditer(text):
        if _has_luhn_digit(match.group()):
            yield match.start(), match.end(), "bank"
    for match in _IBAN.finditer(text):
        if _is_iban(match.group()):
            yield match.start(), match.end(), "bank"


def _has_luhn_digit(number: str) -> bool:
    digits = [int(each) for each in reversed(number) if each.isdigit()]
    doubled = (2 * each - 9 * (each > 4) for each in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_iban(number: str) -> bool:
    plain = number.replace(" ", "")
    return 15 <= len(plain) <= 34 and int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def _telephones(text: str) -> Iterator[Detail]:
    for match in _PHONE.finditer(text):
        if not _DATE_START.match(match.group()) and not _FREEPHONE.match(match.group()):
            yield match.start(), match.end(), "phone"
