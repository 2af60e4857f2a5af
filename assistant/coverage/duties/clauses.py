"""Parses a sentence with a duty word: who must or should do what, and under which condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.coverage.duties.actor_phrases import actor_phrase
from assistant.coverage.duties.actors import named_actor
from assistant.model import Duty

_WORD = re.compile(r"(?<![“\"'‘])\b(must|should)\b(?![”\"'’])", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:(?:\d{1,3}(?:\.\d{1,3})*\.?|\(?[a-z]\)|[ivx]+\.)\s+)+")
_CONNECTIVE = re.compile(
    r"^(?:however|therefore|additionally|in addition(?! to)|also|similarly|equally|accordingly|furthermore|moreover|as such|"
    r"as a result|consequently|for example|in particular|ideally|finally|then|instead|nevertheless|importantly|and|but|"
    r"so|nor|note|in turn|overall|ultimately|crucially|likewise|again|thus|hence|otherwise|in practice|in summary)\b,?\s*",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:if|where(?:ver)?|when(?:ever)?|once|unless|due to|in|as|for|during|before|after|following|"
    r"within|on|at|from|under|while|whilst|until|upon|because|since|although|though|given|depending|with(?:out)?|to|by|"
    r"having|having regard|prior|throughout|except|provided|subject|even|irrespective|regardless|both|having considered)\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r",?\s+(?=(?:if|unless|where(?:ver)?(?! they are)|when(?:ever)?|once|provided that|in cases where|except (?:where|when|if)|"
    r"until|before|so long as|as long as|in the event)\b)",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"(?:\s|,)+(?:also|always|therefore|then|still|normally|usually|in turn|together|both|all|each|however|as a minimum|"
    r"at a minimum|wherever possible|where appropriate|where possible|ideally|at all times|thus|likewise)\s*,?$",
    re.IGNORECASE,
)
_RELATIVE_NOW = re.compile(
    r"\b(?:that|which|who|whom|what|whose \w+)\s+(?:\w+ly\s+|also\s+|always\s+|both\s+)?$", re.IGNORECASE
)
_EMBEDDED = re.compile(
    r"\b(?:whether|how|what|why|which)\s+(?!.*\b(?:is|are|was|were|has|have|had|does|do)\b)[^,;:]{0,90}$",
    re.IGNORECASE,
)
_BARE_RELATIVE = re.compile(
    r"\b(?:issues?|things|factors|actions?|steps|questions?|information|matters|points)\s+(?:all |the |an? )?(?:\w+ ){1,4}$",
    re.IGNORECASE,
)
_NO_DUTY = re.compile(r"\b(?:does|do|did) not (?:mean|imply|require|follow)\b[^.;:]*$", re.IGNORECASE)
_HYPOTHETICAL = re.compile(r"\b(?:as if|if|in case)\s+(?:\w+\s+){1,4}$", re.IGNORECASE)
_OUTCOME = re.compile(
    r"^\s+(?:also\s+|then\s+)?(?:help|protect|enable central|lead to|result in|give rise)\b", re.IGNORECASE
)
_VAGUE = re.compile(r"^(?:this|it|these|that|which)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"^\s*(?:not\s+|never\s+)?(?:(?:also|always|only|then|both|therefore|still|normally|instead|ideally|\w+ly)\s+)*be\s+"
    r"(?:(?:\w+ly|also|always|further|first|well|then|both)\s+)*(?P<participle>\w+(?:ed|en)|made|held|kept|put|set|given|taken|sought|"
    r"told|found|led|met|read|sent|done|drawn|borne|brought|built|dealt|left|shown|seen|paid|thought|understood|undertaken|run)\b",
    re.IGNORECASE,
)
_NOT_PASSIVE = frozenset(
    {
        "prepared",
        "committed",
        "concerned",
        "open",
        "involved",
        "informed of their",
        "satisfied",
        "skilled",
        "experienced",
        "qualified",
    }
)
_BY = re.compile(
    r"\bby\s+((?:the|a|an|each|all|their|local|social)\b[^,.;:()]{2,70}?)"
    r"(?=\s+(?:to|in|of the|on|at|for|within|who|that|which|and|where|when|if|as|with|before)\b|[,.;:()]|$)",
    re.IGNORECASE,
)
_OPEN_LIST = re.compile(
    r"\b(?:one of the following|any of the following|following (?:conditions?|criteria|circumstances|situations|ways)|where|if|"
    r"when|whenever|unless|either|because|circumstances)\s*:\s*$",
    re.IGNORECASE,
)
_GUIDANCE = re.compile(
    r"^(?:this|the|these)\b(?:\s+\w+){0,3}?\s+(?:guidance|document|(?<!assessment )framework|part|annex|chapter|section|"
    r"list|term)s?\b",
    re.IGNORECASE,
)
_OPENS_DUTY = re.compile(r"\b(?:must|should)(?:\s+(?:also|not|\w+ly))?\s*:\s*$", re.IGNORECASE)
_CONTAINS = re.compile(r"^\s+(?:also\s+)?(?:include|contain|cover|reflect|set out|be)\b", re.IGNORECASE)
"""Verbs whose subject is a thing, not an actor: "they should also include" is said of arrangements."""
_READ = re.compile(
    r"^(?:also |always |therefore )?(?:be (?:read|followed|used|seen|complied|considered|taken)|help|provide)\b"
)
_ASIDE = re.compile(r"^,\s[^,]{1,60},\s(?=\w)")
"""An aside directly after the duty word: "should, as a minimum, be involved"."""
_AND = re.compile(r",\s+(?:and|but|so)\s+(?=\w)")
_AND_THEN = re.compile(r"\b(?:and|but|or)\s+(?:\w+ly\s+|also\s+)?$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
LONGEST_SUBJECT = 12
"""Most words of a clause after ", and" for it to be a subject."""
PRONOUNS = frozenset({"they", "it", "he", "she"})
"""Subjects that refer to an actor named before."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Clause:
    """The parts of one duty as worded, each "" where it is not stated."""

    strength: Duty
    subject: str
    """Grammatical subject of the duty word: an actor, or a thing, as in "a referral should be made"."""
    actor: str
    """Who has to act, a pronoun left as it is."""
    action: str
    condition: str


def clause_of(sentence: str) -> Clause | None:
    """Returns the strongest duty of a sentence, a must before a should, the first of equals; None where there is none.

    A duty word inside a question, a quotation, a relative clause ("the staff who should be told") or an embedded
    question ("whether enquiries must be made"), and an outcome that is only expected ("this should help"), impose no
    duty.
    """
    text = _SPACE.sub(" ", _NUMBER.sub("", sentence)).strip()
    if text.endswith("?"):
        return None
    clauses = sorted(_clauses(text), key=lambda each: each.strength is not Duty.MUST)
    return clauses[0] if clauses else None


def is_open_list(lead_in: str) -> bool:
    """Returns whether the items after a lead-in are conditions or alternatives, not duties of their own."""
    return _OPEN_LIST.search(lead_in) is not None


def opens_duty(lead_in: str) -> bool:
    """Returns whether a lead-in ends with its duty word, so that each item is an action."""
    return _OPENS_DUTY.search(lead_in) is not None


def is_about_guidance(subject: str, action: str) -> bool:
    """Returns whether a duty is about the guidance itself, as in "this guidance should be read alongside …"."""
    return bool(_GUIDANCE.search(subject)) and bool(_READ.match(action))


def _clauses(text: str) -> Iterator[Clause]:
    earlier: Clause | None = None
    for word in _WORD.finditer(text):
        before, after = text[: word.start()], text[word.end() :]
        if not before.strip() or _is_embedded(before, after):
            continue
        condition, subject = _subject(_clause_start(before))
        action, trailing = _split(after.strip())
        subject = _ADVERBS.sub("", _ADVERBS.sub("", subject.strip(" ,"))).strip(" ,")
        conditions = "; ".join(each for each in (condition, trailing) if each)
        clause = Clause(Duty(word.group().lower()), subject, _actor(subject, condition, after), action, conditions)
        if earlier is not None and _AND_THEN.search(before):
            clause = replace(clause, subject=earlier.subject, actor=_actor(earlier.subject, earlier.condition, after))
        earlier = clause
        yield clause


def _is_embedded(before: str, after: str) -> bool:
    near = before[-120:]
    if _NO_DUTY.search(near):
        return True
    if _RELATIVE_NOW.search(near) or _HYPOTHETICAL.search(near) or _EMBEDDED.search(near):
        return not re.search(
            r"\bensur\w+ that\s+$|\b(?:important|essential|vital|clear|advis\w+|state\w*|require\w*) that\s+$", near
        )
    if _VAGUE.match(_clause_start(before)) and _OUTCOME.match(after):
        return True
    return bool(_BARE_RELATIVE.search(near)) and bool(
        re.match(r"\s+(?:be aware of|consider|know|take|ask)\s*[.:]?$", after)
    )


def _clause_start(before: str) -> str:
    """Returns the clause before a duty word, from the last sentence end, semicolon or short ", and ..."."""
    for mark in (". ", "; ", "! ", " – ", " - "):
        before = before.rsplit(mark, 1)[-1]
    starts = [match.end() for match in _AND.finditer(_without_brackets(before))]
    return before[starts[-1] :] if starts and len(before[starts[-1] :].split()) <= LONGEST_SUBJECT else before


def _without_brackets(text: str) -> str:
    """Returns a text of the same length with the contents of brackets replaced by underscores."""
    return _BRACKETS.sub(lambda match: "_" * len(match.group()), text)


def _subject(clause: str) -> tuple[str, str]:
    """Returns the opening condition of a clause, and its subject."""
    clause = _CONNECTIVE.sub("", _CONNECTIVE.sub("", clause.strip())).strip()
    if not _CONDITION.match(clause) or "," not in clause:
        return "", clause
    places = [match.start() for match in re.finditer(",", _without_brackets(clause))]
    for place in reversed(places):
        rest = clause[place + 1 :].strip()
        if rest and _is_noun_phrase(rest):
            return clause[:place].strip(), _CONNECTIVE.sub("", rest)
    return "", clause


def _is_noun_phrase(text: str) -> bool:
    return not re.match(
        r"(?:and|or|such|including|which|who|where|for example|as|whether|if|etc|e\.g|i\.e|especially|with|by)\b",
        text,
        re.IGNORECASE,
    )


def _split(action: str) -> tuple[str, str]:
    """Returns the action without its closing condition, and that condition."""
    action = _ASIDE.sub("", action)
    match = _TRAILING.search(_without_brackets(action))
    if match is None or match.start() < 8:
        return action.rstrip(" ."), ""
    condition = action[match.end() :].rstrip(" .:")
    return action[: match.start()].rstrip(" ,."), condition if " " in condition else ""


def _actor(subject: str, condition: str, after: str) -> str:
    """Returns the actor as worded, "" where the sentence names nobody."""
    passive = _PASSIVE.match(after)
    if passive and passive.group("participle").lower() not in _NOT_PASSIVE:
        named = _BY.search(after)
        return named.group(1).strip() if named and named_actor(named.group(1)) else ""
    if subject.lower() in PRONOUNS:
        if _CONTAINS.match(after):
            return ""
        meant = named_actor(condition)
        return meant[0] if meant else subject
    phrase = actor_phrase(subject)
    return phrase if named_actor(phrase) else ""
