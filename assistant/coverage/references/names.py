"""Names of linked documents, and which links lead to the same document."""

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
"""The title of an act has more words than this: "Regulations 2014" is only the end of one."""
LEAST_WORDS = 3
"""Least words of an address for it to serve as the document's name."""


def act_of(target: str | None) -> str | None:
    """Returns the identifier of an act or regulations in a legislation.gov.uk address, "ukpga/1989/41"; None for others."""
    match = _ACT.search(unquote(target or "").lower())
    return match.group("act") if match else None


def act_name(act: str, texts: Sequence[str]) -> str | None:
    """Returns the title that texts give most often for an act or regulations, None where none does.

    Args:
        act: The identifier that ``act_of`` returns.
        texts: The link texts, and the words around them.
    """
    year = act.split("/")[1]
    titles = (each.group(1) for text in texts for each in _ACT_NAME.finditer(plain(text)))
    names = (_BEFORE_TITLE.sub("", title).strip(" ,") for title in titles)
    counts = Counter(name for name in names if name.endswith(year) and len(name.split()) > LEAST_TITLE)
    return min(counts, key=lambda name: (-counts[name], len(name))) if counts else None


def document_name(text: str, target: str | None) -> str:
    """Returns a document's name: the text of its link, or words of its address where the link text is part of a sentence."""
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
    """Returns the key shared by links to the same document: its act, its title, or its address."""
    act = act_of(target)
    if act is not None:
        return f"act {act}"
    words = re.findall(r"[a-z0-9]+", re.sub(r"\([^)]*\)", "", plain(name).lower()))
    return f"title {' '.join(words)}" if len(words) > LEAST_WORDS else address_of(target) or f"title {' '.join(words)}"
