"""The library page: what is indexed, how it stands, and search inside it."""

from __future__ import annotations

import itertools
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.asking.service import Object
from api.deps import CurrentAsker, Stated
from api.documents.marking import find, place_at
from api.documents.page_view import kept_file
from api.documents.visible_editions import indexed_edition, page_numbers, shelf
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import draw
from assistant.answering.search import search
from assistant.model import Question
from assistant.model.people import Asker
from assistant.outcomes.json import hit_object
from assistant.ports import Snapshot

router = APIRouter(route_class=PageRoute)
SHOWN = 20
Words = Annotated[str, Query(max_length=2000)]


@router.get("/documents")
def documents(request: Request, state: Stated, asker: CurrentAsker, q: Words = "") -> Response:
    """Draws the documents by kind, and what a search in all of them finds."""
    with state.assistant.opened() as snapshot:
        found = shelf(snapshot, asker, state.assistant.resources.today())
        hits, query = _hits(state, asker, snapshot, q, request) if q.strip() else ([], "")
    indexed = [each for each in found if each.is_indexed]
    groups = [(kind, list(each)) for kind, each in itertools.groupby(indexed, lambda each: each.edition.kind.value)]
    titles = {each.edition.edition_id: each.edition.title for each in found}
    shown = {"groups": groups, "titles": titles, "hits": hits, "q": query, "count": len(indexed)}
    return draw(request, "documents.html", asker, 200, **shown)


@router.get("/documents/{edition}")
def document(
    request: Request,
    state: Stated,
    asker: CurrentAsker,
    edition: Annotated[str, Path(max_length=200)],
    q: Words = "",
) -> Response:
    """Draws one edition: dates, standing, sections, and where words stand in it."""
    with state.assistant.opened() as snapshot:
        found = indexed_edition(snapshot, asker, edition)
        name = found.edition_id
        text, pages = snapshot.text(name), snapshot.pages(name)
        editions_with_status = shelf(snapshot, asker, state.assistant.resources.today())
        shown = {
            "standing": next(each for each in editions_with_status if each.edition.edition_id == name),
            "titles": {each.edition.edition_id: each.edition.title for each in editions_with_status},
            "sections": [(each, place_at(each.span, text, pages)) for each in snapshot.sections(name) if each.headings],
            "exclusions": snapshot.exclusions(name),
            "numbers": list(page_numbers(pages)),
            "is_kept": kept_file(state, snapshot, found) is not None,
            "q": q.strip()[:100],
            "places": find(q.strip()[:100], text, pages),
        }
    return draw(request, "document.html", asker, 200, **shown)


def _hits(state: State, asker: Asker, snapshot: Snapshot, q: str, request: Request) -> tuple[list[Object], str]:
    state.guard.count_ask(request, asker)
    found = search(Question(q, groups=asker.groups), snapshot, state.assistant.resources, SHOWN)
    hits = [
        {**hit_object(hit, rank, snapshot), "span": tuple(hit.passage.span)}
        for rank, hit in enumerate(found.hits, start=1)
    ]
    return hits, found.query
