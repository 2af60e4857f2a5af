"""``GET /v1/search``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.asking.search_schemas import Hits, HitShown
from api.asking.service import check_editions
from api.deps import Counted, Stated
from api.http.problems import problems
from assistant.answering.search import search as find
from assistant.editions.access import open_to
from assistant.model import EditionId, Kind, Question
from assistant.outcomes.json import hit_object

router = APIRouter(tags=["search"])
Words = Annotated[str, Query(min_length=1, description="What to look for.", examples=["strategy discussion"])]
Name = Annotated[str, Query(max_length=200)]


@router.get("/v1/search", responses=problems(503))
def search(
    state: Stated,
    asker: Counted,
    q: Words,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    offset: Annotated[int, Query(ge=0, le=50)] = 0,
    as_at: date | None = None,
    kind: Annotated[list[Kind] | None, Query(max_length=6)] = None,
    edition: Annotated[list[Name] | None, Query(max_length=50)] = None,
) -> Hits:
    """Finds passages, best first, without judging whether they answer; nothing is recorded."""
    editions = tuple(EditionId(each) for each in edition or ())
    question = Question(q, (), as_at, tuple(kind or ()), editions, asker.groups)
    with state.assistant.opened() as snapshot:
        there = {str(each.edition_id) for each in open_to(snapshot.editions(), question.groups)}
        check_editions(question, there)
        resources = state.assistant.resources
        found = find(question, snapshot, resources, offset + limit + 1)
        ranked = list(enumerate(found.hits, start=1))
        shown = [HitShown(**hit_object(hit, rank, snapshot)) for rank, hit in ranked[offset : offset + limit]]
        following = offset + limit if len(ranked) > offset + limit and offset + limit <= 50 else None
        return Hits(
            query=found.query,
            standalone=found.standalone,
            masked=list(found.masked),
            hits=shown,
            next_offset=following,
            generation=snapshot.generation.number,
            fingerprint=resources.fingerprint(snapshot),
        )
