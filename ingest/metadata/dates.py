"""Dates of issue, of coming into force and of review: by their labels, else by where they stand, else from the file name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from assistant.model.proposal import LIKELY, Proposal
from assistant.text.number_words import number_of
from ingest.metadata.labelled_dates import FoundDate, labelled_dates, where_of
from ingest.metadata.meetings import is_meeting, meeting_date
from ingest.metadata.printed_dates import PrintedDate, after, dates_in, period_in
from ingest.metadata.sentence_dates import sentence_amendment, sentence_issue, sentence_review
from ingest.metadata.words import words
from ingest.readers.cover import BODY_SIZE, Cover, CoverLine

_BEFORE = rf"(?:{words('before_dates')}\s+)?"
_REVIEW = _BEFORE + words("review")
_IN_FORCE = _BEFORE + words("in_force")
_UPDATED = _BEFORE + words("updated_text")
_ISSUES = (
    (_BEFORE + words("published"), 0.96),
    (_BEFORE + words("agreed"), 0.92),
    (_BEFORE + words("updated"), 0.85),
    (_BEFORE + words("first_made"), 0.6),
)
"""What comes before a date of issue, and how surely it does; earlier ones go first."""
_EVERY = re.compile(
    r"\b(?P<annual>annual(?:ly)?|yearly|every year)\b|\b(?P<count>\d{1,2}|one|two|three|four|five|six|twelve|eighteen)"
    r"[ -](?P<unit>years?(?:ly)?|months?)\b",
    re.IGNORECASE,
)
_NOT_OWN = re.compile(rf"\b(?:{words('not_own')}|{words('of_page')})\b", re.IGNORECASE)
"""What comes before the date of something else."""
_RELATED = re.compile(rf"(?:.* / )?{words('related')}", re.IGNORECASE)
"""Headings of lists of other documents."""
_NUMBER = r"(?:\d{1,2}(?:\.\d+)*\b)?"
_ALONE = re.compile(
    rf"^[\s(\[–-]*(?:{words('beside_date')}(?:day)?\b[\s.:]*{_NUMBER}[\s,:|–-]*)*[\s)\].,–|-]*"
    rf"(?:version|v|final|draft|edition|issue)?[\s.]*{_NUMBER}[\s)\].]*$",
    re.IGNORECASE,
)
FIRST_LINES = 40
"""Lines of the first page that count as a cover."""
TOP_LINES = 8
"""Lines of the first page among which a cell may be a date of issue."""
OF_ROW = 0.8
"""Confidence of a date in a row at the top."""
LARGE = 12.0
"""Print of a heading."""
LABELLED = 0.65
"""Confidence from which a label is believed before a date that stands alone."""
CONTESTED = 0.88
"""Most confidence of a date beside which the cover has another of its kind."""
NEARLY = 0.13
"""How much less sure a date of issue may be than one of approval and go before it."""
NEAR = 0.07
"""Confidences that differ by no more are equal."""


def propose_dates(cover: Cover) -> tuple[Proposal, ...]:
    """Returns the dates that are proposed: ``published``, ``in_force_from`` and ``review_by``, each where there is one."""
    if is_meeting(cover):
        held = meeting_date(cover)
        return (_proposal("published", held, is_end=False),) if held is not None else ()
    lines = _unwrapped(cover.lines)
    last = _unwrapped([each for each in cover.last if each not in cover.lines])
    review = _best(list(labelled_dates(lines, _REVIEW, 0.96)), latest=True) or _at_end(last, _REVIEW, 0.9)
    force = _best(list(labelled_dates(lines, _IN_FORCE, 0.95)), latest=False) or _at_end(last, _IN_FORCE, 0.9)
    if review is None or review.confidence < LABELLED:
        review = sentence_review([*cover.lines, *cover.last]) or review
    taken = {each.date.words for each in (review, force) if each is not None}
    issue = _issued(cover, lines, last, taken)
    period = _period(cover)
    if period is not None and not re.match(r"(?i)(?:executive )?summary\b", cover.title or ""):
        issue, review = issue or period[0], review or period[1]
    review = review or _due(lines, issue or force)
    if review is not None and issue is not None and review.date.end <= issue.date.start:
        review = None
    named = (("published", issue, False), ("in_force_from", force, False), ("review_by", review, True))
    return tuple(_proposal(name, each, is_end=is_end) for name, each, is_end in named if each is not None)


def _proposal(name: str, found: FoundDate, *, is_end: bool) -> Proposal:
    day = found.date.end if is_end else found.date.start
    cap = 0.85 if found.date.is_ambiguous else 0.75 if found.date.precision == "quarter" else 1.0
    return Proposal(name, day.isoformat(), round(min(found.confidence, cap), 2), found.where, found.words[:120])


def _unwrapped(lines: Sequence[CoverLine]) -> list[CoverLine]:
    """Returns the lines with what ends in a comma or a dash joined to the next, as "Revision dates: January 2015," is."""
    joined: list[CoverLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.text.endswith((",", "–", " -", " into", " in", " on"))
            and last.page == line.page
            and not line.cells
        ):
            joined[-1] = CoverLine(f"{last.text} {line.text}", last.page, last.size, last.is_running)
        else:
            joined.append(line)
    return joined


def _best(found: list[FoundDate], *, latest: bool) -> FoundDate | None:
    """Returns the surest, the latest or first of equals; less sure where others say otherwise."""
    if not found:
        return None
    top = max(each.confidence for each in found)
    equals = [each for each in found if each.confidence >= top - NEAR]
    best = max(equals, key=lambda each: each.date.start) if latest else equals[0]
    others = {each.date.start for each in equals} - {best.date.start}
    rivals = [each for each in found if each.confidence >= LIKELY and not _agree(best.date, each.date)]
    doubt = 0.2 if any(not _agree(best.date, each.date) for each in equals if each.date.start in others) else 0.0
    sure = min(best.confidence - doubt, CONTESTED) if rivals else best.confidence
    return replace(best, confidence=sure)


def _agree(one: PrintedDate, other: PrintedDate) -> bool:
    return one.start <= other.end and other.start <= one.end


def _at_end(last: Sequence[CoverLine], labels: str, sure: float, taken: Collection[str] = ()) -> FoundDate | None:
    """Returns the date after these labels on the last page, where some documents say when they were made."""
    found = _best(
        _labelled(last, labels, sure, taken) if taken else list(labelled_dates(last, labels, sure)), latest=True
    )
    return replace(found, where="last page") if found is not None and found.confidence >= LABELLED else None


def _issued(
    cover: Cover, lines: Sequence[CoverLine], last: Sequence[CoverLine], taken: Collection[str]
) -> FoundDate | None:
    """Returns the date of issue: as published, but as updated where a text was updated later; agreed; else reviewed."""
    ways = [_best(_labelled(lines, labels, sure, taken), latest=True) for labels, sure in _ISSUES]
    found = [each for each in ways if each is not None]
    surest = max((each.confidence for each in found), default=0.0)
    labelled = next((each for each in found if each.confidence >= max(LABELLED, surest - NEARLY)), None)
    updated = _best(_labelled(lines, _UPDATED, 0.87, taken), latest=True)
    if labelled is not None and updated is not None and updated.date.start > labelled.date.end:
        labelled = updated if updated.confidence >= LABELLED else labelled
    if labelled is not None and any(not _agree(labelled.date, each.date) for each in found):
        labelled = replace(labelled, confidence=min(labelled.confidence, CONTESTED))
    at_end = (each for labels, sure in _ISSUES for each in [_at_end(last, labels, sure - 0.1, {*taken, ""})] if each)
    named = (
        labelled
        or sentence_amendment(cover.lines)
        or _in_head(cover)
        or _alone(lines, taken)
        or sentence_issue(cover.lines)
        or next(at_end, None)
    )
    return named or max(found, key=lambda each: each.confidence, default=None) or _in_name(cover)


def _labelled(lines: Sequence[CoverLine], labels: str, sure: float, taken: Collection[str]) -> list[FoundDate]:
    """Returns the dates after these labels, without those that are dates of review or of coming into force."""
    every = labelled_dates(lines, labels, sure)
    return [each for each in every if each.date.words not in taken and not re.match(_REVIEW, each.words, re.IGNORECASE)]


def _alone(lines: Sequence[CoverLine], taken: Collection[str]) -> FoundDate | None:
    """Returns the date that stands alone on the cover or opens a line of it, else one in a header or footer."""
    on_cover: list[FoundDate] = []
    inside: list[FoundDate] = []
    running: list[FoundDate] = []
    for order, line in enumerate(_without_related(lines)):
        for part in _parts(line):
            dates = [each for each in dates_in(part) if each.words not in taken]
            if not dates or (len(dates) > 1 and period_in(part) is not None):
                continue
            date = dates[0]
            around = f"{part[: date.place[0]]} {part[date.place[1] :]}"
            is_alone = _ALONE.match(around) is not None
            opens = not part[: date.place[0]].strip() and line.size > LARGE and line.page == 1
            is_cell = len(line.cells) > 1 and not part.startswith("[")
            is_first = is_cell and line.page == 1 and order < TOP_LINES and not around.strip(" .,")
            if line.is_running and not is_first and (is_alone or len(part) < 90):
                running.append(FoundDate(date, 0.82 if is_alone else 0.72, where_of(line), part))
            elif line.page == 2 and not around.strip(" .") and part == line.text and not line.cells:
                inside.append(FoundDate(date, 0.75, where_of(line), part))
            elif is_first:
                on_cover.append(FoundDate(date, OF_ROW, where_of(line), part))
            elif (
                line.page == 1
                and order < FIRST_LINES
                and not is_cell
                and (is_alone or opens or _ends(part, date, line))
            ):
                on_cover.append(FoundDate(date, 0.88 if is_alone else 0.75, where_of(line), part))
    of_rows = [each for each in on_cover if each.confidence == OF_ROW]
    return (
        _best(of_rows if len(of_rows) == len(on_cover) > 1 else [], latest=True)
        or _best(on_cover, latest=False)
        or _best(inside, latest=False)
        or _best(running, latest=True)
    )


def _without_related(lines: Sequence[CoverLine]) -> Iterator[CoverLine]:
    """Yields lines without the lists of other documents: what stands under such a heading, up to the next one."""
    of_heading: float | None = None
    for line in lines:
        if _RELATED.fullmatch(line.text.strip(" :")):
            of_heading = line.size
        elif of_heading is not None and line.size >= of_heading and of_heading > BODY_SIZE:
            of_heading = None
        if of_heading is None or line.is_running:
            yield line


def _parts(line: CoverLine) -> list[str]:
    """Returns what a line says one thing after the other, without what names dates of something else."""
    parts = line.cells if len(line.cells) > 1 else re.split(r"\s[|•·]\s|(?<=[.;])\s+(?=[A-Z])", line.text)
    return [each for each in parts if not _NOT_OWN.search(each)]


def _ends(part: str, date: PrintedDate, line: CoverLine) -> bool:
    """Returns whether a date ends a short line of the cover, such as "Version 3 – final, 3 May 2024" or "[15th November 2004]"."""
    return (
        len(part) < 70
        and not part[date.place[1] :].strip(" )].")
        and re.search(
            rf"(?:[,–|[{'(' if line.size > LARGE or part[:1] == '(' else ''}-]|\b(?:version|v)\s?[\d.]+|\bdraft|\bfinal|\bissue \d+"
            rf"|\b(?:bulletin|newsletter|briefing))\s*$",
            part[: date.place[0]],
            re.I,
        )
        is not None
    )


def _in_head(cover: Cover) -> FoundDate | None:
    """Returns the date of issue that the head of a web page names."""
    said = cover.said("issued", "published_time", "modified_time", "date")
    dates = dates_in(said[:10])
    return FoundDate(dates[0], 0.8, "document properties", said) if dates and "-" in said[:10] else None


def _in_name(cover: Cover) -> FoundDate | None:
    stem = re.sub(r"[_+]|%20", " ", PurePath(cover.name).stem)
    spaced = re.sub(r"(?<=[A-Za-z])(?=(?:19|20)\d\d)", " ", stem.replace("-", " ") if not dates_in(stem) else stem)
    dates = dates_in(spaced)
    if not dates:
        compact = re.search(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?(?!\d)", stem)
        dates = dates_in("-".join(filter(None, compact.groups()))) if compact else ()
    return FoundDate(dates[-1], 0.7, "file name", cover.name) if dates else None


def _period(cover: Cover) -> tuple[FoundDate, FoundDate] | None:
    """Returns first and last day of the period that a strategy or plan is for, where its cover names one."""
    lines = _unwrapped(cover.lines)
    for place, line in enumerate(lines):
        if line.page > 1 or len(line.text) > 120:
            continue
        period = period_in(line.text)
        near = " ".join(each.text for each in lines[max(place - 3, 0) : place + 3])
        if period is not None and re.search(r"\bstrateg|\bplan\b|\bpriorit", near, re.I):
            sures = (0.7, 0.7) if period[0].precision == "month" else (0.45, 0.55)  # years are no date of issue
            one, other = (
                FoundDate(each, sure, where_of(line), line.text) for each, sure in zip(period, sures, strict=True)
            )
            return one, other
    return None


def _due(lines: Sequence[CoverLine], issue: FoundDate | None) -> FoundDate | None:
    """Returns the date of review that follows from "Review: annually" or "to be reviewed in two years"."""
    if issue is None:
        return None
    for line in lines:
        match = re.search(r"\breview(?:ed|s)?\b(?P<rest>.{0,60})", line.text, re.IGNORECASE)
        every = _EVERY.search(match["rest"]) if match else None
        if match is None or every is None or line.page > 3 or len(line.text) > 120:
            continue
        months = 12 if every["annual"] else _count(every["count"]) * (12 if every["unit"].startswith("year") else 1)
        day = after(issue.date.start, months)
        end = after(issue.date.end, months) if issue.date.precision != "day" else day
        return FoundDate(
            PrintedDate(day, end, match[0], (0, 0)), min(0.45, issue.confidence - 0.1), where_of(line), match[0]
        )
    return None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else number_of(words)
