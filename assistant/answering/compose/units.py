"""What is quoted whole: the unit of a text that answers, around the sentence that was found.

A definition comes with the words that introduce it, a list with all its items, a row with its columns, a step with its
time limit, a rule with its exception, a sentence that opens with "This" with what it leans on. A lead-in without what
it introduces is no unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answering.compose.leaning import EXCEPTS, FOLLOWING, LEANS, NOTE, TURNS
from assistant.answering.compose.reading_order import ReadingOrder
from assistant.answering.compose.series import leads_on, series_at
from assistant.answering.query_analysis.answer_type import AnswerType, has_exact_answer_type
from assistant.answering.query_analysis.whole_asked import WholeAsked
from assistant.model import Sentence, SentenceKind, Span

BESIDE_WORDS = 60
"""A sentence is quoted with those beside it up to this many words in all."""
NEEDED_WORDS = 160
"""What a sentence needs (its meaning, exception, time limit) is quoted up to this many words in all."""
MEANING_WORDS = 240
"""A meaning is quoted with what introduces it up to this many words in all."""
MOST_ITEMS = 12
"""A list of more items is cut."""
SHOWN_ITEMS = 10
"""Items that are quoted of a list that is cut."""
MOST_LIST_WORDS = 420
"""A list is cut where it has more words than this."""
MOST_LEAD_WORDS = 50
"""Most words of a sentence before a list that leads into it without a colon."""
_EXACT = (AnswerType.TIME_LIMIT, AnswerType.NUMBER)
_TYPED = (*_EXACT, AnswerType.DATE, AnswerType.CONTACT)


class UnitKind(StrEnum):
    """What a unit is."""

    SENTENCE = "sentence"
    LIST = "list"
    ITEM = "item"
    SERIES = "series"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class AnswerUnit:
    """What is quoted whole."""

    parts: tuple[Span, ...]
    """Stretches in quotable passages (or headings), lead-ins first, else in reading order."""
    kind: UnitKind
    is_whole: bool = True
    """False for a lead-in or header without what it introduces, which never answers."""
    left_out: tuple[Span, ...] = ()
    """Items of a long list that are not quoted."""


def unit_of(sentence: Sentence, asked: WholeAsked, order: ReadingOrder) -> AnswerUnit:
    """Returns the unit around a sentence for what a question asks.

    Args:
        sentence: A quotable sentence of the edition.
        asked: What the question asks for.
        order: The edition.
    """
    place = order.places[sentence.span.start]
    series = series_at(place, asked, order)
    if series is not None:
        return AnswerUnit(_in_order((*series.spans, *order.merged(_closed(series.places, order)))), UnitKind.SERIES)
    if sentence.kind is SentenceKind.LIST_ITEM:
        return _item(place, asked, order)
    if sentence.kind is SentenceKind.TABLE_ROW:
        return _row(place, asked, order)
    if sentence.kind is SentenceKind.FOOTNOTE:
        return AnswerUnit((*sentence.lead_ins, *order.merged(order.line(place))), UnitKind.SENTENCE)
    return _prose(place, asked, order)


def _in_order(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans))


def _item(place: int, asked: WholeAsked, order: ReadingOrder) -> AnswerUnit:
    sentence = order.sentences[place]
    if not sentence.lead_ins:
        return _unled_list(place, asked, order) or _alone(place, (), order)
    lead = _asked_lead(sentence.lead_ins, asked, order)
    if asked.is_list or not _says_more(place, sentence.lead_ins, asked, order):
        return _list(lead, order, place)
    return _alone(place, sentence.lead_ins, order)


def _alone(place: int, lead_ins: Sequence[Span], order: ReadingOrder) -> AnswerUnit:
    """Returns one item with what leads into it, and its sub-items."""
    body = _closed([*order.line(place), *order.led_by(order.line(place)[-1])], order)
    is_lead_in = order.words(body[-1]).rstrip().endswith(":")
    return AnswerUnit((*lead_ins, *order.merged(body)), UnitKind.ITEM, not is_lead_in)


def _says_more(place: int, lead_ins: Sequence[Span], asked: WholeAsked, order: ReadingOrder) -> bool:
    """Returns whether an item itself answers: it holds what is asked, or a word of the question that nothing above it holds."""
    words = order.words(place)
    if asked.analysis.answer_type in _TYPED and has_exact_answer_type(words, asked.analysis.answer_type):
        return True
    section = order.section_at(order.sentences[place].span.start)
    above = " ".join((*section.headings, *(order.slice(span) for span in lead_ins)))
    return bool(asked.asked_in(words) - asked.asked_in(above))


def _asked_lead(lead_ins: Sequence[Span], asked: WholeAsked, order: ReadingOrder) -> Span:
    """Returns the lead-in that holds most of what is asked; of equals, the outermost."""
    return max(lead_ins, key=lambda span: len(asked.asked_in(order.slice(span))))


def _list(lead: Span, order: ReadingOrder, wanted: int) -> AnswerUnit:
    """Returns a lead-in with everything that it leads in, or with its first items and the one that is wanted."""
    at = order.places.get(lead.start)
    members = [each for each in order.led.get(lead, ()) if order.kind(each) is not SentenceKind.FOOTNOTE]
    above = order.sentences[at].lead_ins if at is not None else ()
    heads = above if at is not None and order.slice(lead) == order.words(at) else (*above, lead)
    first = _with_leaned(at, order) if heads is above and at is not None else []
    depth = len(order.sentences[members[0]].lead_ins) if members else 0
    tops = [each for each in members if len(order.sentences[each].lead_ins) == depth and not order.is_on_line(each)]
    return _cut(first, members, tops, heads, order, wanted)


def _with_leaned(at: int, order: ReadingOrder) -> list[int]:
    """Returns a lead-in with the sentence before it that it leans on, or that stands before it on its line."""
    is_near = order.is_on_line(at) and order.word_count([at - 1, at]) <= MOST_LEAD_WORDS
    leans = LEANS.match(order.words(at)) and order.follows(at)
    is_wanted = (is_near or leans) and order.is_prose(at) and order.is_prose(at - 1)
    return [at - 1, at] if is_wanted else [at]


def _cut(
    first: Sequence[int],
    members: Sequence[int],
    tops: Sequence[int],
    heads: Sequence[Span],
    order: ReadingOrder,
    wanted: int,
) -> AnswerUnit:
    if len(tops) <= MOST_ITEMS and order.word_count(members) <= MOST_LIST_WORDS:
        body = _closed([*first, *members], order)
        body = [*body, *_exception_after(body[-1], order)]
        return AnswerUnit((*heads, *order.merged(body)), UnitKind.LIST, bool(members))
    shown: list[int] = []
    for number, top in enumerate(tops):
        end = tops[number + 1] if number + 1 < len(tops) else members[-1] + 1
        item = [each for each in members if top <= each < end]
        is_room = number < SHOWN_ITEMS and order.word_count([*shown, *item]) <= MOST_LIST_WORDS
        if is_room or not shown or wanted in item:
            shown.extend(item)
    left_out = tuple(order.sentences[each].span for each in tops if each not in shown)
    return AnswerUnit((*heads, *order.merged(_closed([*first, *shown], order))), UnitKind.LIST, True, left_out)


def _unled_list(place: int, asked: WholeAsked, order: ReadingOrder) -> AnswerUnit | None:
    """Returns the list without a lead-in that an item stands in, under its heading or after the sentence before it."""
    if not asked.is_list and _says_more(place, (), asked, order):
        return None
    first = last = place
    while order.follows(first) and order.kind(first - 1) is SentenceKind.LIST_ITEM:
        first -= 1
    while order.follows(last + 1) and order.kind(last + 1) is SentenceKind.LIST_ITEM:
        last += 1
    return _under_heading(first, range(first, last + 1), order, place)


def _under_heading(first: int, members: Sequence[int], order: ReadingOrder, wanted: int) -> AnswerUnit:
    heading = order.heading_before(first)
    lead = [] if heading or not order.follows(first) or not order.is_prose(first - 1) else [first - 1]
    lead = [each for each in lead if len(order.words(each).split()) <= MOST_LEAD_WORDS]
    depth = len(order.sentences[first].lead_ins)
    tops = [each for each in members if len(order.sentences[each].lead_ins) <= depth and not order.is_on_line(each)]
    return _cut(lead, members, tops, (heading,) if heading else (), order, wanted)


def _row(place: int, asked: WholeAsked, order: ReadingOrder) -> AnswerUnit:
    sentence = order.sentences[place]
    rows = [each for each in order.led_by(place) if order.kind(each) is SentenceKind.TABLE_ROW]
    if rows:
        is_header = " | " in order.words(place) and not asked.is_list
        return AnswerUnit((), UnitKind.ROW, False) if is_header else _list(sentence.span, order, place)
    if not sentence.lead_ins and _is_lone_header(place, order):
        return AnswerUnit(order.merged([place]), UnitKind.ROW, False)
    if asked.is_list and _names_rows(sentence.lead_ins, asked, order):
        return _list(sentence.lead_ins[-1], order, place)
    line = list(order.line(place))
    if order.word_count(line) <= NEEDED_WORDS:
        start = order.sentences[line[0]].span.start
        heads = [span for span in sentence.lead_ins if span.end <= start]
        return AnswerUnit((*heads, *order.merged(_closed(line, order))), UnitKind.ROW)
    cell = [
        each for each in line if order.sentences[each].lead_ins == sentence.lead_ins and _is_in_cell(each, place, order)
    ]
    return AnswerUnit((*sentence.lead_ins, *order.merged(cell)), UnitKind.ROW)


def _is_lone_header(place: int, order: ReadingOrder) -> bool:
    """Returns whether a row is the header of a table whose rows cannot be quoted."""
    line = order.line(place)
    if " | " not in order.text[order.sentences[line[0]].span.start : order.sentences[line[-1]].span.end]:
        return False
    beside = [each for each in (line[0] - 1, line[-1] + 1) if 0 <= each < len(order.sentences)]
    rows = [each for each in beside if order.kind(each) is SentenceKind.TABLE_ROW and order.follows(max(each, line[0]))]
    return not rows and not order.words(line[-1]).rstrip().endswith((".", "!", "?"))


def _names_rows(lead_ins: Sequence[Span], asked: WholeAsked, order: ReadingOrder) -> bool:
    """Returns whether a question asks for what the first column of a table names: "which levels are there?"."""
    if not lead_ins:
        return False
    first = order.slice(lead_ins[-1]).split(" | ")[0]
    rows = order.led.get(lead_ins[-1], ())
    is_short = order.word_count(rows) <= MOST_LIST_WORDS
    cells = any(asked.asked_in(order.words(each)) - asked.asked_in(first) for each in rows)
    return is_short and bool(asked.asked_in(first)) and not cells


def _is_in_cell(one: int, other: int, order: ReadingOrder) -> bool:
    start, end = sorted((order.sentences[one].span, order.sentences[other].span))
    return " | " not in order.text[start.end : end.start]


def _prose(place: int, asked: WholeAsked, order: ReadingOrder) -> AnswerUnit:
    sentence = order.sentences[place]
    if order.led_by(place):
        return _list(sentence.span, order, place)
    line = order.line(place)
    listed = _announced_list(line[-1], asked, order) if place == line[-1] or asked.is_list else None
    if listed is not None:
        return listed
    if sentence.lead_ins:
        same = [each for each in line if order.word_count(range(line[0], each + 1)) <= NEEDED_WORDS or each <= place]
        return AnswerUnit((*sentence.lead_ins, *order.merged(_closed(same, order))), UnitKind.SENTENCE)
    body = _needed(place, asked, order)
    body = _closed(body, order)
    last = order.words(body[-1]).rstrip()
    is_open = last.endswith(":") or leads_on(body[-1], order) or (last.endswith("?") and len(body) == 1)
    return AnswerUnit(order.merged(body), UnitKind.SENTENCE, not is_open)


def _announced_list(place: int, asked: WholeAsked, order: ReadingOrder) -> AnswerUnit | None:
    """Returns the list after a paragraph that ends in a full stop, where it is announced or asked for."""
    after = place + 1
    if not order.follows(after) or order.kind(after) is not SentenceKind.LIST_ITEM or order.sentences[after].lead_ins:
        return None
    if not (asked.is_list or FOLLOWING.search(order.words(place))):
        return None
    last = after
    while order.follows(last + 1) and order.kind(last + 1) is SentenceKind.LIST_ITEM:
        last += 1
    return _under_heading(after, range(after, last + 1), order, place)


def _needed(place: int, asked: WholeAsked, order: ReadingOrder) -> list[int]:
    """Returns a sentence of running text with those that it needs and, while they are short together, those beside it."""
    first, last = _introduced(place, order)
    first, last = _beside(first, last, order)
    if asked.is_time and not _has_time(range(first, last + 1), order):
        first, last = _with_time(first, last, order)
    while _may_join(first, last, last + 1, order) and _goes_on(last, order):
        last += 1
    line = order.line(last)
    if first < line[0] and _leads_into(line[0], order):
        while last < line[-1] and order.word_count(range(first, last + 2)) <= MEANING_WORDS:
            last += 1
    return list(range(first, last + 1))


def _introduced(place: int, order: ReadingOrder) -> tuple[int, int]:
    """Returns the first and last sentence of a meaning with what introduces it, and of what a sentence leans on."""
    first = last = place
    start = order.line(place)[0]
    if order.is_prose(start - 1) and _leads_into(start, order):
        first, line = start - 1, order.line(place)
        while last < line[-1] and order.word_count(range(first, last + 2)) <= MEANING_WORDS:
            last += 1
        return first, last
    while LEANS.match(order.words(first)) and order.follows(first) and order.is_prose(first - 1) and place - first < 2:
        if order.word_count(range(first - 1, last + 1)) > NEEDED_WORDS:
            break
        first -= 1
    return first, last


def _leads_into(start: int, order: ReadingOrder) -> bool:
    """Returns whether the sentence before a paragraph introduces it: with a colon, or by going on in it."""
    if not order.follows(start):
        return False
    is_open = leads_on(start - 1, order) and (order.words(start)[:1].islower() or order.words(start)[:1] in "“‘\"'")
    return order.words(start - 1).rstrip().endswith(":") or is_open


def _beside(first: int, last: int, order: ReadingOrder) -> tuple[int, int]:
    """Returns a stretch widened by the sentence before it and the one after it on its line, while it is short."""
    if order.is_on_line(first) and order.word_count(range(first - 1, last + 1)) <= BESIDE_WORDS:
        first -= 1
    if order.is_on_line(last + 1) and order.word_count(range(first, last + 2)) <= BESIDE_WORDS:
        last += 1
    return first, last


def _has_time(places: Sequence[int], order: ReadingOrder) -> bool:
    return any(has_exact_answer_type(order.words(each), AnswerType.TIME_LIMIT) for each in places)


def _with_time(first: int, last: int, order: ReadingOrder) -> tuple[int, int]:
    """Returns a step widened to the next sentence, or note, that has its time limit; as it is where none has."""
    for end in range(last + 1, min(last + 3, len(order.sentences))):
        if not _may_join(first, last, end, order) or not (order.is_on_line(end) or NOTE.match(order.words(end))):
            break
        if _has_time([end], order):
            return first, end
    return first, last


def _may_join(first: int, last: int, end: int, order: ReadingOrder) -> bool:
    is_there = order.is_prose(end) and order.follows(end) and not order.sentences[end].lead_ins
    return is_there and order.word_count(range(first, end + 1)) <= NEEDED_WORDS


def _goes_on(last: int, order: ReadingOrder) -> bool:
    """Returns whether the next sentence belongs to the one before it: meaning, rest of a quotation, or exception."""
    words, after = order.words(last).rstrip(), order.words(last + 1)
    if (
        words.endswith((":", "?"))
        or _leads_into(last + 1, order)
        or (order.is_on_line(last + 1) and TURNS.match(after))
    ):
        return True
    opened = words.count("“") > words.count("”")
    is_note = not order.is_on_line(last + 1) and (after.startswith(("(", "[")) or NOTE.match(after))
    return opened or bool(EXCEPTS.match(after)) or bool(is_note)


def _exception_after(place: int, order: ReadingOrder) -> list[int]:
    """Returns the sentence after a list that says where it does not hold; [] for another."""
    after = place + 1
    if not order.is_prose(after) or not order.follows(after) or order.sentences[after].lead_ins:
        return []
    return [after] if EXCEPTS.match(order.words(after)) else []


def _closed(places: Sequence[int], order: ReadingOrder) -> list[int]:
    """Returns sentences with the notes that limit them, and with the list that the last of them leads into."""
    body = sorted(set(places))
    if body and not any(each in body for each in order.led_by(body[-1])):
        led = order.led_by(body[-1])
        body.extend(led if len(led) <= MOST_ITEMS and order.word_count(led) <= MOST_LIST_WORDS else [])
    return sorted({*body, *(note for each in body for note in order.notes_of(each))})
