"""Tells a request to decide a case from a question about criteria.

"What is the threshold?" asks for criteria; "does this child meet it?" asks for a judgement. What makes the
difference is a word that points to one case (this, he, my, the twins) beside a finding, a measure or a step, or a
question after what the assistant thinks.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.screening.lexicon import any_of, opening, table

_FILE = "judgement.toml"
_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;]*")
_GENERAL = re.compile(
    r"^(?:and |so |but |ok )*(?:what (?:is|are|does|do|must|should|counts|makes|happens|factors|evidence)|who|when|how|where|why|"
    r"which (?!is it|one)\w+|is there|are there|is (?:a|an|it (?:a|an) (?:legal|statutory|requirement|offence))|do (?:schools|parents|"
    r"practitioners|staff|teachers)|does (?:the policy|working|guidance))\b",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\b(?:according to|does the (?:policy|guidance|strategy|law)|(?:policy|guidance|procedure|strategy|protocol) "
    r"(?:say|cover|mean|require|define|include|apply|allow)\w*|the (?:law|policy|guidance) (?:on|about|say)\w*|this (?:policy|guidance|"
    r"strategy|duty|document|section|paragraph|protocol|procedure|rule|law|apply|course|training)|these (?:rules|duties|documents))\b",
    re.IGNORECASE,
)
_SOMEONE = re.compile(
    r"(?<!\w)(?:he|she|him|her|his|they|them|these|this|\[name\]|my|mum|dad|we have|i have)(?!\w)", re.IGNORECASE
)


def asks_to_decide(text: str) -> bool:
    """Returns whether a message asks the assistant to judge a case."""
    sentences = [each.strip() for each in _SENTENCE.findall(text.replace("’", "'")) if each.strip()]
    return any(_decides(sentence, _told_before(sentences[:index])) for index, sentence in enumerate(sentences))


def _told_before(sentences: list[str]) -> bool:
    return any(_SOMEONE.search(each) and not each.endswith("?") for each in sentences)


def _decides(sentence: str, has_story: bool) -> bool:
    if any_of(_FILE, "opinion").search(sentence) or opening(_FILE, "order").match(sentence):
        return True
    if _GENERAL.search(sentence) or _POLICY.search(sentence):
        return False
    if has_story and _shall_i().search(sentence):
        return True
    return any(pattern.search(sentence) for pattern in _patterns())


@cache
def _shall_i() -> re.Pattern[str]:
    steps = "|".join(table(_FILE)["step"])
    return re.compile(
        rf"(?<!\w)(?:should|shall|must|do|can) (?:i|we) (?:need to |have to )?(?:{steps})(?!\w)", re.IGNORECASE
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = table(_FILE)
    case, finding, measure, step = (f"(?:{'|'.join(words[key])})" for key in ("case", "finding", "measure", "step"))
    be = r"(?:is|are|was|were|would|could|am|isn't|aren't|has|have|'s)"
    ask = r"(?:should|shall|must|can|could|may|do|would|ought)"
    frames = (
        rf"(?:^|[,;:] ?|\bso |\band |\bbut |\bor |\bif |\bwhether ){be} {case}(?: (?!if\b|when\b|where\b)[\w'’\[\]-]+){{0,8}}? {finding}(?!\w)",
        rf"(?:^|[,;:] ?|\bso |\band |\bbut |\bor ){be} it(?: (?!if\b|when\b|where\b)[\w'’\[\]-]+){{0,5}}? {finding}(?! (?:if|when|to)\b)(?!\w)",
        rf"(?:does|do|did|would|will|could) (?:it|{case})(?: [\w'’\[\]-]+){{0,5}}? {measure}(?: [\w'’\[\]-]+){{0,6}}? (?:{finding}|plan|criteria|assessment|intervention|help|you)",
        rf"(?:does|do|would) (?:a|an|the)(?: [\w'’\[\]-]+){{1,6}}? {measure} (?:he|she|they|him|her|them|this|that|it)",
        rf"{ask} (?:i|we) (?:just |really |now |need to |have to |be able to ){{0,2}}{step}(?: [\w'’\[\]-]+){{0,4}}? (?:{case}|case|this one|them|on these)",
        r"(?:should|shall|must|can) the (?:child|children|kids) (?:go (?:home|back|on|into)|be (?:on|removed|returned|placed))\b",
        r"(?:does|do|would) (?:a|an)(?: [\w'’-]+){1,8}? (?:meet|reach|cross|hit) (?:the )?threshold",
        rf"{ask} {case}(?: [\w'’\[\]-]+){{0,3}}? {step}",
        r"(?:should|shall|do|can) (?:i|we) (?:close|step down|escalate|nfa|remove|believe)(?: the| this| it| him| her| them)?(?: case| child| one| children)?[?.!]*$",
        rf"(?:is|would) it (?:be )?(?:ok|okay|safe|right|wrong|fair|best|better|alright|fine|acceptable|appropriate|enough)(?: [\w'’-]+){{1,3}}? {case}",
        r"(?:do|did|have) (?:we|i) (?:have |got )?(?:enough|grounds|a case|sufficient)\b",
        rf"(?:is|are) {case}(?: [\w'’-]+){{0,4}}? (?:or (?:is it|is she|is he|just|not)|to blame|or normal)",
        rf"(?:was|is|were) {case}(?: [\w'’-]+){{0,4}}? (?:abused|groomed|neglected|exploited|raped|assaulted|harmed)",
        r"\b(?:i|we) (?:need|want) (?:you )?to (?:decide|know (?:if|whether) (?:this|he|she|they|it)|judge)",
        r"can (?:he|she|they|my \w+) (?:be left|go home|stay|consent|live|have contact)",
        r"has (?:he|she|mum|dad|the \w+|my \w+|\[name\]) (?:been )?(?:neglected|abused|harmed|groomed|committed|exploited|broken)",
    )
    return tuple(
        re.compile(rf"(?<!\w)(?:{frame})" if not frame.startswith("(?:^") else frame, re.IGNORECASE) for frame in frames
    )
