"""Compares two texts: in what they differ about the same thing, with the stretches that differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from assistant.model import DifferenceKind, Span
from assistant.text.differences.bodies import are_related, bodies_in
from assistant.text.differences.contacts import contacts_in
from assistant.text.differences.matter import SUBJECT_SHARE, are_apart, likeness, share, topic
from assistant.text.differences.modality import Modality, Strength, exception_in, modalities, negations
from assistant.text.differences.numbers import numbers_in
from assistant.text.differences.values import Value
from assistant.text.time_limits import LimitKind, TimeLimit, time_limits

LEAST: dict[DifferenceKind, float] = {
    DifferenceKind.TIME: 0.6,
    DifferenceKind.NUMBER: 0.6,
    DifferenceKind.DUTY: 0.7,
    DifferenceKind.NEGATION: 0.7,
    DifferenceKind.CONTACT: 0.45,
    DifferenceKind.BODY: 0.75,
}
"""Least likeness of what remains for values of a kind to be about the same thing."""
_STRONGER = {Strength.MUST: 3, Strength.SHOULD: 2, Strength.MAY: 1, Strength.NEED_NOT: 0}
_WEAKER_BANS = {Strength.MUST_NOT: 3, Strength.SHOULD_NOT: 2, Strength.NEED_NOT: 0}
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z0-9•–-])|\n+| \| ")
_SUBJECT_ENDS = re.compile(
    r"\b(?:must|should|may|shall|will|can|cannot|is|are|was|were|has|have|need|needs|ought|takes?|meets?|makes?|makes)\b",
    re.IGNORECASE,
)
_CONDITION_FIRST = re.compile(
    r"^(?:if|where|when|once|before|after|in|on|at|for|to|as soon as|following|within)\b[^,]{3,160},\s*", re.IGNORECASE
)
_PASSIVE = re.compile(
    r"\b(?:be|is|are|been|being) (?:\w+ly |also |always |first |only )?(?:\w+ed|\w+en|made|held|kept|put|set|sent|told|sought|found|"
    r"led|met|read|done|drawn|built|shown|paid|run)\b"
)
_ITSELF = re.compile(
    r"(?:this|these) (?:\w+ )?(?:guidance|document|policy|procedure|framework|chapter|annex|section|part|strategy)\b",
    re.I,
)
_OF_LAWS = re.compile(
    r"\bS\.I\.|\b(?:inserted|substituted|repealed|omitted) \(|\bSch\. \d|\b(?:on|liable on) (?:summary )?(?:conviction|indictment)\b",
    re.I,
)
_ANCHOR = re.compile(r" (?:of|from|after|before|following)\b(?P<event>[^.,;:()]*)")
_COUNTED_TIME = re.compile(r" of (?!the\b|an?\b|this\b|that\b|its\b|their\b|being\b|receiving\b|receipt\b)[a-z]+")
_LIMITS = re.compile(r"\b(?:within|than|after|by|in|next|first|last|every|each|up to)\s+(?:the )?$", re.IGNORECASE)
MOST_SENTENCES = 14
"""Most sentences of a text that are compared."""


EVENT_WORDS = 5
"""Words that name the event a time limit runs from."""
SENTENCE_WORDS = 6
"""Fewest words of a cell of a table that is compared by itself."""
CERTAIN = 0.75
"""Likeness from which two texts speak of the same thing beyond doubt."""
LEAST_SHARED = 4.0
"""Least weight of the words that two texts have in common; a body that both name counts as much. Contacts need none."""
LEAST_CONTACT = 0.55
"""Least likeness for contacts of texts with other subjects ("ring the line", "the line is") to be compared."""
LEAST_OF_BODY = 0.2
"""Least likeness for contacts of a body that both texts name to be compared."""
LEAST_EXCEPTION = 0.8
"""Least likeness of two texts for an exception that only one makes to be a difference."""
LEAST_ROW = 0.8
"""Least likeness of two rows of tables for another contact to be a difference."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two texts about the same thing."""

    kind: DifferenceKind
    one: Span
    """The differing stretch of the first text; empty where only the other has one."""
    other: Span


@dataclass(frozen=True, slots=True)
class _Reading:
    text: str
    values: tuple[Value, ...]
    modalities: tuple[Modality, ...]
    negations: tuple[Span, ...]
    exception: Span | None
    topic: dict[str, float]
    subject: dict[str, float]


_Test = Callable[[_Reading, _Reading, float], tuple[Span, Span] | None]


def differences(
    one: str, other: str, headings: str = "", other_headings: str = "", cosine: float | None = None
) -> tuple[Difference, ...]:
    """Returns in what two texts differ about the same thing, by kind, each kind once for a pair of sentences.

    () where they agree, say the same in other words, or do not speak of the same thing. Each sentence is compared with
    the sentence of the other text that is most like it. The order of the texts makes no difference.

    Args:
        one: A sentence, or a unit with its lead-in.
        other: What it is compared with.
        headings: What stands above the first text; it may name what the text does not.
        other_headings: What stands above the other.
        cosine: Cosine of their embeddings, where it is known; it makes up for words that are not the same.
    """
    firsts, seconds = sentences(one), sentences(other)
    found: dict[tuple[DifferenceKind, Span, Span], Difference] = {}
    pairs = [
        (_likeness(_read(one[a.start : a.end]), _read(other[b.start : b.end]), headings, other_headings), a, b)
        for a, b in product(firsts, seconds)
    ]
    used: set[Span] = set()
    for words_alike, a, b in sorted(pairs, key=lambda each: (-each[0], each[1], each[2])):
        if a in used or b in used:
            continue
        used |= {a, b}
        like = words_alike if cosine is None else max(words_alike, (words_alike + cosine) / 2)
        for each in _compared(_read(one[a.start : a.end]), _read(other[b.start : b.end]), like):
            moved = Difference(each.kind, _moved(each.one, a.start), _moved(each.other, b.start))
            found.setdefault((moved.kind, moved.one, moved.other), moved)
    order = list(DifferenceKind)
    return tuple(sorted(found.values(), key=lambda each: (each.one, order.index(each.kind))))


def share_a_value(one: str, other: str) -> bool:
    """Returns whether two texts name the same time limit, number or contact: what the one says, the other says too."""
    kinds = (DifferenceKind.TIME, DifferenceKind.NUMBER, DifferenceKind.CONTACT)
    mine, theirs = ({(e.kind, e.slot, e.key) for e in _read(text).values if e.kind in kinds} for text in (one, other))
    return bool(mine & theirs)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def sentences(text: str) -> tuple[Span, ...]:
    """Returns the sentences of a text; a lead-in that ends in a colon goes with what follows it."""
    spans: list[Span] = []
    start = 0
    for match in [*_SENTENCE.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[start:end].rstrip()
        if match is not None and (piece.endswith(":") or (match.group() == " | " and _is_row(text, match))):
            continue
        if piece.strip():
            spans.append(Span(start, start + len(piece)))
        start = match.end() if match else end
    return tuple(spans[:MOST_SENTENCES])


def _is_row(text: str, mark: re.Match[str]) -> bool:
    """Returns whether the cells beside a mark belong together: one of them is too short to be a sentence."""
    left, right = text[: mark.start()].rsplit(" | ", 1)[-1], text[mark.end() :].split(" | ", 1)[0]
    return min(len(left.split()), len(right.split())) < SENTENCE_WORDS


@lru_cache(maxsize=4_096)
def _read(text: str) -> _Reading:
    limits = [each for each in time_limits(text) if each.measure[0]]
    times = tuple(_time(each, text) for each in limits)
    contacts = tuple(contacts_in(text))
    bodies = tuple(bodies_in(text))
    taken = [each.span for each in (*times, *contacts)]
    numbers = tuple(numbers_in(text, taken))
    values = (*times, *numbers, *contacts, *bodies)
    duties = modalities(text)
    exception = exception_in(text)
    rest = _blanked(text, [*(each.span for each in values), *([exception] if exception else [])])
    subject = topic(_subject(rest))
    about = topic(_blanked(rest, [each.span for each in duties]))
    return _Reading(text, values, duties, tuple(negations(text)), exception, about, subject)


def _time(limit: TimeLimit, text: str) -> Value:
    """Returns a time limit as a value; "12 hours of training" is a number of hours."""
    span = Span(limit.start, limit.end)
    if _COUNTED_TIME.match(text[limit.end :]) and not _LIMITS.search(text[: limit.start]):
        return Value(DifferenceKind.NUMBER, limit.measure[0], ("", limit.measure[1]), span)
    slot = "before" if text[limit.end :].startswith(" before") else limit.kind.value
    return Value(DifferenceKind.TIME, slot, limit.measure, span)


def _blanked(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def _subject(text: str) -> str:
    """Returns what a sentence speaks of: the words before its first verb or colon, a condition in front left out; "" for none."""
    main = _CONDITION_FIRST.sub("", text)
    verb = _SUBJECT_ENDS.search(main)
    return main[: verb.start()] if verb else main.partition(":")[0] if ":" in main else ""


def _likeness(one: _Reading, other: _Reading, headings: str, other_headings: str) -> float:
    above, other_above = topic(headings), topic(other_headings)
    if not one.topic or not other.topic or max(len(one.topic), len(other.topic)) < 2:
        return 1.0 if _share_a_body(one, other) else likeness(one.topic, other.topic)
    mine = {word: weight for word, weight in one.topic.items() if word in other.topic or word not in other_above}
    theirs = {word: weight for word, weight in other.topic.items() if word in one.topic or word not in above}
    return likeness(mine, theirs)


def _compared(one: _Reading, other: _Reading, like: float) -> Iterator[Difference]:
    if not (_states(one) and _states(other)):
        return
    if like < min(LEAST.values()):
        contact = _contacts(one, other, like) if like >= LEAST_OF_BODY and _share_a_body(one, other) else None
        yield from (Difference(DifferenceKind.CONTACT, *spans) for spans in [contact] if spans)
        return
    if are_apart(one.text, other.text):
        return
    if _has_other_subject(one, other):
        contact = _contacts(one, other, like) if like >= LEAST_CONTACT else None
        yield from (Difference(DifferenceKind.CONTACT, *spans) for spans in [contact] if spans)
        return
    tests: tuple[tuple[DifferenceKind, _Test], ...] = (
        (DifferenceKind.TIME, _times),
        (DifferenceKind.NUMBER, _numbers),
        (DifferenceKind.DUTY, _duty),
        (DifferenceKind.NEGATION, _negation),
        (DifferenceKind.CONTACT, _contacts),
        (DifferenceKind.BODY, _bodies),
    )
    is_thin = _shared(one, other) < LEAST_SHARED
    found = {
        kind: spans
        for kind, test in tests
        if like >= LEAST[kind]
        and not (is_thin and kind is not DifferenceKind.CONTACT)
        and (spans := test(one, other, like)) is not None
    }
    if DifferenceKind.BODY in found and _is_another_step(one, other, found):
        return
    yield from (Difference(kind, *spans) for kind, spans in found.items())


def _states(reading: _Reading) -> bool:
    """Returns whether a text lays something down.

    A lead-in alone does not, nor a sentence about its own document, a note on how a law was amended, or a penalty.
    """
    is_lead_in = reading.text.rstrip().endswith(":")
    return not is_lead_in and _ITSELF.match(reading.text) is None and _OF_LAWS.search(reading.text) is None


def _is_another_step(one: _Reading, other: _Reading, found: Mapping[DifferenceKind, tuple[Span, Span]]) -> bool:
    """Returns whether another body is told or asked, within another time or number: that is a step of its own."""
    if not {DifferenceKind.TIME, DifferenceKind.NUMBER} & found.keys():
        return False
    return not any(_acts(span, reading) for span, reading in zip(found[DifferenceKind.BODY], (one, other), strict=True))


def _acts(body: Span, reading: _Reading) -> bool:
    """Returns whether a body is who acts: it stands first, or after "by"."""
    before = reading.text[: body.start]
    return (
        _SUBJECT_ENDS.search(_CONDITION_FIRST.sub("", before)) is None
        or re.search(r"\bby (?:the |an? )?$", before) is not None
    )


def _has_other_subject(one: _Reading, other: _Reading) -> bool:
    """Returns whether a text speaks of something that the other does not name.

    The subject of an active sentence is who acts; a passive one need not name them.
    """
    passives = _PASSIVE.search(one.text) is not None, _PASSIVE.search(other.text) is not None
    is_mine = (passives[0] or not passives[1]) and share(one.subject, other.topic) < SUBJECT_SHARE
    is_theirs = (passives[1] or not passives[0]) and share(other.subject, one.topic) < SUBJECT_SHARE
    return is_mine or is_theirs


def _of(kind: DifferenceKind, reading: _Reading) -> list[Value]:
    return [each for each in reading.values if each.kind is kind]


def _first_unlike(mine: Sequence[Value], theirs: Sequence[Value]) -> tuple[Span, Span] | None:
    """Returns the first two values of one slot that differ, where the sides have none in common; None else."""
    if not mine or not theirs or {each.key for each in mine} & {each.key for each in theirs}:
        return None
    return mine[0].span, theirs[0].span


def _times(one: _Reading, other: _Reading, like: float) -> tuple[Span, Span] | None:
    mine, theirs = _of(DifferenceKind.TIME, one), _of(DifferenceKind.TIME, other)
    if _have_other_anchors(mine, theirs, one.text, other.text):
        return None
    slots = [slot for slot in dict.fromkeys(each.slot for each in mine) if any(each.slot == slot for each in theirs)]
    for slot in slots:
        found = _first_unlike([e for e in mine if e.slot == slot], [e for e in theirs if e.slot == slot])
        if found is not None:
            return found
    is_open = not slots and LimitKind.LASTS not in {each.slot for each in (*mine, *theirs)}
    return _first_unlike(mine, theirs) if is_open and like >= CERTAIN else None


def _have_other_anchors(mine: Sequence[Value], theirs: Sequence[Value], one: str, other: str) -> bool:
    """Returns whether the first time limits of two texts run from different events: "of the referral", "of the visit"."""
    if not mine or not theirs:
        return False
    events = [_event(mine[0].span, one), _event(theirs[0].span, other)]
    return all(events) and not set(events[0]) & set(events[1])


def _event(limit: Span, text: str) -> list[str]:
    anchor = _ANCHOR.match(text, limit.end)
    named = topic(anchor.group("event")) if anchor else {}
    return [word for word in named if word != "date"][:EVENT_WORDS]


def _numbers(one: _Reading, other: _Reading, like: float) -> tuple[Span, Span] | None:
    for mine in _of(DifferenceKind.NUMBER, one):
        same = [each for each in _of(DifferenceKind.NUMBER, other) if _may_be_compared(mine, each, like)]
        if same and not any(_are_same_number(mine.key, each.key) for each in same):
            others = [e for e in _of(DifferenceKind.NUMBER, one) if _are_of_one_slot(e, mine)]
            if not any(_are_same_number(e.key, each.key) for e in others for each in same):
                return mine.span, same[0].span
    return None


def _are_same_number(one: object, other: object) -> bool:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    (bound, amount), (other_bound, other_amount) = one, other
    return bool(amount == other_amount and (bound == other_bound or "" in (bound, other_bound)))


def _are_of_one_slot(one: Value, other: Value) -> bool:
    if "age" in (one.slot, other.slot):
        return one.slot == other.slot
    return bool(set(one.slot.split()) & set(other.slot.split()))


def _may_be_compared(one: Value, other: Value, like: float) -> bool:
    """Returns whether two numbers count the same; ages only with the same bound, equal amounts only beyond doubt."""
    assert isinstance(one.key, tuple)
    assert isinstance(other.key, tuple)
    if not _are_of_one_slot(one, other):
        return False
    if one.key[1] == other.key[1] and one.key[0] != other.key[0] and like < CERTAIN:
        return False
    return one.slot != "age" or one.key[0] == other.key[0]


def _duty(one: _Reading, other: _Reading, like: float) -> tuple[Span, Span] | None:
    for mine, theirs in _paired(one, other):
        scale = _WEAKER_BANS if mine.strength in _WEAKER_BANS and theirs.strength in _WEAKER_BANS else _STRONGER
        ranks = scale.get(mine.strength), scale.get(theirs.strength)
        if None not in ranks and ranks[0] != ranks[1] and not _both_allow(mine, theirs):
            return mine.phrase, theirs.phrase
    return None


def _paired(one: _Reading, other: _Reading) -> list[tuple[Modality, Modality]]:
    """Returns the duty words that govern the same verb; where none do, the only one of each main clause."""
    mine, theirs = (
        [each for each in reading.modalities if each.is_main] or list(reading.modalities) for reading in (one, other)
    )
    pairs = [(a, b) for a in mine for b in theirs if _is_same_verb(a.verb, b.verb)]
    alone = len(mine) == len(theirs) == 1 and not pairs and _nominal(mine[0], theirs[0])
    return [(mine[0], theirs[0])] if alone else pairs[:1] if len(pairs) > 1 and len(mine) == 1 else pairs


def _is_same_verb(one: str, other: str) -> bool:
    return bool(one and other) and bool(set(topic(one)) & set(topic(other)) or one == other)


def _nominal(one: Modality, other: Modality) -> bool:
    """Returns whether one of two duty words has no verb of its own, as in "consent is required"."""
    return not one.verb or not other.verb


def _negation(one: _Reading, other: _Reading, like: float) -> tuple[Span, Span] | None:
    if (one.exception is None) != (other.exception is None):
        only = one.exception or other.exception
        has_condition = re.search(r"\b(?:if|only|where this would)\b", (other if one.exception else one).text, re.I)
        if only is not None and not has_condition and like >= LEAST_EXCEPTION:
            return (one.exception or _end(one)), (other.exception or _end(other))
    pairs = _paired(one, other)
    opposite = [(a, b) for a, b in pairs if a.strength.is_negative != b.strength.is_negative and not _both_allow(a, b)]
    if opposite and not _withouts_differ(one, other):
        return opposite[0][0].phrase, opposite[0][1].phrase
    mine, theirs = _main_negations(one, other), _main_negations(other, one)
    if pairs and all(a.strength.is_negative == b.strength.is_negative for a, b in pairs):
        mine, theirs = _withouts(one, mine), _withouts(other, theirs)
    if len(mine) % 2 == len(theirs) % 2 or not _speaks_of_one_act(one, other):
        return None
    return _clause(one, mine), _clause(other, theirs)


def _main_negations(reading: _Reading, other: _Reading) -> list[Span]:
    """Returns the negations of what the other text speaks of too, those within an exception left out."""
    out = reading.exception
    return [
        each
        for each in reading.negations
        if (out is None or not (out.start <= each.start < out.end)) and _is_of(each, reading, other)
    ]


def _both_allow(one: Modality, other: Modality) -> bool:
    """Returns whether "may" stands beside "need not": both leave it open."""
    return {one.strength, other.strength} == {Strength.MAY, Strength.NEED_NOT}


def _withouts_differ(one: _Reading, other: _Reading) -> bool:
    """Returns whether only one text says "without": "only with consent" and "not without consent" are the same."""
    mine, theirs = (len(_withouts(reading, reading.negations)) % 2 for reading in (one, other))
    return mine != theirs


def _withouts(reading: _Reading, spans: Sequence[Span]) -> list[Span]:
    return [each for each in spans if reading.text[each.start : each.end].lower() == "without"]


def _is_of(negation: Span, reading: _Reading, other: _Reading) -> bool:
    """Returns whether the words that a negation stands before are words of the other text; those of duty words count."""
    if any(each.span.start <= negation.start < each.span.end for each in reading.modalities):
        return True
    clause = re.split(r"[.;:()]|,|\b(?:and|or|but)\b", reading.text[negation.end :], maxsplit=1)[0]
    negated = next(iter(topic(clause)), None)
    verbs = {word for each in other.modalities for word in topic(each.verb)}
    if verbs and reading.text[negation.start : negation.end].lower() != "without":
        return negated in verbs
    return negated is None or negated in other.topic


def _speaks_of_one_act(one: _Reading, other: _Reading) -> bool:
    """Returns whether the acts are the same: where both have duty words, two of them govern one verb."""
    strengths = [{each.strength for each in reading.modalities} for reading in (one, other)]
    if all(strengths):
        pairs = _paired(one, other)
        return any(not _both_allow(a, b) for a, b in pairs)
    verbs = {each.verb for reading in (one, other) for each in reading.modalities if each.verb}
    return not verbs or all(
        any(word in topic_of for word in topic(verb)) for verb in verbs for topic_of in (one.topic, other.topic)
    )


def _clause(reading: _Reading, negated: Sequence[Span]) -> Span:
    """Returns what to show of a text for its negation: the duty word with its verb, else the sentence."""
    within = [m.phrase for m in reading.modalities if not negated or m.phrase.start <= negated[0].start < m.phrase.end]
    return within[0] if within else Span(0, len(reading.text.rstrip(" .")))


def _end(reading: _Reading) -> Span:
    return Span(len(reading.text), len(reading.text))


def _contacts(one: _Reading, other: _Reading, like: float) -> tuple[Span, Span] | None:
    if " | " in one.text and " | " in other.text and like < LEAST_ROW:
        return None
    for slot in dict.fromkeys(each.slot for each in _of(DifferenceKind.CONTACT, one)):
        mine, theirs = ([e for e in _of(DifferenceKind.CONTACT, reading) if e.slot == slot] for reading in (one, other))
        found = _first_unlike(mine, theirs)
        if found is not None and not _names_other_bodies(one, other):
            return found
    return None


def _names_other_bodies(one: _Reading, other: _Reading) -> bool:
    mine, theirs = _keys(one), _keys(other)
    return bool(mine and theirs) and not any(are_related(a, b) for a in mine for b in theirs)


def _share_a_body(one: _Reading, other: _Reading) -> bool:
    return any(are_related(a, b) for a in _keys(one) for b in _keys(other))


def _keys(reading: _Reading) -> list[frozenset[str]]:
    return [each.key for each in _of(DifferenceKind.BODY, reading) if isinstance(each.key, frozenset)]


def _bodies(one: _Reading, other: _Reading, like: float) -> tuple[Span, Span] | None:
    mine, theirs = _of(DifferenceKind.BODY, one), _of(DifferenceKind.BODY, other)
    only_mine, only_theirs = _beyond(mine, theirs), _beyond(theirs, mine)
    if len(only_mine) == 1 == len(only_theirs) and _has_verb(one) and _has_verb(other):
        return only_mine[0].span, only_theirs[0].span
    return None


def _has_verb(reading: _Reading) -> bool:
    """Returns whether a text is a sentence, not the title of a document."""
    return bool(reading.modalities) or _SUBJECT_ENDS.search(reading.text) is not None or reading.text.endswith(".")


def _shared(one: _Reading, other: _Reading) -> float:
    """Returns the weight of the words, and of a body, that two texts have in common."""
    words_shared = sum(weight for word, weight in one.topic.items() if word in other.topic)
    return words_shared + (LEAST_SHARED if _share_a_body(one, other) else 0.0)


def _beyond(some: Sequence[Value], others: Sequence[Value]) -> list[Value]:
    return [
        each
        for each in some
        if isinstance(each.key, frozenset)
        and not any(isinstance(other.key, frozenset) and are_related(each.key, other.key) for other in others)
    ]
