"""One page of a document: its image with the quoted words marked, and its text."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.deps import CurrentAsker, CurrentState
from api.documents.marking import marked_lines
from api.documents.page_view import page_view
from api.documents.visible_editions import visible_editions
from api.web.routing import PageRoute
from api.web.templating import render
from assistant.model import Span

router = APIRouter(route_class=PageRoute)
Name = Annotated[str, Path(max_length=200)]
Number = Annotated[int, Path(ge=1, le=1_000_000)]
SpanText = Annotated[str, Query(max_length=19, pattern=r"^\d{1,9}-\d{1,9}$")]


@router.get("/documents/{edition}/pages/{number}")
def page(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    edition: Name,
    number: Number,
    span: Annotated[list[SpanText] | None, Query(max_length=20)] = None,
    back: Annotated[str, Query(max_length=100, pattern=r"^[A-Za-z0-9_-]{0,100}$")] = "",
) -> Response:
    """Renders a page; ``span`` marks spans of the edition's text, ``back`` is the conversation that linked to it."""
    parsed = (Span(*map(int, re.findall(r"\d+", each))) for each in span or ())
    spans = tuple(each for each in parsed if each.start < each.end)
    with state.assistant.opened(asker.groups) as snapshot:
        view = page_view(state, snapshot, asker, edition, number, spans=spans)
        editions = visible_editions(snapshot, asker, state.assistant.resources.today())
    current = next(each for each in editions if each.edition.edition_id == view.edition.edition_id)
    return render(
        request, "page.html", asker, view=view, current=current, lines=marked_lines(view.stretches), back=back
    )
