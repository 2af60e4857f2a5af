"""What is asked, apart from what is told: a case, a greeting, a signature.

"Baby died in our area, neglect known. When does the LA have to notify the panel?" asks its second sentence. What is told
pulls a search and a reranker towards passages about babies and neglect, so it is searched beside the question and never
judged with it. Nothing is removed that the question cannot do without: a condition ("if a child goes missing, who …"), the
sentence before a question that points back to it or has too few words of its own, and every sentence where none asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.words import content_words

FEW_WORDS = 2
"""A question with fewer words that carry meaning takes the sentence beside it along."""
LEAST_TOLD = 10
"""Words that stand before a question in its own sentence from which they are a case that is told; fewer are its topic."""

_PLACEHOLDER = re.compile(r"\[[A-Za-z][A-Za-z -]*\]")
_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(
    r"(?<=[?!])[\"’”)]*\s+|\s*\n+\s*|"
    r"(?<!\b[A-Z])(?<!\b(?:Dr|Mr|Ms|St|No|cf|eg|ie|vs))(?<!\b(?:Mrs|reg|sec|e\.g|i\.e|etc))\.[\"’”)]*\s+"
)
_GREETING = re.compile(
    r"^(?:(?:hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings)\b"
    r"(?: (?:all|both|team|there|everyone|everybody|folks|colleagues?|sir(?:/madam)?|madam|again|[A-Z][\w’'-]+)){0,3}"
    r"|(?:quick|just a quick) (?:question|one|query)|i wonder if (?:you|anyone) could help"
    r"|sorry to (?:bother|trouble) (?:you|anyone)(?: again)?"
    r"|(?:i )?hope (?:you(?:['’]re| are)|this finds you|all is) \w+(?: \w+){0,2}?)(?:\s*[,.!:;–—-]+\s*|\s*\n\s*|$)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:^|(?<=[?.!,\n])\s*|\s+)"
    r"(?:(?:(?:many|with|huge|big) )*thanks(?: (?:so much|very much|in advance|again|all|everyone))*|"
    r"thank you(?: \w+){0,3}|thankyou|cheers|thx|ta|(?:kind|best|warm) (?:regards|wishes)|regards|"
    r"yours (?:sincerely|faithfully)|sent from my \w+)\s*(?:[,.!x–—-]|\n|$)(?:(?!\?)[\s\S]){0,160}$",
    re.IGNORECASE,
)
WH = r"(?:what|who|whom|whose|which|when|where|why|how)"
"""How a question begins, as a pattern."""
_AUXILIARY = (
    r"do|does|did|is|are|was|were|can|could|should|shall|must|may|might|will|would|has|have|had|am|need|"
    r"isn['’]?t|aren['’]?t|don['’]?t|doesn['’]?t|can['’]?t|shouldn['’]?t|won['’]?t"
)
_PRONOUN = r"i|we|they|he|she|it|you|there"
_SUBJECT = (
    rf"(?:{_PRONOUN}|this|that|these|those|the|any|anyone|anybody|somebody|someone|everyone|staff|schools?|"
    r"parents?|carers?|police|ofsted|children|practitioners|my|our|their|his|her|all|both|one)"
)
_ONSET = (
    rf"(?:{WH}(?:['’]?s|['’]?re)?\b(?! ?ever)|(?:{_AUXILIARY}) {_SUBJECT}\b|"
    r"(?:is|are|do|does|did|can|could|should|shall|must|will|would|was|were|may) (?!not\b)\w+|by when\b|"
    r"(?:at|in|on|within|from|to|by|for|of|with|after|before|under|up to) (?:what|which|whom|how)\b)"
)
_REQUEST = (
    r"(?:(?:please |pls |can (?:you|someone|anyone) |could (?:you|someone|anyone) )?"
    r"(?:tell|remind|show|give|send) (?:me|us)\b|"
    r"please (?:advise|explain|list|confirm)|"
    r"list\b|define\b|explain\b|describe\b|name (?:the|all|three|two)\b|compare\b|"
    r"(?:i(?:['’]?m| am)? |we(?:['’]?re| are)? |just )*"
    r"(?:need(?:ing)?|want(?:ing)?|trying|looking|hoping|asking|wondering|after|unsure|not sure|confused|stuck)\b"
    r"(?= (?:to (?:know|find|check|understand|confirm|see)|for\b|about\b|the\b|if\b|whether\b|what|who|when|where|"
    r"how|which|on\b))|"
    r"(?:any idea|does anyone know|do you know|i wonder)\b(?! if (?:you|anyone) c))"
)
_CONNECTIVE = r"(?:(?:and|but|so|ok(?:ay)?|also|then|or|now|please|well|right|er|um)[, ]+)*"
_ASKS = re.compile(rf"^{_CONNECTIVE}(?:{_ONSET}|{_REQUEST})", re.IGNORECASE)
_LATER_ONSET = re.compile(
    rf"(?:[,;:–—-]\s*|\s){_CONNECTIVE}"
    rf"(?=(?:{WH}\b(?: (?:\w+ )?(?:long|soon|often|many|much|far|old|{_AUXILIARY})\b|['’]?s\b)|"
    rf"(?:{_AUXILIARY}) (?:{_PRONOUN})\b|by when\b))",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:and |but |so |ok |okay )*(?:if|when|whenever|where|once|after|before|unless|until|while|in|for|under|at|on|during|"
    r"following|with|without|as|according|given|assuming|suppose|say|regarding|re|about|because|since|apart|besides|other|"
    r"how|what|who|which|does|do|is|are|can|should|must|by|within|from|to|of|i need to know|can you tell me|tell me|please)\b",
    re.IGNORECASE,
)
"""How a sentence begins whose first part belongs to what is asked."""
_NARRATES = re.compile(
    r"\b(?:i|i['’]?ve|i['’]?m|im|ive|we|we['’]?ve|we['’]?re|my|our|he|she|they|his|her|their|mum|dad|mother|father|step-?dad|"
    r"nan|boy|girl|lad|kid|child|baby|pupil|student|teen\w*|yr|y\d+|year \d+|just|today|yesterday|tonight|"
    r"this (?:morning|afternoon|week)|last \w+|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|"
    r"\[\w|\b\w+ed\b|,\s*\d{1,2}\b|\baged? \d",
    re.IGNORECASE,
)
"""Words of a case that is told."""
_POINTS_BACK = re.compile(
    r"\b(?:it|that|this|those|these|them|they|one|he|she|him|his|her|their|there|such|same|else|either|both|so)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedAndTold:
    """A question without what is told around it, and that."""

    asked: str
    """What is asked, in the words typed and in their order; never empty for a text that has words."""
    told: tuple[str, ...] = ()
    """Sentences that tell a case, greet or sign, in their order."""


def asked_and_told(text: str) -> AskedAndTold:
    """Returns what a text asks, apart from what it tells; the whole text is asked where no sentence of it asks.

    Placeholders of masked details are left out of what is asked.
    """
    body, manners = _without_manners(text)
    sentences = [part for sentence in _sentences(body) for part in _parts(sentence)]
    asks = [_is_asking(each) for each in sentences]
    if not any(asks):
        return AskedAndTold(without_placeholders(body) or without_placeholders(text) or text.strip(), manners)
    kept = _with_support(sentences, asks)
    asked = without_placeholders(" ".join(each for place, each in enumerate(sentences) if place in kept))
    told = tuple(each for place, each in enumerate(sentences) if place not in kept)
    return (
        AskedAndTold(asked, (*told, *manners))
        if content_words(asked)
        else AskedAndTold(without_placeholders(body), manners)
    )


def asking_sentences(text: str) -> tuple[str, ...]:
    """Returns the sentences of a text that ask; the text itself where none does."""
    return tuple(each for each in _sentences(text) if _is_asking(each)) or (text,)


def without_placeholders(text: str) -> str:
    """Returns a text without the placeholders of masked details."""
    return _SPACES.sub(" ", _PLACEHOLDER.sub(" ", text)).strip(" ,;:–—-")


def _without_manners(text: str) -> tuple[str, tuple[str, ...]]:
    """Returns a text without its greeting and signature, and those two."""
    manners: list[str] = []
    body = text.strip()
    while match := _GREETING.match(body):
        manners.append(match[0].strip())
        body = body[match.end() :].lstrip()
    signature = _SIGNATURE.search(body)
    if signature and content_words(body[: signature.start()]):
        manners.append(body[signature.start() :].strip())
        body = body[: signature.start()].rstrip()
    return (body, tuple(manners)) if content_words(body) else (text.strip(), ())


def _sentences(body: str) -> list[str]:
    """Returns the sentences of a text with their marks; a line is the end of one."""
    sentences, start = [], 0
    for match in _SENTENCE_END.finditer(body):
        sentences.append(body[start : match.end()].strip())
        start = match.end()
    return [each for each in (*sentences, body[start:].strip()) if each]


def _parts(sentence: str) -> list[str]:
    """Returns a sentence, cut before the question that follows a case in the same breath."""
    if _ASKS.match(sentence) or _CONDITION.match(sentence):
        return [sentence]
    for onset in _LATER_ONSET.finditer(sentence):
        before, after = sentence[: onset.start()].strip(), sentence[onset.end() :].strip()
        is_told = len(before.split()) >= LEAST_TOLD and _NARRATES.search(before) is not None
        if is_told and len(content_words(after)) > FEW_WORDS:
            return [before, after]
    return [sentence]


def _is_asking(sentence: str) -> bool:
    return sentence.rstrip('"’”) ').endswith("?") or _ASKS.match(sentence) is not None


def _with_support(sentences: list[str], asks: list[bool]) -> set[int]:
    """Returns the places of the sentences that ask, with the one beside each that it cannot do without."""
    kept = {place for place, is_asking in enumerate(asks) if is_asking}
    own = [len(content_words(_PLACEHOLDER.sub(" ", each))) for each in sentences]
    for place in sorted(kept):
        is_short = own[place] < FEW_WORDS
        points_back = _POINTS_BACK.search(sentences[place]) is not None and own[place] <= FEW_WORDS + 1
        if is_short or points_back:
            kept.add(place - 1 if place > 0 else min(place + 1, len(sentences) - 1))
    return kept
