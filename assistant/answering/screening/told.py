"""What is told of somebody: the words of a sentence that tell of one person, or of something that happened, and none of policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SOMEBODY = (
    r"\[(?:name|date|address|school|practice|date of birth|age and small place)\]|(?:(?<!he or )(?<!he/)(?<!he and "
    r")she|he(?! or she|/she)|him(?! or her|/her)|"
    r"(?<!his or )(?<!his/)(?<!him or )(?<!him/)her|his(?! or her|/her)|(?<![(.])i(?![).,;])|im|i['’]m|we (?:went|"
    r"did|saw|met|rang|visited|found|had|were|spoke|have (?:a|had|been))|"
    r"us|they r|my|mum|mam|mom|mummy|dad|daddy|nan|grand(?:ma|dad|mother|father)|step-?(?:dad|mum|father|mother)|"
    r"uncle|aunt\w*|"
    r"the (?:boy|girl|lad|lass|baby|twins?|mother|father|family)|(?:a|this|that|one|year \d+|yr \d+) (?:[a-z0-9-]+ "
    r")?(?:boy|girl|lad|lass|kid|baby|toddler|"
    r"pupil|student|family|mum|dad)|the kids?|kids|sw|hv|edt|dsl here)"
)
_HAPPENED = (
    r"(?:came|went|told|rang|saw|said|hit|found|noticed|noted|disclosed|happened|missing since|last seen|ran away|"
    r"arrived|bruis\w+|"
    r"black eye|(?:visit|incident|contact|absent|injur\w+|meeting|strat|conference|core group|placement|reported|"
    r"seen|attended|logged|"
    r"taken off roll|off school|disclosure|overdose|assault\w*|fell|cut|hurt|cried|started with|broke down)(?= "
    r"(?:on|was|is|by|since|from|at|\d|last|\[))|"
    r"(?:my|our|home|lac|statutory|hv|sw|the) visit|disclosure was|police attended|broke down|conference held|"
    r"strat meeting|neighbours?|core group \w+ was)"
)
_TOLD = re.compile(rf"(?<![\w\[])(?:{_SOMEBODY}|{_HAPPENED})(?!\w)", re.IGNORECASE)
_POLICY = re.compile(
    r"(?<!\w)(?:in force|effective|version|updat\w+|publish\w+|edition|guidance|acts?|regulations?|polic(?:y|ies)|"
    r"kcsie|working together|"
    r"census|commenc\w+|appl(?:y|ies|ied)|deadlines?|ofsted|framework|statutory (?!visit)|strategy|consultation|"
    r"replac\w+|supersed\w+|"
    r"year end(?:ing)?|as of|rules?|law|legislation|withdrawn|sections?|s\.\d+|term dates?|bill|returns?|data "
    r"collection|issued|revised|chapter|section|"
    r"generated?|s\.? ?i\.?|regs?\.?|subst\w*|inserted|omitted|sch\.|ins\.|made on|laid|came into|inspect\w*|"
    r"document|letter to|expir\w*|valid|released|launched|signed|enacted|paragraph|annex|schedule|financial year|"
    r"academic year|tax year|amended|repealed|royal assent|accessed|retrieved)(?!\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.](?=\w|[ ]?\d)[^.?!\n]*)*")
_BREAK = re.compile(
    r"[,;:–—]\s|\s[-–—]\s|(?<!\w)(?:and|but|what|which|who|how|does|do i|is there|is it|so)(?!\w)", re.IGNORECASE
)
_NEAR = 60
"""Characters beside a detail in which a word of policy makes it one of policy."""


def told_sentences(text: str, also: re.Pattern[str] | None = None) -> Iterator[re.Match[str]]:
    """Yields the sentences that tell of somebody, and those with what ``also`` matches."""
    for sentence in _SENTENCE.finditer(text):
        if _TOLD.search(sentence.group()) or (also and also.search(sentence.group())):
            yield sentence


def is_of_policy(text: str, start: int, end: int) -> bool:
    """Returns whether the clause around a detail speaks of policy: in force, published, an Act, a return."""
    before = text[max(0, start - _NEAR) : start]
    after = text[end : end + _NEAR]
    breaks = list(_BREAK.finditer(before))
    begins = breaks[-1].end() if breaks else 0
    ends = _BREAK.search(after)
    return bool(_POLICY.search(before, begins) or _POLICY.search(after[: ends.start() if ends else None]))
