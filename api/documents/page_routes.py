"""``GET /v1/documents/{edition}/pages/{n}``: text with marks, and the picture."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.deps import CurrentAsker, Stated
from api.documents.page_view import PageView, page_view, picture_file
from api.documents.routes import SAME, Answers, EditionName
from api.documents.schemas import PageShown, RectangleShown, StretchShown
from api.documents.visible_editions import indexed_edition, page_label
from api.http.etags import is_known, tagged
from api.http.problems import Problem, problems
from api.state import State
from assistant.errors import DocumentError
from assistant.model import Span
from assistant.model.people import Asker

router = APIRouter(tags=["documents"])
PNG = "image/png"
Number = Annotated[int, Path(ge=1, le=1_000_000, description="Index of the page in the file, from 1.", examples=[1])]
Quotes = Annotated[
    list[Annotated[str, Query(min_length=1, max_length=4000)]] | None,
    Query(max_length=10, description="Words to mark, in reading order."),
]
Offsets = Annotated[
    list[Annotated[int, Query(ge=0, le=1_000_000_000)]] | None,
    Query(max_length=10, description="Offsets in the edition text of what to mark; as many starts as ends."),
]
PICTURE: Answers = {
    200: {"description": "The picture.", "content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}
}
EITHER: Answers = {200: {"description": "The page; its picture where image/png is accepted.", "model": PageShown,
                "content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}}  # fmt: skip


@router.get(
    "/v1/documents/{edition_id}/pages/{number}.png",
    responses={**PICTURE, **SAME, **problems(404, 503)},
    response_class=Response,
)
def picture(request: Request, state: Stated, asker: CurrentAsker, edition_id: EditionName, number: Number) -> Response:
    """Draws a page of a PDF edition as PNG."""
    return drawn(request, state, asker, edition_id, number)


@router.get(
    "/v1/documents/{edition_id}/pages/{number}",
    responses={**EITHER, **SAME, **problems(404, 503)},
    response_model=PageShown,
)
def page(
    request: Request,
    state: Stated,
    asker: CurrentAsker,
    edition_id: EditionName,
    number: Number,
    quote: Quotes = None,
    start: Offsets = None,
    end: Offsets = None,
) -> Response:
    """Shows the text of a page with words marked, and where they stand on its picture; what is not found is not marked.

    With ``Accept: image/png`` it is the picture.
    """
    if request.headers.get("accept", "").split(",")[0].split(";")[0].strip() == PNG:
        return drawn(request, state, asker, edition_id, number)
    spans = spans_of(start or [], end or [])
    with state.assistant.opened() as snapshot:
        view = page_view(state, snapshot, asker, edition_id, number, quotes=quote or (), spans=spans)
        headers = {**tagged(snapshot.generation.number, view.edition.sha256, view.has_picture), "Vary": "Accept"}
    shown = JSONResponse(page_shown(view).model_dump(mode="json"), headers=headers)
    return Response(status_code=304, headers=headers) if is_known(request, headers) else shown


def spans_of(starts: list[int], ends: list[int]) -> tuple[Span, ...]:
    """Returns the spans of offsets. Raises ``Problem`` (422) where they are no spans."""
    if len(starts) != len(ends) or any(start >= end for start, end in zip(starts, ends, strict=False)):
        raise Problem(422, "invalid", "Give as many start as end offsets, each start before its end.")
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def drawn(request: Request, state: State, asker: Asker, edition_id: str, number: int) -> Response:
    """Returns the picture of a page. Raises ``Problem`` (404) where the asker may see none."""
    width = state.assistant.settings.serve.page_px
    with state.assistant.opened() as snapshot:
        edition = indexed_edition(snapshot, asker, edition_id)
        page_label(snapshot.pages(edition.edition_id), number)
        path = picture_file(state, snapshot, edition)
    if path is None:
        raise Problem(404, "no_picture", "There is no picture of this page; its text is at the address without .png.")
    headers = {**tagged(edition.sha256, number, width), "Vary": "Accept"}
    if is_known(request, headers):
        return Response(status_code=304, headers=headers)
    try:
        return Response(state.assistant.page_images.png(path, number, width), headers=headers, media_type=PNG)
    except DocumentError as error:
        raise Problem(404, "no_picture", f"There is no picture of this page: {error.what}. {error.fix}.") from error


def page_shown(view: PageView) -> PageShown:
    """Returns what a caller is told of a page."""
    address = f"/v1/documents/{view.edition.edition_id}/pages/{view.number}.png"
    return PageShown(
        edition_id=view.edition.edition_id,
        title=view.edition.title,
        number=view.number,
        label=view.label,
        previous=view.previous,
        next=view.following,
        page_count=view.page_count,
        stretches=[StretchShown(text=each.text, is_marked=each.is_marked) for each in view.stretches],
        is_found=view.is_found,
        rectangles=[RectangleShown(left=r.left, top=r.top, width=r.width, height=r.height) for r in view.rectangles],
        picture=address if view.has_picture else None,
    )
