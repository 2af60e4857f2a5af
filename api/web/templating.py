"""Renders templates: escaped by default, under a content security policy that allows only our own scripts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.deps import state as state_of
from api.http.problems import Problem
from api.web import labels
from api.web.navigation import START, groups_for
from api.web.quote_blocks import quote_blocks
from api.web.source_lines import edition_line, source_tags
from assistant.coverage.files.html import marked_up
from assistant.coverage.sections.edition_diff import marked
from assistant.editions.areas import area_of, layer_of
from assistant.editions.source_marks import mark_words
from assistant.messages import DETAILS, OTHER_EVIDENCE, OWN_WORDS, STEPS_TODAY, WHO_DECIDES
from assistant.model.people import Asker, Role
from assistant.outcomes.approved_text import approved_by
from assistant.outcomes.citation_text import CitationText, more_words, page_words
from assistant.outcomes.difference_marks import difference_mark
from assistant.outcomes.notices import at, of_whole
from assistant.outcomes.reading_text import REASONS as EXCLUSION_NAMES
from assistant.outcomes.reading_text import file_page_words, reading_warnings, share_words
from assistant.outcomes.view import CitationView, read_outcome

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


NAMES: Mapping[str, Any] = MappingProxyType(
    {
        "KINDS": labels.KINDS,
        "difference_mark": difference_mark,
        "FORMS": labels.FORMS,
        "START": START,
        "DETAILS": dict(DETAILS),
        "STEPS_TODAY": STEPS_TODAY,
        "OWN_WORDS": OWN_WORDS,
        "OTHER_EVIDENCE": OTHER_EVIDENCE,
        "approved_by": approved_by,
        "WHO_DECIDES": WHO_DECIDES,
        "DUTIES": labels.DUTIES,
        "CONCERNS": labels.CONCERNS,
        "ANSWERS": labels.ANSWERS,
        "notices_at": at,
        "notices_of_whole": of_whole,
        "REASONS": labels.REASONS,
        "mode_of": labels.mode_of,
        "EXCLUSIONS": EXCLUSION_NAMES,
        "MARKS": labels.MARKS,
        "FACTS": labels.FACTS,
        "tags_of": labels.tags,
        "page_url": labels.page_url,
        "citation_url": labels.citation_url,
    }
)
"""What every template may use by name."""


@cache
def templates() -> Environment:
    """Returns the environment that the page's templates are drawn in."""
    loader = PackageLoader("api.web", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        anchor=labels.anchor,
        area=area_of,
        layer=layer_of,
        citation_view=CitationView.model_validate,
        cited=CitationText.of_view,
        cited_hit=CitationText.of_hit,
        day=labels.day,
        edition_line=edition_line,
        source_tags=source_tags,
        file_pages=file_page_words,
        share=share_words,
        warnings=reading_warnings,
        marked=marked,
        marked_up=marked_up,
        outcome_view=read_outcome,
        mark_words=mark_words,
        more_words=more_words,
        page_words=page_words,
        passage_text=labels.passage_text,
        quote_blocks=quote_blocks,
        state=labels.state_name,
        to_copy=labels.to_copy,
    )
    environment.globals.update(NAMES)
    return environment


def render(request: Request, name: str, asker: Asker | None, status: int = 200, **context: Any) -> HTMLResponse:
    """Returns a template rendered for an asker (None: nobody is signed in)."""
    settings = state_of(request).assistant.settings
    variables = {
        "site": settings.page,
        "asker": asker,
        "is_policy": asker is not None and asker.may(Role.POLICY),
        "is_trainer": asker is not None and asker.may(Role.TRAINER),
        "links": groups_for(asker) if asker else (),
        "csrf": getattr(request.state, "csrf", ""),
        "path": request.url.path,
        "today": state_of(request).assistant.resources.today(),
        "most": settings.question_chars,
        "card": settings.card,
        "writer": settings.language_model,
        **context,
    }
    return HTMLResponse(templates().get_template(name).render(variables), status, HEADERS)


def require_same_origin(request: Request) -> None:
    """Rejects a form that was sent from another site. Raises ``Problem`` (403)."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    is_other = origin is not None and origin.split("://")[-1] != request.headers.get("host")
    if is_other or site not in ("same-origin", "none"):
        detail = "This form was sent from another site. Open the page on this site and send it again."
        raise Problem(403, "cross_site", detail)
