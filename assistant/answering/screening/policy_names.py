"""Names that a policy, a law, an inquiry or a theory bears: they stay, since a question about them is nobody's detail."""

from __future__ import annotations

import re

_NAME = r"[A-Z][\w'’-]+"
_ALWAYS = (
    r"(?:act|bill|law|laws|rule|theory|theories|model|models|hierarchy|ladder|wheel|typology|typologies|"
    r"taxonomy|preconditions?|criteria|test|tests|scales?|"
    r"charter|code|stages|framework|frameworks|inquiry|inquiries|enquiry|continuum|ruling|rulings|"
    r"principles?|guidelines?|guideline|amendment|clause|duty|measures?|"
    r"competen\w+|recommendations|definition|typical|triangle|window|iceberg|cycle|circle|pyramid|matrix|"
    r"index|questionnaire|inventory|checklist|toolkits?|tool|"
    r"protocol|protocols|judge?ment|judgements|doctrine|method|technique|approach|convention|commission|"
    r"committee|foundation|trust|fund|campaign|institute|"
    r"centre|hospital|project|programme|program|scheme|award|pledge|standard|standards|profile|sequence|"
    r"therapy|pedagogy|philosophy|"
    r"promise|partnership|observatory|petition|helpline|legacy|syndrome|ratio|phases?|functions|skills|helper|"
    r"textbook|manual|observation|"
    r"attachment (?:theory|styles?)|ecological|systems theory|strange situation)"
)
_PLAINLY = (
    r"(?:review|reviews|report|reports|case review|serious case review|scr|lcspr|cspr|study|studies|case "
    r"law|research|assessment (?:framework|tool|triangle)|interview|"
    r"training|parenting|course|module|reforms?|proposals?|findings|lessons|tragedy|murders?|scandal|affair|case(?= "
    r"(?:law|led|changed|review|show\w*|teach\w*|tell|mean\w*|set|in (?:law|19|20)))|"
    r"audit|panel|paper|bulletin|book|handbook|textbook|series|lecture|tradition|school of|schools?(?= of "
    r"thought)|intervention|exercise|prompts?|questions|rating|score|grid)"
)
_OWN = (
    r"(?:four|five|three|six|seven|eight|work|research|book|paper|writing|ideas|concept|study|report on|"
    r"report into|review of|writings|"
    r"types? of|description|views? (?:of|on)|account of)"
)
_MIDDLE = r"(?: [a-z-]+){0,2}?"
_KIND_OF = (
    r"(?: (?:independent|national|public|statutory|serious|safeguarding|traffic|light|risk|case|"
    r"assessment|screening|anxiety|depression|wellbeing|social|drama|"
    r"participation|attachment|ecological|systems|secure|base|learning|reflective|neglect|care|parenting|"
    r"integrated|child|family|adult|behaviour|rating|local|full|original)){0,3}"
)
"""What may stand between a name and what bears it, where no possessive joins them."""
_AFTER = re.compile(
    rf"(?:(?:,? (?:and|&|or) |-|–|/|, )(?-i:{_NAME}(?: {_NAME})?)){{0,3}}(?:['’]s?)?"
    rf"(?:(?:(?<=['’]s)|(?<=s['’])){_MIDDLE} {_ALWAYS}(?![\w-])|(?<!['’]s)(?<!['’]){_KIND_OF} {_ALWAYS}(?![\w-])|"
    rf"(?<!['’]s)(?<!['’]) {_PLAINLY}(?![\w-])|(?<=['’]s) {_OWN}(?![\w-])| (?:19|20)\d\d(?= (?:says?|found|argues?|"
    r"states?|on|study|paper|suggests?|shows?|report|review))| (?:et al|and "
    rf"colleagues)(?!\w)"
    r"| ?\((?:19|20)\d\d[a-z]?\)|,? (?:19|20)\d\d(?=[);,.?]|$)| v\.? [A-Z])",
    re.IGNORECASE,
)
_ENDORSED = re.compile(
    rf"(?:(?:,? (?:and|&) ){_NAME})?,? (?:\w+ )?(?:recommend(?:s|ed)?|argue[sd]?|conclude[sd]|proposes?|"
    rf"proposed|theori[sz]ed|defines?|defined|coined|identifie[sd] (?:four|five|three|six)|"
    r"distinguish(?:es|ed)|published|pioneered|inquir\w+)(?!\w)"
)
_CASE_LAW = re.compile(r"(?<!\w)(?:[A-Z][\w'’-]*|R \(?[\w ]{1,20}\)?) v\.? (?:[A-Z][\w'’-]* )*$")
_BEFORE = re.compile(
    r"(?<!\w)(?:(?:[Ll]ord|[Ll]ady|[Bb]aroness|[Bb]aron|[Vv]iscount|[Ee]arl|[Jj]ustice|[Ll]ord [Jj]ustice|"
    r"[Mm]rs? [Jj]ustice|[Oo]peration|[Pp]roject|[Pp]rogramme|Theory of|"
    r"(?i:named after|in (?:memory|honour) of|authors?:?|edited by|written by|devised by|developed by|by "
    r"authors?|according to|theorists?(?: such as| like| including)?|"
    r"theories of|the (?:model|theory|work|writings|ideas|concept|framework|scale|research|typology) "
    r"(?:of|by|from)|influenced by|based on the work of))) (?:[A-Z][\w'’.-]* ){0,2}(?:(?:and|&) )?$"
)
_OF_THE_DEAD = re.compile(
    r"(?<!\w)(?:(?:review|inquiry|inquest|enquiry|report|investigation|lessons|learning|findings|cspr|scr|lcspr)s? "
    r"(?:\w+ ){0,2}?(?:in)?to the (?:death|murder|killing|deaths|murders)s? of|"
    r"(?:review|inquiry|inquest|lessons|learning|findings) (?:about|from|into|of|on|after)(?: the)?(?: (?:death|"
    r"murder|case)s? of)?) (?:[A-Z][\w'’.-]* ){0,2}(?:and (?:[A-Z][\w'’.-]* ){0,2})?$"
)
_CASE_AND_POLICY = re.compile(
    r" case(?:,| and| on| about| for| in)? (?:information sharing|policy|law|guidance|lessons|learning|reforms?|"
    r"the (?:law|reforms))",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?: and (?-i:[A-Z])[\w'’-]+)? (?:on|and) (?:supervision|attachment|resilience|neglect|reflection|reflective|"
    r"safeguarding|child protection|trauma|grooming|exploitation|risk|assessment|development|play|loss|person[- "
    r"]centred|social work|practice|family|poverty)(?! (?:plan|order|conference|worker|visit|visits|meeting))",
    re.IGNORECASE,
)
"""A learned subject straight after a name, where nothing else is told: somebody wrote on it."""
_OFFICE = re.compile(
    r"(?: of the national panel|['’]s annual report| as (?:president|chief inspector|commissioner|chair)|,? (?:the "
    r")?(?:children['’]s commissioner|chief inspector|chief social worker))",
    re.IGNORECASE,
)
_OF_TITLE = re.compile(r"(?<!\w)(?:[Ss]ir|[Dd]ame|[Pp]rof(?:essor)?\.?|[Dd]r\.?) (?:[A-Z][\w'’.-]* ){0,2}$")
_INQUIRED = re.compile(
    r"(?<!\w)(?:independent review|national review|inquiry|inquiries|enquiry|recommend\w*|review(?:s|ed)? "
    r"(?:of|into|on)|theor(?:y|ies|ist)|report (?:of|on|into)|judge?ment|ruling|chaired|act|"
    r"research\w*)(?!\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?<!\w)(?:did|does|do) (?:[A-Z][\w'’.-]* ){0,3}$")
_ASKED_OF = re.compile(
    r"(?:(?:,? (?:and|&) )[A-Z][\w'’-]+)? (?:recommend|conclude|propose|argue|mean by|write about|"
    r"understand by|find (?:in|about)|say (?:in|about) (?:his|her|the|their) (?:\w+ ){0,2}(?:report|"
    r"review|inquiry))\b"
)


_LEARNED = re.compile(
    r"(?<!\w)(?:theor(?:y|ies|ists?)|inquir(?:y|ies)|serious case reviews?|practice reviews?|case law|"
    r"high[- ]profile|landmark|famous|literature|textbooks?|authors?|academics?|psychologists?|"
    r"researchers?)(?!\w)",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(?<!\w)(?:he|she|him|her|his|hers|my|mum|mam|mom|dad|nan|i (?:am|was|have|saw)|im|we (?:have|had|"
    r"are|saw)|our (?:pupil|student|child|boy|girl|lad|family)|this (?:child|boy|girl|family|pupil)|told "
    r"(?:me|us)|lives|attends|dob)(?!\w)",
    re.IGNORECASE,
)


def is_policy_name(text: str, start: int, end: int) -> bool:
    """Returns whether what stands around a name makes it that of a law, an inquiry, a tool, a case in law or an author."""
    before, after = text[max(0, start - 60) : start], text[end : end + 90]
    if after.startswith(("'s", "’s")) and not (
        re.match(rf"['’]s{_MIDDLE} (?:{_ALWAYS}|{_OWN})(?![\w-])", after, re.IGNORECASE) or _OFFICE.match(after)
    ):
        return False
    if _OF_THE_DEAD.search(before) and not _SOMEBODY.search(text):
        return True
    if (_CASE_AND_POLICY.match(after) or _SUBJECT.match(after) or _OFFICE.match(after)) and not _SOMEBODY.search(text):
        return True
    if _BEFORE.search(before) or _CASE_LAW.search(before) or _ENDORSED.match(after):
        return True
    if _OF_TITLE.search(before) and _INQUIRED.search(text):
        return True
    if _LEARNED.search(text) and not _SOMEBODY.search(text):
        return True
    if _ASKED.search(before) and _ASKED_OF.match(after):
        return True
    return _AFTER.match(after) is not None
