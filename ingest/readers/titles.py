"""The title of a file: what its properties say, unless a program made that up, else what its cover says."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MADE_UP = re.compile(
    r"""
    microsoft\ (?:word|powerpoint|excel|office)\b.*      # "Microsoft Word - policy v3.docx"
    | untitled\ \w+[\s\d_()-]*(?:\(copy\))?
    | (?:untitled|unknown|unnamed|no\ title|title|new\ page|home(?:page|\ page)?|index|default|page|draft)[\s\d_()-]*
    | (?:new\ )?(?:microsoft\ )?(?:word\ |google\ |blank\ )?(?:document|doc|presentation|dokument)[\s\d_()-]*
    | powerpoint\ (?:presentation|slides?)? | slide\ \d+ | presentation\ title | document\ title | title\ of\ .*
    | [\[<{(].*[\]>})]                                   # "[Title]"
    | (?:.*\s)?(?:template|letterhead|normal\.dotm?)[\s\d_()-]*
    | .*\.(?:docx?|docm|dotx?|dotm|pdf|pptx?|rtf|html?|indd|odt|pub|md|txt|xlsx?|tmp)\b.*
    | (?:https?://|file:|[a-z]:\\).*
    | \S*_\S*                                            # "policy_v3_final"
    | [\W\d_]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SITE = re.compile(r"\s+[-–—|·»:]\s+")


def is_made_up(title: str) -> bool:
    """Returns whether a title is one that a program made up: "Untitled", "Microsoft Word - plan.docx", a template's."""
    return _MADE_UP.fullmatch(" ".join(title.split())) is not None


def title_of(said: str | None, cover: Iterable[str]) -> str | None:
    """Returns the title of a file, None where nothing gives one.

    Args:
        said: What its properties say.
        cover: Its title line and headings, the likeliest first. The first replaces a title that names the site after it.
    """
    said = " ".join((said or "").split())
    first = next((each for each in cover if each.strip()), None)
    if not said or is_made_up(said):
        return first
    own = _SITE.split(said)[0].lower()
    return first if first is not None and own != said.lower() and first.lower().startswith(own) else said
