"""Titles and addresses that identify a document."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from assistant.coverage.texts.paragraphs import plain
from assistant.model import Edition
from assistant.text.abbreviations import abbreviations

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TAIL = re.compile(r"[,:]?\s+(?:\(?(?:19|20)\d\d\)?.*|[A-Z][a-z]+ (?:19|20)\d\d.*)$")
_OPENERS = frozenset({"the", "see", "our", "guidance", "and", "by", "in", "of"})
_QUOTED = re.compile(r"(?:^|\s)['\"]([A-Z][^'\"]{8,100})['\"]")


def title_of(edition: Edition) -> str:
    """Returns the title of a work without its year, in lower case."""
    return plain(_TAIL.sub("", edition.title)).lower()


def short_titles(edition: Edition) -> tuple[str, ...]:
    """Returns the short titles used for a work ("Working Together 2023", "WT 2023", "KCSIE 2025"), year removed, in lower case."""
    title = title_of(edition)
    until = re.match(r"(\w+ together)\b", title)
    named = (title, *((until.group(1),) if until else ()))
    short = [each.short.lower() for each in abbreviations() if any(full.lower() in named for full in each.full)]
    return (*short, *named[1:])


def is_named(title: str, text: str) -> bool:
    """Returns whether a text contains a title that is not the end of a longer one ("Tackling Child Sexual Abuse Strategy")."""
    at = text.lower().find(title)
    before = text[:at].split()[-1:] if at > 0 else []
    return at >= 0 and not (before and before[0][:1].isupper() and before[0].lower() not in _OPENERS)


def name_of(text: str) -> str:
    """Returns the title in quotation marks in a link text, or the whole text where there is none."""
    quoted = _QUOTED.search(text)
    return quoted.group(1) if quoted else text


def year_of(edition: Edition) -> str | None:
    """Returns the year of an edition: from its title, otherwise from its publication date."""
    match = _YEAR.search(edition.title) or (_YEAR.search(edition.published.isoformat()) if edition.published else None)
    return match.group() if match else None


def address_of(target: str | None) -> str:
    """Returns an address reduced to what tells documents apart: host and path; "" for none."""
    parts = urlsplit(target or "")
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}".lower()


def words_of(target: str) -> str:
    """Returns the words of the last part of an address: "working together to safeguard children"."""
    last = urlsplit(target).path.rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[-_+]+", " ", unquote(last)).strip().lower()


def year_in(text: str) -> str | None:
    """Returns the first year in a text, None for none."""
    match = _YEAR.search(text)
    return match.group() if match else None
