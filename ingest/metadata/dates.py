"""Dates of issue, of coming into force and of review: by their labels, else by where they stand, else from the file name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from assistant.model.proposal import Proposal
from assistant.text.number_words import number_of
from ingest.metadata.printed_dates import PrintedDate, after, dates_in, period_in
from ingest.metadata.words import words
from ingest.readers.cover import Cover, CoverLine

_BEFORE = rf"(?:{words('before_dates')}\s+)?"
_REVIEW = _BEFORE + words("review")
_IN_FORCE = _BEFORE + words("in_force")
_ISSUES = (
    (_BEFORE + words("published"), 0.96),
    (_BEFORE + words("agreed"), 0.92),
    (_BEFORE + words("updated"), 0.85),
    (_BEFORE + words("first_made"), 0.55),
)
"""What comes before a date of issue, and how surely it does; earlier ones go first."""
_EVERY = re.compile(
    r"\b(?P<annual>annual(?:ly)?|yearly|every year)\b|\b(?P<count>\d{1,2}|one|two|three|four|five|six|twelve|eighteen)"
    r"[ -](?P<unit>years?(?:ly)?|months?)\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,2}(?:\.\d+)*\b)?"
_ALONE = re.compile(
    rf"^[\s(\[–-]*(?:{words('beside_date')}(?:day)?\b[\s.:]*{_NUMBER}[\s,:|–-]*)*[\s)\].,–|-]*"
    rf"(?:version|v|final|draft|edition|issue)?[\s.]*{_NUMBER}[\s)\].]*$",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"[\s:|?).–,-]*(?:{words('leads_to_date')}\b[\s:]*)*(?:\w+day,?\s*)?", re.IGNORECASE)
PROSE = 90
"""Characters from which a line is prose."""
FIRST_LINES = 40
"""Lines of the first page that count as a cover."""
LABELLED = 0.65
"""Confidence from which a label is believed before a date that stands alone."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A date with what makes it one of the document."""

    date: PrintedDate
    confidence: float
    where: str
    words: str
    order: int = 0


def propose_dates(cover: Cover) -> tuple[Proposal, ...]:
    """Returns the dates that are proposed: ``published``, ``in_force_from`` and ``review_by``, each where there is one."""
    lines = _unwrapped(cover.lines)
    review = _best(list(_labelled(lines, _REVIEW, 0.96)), latest=True)
    force = _best(list(_labelled(lines, _IN_FORCE, 0.95)), latest=False)
    taken = {each.date.words for each in (review, force) if each is not None}
    issue = _issued(cover, lines, taken)
    period = _period(cover)
    if period is not None and not re.match(r"(?i)(?:executive )?summary\b", cover.title or ""):
        issue, review = issue or period[0], review or period[1]
    review = review or _due(lines, issue or force)
    if review is not None and issue is not None and review.date.end <= issue.date.start:
        review = None
    named = (("published", issue, False), ("in_force_from", force, False), ("review_by", review, True))
    return tuple(_proposal(name, each, is_end) for name, each, is_end in named if each is not None)


def _proposal(name: str, found: _Found, is_end: bool) -> Proposal:
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


def _labelled(lines: Sequence[CoverLine], words: str, confidence: float) -> Iterator[_Found]:
    """Yields the dates that follow these words: in their line, in the cell beside them, or in the line below."""
    pattern = re.compile(rf"(?:^|[|•·;,(\[.–-]\s*|\s{{2,}}|\b)(?P<label>{words})(?=[\s:|?).–-]|$)", re.IGNORECASE)
    for order, line in enumerate(lines):
        for match in pattern.finditer(line.text):
            yield from _value(lines, order, match, confidence)


def _value(lines: Sequence[CoverLine], order: int, match: re.Match[str], confidence: float) -> Iterator[_Found]:
    line = lines[order]
    is_opening = not line.text[: match.start("label")].strip(" |•·;,([–-") or bool(
        re.search(r"[|•·;,(\[.–-]\s*$|\s{2,}$", line.text[: match.start("label")])
    )
    rest = line.text[match.end("label") :]
    found = dates_in(rest)
    where = _where(line)
    if found and re.fullmatch(
        r"[\s:|?).–,-]*(?:(?:on|in|by|from|the|date|is|of|due|no later than|before|this|until)\b[\s:]*)*(?:\w+day,?\s*)?",
        rest[: found[0].place[0]],
        re.I,
    ):
        is_list = (
            len(found) > 1
            and re.fullmatch(r"[\s,&/]*(?:and)?\s*", rest[found[0].place[1] : found[1].place[0]]) is not None
        )
        taken = found[-1] if is_list else found[0]
        yes = is_opening and not _is_prose(line, match["label"], rest)
        sure = confidence if yes else confidence - (0.25 if _is_short(line) else 0.5)
        yield _Found(
            taken, sure - 0.1 * is_list - 0.05 * line.is_running, where, f"{match['label']}{rest}".strip(), order
        )
        return
    if line.cells and match["label"].strip().lower() in (cell.strip(" :").lower() for cell in line.cells):
        yield from _below(lines, order, match["label"].strip().lower(), confidence)
    elif is_opening and match["label"][0].isupper() and not rest.strip(" :?") and order + 1 < len(lines):
        below = lines[order + 1]
        dates = dates_in(below.text)
        if dates and not below.text[: dates[0].place[0]].strip() and below.page == line.page:
            yield _Found(dates[0], confidence - 0.06, where, f"{match['label']} {below.text}", order)


def _is_short(line: CoverLine) -> bool:
    return line.page == 1 and len(line.text) <= PROSE


def _is_prose(line: CoverLine, label: str, rest: str) -> bool:
    """Returns whether a label is a piece of a sentence: in lower case, or on a later page, without its colon or cell."""
    is_marked = rest.lstrip().startswith(":")
    return not is_marked and (label[0].islower() or (line.page > 1 and not line.cells))


def _below(lines: Sequence[CoverLine], order: int, label: str, confidence: float) -> Iterator[_Found]:
    """Yields the dates under the head of a column; the last row is the newest version."""
    head = lines[order]
    column = [cell.strip(" :").lower() for cell in head.cells].index(label)
    for later in range(order + 1, min(order + 12, len(lines))):
        row = lines[later]
        if len(row.cells) != len(head.cells):
            return
        dates = dates_in(row.cells[column])
        if dates:
            yield _Found(dates[0], confidence - 0.12, _where(row), f"{label}: {row.cells[column]}", later)


def _best(found: list[_Found], *, latest: bool) -> _Found | None:
    """Returns the surest, the latest or first of equals; less sure where others say otherwise."""
    if not found:
        return None
    top = max(each.confidence for each in found)
    equals = [each for each in found if each.confidence >= top - 0.07]
    best = max(equals, key=lambda each: each.date.start) if latest else equals[0]
    others = {each.date.start for each in equals} - {best.date.start}
    doubt = 0.2 if any(not _agree(best.date, each.date) for each in equals if each.date.start in others) else 0.0
    return _Found(best.date, best.confidence - doubt, best.where, best.words, best.order)


def _agree(one: PrintedDate, other: PrintedDate) -> bool:
    return one.start <= other.end and other.start <= one.end


def _issued(cover: Cover, lines: Sequence[CoverLine], taken: set[str]) -> _Found | None:
    ways = [
        _best([each for each in _labelled(lines, words, sure) if not _is_review(each)], latest=True)
        for words, sure in _ISSUES
    ]
    found = [each for each in ways if each is not None]
    alone = _alone(lines, taken)
    labelled = next((each for each in found if each.confidence >= LABELLED), None)
    return (
        labelled
        or _in_head(cover)
        or alone
        or max(found, key=lambda each: each.confidence, default=None)
        or _in_name(cover)
    )


def _is_review(found: _Found) -> bool:
    return re.match(_REVIEW, found.words, re.IGNORECASE) is not None


def _alone(lines: Sequence[CoverLine], taken: set[str]) -> _Found | None:
    """Returns the date that stands alone on the cover or opens a line of it, else one in a header or footer."""
    on_cover: list[_Found] = []
    inside: list[_Found] = []
    running: list[_Found] = []
    for order, line in enumerate(lines):
        for part in re.split(r"\s[|•·]\s", line.text):
            dates = [each for each in dates_in(part) if each.words not in taken]
            if not dates or (len(dates) > 1 and period_in(part) is not None):
                continue
            date = dates[0]
            around = f"{part[: date.place[0]]} {part[date.place[1] :]}"
            is_alone = _ALONE.match(around) is not None
            opens = not part[: date.place[0]].strip() and line.size > 12 and line.page == 1
            if line.is_running and (is_alone or len(part) < 90):
                running.append(_Found(date, 0.82 if is_alone else 0.72, _where(line), part, order))
            elif line.page == 2 and not around.strip(" .") and part == line.text and not line.cells:
                inside.append(_Found(date, 0.75, _where(line), part, order))
            elif line.page == 1 and order < FIRST_LINES and (is_alone or opens or _ends(part, date, line)):
                on_cover.append(_Found(date, 0.88 if is_alone else 0.75, _where(line), part, order))
    return _best(on_cover, latest=False) or _best(inside, latest=False) or _best(running, latest=True)


def _ends(part: str, date: PrintedDate, line: CoverLine) -> bool:
    """Returns whether a date ends a short line of the cover, such as "Version 3 – final, 3 May 2024" or "[15th November 2004]"."""
    return (
        len(part) < 70
        and not part[date.place[1] :].strip(" )].")
        and re.search(
            r"(?:[,–|(\[-]|\b(?:version|v)\s?[\d.]+|\bdraft|\bfinal|\bissue \d+)\s*$", part[: date.place[0]], re.I
        )
        is not None
    )


def _in_head(cover: Cover) -> _Found | None:
    """Returns the date of issue that the head of a web page names."""
    said = cover.said("issued", "published_time", "modified_time", "date")
    dates = dates_in(said[:10])
    return _Found(dates[0], 0.8, "document properties", said) if dates and "-" in said[:10] else None


def _in_name(cover: Cover) -> _Found | None:
    stem = re.sub(r"[_+]|%20", " ", PurePath(cover.name).stem)
    spaced = re.sub(r"(?<=[A-Za-z])(?=(?:19|20)\d\d)", " ", stem.replace("-", " ") if not dates_in(stem) else stem)
    dates = dates_in(spaced)
    if not dates:
        compact = re.search(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?(?!\d)", stem)
        dates = dates_in("-".join(filter(None, compact.groups()))) if compact else ()
    return _Found(dates[-1], 0.7, "file name", cover.name) if dates else None


def _period(cover: Cover) -> tuple[_Found, _Found] | None:
    """Returns first and last day of the period that a strategy or plan is for, where its cover names one."""
    for order, line in enumerate(_unwrapped(cover.lines)):
        if line.page > 1 or len(line.text) > 120:
            continue
        period = period_in(line.text)
        if period is not None and re.search(
            r"\bstrateg|\bplan\b|\bpriorit", " ".join(each.text for each in cover.lines[:12]), re.I
        ):
            sure = 0.7 if period[0].precision == "month" else 0.55
            one, other = (_Found(each, sure, _where(line), line.text, order) for each in period)
            return one, other
    return None


def _due(lines: Sequence[CoverLine], issue: _Found | None) -> _Found | None:
    """Returns the date of review that follows from "Review: annually" or "to be reviewed in two years"."""
    if issue is None:
        return None
    for order, line in enumerate(lines):
        match = re.search(r"\breview(?:ed|s)?\b(?P<rest>.{0,60})", line.text, re.IGNORECASE)
        every = _EVERY.search(match["rest"]) if match else None
        if match is None or every is None or line.page > 3 or len(line.text) > 120:
            continue
        months = 12 if every["annual"] else _count(every["count"]) * (12 if every["unit"].startswith("year") else 1)
        day = after(issue.date.start, months)
        end = after(issue.date.end, months) if issue.date.precision != "day" else day
        return _Found(
            PrintedDate(day, end, match[0], (0, 0)), min(0.45, issue.confidence - 0.1), _where(line), match[0], order
        )
    return None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else number_of(words)


def _where(line: CoverLine) -> str:
    return f"{'header or footer' if line.is_running else 'cover'}, page {line.page}"
