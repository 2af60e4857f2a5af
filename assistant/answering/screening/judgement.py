"""Distinguishes a request to decide a case from a question about criteria.

"What is the threshold?" asks for criteria; "does this child meet it?" asks for a judgement. What makes the
difference is a word that points to one case (this, he, my, the twins) beside a finding, a measure or a step, or a
question after what the assistant thinks.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.answering.screening.word_lists import any_of, opening, table

_FILE = "judgement.toml"
_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;]*")
_GENERAL = re.compile(
    r"^(?:and |so |but |ok )*(?:what (?:is|are|does|do|must|should|counts|makes|happens|factors|"
    r"evidence)|who|when|how|where|"
    r"why|which (?!is it|one)\w+|is there|are there|is (?:a|an|it (?:a|an) (?:legal|statutory|"
    r"requirement|offence|crime))|"
    r"do (?:schools|parents|practitioners|staff|teachers)|does (?:the policy|working|guidance))\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"^(?:and |so |but |ok |please |pls )*(?:who (?:do|must|should|has|can|will|is (?:told|responsible))|whom |"
    r"when (?:must|do|does|should|is)|how (?:long|soon|quickly|often|many|do (?:i|we) (?:report|refer|record|contact|make|get))|"
    r"where (?:do|can|is|are|does)|which (?:form|policy|procedure|team|section|document)|"
    r"what (?:form|number|policy|procedure|time ?scale|does the (?:policy|guidance|procedure)|"
    r"is the (?:number|procedure|process|time ?scale)))\b",
    re.IGNORECASE,
)
_RULES = "policy|guidance|strategy|duty|document|section|paragraph|protocol|procedure|rule|law|course|training"
_POLICY = re.compile(
    rf"\b(?:according to|does the (?:{_RULES})|(?:{_RULES}) (?:say|cover|mean|require|define|include|apply|allow)\w*|"
    rf"the (?:{_RULES}) (?:on|about)|this (?:statutory )?(?:{_RULES}|apply)|these (?:rules|duties|documents))\b",
    re.IGNORECASE,
)
_SOMEONE = re.compile(
    r"(?<!\w)(?:he|she|him|her|his|they|them|these|this|\[name\]|my|mum|dad|we have|i have)(?!\w)", re.IGNORECASE
)


def asks_to_decide(text: str) -> bool:
    """Returns whether a message asks the assistant to judge a case."""
    sentences = [each.strip() for each in _SENTENCE.findall(text.replace("’", "'")) if each.strip()]
    return any(_decides(sentence, _is_story_told(sentences[:index])) for index, sentence in enumerate(sentences))


def asks_for_a_rule(text: str) -> bool:
    """Returns whether a message asks who, when, how long or by which form: answered from the documents, whatever case is told."""
    return any(_RULE.search(each.strip()) for each in _SENTENCE.findall(text.replace("’", "'")))


def _is_story_told(sentences: list[str]) -> bool:
    return any(_SOMEONE.search(each) and not each.endswith("?") for each in sentences)


def _decides(sentence: str, has_story: bool) -> bool:
    if any_of(_FILE, "opinion").search(sentence) or opening(_FILE, "order").match(sentence):
        return True
    if _GENERAL.search(sentence) or _POLICY.search(sentence):
        return False
    if has_story and _shall_i().search(sentence):
        return True
    return any(pattern.search(sentence) for pattern in _frames())


@cache
def _shall_i() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:should|shall|must|do) (?:i|we) (?:need to |have to )?{_group('step')}(?!\w)", re.IGNORECASE
    )


@cache
def _frames() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_filled(frame), re.IGNORECASE) for frame in table(_FILE)["frames"])


def _filled(frame: str) -> str:
    begins = r"(?:^|[,;:] ?|\b(?:so|and|but|or|if|whether) )"
    be = r"(?:is|are|was|were|would|could|am|isn't|aren't|has|have)"
    filled = frame.replace("{start}", begins).replace("{be}", be)
    for key in ("case", "loose", "finding", "personal", "measure", "step", "placed"):
        filled = filled.replace(f"{{{key}}}", _group(key))
    return f"{filled}(?!\\w)" if frame.startswith("{start}") else f"(?<!\\w){filled}(?!\\w)"


def _group(key: str) -> str:
    return f"(?:{'|'.join(table(_FILE)[key])})"
