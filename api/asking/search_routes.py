"""``GET /v1/search``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.asking.search_schemas import SearchResponse
from api.asking.service import check_editions
from api.deps import CurrentState, RateLimitedAsker
from api.http.problems import problems
from api.http.schemas import BODY_CHARS
from assistant.answering.search import search as search_passages
from assistant.editions.access import open_to
from assistant.model import EditionId, Kind, Question
from assistant.outcomes.view import HitView

router = APIRouter(tags=["search"])
Words = Annotated[
    str,
    Query(min_length=1, max_length=BODY_CHARS, description="What to search for.", examples=["strategy discussion"]),
]
Name = Annotated[str, Query(max_length=200)]


@router.get("/v1/search", responses=problems(503))
def search(
    state: CurrentState,
    asker: RateLimitedAsker,
    q: Words,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    offset: Annotated[int, Query(ge=0, le=50)] = 0,
    as_at: date | None = None,
    kind: Annotated[list[Kind] | None, Query(max_length=6)] = None,
    edition: Annotated[list[Name] | None, Query(max_length=50)] = None,
) -> SearchResponse:
    """Finds passages, best first, without judging whether they answer the query; nothing is recorded."""
    editions = tuple(EditionId(each) for each in edition or ())
    question = Question(q, (), as_at, tuple(kind or ()), editions, asker.groups)
    with state.assistant.opened(asker.groups) as snapshot:
        check_editions(question, {str(each.edition_id) for each in open_to(snapshot.editions(), question.groups)})
        resources = state.assistant.resources
        result = search_passages(question, snapshot, resources, offset + limit + 1)
        ranked = list(enumerate(result.hits, start=1))
        hits = [HitView.of(hit, rank, snapshot) for rank, hit in ranked[offset : offset + limit]]
        has_more = len(ranked) > offset + limit and offset + limit <= 50
        return SearchResponse(
            query=result.query,
            standalone=result.standalone,
            masked=list(result.masked),
            hits=hits,
            next_offset=offset + limit if has_more else None,
            generation=snapshot.generation.number,
            fingerprint=resources.fingerprint(snapshot),
        )
