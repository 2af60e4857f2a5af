"""What a document that is linked to is called, and which links lead to the same one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from assistant.coverage.references.titles import address_of, name_of, words_of
from assistant.coverage.texts.paragraphs import plain

_ACT = re.compile(r"legislation\.gov\.uk/(?:id/)?(?P<act>(?:ukpga|uksi|asp|anaw|asc|ukla|wsi|ssi|eur)/\d{4}/\d+)")
_WORD = r"(?:[A-Z][\w'’-]+|and|of|for|in|to|on|by|the|etc\.?|\([^)]{3,60}\)|Act (?:19|20)\d\d(?= \())"
_ACT_NAME = re.compile(
    rf"(?:(?<=\W)|^)({_WORD}(?:,? {_WORD}){{0,14}}? (?:Act|Regulations?|Order|Measure) (?:19|20)\d\d)\b"
)
_BEFORE_TITLE = re.compile(r"^(?:[a-z]+ |The |Schedule to |Following |Under |See )+")
_LEADS = re.compile(
    r"^(?:\d{1,3}(?:\.\d+)*\.?\s+|see\s+|at\s+|in\s+|and\s+|the following\s+|further (?:guidance|information) can be found in\s+)+",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"(?:\b(?:the|a|an|and|or|of|in|on|to|for|with|by|its|their|this|that|which)|[,;:(–-])$", re.IGNORECASE
)
LEAST_TITLE = 2
"""Words that the title of an act is longer than: "Regulations 2014" is the end of one."""
LEAST_WORDS = 3
"""Words of an address from which on it says what the document is called."""


def act_of(target: str | None) -> str | None:
    """Returns what names an act or regulations in an address of legislation.gov.uk: "ukpga/1989/41"; None for others."""
    found = _ACT.search(unquote(target or "").lower())
    return found.group("act") if found else None


def act_name(act: str, texts: Sequence[str]) -> str | None:
    """Returns the title of an act or of regulations of its year that texts give most often, None where none does.

    Args:
        act: As ``act_of`` names it.
        texts: Words of the links to it, and around them.
    """
    year = act.split("/")[1]
    titles = (each.group(1) for text in texts for each in _ACT_NAME.finditer(plain(text)))
    found = (_BEFORE_TITLE.sub("", title).strip(" ,") for title in titles)
    counts = Counter(name for name in found if name.endswith(year) and len(name.split()) > LEAST_TITLE)
    return min(counts, key=lambda name: (-counts[name], len(name))) if counts else None


def document_name(text: str, target: str | None) -> str:
    """Returns what a document is called: the words of its link, or of its address where those are a piece of a sentence."""
    if text.startswith("http"):
        return text
    name = _LEADS.sub("", name_of(text)).strip(" ,;:–-'\"")
    said = words_of(target) if target else ""
    said = re.sub(r"\.(?:pdf|html?|docx?)$", "", re.sub(r"^\w*\d\w*\s+", "", said))
    is_piece = not name or name[0].islower() or _BROKEN.search(text.strip()) or _BROKEN.search(name)
    if is_piece and len(re.findall(r"[a-z]{2,}", said)) >= LEAST_WORDS:
        return said[:1].upper() + said[1:]
    return name[:1].upper() + name[1:]


def key_of(name: str, target: str | None) -> str:
    """Returns what is the same for links that lead to one document: its act, its title, or its address."""
    act = act_of(target)
    if act is not None:
        return f"act {act}"
    words = re.findall(r"[a-z0-9]+", re.sub(r"\([^)]*\)", "", plain(name).lower()))
    return f"title {' '.join(words)}" if len(words) > LEAST_WORDS else address_of(target) or f"title {' '.join(words)}"
