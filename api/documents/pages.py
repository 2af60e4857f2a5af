"""The document pages: what is indexed, its edition status, and search inside it."""

from __future__ import annotations

import itertools
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.deps import CurrentAsker, CurrentState
from api.documents.marking import find_places, place_at
from api.documents.outlined import outlined_pages_of
from api.documents.page_view import stored_file
from api.documents.visible_editions import indexed_edition, is_of_layer, page_numbers, visible_editions
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render
from assistant.answering.search import search
from assistant.editions.reading import reading_of_edition
from assistant.model import Layer, Question, Span
from assistant.model.people import Asker, Role
from assistant.outcomes.view import HitView
from assistant.ports import Snapshot

router = APIRouter(route_class=PageRoute)
MOST_HITS = 20
FromPage = Annotated[int, Query(ge=1, le=1_000_000)]
Words = Annotated[str, Query(max_length=2000)]


@router.get("/documents")
def documents(
    request: Request, state: CurrentState, asker: CurrentAsker, q: Words = "", layer: Layer | None = None
) -> Response:
    """Renders the documents by kind, of one layer or all, and the hits of a search in all of them."""
    with state.assistant.opened(asker.groups) as snapshot:
        editions = visible_editions(snapshot, asker, state.assistant.resources.today())
        hits, query = _hits(state, asker, snapshot, q, request) if q.strip() else ([], "")
    every = [each for each in editions if each.is_indexed]
    layers = [each.value for each in Layer if any(is_of_layer(one, (each,)) for one in every)]
    indexed = [each for each in every if is_of_layer(each, (layer,) if layer else None)]
    groups = [(kind, list(group)) for kind, group in itertools.groupby(indexed, lambda each: each.edition.kind.value)]
    titles = {each.edition.edition_id: each.edition.title for each in editions}
    context = {"groups": groups, "titles": titles, "hits": hits, "q": query, "count": len(indexed), "layer": layer,
               "layers": layers}  # fmt: skip
    return render(request, "documents.html", asker, 200, **context)


@router.get("/documents/{edition}")
def document(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    edition: Annotated[str, Path(max_length=200)],
    q: Words = "",
    left_out_from: FromPage = 1,
) -> Response:
    """Renders one edition: dates, status, sections, the places where words occur in it, and what of it is never quoted."""
    with state.assistant.opened(asker.groups) as snapshot:
        found = indexed_edition(snapshot, asker, edition)
        name = found.edition_id
        text, pages = snapshot.text(name), snapshot.pages(name)
        editions = visible_editions(snapshot, asker, state.assistant.resources.today())
        context = {
            "current": next(each for each in editions if each.edition.edition_id == name),
            "titles": {each.edition.edition_id: each.edition.title for each in editions},
            "sections": [(each, place_at(each.span, text, pages)) for each in snapshot.sections(name) if each.headings],
            "exclusions": snapshot.exclusions(name),
            "reading": reading_of_edition(name, snapshot),
            "outlined": outlined_pages_of(state, snapshot, found, left_out_from) if asker.may(Role.POLICY) else None,
            "numbers": list(page_numbers(pages)),
            "has_file": stored_file(state, snapshot, found) is not None,
            "q": q.strip()[:100],
            "places": find_places(q.strip()[:100], text, pages),
        }
    return render(request, "document.html", asker, 200, **context)


def _hits(
    state: State, asker: Asker, snapshot: Snapshot, q: str, request: Request
) -> tuple[list[tuple[HitView, Span]], str]:
    state.guard.count_ask(asker)
    result = search(Question(q, groups=asker.groups), snapshot, state.assistant.resources, MOST_HITS)
    hits = [(HitView.of(hit, rank, snapshot), hit.passage.span) for rank, hit in enumerate(result.hits, start=1)]
    return hits, result.query
