"""Minutes and agendas: their date is that of the meeting, and the dates of their items are not theirs."""

from __future__ import annotations

import re

from ingest.metadata.labelled_dates import FoundDate, where_of
from ingest.metadata.printed_dates import dates_in
from ingest.readers.cover import Cover

_PEOPLE = re.compile(
    r"(?:present|in attendance|attendees|attended by|apologies|members present)\b\s*[:(]?", re.IGNORECASE
)
_MEETING = re.compile(r"\b(?:minutes|agenda|notes? of (?:the |a )?meeting|meeting notes|action log)\b", re.IGNORECASE)
_ITEM = re.compile(r"(?:\d+[.)]?|item|no\.)\s", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bheld\b|\d\s?[ap]m\b|\b\d\d?[.:]\d\d\b|\bnoon\b|\bdate\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:next|previous|last) meeting\b|\bminutes of the (?:meeting|last)|\bconfirmed\b", re.IGNORECASE
)
FIRST_LINES = 14
SURE, LIKELY = 0.86, 0.7


def is_meeting(cover: Cover) -> bool:
    """Returns whether a document is the minutes or the agenda of a meeting: it says so, and who was there."""
    lines = [each.text.strip() for each in cover.lines if each.page == 1][: FIRST_LINES + 6]
    says_so = any(_MEETING.search(each) for each in (cover.name.replace("_", " "), cover.said("title"), *lines))
    return says_so and any(_PEOPLE.match(each) for each in lines)


def meeting_date(cover: Cover) -> FoundDate | None:
    """Returns the day of the meeting."""
    lines = [each for each in cover.lines if each.page == 1][:FIRST_LINES]
    found: list[FoundDate] = []
    for line in (each for each in lines if not _ITEM.match(each.text) and not _OF_OTHERS.search(each.text)):
        days = [each for each in dates_in(line.text) if each.precision == "day"]
        if days:
            sure = SURE if _HELD.search(line.text) else LIKELY
            found.append(FoundDate(days[0], sure, where_of(line), line.text))
    return max(found, key=lambda each: each.confidence, default=None)
