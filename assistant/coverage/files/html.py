"""The coverage report as one self-contained HTML file, to read and to print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.coverage.decisions import DecidedSection

_MARKED = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}|(?<!\w)~(.*?)~", re.DOTALL)
_TAGS = (Markup("<del>{}</del>"), Markup("<ins>{}</ins>"), Markup("<em>{}</em>"))
"""Tags of removed, added and moved words."""


def as_html(sections: Sequence[DecidedSection], at: datetime) -> str:
    """Returns sections as one HTML page, UTF-8: contents, counts, and every finding with quotes and decision.

    Args:
        sections: The sections, in the order of the page.
        at: When the report was made.
    """
    return _environment().get_template("report.html").render(sections=sections, at=at)


def marked_up(words: str) -> Markup:
    """Returns marked words with removed ones in ``del``, added ones in ``ins`` and moved ones in ``em``, all escaped."""
    markup, end = Markup(""), 0
    for match in _MARKED.finditer(words):
        text, tag = next((text, tag) for text, tag in zip(match.groups(), _TAGS, strict=True) if text is not None)
        markup += escape(words[end : match.start()]) + tag.format(text)
        end = match.end()
    return markup + escape(words[end:])


@cache
def _environment() -> Environment:
    loader = PackageLoader("assistant.coverage.files", "templates")
    templates = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.filters.update(words=lambda text: text.replace("_", " "), marked_up=marked_up)
    return templates
