"""Schools, nurseries, practices and hospitals by name, in any case and shortened, after what tells that somebody goes there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.screening.labelled_numbers import Found
from assistant.answering.screening.told import told_sentences
from assistant.answering.screening.word_lists import is_everyday, known_words, table

_WORD = r"(?:[^\W\d_][\w'’.-]*|&)"
_SCHOOL = (
    r"(?:(?:(?:rc|ce|c of e|cofe|catholic|community|junior|infant|day|special|church of england|girls['’]?|"
    r"boys['’]?|tech(?:nical)?|sixth form|primary|high|nursery|pre-?|"
    r"village|secondary|grammar|prep) )*(?:primary|prim|juniors?|jnrs?|infants?|academy|acad|high|comp|"
    r"comprehensive|nursery|nurseries|pre ?-?school|playgroup|college|coll|grammar|"
    r"sixth form|6th form|kindergarten|pru|prep|priory|c of e|c ?/ ?e|r ?c|secondary|sec|school|schl|sch|"
    r"childminders?|kindy|uni|university))"
)
_CARE = (
    r"(?:(?:(?:family|village|medical|dental|gp|group|health|childrens|children['’]s|general|district|community|"
    r"royal|minor injuries|walk-?in|birth|sexual health|urgent care|nhs) )*"
    r"(?:surgery|practice|prac|health centre|medical centre|med centre|hospital|hosp|infirmary|general|clinic|"
    r"camhs|centre|unit|doctors|doctors['’]|drs|docs|gps?|meds?|medical|dental|dentists?|"
    r"a ?& ?e|a and e|ward|physio|hospice|health|opticians?|pharmacy|chemist))"
)
_LEARNS = (
    r"(?:go(?:es)? to|going to|went to|attend(?:s|ed|ing)?|(?:pupil|student|teacher|ta|dsl|senco|head|headteacher|"
    r"dinner lady|governor|caretaker|tutor|nursery worker|worker|cleaner|place|class|lad|girl|boy|kid|kids|"
    r"children|child|sister|brother|son|daughter|yr \d+|y\d+|year \d+)s? (?:at|of|from|in)|(?:year|yr|class|"
    r"reception|nursery) ?\d{0,2} (?:at|in)|transferred (?:from|to)|excluded from|suspended from|left|expelled "
    r"from|"
    r"enrolled (?:in|at)|start(?:s|ed|ing)? (?:at|in)|on roll at|roll at|picked (?:him |her |them )?up from|picked "
    r"up (?:at|from)|walked out of|(?:my |his |her |the )?(?:daughter|son|child|kid)?s? ?schools? (?:is|was|called|"
    r":)?|school:|school is|"
    r"is (?:now )?at|are (?:now )?at|was at|moved (?:from|to)|works? (?:at|in)|i work at|taught at|from|at|in|my "
    r"daughter school|(?:yr|year) ?\d{1,2} (?:lad|girl|boy|pupil)|dropped (?:off )?at|outside|near) "
)
_SURE_LEARNS = (
    r"(?:goes to|attends|(?:pupil|student|teacher|ta|dsl|senco|headteacher) (?:at|from)|the head of|dsl at|in "
    r"(?:year|yr) ?\d{1,2} (?:at|in)|(?:year|yr|y) ?\d{1,2} at|transferred from|excluded from|"
    r"suspended from|expelled from|enrolled (?:in|at)|started at|on roll at|picked up from|walked out of|school:|"
    r"kids (?:at|from)|is on roll at|started at|picked up from|school is|school called|(?:daughter|son|child|"
    r"kid)['’]?s? school|nursery worker from|kids from|im a ta at|"
    r"nursery is|college is|(?:he|she) is at|(?:she|he) left|(?:yr|year) ?\d{1,2} (?:lad|girl|boy)) "
)
_TREATED = (
    r"(?:registered (?:with|at|to)|gp:|gp(?: is)?(?: at| from)?|doctors?(?: is| at| from)|dr at|seen (?:at|by)|"
    r"letter (?:came )?from|taken to|rushed to|health visitor (?:from|at)|midwife (?:based )?(?:at|from)|"
    r"admitted to|(?:nurse|consultant|paediatrician|receptionist|physio) (?:at|from)|appointments? at|referred by|"
    r"referred to|born (?:at|in)|(?:he|she|they) (?:went|goes|go)(?: to)?|went to|under|ring|rang|discharged from|"
    r"based at|with|at|from|is|by|to|in|practice:) "
)
_SURE_TREATED = (
    r"(?:registered (?:with|at|to)|gp:|gp is(?: at)?|dr at|seen at|letter came from|letter from|taken to|admitted "
    r"to|nurse at|consultant at|dr at|appointments? at|born at|discharged from|doctor is|health visitor from|"
    r"midwife based at|referred by|(?:he|she) went(?: to)?|her gp is at|consultant at|paediatrician at) "
)
_SCHOOLS = re.compile(
    rf"(?<!\w){_LEARNS}((?:the )?((?:{_WORD} ){{1,4}}?){_SCHOOL}(?: {_SCHOOL})*)(?![\w-])", re.IGNORECASE
)
_VAGUE_CARE = re.compile(
    r"(?:centre|unit|health|general|medical|meds?|prac|practice|doctors['’]?|ward|dental)$", re.IGNORECASE
)
"""Words that name a practice only after what says surely that somebody is treated there."""
_CARES = re.compile(
    rf"(?<!\w){_TREATED}((?:the )?((?:{_WORD} ){{1,3}}?){_CARE}(?: {_CARE})*)(?![\w-])(?! (?:advis[eo]r|guidance|"
    r"professionals?|and safety|visitors?|needs|history|assessment|plan|record|review|register|education|team|"
    r"services?|officer|staff|trust|condition|information)\b)",
    re.IGNORECASE,
)
_SAINTLY = re.compile(
    rf"(?<!\w){_SURE_LEARNS}((?:st\.?|saint|our lady|holy|sacred|blessed|all|christ|bishop|king|queen|ark|oasis|"
    r"sir|lord|john|little|tiny|busy|sunny|happy) "
    rf"{_WORD}(?: of (?:the )?{_WORD})?(?: (?-i:[A-Z]){_WORD})?(?: (?:c of e|rc|ce))?(?:['’]s)?|"
    rf"(?-i:[A-Z][\w'’]+(?: [A-Z][\w'’]+){{0,3}}|[a-z]{{4,}}|(?<=[hr]e head of )[A-Z]{{2,4}}|(?<= at )[A-Z]{{3,4}}|"
    rf"(?<=chool: )[A-Z]{{2,4}}))(?![\w-])",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "english welsh scottish irish polish british french short stay primary nursery their own a an the my our your "
    "his her their this that which what every each any all no some is are does do can how when where why who "
    "should must may if for in at to from of and or with has have "
    "will would re local new old previous next same another other special mainstream alternative independent "
    "private public state boarding residential maintained faith free secondary primary "
    "middle high junior infant nursery early after before back home out late again one two first last different "
    "school schools hospital hospitals class gp doctor doctors dentist walk-in mental "
    "sexual health general eating adult child children's childrens community teaching day maternity paediatric "
    "outpatient fracture emergency minor urgent antenatal ante-natal baby well speech "
    "good best social work working professional common clinical direct safe safeguarding multi-agency current "
    "further higher virtual pupil referral foundation acute tier inpatient psychiatric secure "
    "intensive special care family drug and alcohol birth stop contact nhs police court council hub unit "
    "assessment custody detention resource resourced advice law drop-in immunisation vaccination "
    "vaccine dental medical their nearest big whole own not now there here she he they we you it him them us me i "
    "be being been was were had did get got go goes going make told said after-school "
    "about without into on by as but because until while also only just even both between youth leisure sports "
    "shopping children family families sure information call contact training testing "
    "learning day activity outdoor visitor reception detention removal city town village county national regional "
    "royal district".split()
)
_SAINTS = frozenset("st st. saint all our holy sacred blessed christ".split())
_CLIPPED = frozenset(
    "school home nursery college work hospital there here and but because when if with without after before early "
    "late about again now today yesterday tomorrow last next this that then him her "
    "them me us it his their my our your the a an on in at to for from by of or so not no all both".split()
)


def named_places(text: str) -> Iterator[Found]:
    """Yields schools, practices and hospitals that somebody goes to, by name."""
    for sentence in told_sentences(text, _SURE["either"]):
        start, end = sentence.span()
        yield from _of_kind(_CARES, "practice", text, start, end)
        yield from _of_kind(_SCHOOLS, "school", text, start, end)
        for match in _SAINTLY.finditer(text, start, end):
            is_office = (
                "head of " in match.group().lower()
                and match[1][0].isupper()
                and match[1].split()[0].lower() not in _SAINTS
            )
            if not is_office and _is_unkind(match[1]):
                yield match.start(1), match.end(1), "school"


def _of_kind(pattern: re.Pattern[str], kind: str, text: str, start: int, end: int) -> Iterator[Found]:
    sure = _SURE[kind]
    at = start
    while (match := pattern.search(text, at, end)) is not None:
        words = match[2].split()
        first = next(
            (
                number
                for number, word in enumerate(words)
                if word.lower().removesuffix("'s").removesuffix("’s") not in _SMALL_WORDS
            ),
            None,
        )
        if (
            first is None
            or words[0].lower() in ("a", "an", "another", "any", "every", "each", "no", "which", "what")
            or any(
                word.lower()
                in ("should", "must", "can", "will", "does", "do", "who", "what", "which", "and", "or", "a", "the")
                for word in words[first:]
            )
        ):
            at = match.start() + 1
            continue
        is_sure = sure.match(text, match.start()) is not None
        if is_sure or (
            not (kind == "practice" and _VAGUE_CARE.search(match[1])) and any(_names(word) for word in words[first:])
        ):
            begin = match.start(2) + match[2].index(words[first])
            yield begin, match.end(1), kind
        at = match.end()


def _names(word: str) -> bool:
    return (word[0].isupper() and word.lower() not in known_words()) or not is_everyday(word.lower().removesuffix("'s"))


def _is_unkind(said: str) -> bool:
    """Returns whether words after "goes to" name a school: a saint, a capital, or what is no English word."""
    words = said.split()
    folded = words[0].lower()
    if len(words) > 1 and folded.rstrip(".") in _SAINTS:
        return _is_saintly(words)
    if folded in _CLIPPED or folded in table("places.toml")["large"] or (folded in _SMALL_WORDS and len(words) == 1):
        return False
    if (
        len(words) == 1
        and words[0].isupper()
        and (folded in known_words() or words[0] in ("MASH", "LADO", "CAMHS", "YOS", "YOT", "EDT", "DSL", "LAC"))
    ):
        return False
    if len(words) == 1 and words[0].islower():
        return not is_everyday(folded) and folded not in known_words()
    if all(word[0].islower() for word in words):
        return _is_saintly(words)
    return any(
        word[0].isupper() and word.lower() not in known_words() and word.lower() not in _CLIPPED for word in words
    )


def _is_saintly(words: list[str]) -> bool:
    first, second = words[0].lower().rstrip("."), words[1].lower()
    if first in ("st", "saint"):
        return second not in _CLIPPED
    if first in ("all", "our", "holy", "sacred", "blessed", "christ"):
        return second.removesuffix("s").rstrip("'’") in (
            "saint",
            "soul",
            "lady",
            "trinity",
            "famil",
            "family",
            "cros",
            "cross",
            "heart",
            "sacrament",
            "church",
            "name",
            "rood",
            "king",
        )
    return first != "all" and (
        not is_everyday(second) or second in ("bees", "acorns", "tots", "stars", "feet", "days", "hands", "steps")
    )


_SURE = {
    "either": re.compile(rf"(?<!\w)(?:{_SURE_LEARNS}|{_SURE_TREATED})", re.IGNORECASE),
    "school": re.compile(rf"(?<!\w){_SURE_LEARNS}", re.IGNORECASE),
    "practice": re.compile(rf"(?<!\w){_SURE_TREATED}", re.IGNORECASE),
}
