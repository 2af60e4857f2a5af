"""The coverage report as one HTML file, to read and to print; it loads nothing from anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.coverage.decisions import JudgedPart

_MARKED = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}|(?<!\w)~(.*?)~", re.DOTALL)
_TAGS = (Markup("<del>{}</del>"), Markup("<ins>{}</ins>"), Markup("<em>{}</em>"))
"""What went, what came, what only moved."""


def as_html(parts: Sequence[JudgedPart], at: datetime) -> str:
    """Returns parts as a page of its own, UTF-8: contents, counts, and every finding with quotes and decision.

    Args:
        parts: The parts, in the order of the page.
        at: When they were made.
    """
    return _page().get_template("report.html").render(parts=parts, at=at)


def marked_up(words: str) -> Markup:
    """Returns a wording with what went as ``del``, what came as ``ins`` and what moved as ``em``; the rest is escaped."""
    found, end = Markup(""), 0
    for match in _MARKED.finditer(words):
        text, tag = next((text, tag) for text, tag in zip(match.groups(), _TAGS, strict=True) if text is not None)
        found += escape(words[end : match.start()]) + tag.format(text)
        end = match.end()
    return found + escape(words[end:])


@cache
def _page() -> Environment:
    loader = PackageLoader("assistant.coverage.files", "templates")
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.filters.update(words=lambda text: text.replace("_", " "), marked_up=marked_up)
    return found
