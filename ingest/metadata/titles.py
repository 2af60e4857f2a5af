"""The title of a document: what its cover says under "Title", its largest print, its properties, then the file name.

The order is measured on real documents (``python -m evals metadata``): the properties of a file are often a template's or
an earlier edition's, the largest print of the cover hardly ever.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from assistant.model.proposal import Proposal
from assistant.text.calendar_words import SHORT_MONTH
from ingest.metadata.labelled import facts_of
from ingest.metadata.printed_dates import dates_in, period_in
from ingest.metadata.publishers import is_body, local_body
from ingest.metadata.words import words
from ingest.readers.cover import BODY_SIZE, HEADING_SIZES, Cover, CoverLine
from ingest.readers.titles import is_made_up

_LABEL = re.compile(words("title"))
_NOISE = re.compile(words("no_title"), re.IGNORECASE)
_CODE = re.compile(r"(?=\S*\d)[A-Z\d/_-]{5,}")
_DEAR = re.compile(r"(?i)\s*dear\b.{0,60}$")
_ACRONYM = re.compile(r"[A-Z&+]{2,8}")
_CASE = re.compile(r"[‘'“\"]?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)?[’'”\"]?")
"""What a review calls a person or family: "‘Mr Ferris’", "Child Willow"."""
_SECTION = re.compile(r"(?i)section\s+[A-Z\d]{1,2}\b")
_SUBTITLE = re.compile(r"^(?:volume|part|annex|booklet) [\dA-Z]+\b", re.IGNORECASE)
_FORM = re.compile(rf"\b{words('forms')}\b", re.IGNORECASE)
_LABELLED = re.compile(rf"(?i){words('labels')}\b[^:]{{0,30}}:")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?")
LONGEST, SHORTEST = 160, 4
"""Characters of a title."""
SAME_SIZE = 0.06
"""Share by which the lines of one title may differ in print."""
PAGES = 3
"""First pages on which a label counts."""
MOST_LINES = 24
"""Lines of the first page among which the title is."""
MOST_TOP, LONG_LINE, FLAT = 3, 60, 1.12
"""Lines of a title without large print, characters of each, and how much larger than the text large print is."""
FEWEST_SECTIONS = 3
"""Headings of one print that are those of sections."""
TOP_OF_FORM = 2
"""Lines above the first section of a form."""
LARGE = 1.4
"""How much larger than the text the print of a title is beyond doubt."""
GENERIC = 3
"""Most words of a title that is too general without the line below it, such as "Information sharing"."""
_AFTER_NAME = re.compile(rf"[\s_.-]*{words('after_name')}", re.IGNORECASE)


def propose_title(cover: Cover) -> Proposal:
    """Returns the title that is proposed; the last resort is the name of the file."""
    return (
        _labelled(cover)
        or _of_letter(cover)
        or _printed(cover)
        or _in_properties(cover)
        or _running(cover)
        or _by_reader(cover)
        or _named(cover)
    )


def _labelled(cover: Cover) -> Proposal | None:
    for fact in facts_of(cover):
        value = fact.value.strip(' .|"“”')
        is_title = _LABEL.fullmatch(fact.label) and fact.page <= PAGES and _is_title(value) and not fact.is_running
        is_title = is_title and not is_made_up(value) and not _is_in_larger(value, cover)
        top = _top_words(cover)
        if is_title and (_shares_words(value, top) or len(top) < GENERIC):
            return _proposal(value, 0.94, f"cover, page {fact.page}", fact.words)
    return None


def _is_in_larger(value: str, cover: Cover) -> bool:
    """Returns whether a single word is part of a title in large print."""
    large = [each.text.lower() for each in cover.lines if each.page == 1 and each.size >= HEADING_SIZES[0]]
    return " " not in value and any(value.lower() in text and value.lower() != text for text in large)


def _top_words(cover: Cover) -> set[str]:
    """Returns the words at the top of a document, which its title is made of."""
    return {word for each in cover.lines[:30] if not each.cells for word in re.findall(r"[a-z]{4,}", each.text.lower())}


def _shares_words(value: str, words: set[str]) -> bool:
    own = re.findall(r"[a-z]{4,}", value.lower())
    return not own or sum(word in words for word in own) >= len(own) / 2


def _of_letter(cover: Cover) -> Proposal | None:
    """Returns the subject of a letter: the line after "Dear ..."."""
    lines = [each for each in cover.lines if each.page == 1]
    for line, following in itertools.pairwise(lines):
        subject = re.sub(r"(?i)^(?:re|subject)\s*:\s*", "", following.text.strip())
        is_subject = SHORTEST <= len(subject) <= LONGEST and not subject.endswith((".", ",", ";"))
        if _DEAR.match(line.text) and is_subject and not following.is_running and len(subject.split()) > 1:
            return _proposal(subject, 0.7, f"cover, page {following.page}", following.text)
    return None


def _printed(cover: Cover) -> Proposal | None:
    """Returns the largest print of the first page that can be a title."""
    pages = [each.page for each in cover.lines if not each.is_running and _is_title(each.text)]
    if not pages:
        return None
    first = min(pages)
    lines = _own_lines(cover, first)
    groups = [each for each in _groups(lines) if each]
    body = _body_size(cover)
    sized = [(group[0].size, text) for group in groups if (text := _text_of(group)) and not _SECTION.match(text)]
    if not sized:
        return None
    size, title = max(sized, key=lambda each: (_ACRONYM.fullmatch(each[1]) is None, each[0]))
    top = _top_heading(lines, size, body) or _above_sections(lines, groups, size)
    if top:
        return _proposal(top, 0.7, f"cover, page {first}", top)
    if size <= FLAT * body:
        top = _top_lines(lines)
        return _proposal(top, 0.6, f"cover, page {first}", top) if top else None
    said = _agreed(cover, lines)
    if said is not None and said[0].lower() not in title.lower() and (size < 1.3 * body or said[1] > 1.2 * body):
        return _proposal(said[0], 0.93, f"cover, page {first}", said[0])
    if any(line.size > size and _CODE.fullmatch(line.text.strip()) for line in lines):
        return _running(cover)
    title = _under_its_kind(title, groups) or _with_subtitle(title, size, groups)
    sure = 0.95 if said or size >= LARGE * body else 0.8 if size > 1.1 * body else 0.55
    return _proposal(title, sure - 0.1 * (first > 1), f"cover, page {first}", title)


def _own_lines(cover: Cover, page: int) -> list[CoverLine]:
    """Returns the lines of a page that may be its title: not what stands on other pages too; of the top rows the first cell."""
    elsewhere = {re.sub(r"\d+", "", each.text) for each in (*cover.lines, *cover.last) if each.page != page}
    lines: list[CoverLine] = []
    for line in (each for each in cover.lines if each.page == page):
        is_top = len(lines) < MOST_TOP
        is_own = is_top and line.size > BODY_SIZE and re.sub(r"\d+", "", line.text) not in elsewhere
        if line.is_running and not is_own:
            continue
        if len(line.cells) <= 1:
            lines.append(line)
        elif is_top and line.cells[0] and not _is_fact(line.cells):
            lines.append(replace(line, text=line.cells[0], cells=()))
    return lines[:MOST_LINES]


def _is_fact(cells: Sequence[str]) -> bool:
    """Returns whether a row says something of a label: "Version | 3", "Name | "."""
    return not cells[0].isupper() and len(cells[0].split()) < GENERIC


def _top_heading(lines: Sequence[CoverLine], size: float, body: float) -> str:
    """Returns what a form says at its top, where the largest print is only that of its sections; "" for other documents."""
    first = next((at for at, each in enumerate(lines) if each.size == size), 0)
    if first < TOP_OF_FORM or size >= LARGE * body:
        return ""
    group: list[str] = []
    for line in lines[:MOST_TOP]:
        text = line.text.strip()
        is_large = line.size >= size / FLAT and line.size > body
        if _is_noise(text) or is_body(text) or not (is_large or text.isupper()) or text.endswith("."):
            break
        group.append(text)
    title = " ".join(group)
    return title if _is_title(title) and len(title.split()) > 1 else ""


def _above_sections(lines: Sequence[CoverLine], groups: Sequence[Sequence[CoverLine]], size: float) -> str:
    """Returns what stands above the sections where the largest print is that of several of them; "" for other documents."""
    sections = [group for group in groups if group and group[0].size == size]
    first = next((at for at, each in enumerate(lines) if each.size == size), 0)
    if len(sections) < FEWEST_SECTIONS or first < TOP_OF_FORM:
        return ""
    return _top_lines(lines[:first])


def _top_lines(lines: Sequence[CoverLine]) -> str:
    """Returns the short lines that a document without large print begins with."""
    taken: list[str] = []
    for line in (each for each in lines if not _is_noise(each.text) and not is_body(each.text)):
        text = line.text.strip()
        if len(taken) == MOST_TOP or len(text) > LONG_LINE or (text.endswith((".", ";", ":")) and taken) or line.cells:
            break
        taken.append(text)
    title = " ".join(taken)
    return title if _is_title(title) else ""


def _body_size(cover: Cover) -> float:
    """Returns the print of most letters that are not in the largest one; of a document in one print, that."""
    letters: dict[float, int] = {}
    for each in cover.lines:
        letters[each.size] = letters.get(each.size, 0) + len(each.text)
    smaller = [size for size in letters if size < max(letters)]
    return max(smaller or letters, key=lambda size: (letters[size], -size))


def _groups(lines: Sequence[CoverLine]) -> list[list[CoverLine]]:
    """Returns runs of lines of one print, without those that are no part of a title; each level of a heading starts anew."""
    groups: list[list[CoverLine]] = [[]]
    for line in lines:
        text = line.text.strip(" .|•")
        is_year = bool(groups[-1]) and _YEARS.fullmatch(text) is not None
        if not text or (_is_noise(text) and not (is_year and line.size == groups[-1][-1].size)):
            groups.append([])
        elif groups[-1] and abs(groups[-1][-1].size - line.size) <= SAME_SIZE * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _text_of(group: Sequence[CoverLine]) -> str:
    """Returns the lines of one print as a title, without the name of a body before or after; "" where they are none."""
    texts = [each.text.strip() for each in group]
    for count in range(len(texts) - 1, 0, -1):
        if is_body(" ".join(texts[:count])):
            texts = texts[count:]
            break
    for count in range(1, len(texts)):
        if is_body(" ".join(texts[-count:])):
            texts = texts[:-count]
            break
    while len(texts) > 1 and _FORM.search(" ".join(texts[:-1])) and dates_in(texts[-1]):
        texts = texts[:-1]
    text = " ".join(texts)
    return text if _is_title(text) and not is_body(text) else ""


def _is_title(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    is_plain = letters >= SHORTEST and len(text) <= LONGEST and not _CODE.fullmatch(text)
    return is_plain and not _is_noise(text) and not text.rstrip().endswith((";", ","))


def _is_noise(text: str) -> bool:
    bare = text.strip(" .|()[]–-")
    dates = dates_in(bare)
    is_date = (
        bool(dates)
        and len(
            re.sub(
                r"\W|(?i:dated|date|version|draft|final|issued|published|review|updated|by)",
                "",
                bare.replace(dates[0].words, ""),
            )
        )
        <= 6
    )
    period = period_in(bare)
    is_period = (
        period is not None and sum(map(str.isalpha, re.sub(rf"(?i){SHORT_MONTH}(?= 20\d\d)|\bto\b", "", bare))) == 0
    )
    is_label = _LABELLED.match(bare)
    return bool(is_date or is_period or is_label or _NOISE.fullmatch(bare))


def _with_subtitle(title: str, size: float, groups: Sequence[Sequence[CoverLine]]) -> str:
    """Returns a title with the line below it where that says which volume it is, or what a general title is about."""
    place = next(
        (
            at
            for at, each in enumerate(groups)
            if (each and each[0].size == size and title.startswith(each[-1].text[:5]))
            or (each and _text_of(each) == title)
        ),
        None,
    )
    below = next((_text_of(each) for each in groups[(place or 0) + 1 :] if each), "") if place is not None else ""
    if dates_in(below):
        return title
    if re.fullmatch(r"(?i)terms of reference", below):
        return f"{title.rstrip(':')}: {below}"
    if below and _is_form_alone(title):
        return f"{title.rstrip(':')}: {below}" if len(title) + len(below) < LONGEST else title
    if below and (
        _SUBTITLE.match(below)
        or (
            (len(title.split()) < GENERIC and not _FORM.search(title) and _FORM.search(below))
            or (re.match(r"(?i)advice\b", below) and len(title.split()) < GENERIC)
        )
    ):
        whole = f"{title.rstrip(':')}: {below}"
        return whole if len(whole) <= LONGEST else title
    return title


def _under_its_kind(title: str, groups: Sequence[Sequence[CoverLine]]) -> str:
    """Returns the name of a case after the line above it that says what it is: "Safeguarding Adults Review: ‘Mr Ferris’"."""
    if not _CASE.fullmatch(title) or _FORM.search(title):
        return ""
    texts = [_text_of(each) for each in groups if each]
    above = texts[texts.index(title) - 1] if title in texts[1:] else ""
    return f"{above.rstrip(':')}: {title}" if re.search(r"(?i)\breview$", above) else ""


def _is_form_alone(title: str) -> bool:
    """Returns whether a title says only what a document is: "7 minute briefing", "Annual report 2024", "Multi-agency policy"."""
    rest = re.sub(rf"(?i)\b{words('forms')}\b|\b{words('about_forms')}\b|\b\d+\b|\W", "", title)
    return not rest


def _agreed(cover: Cover, lines: Sequence[CoverLine]) -> tuple[str, float] | None:
    """Returns the title of the properties with its print where the cover has it as well, in lines of its own."""
    said = " ".join(cover.said("title").split())
    if not said or is_made_up(said):
        return None
    plain = re.sub(r"\W+", "", said).lower()
    for place in range(len(lines)):
        run = ""
        for line in lines[place : place + 4]:
            run += re.sub(r"\W+", "", line.text).lower()
            if run == plain:
                return said, lines[place].size
    return None


def _in_properties(cover: Cover) -> Proposal | None:
    said = " ".join(cover.said("title").split())
    if not said or is_made_up(said) or is_body(said) or not _is_title(said) or " " not in said:
        return None
    return _proposal(said, 0.7, "document properties", said)


def _running(cover: Cover) -> Proposal | None:
    texts = [
        _without_body(re.sub(r"(?i)\s*\|?\s*page \d+(?: of \d+)?.*$", "", each.text).strip())
        for each in cover.lines
        if each.is_running
    ]
    found = next((each for each in texts if _is_title(each) and not is_body(each) and len(each.split()) > 1), None)
    return _proposal(found, 0.6, "header or footer", found) if found else None


def _without_body(text: str) -> str:
    """Returns a line without the body that it begins with."""
    name = local_body(text)
    rest = text.removeprefix(name).strip(" ·|–-")
    return rest if name and text.startswith(name) and len(rest.split()) > 1 else text


def _by_reader(cover: Cover) -> Proposal | None:
    said = cover.title
    return _proposal(said, 0.5, "first heading", said) if said and _is_title(said) and not is_made_up(said) else None


def _named(cover: Cover) -> Proposal:
    stem = re.sub(r"%20|[_+]", " ", PurePath(cover.name).stem)
    text = " ".join((stem.replace("-", " ") if "-" in stem else stem).split())
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text) if " " not in text else text
    for each in dates_in(text):
        text = text.replace(each.words, " ")
    text = " ".join(_AFTER_NAME.sub(" ", text).split()).strip(" -.")
    text = text[:1].upper() + text[1:] if text else PurePath(cover.name).stem
    return _proposal(text, 0.35, "file name", cover.name)


def _proposal(title: str, confidence: float, where: str, words: str) -> Proposal:
    return Proposal("title", " ".join(title.split()), round(confidence, 2), where, " ".join(words.split())[:160])
