"""``GET /v1/documents/{edition}/pages/{n}``: the text with highlighted quotes, and the page image."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.deps import CurrentAsker, CurrentState
from api.documents.outlined import OutlinedPage, OutlinedRegion, outlined_page_of
from api.documents.page_view import PageView, page_view, picture_file
from api.documents.routes import NOT_MODIFIED, Answers, EditionName
from api.documents.schemas import LeftOutRegionResponse, PageResponse, RectangleResponse, StretchResponse
from api.documents.visible_editions import indexed_edition
from api.http.etags import content_tag, etag_headers, is_not_modified
from api.http.problems import Problem, problems
from api.state import State
from assistant.errors import DocumentError
from assistant.model import Span
from assistant.model.people import Asker
from assistant.ports import Rectangle

router = APIRouter(tags=["documents"])
PNG = "image/png"
Number = Annotated[int, Path(ge=1, le=1_000_000, description="Number of the page in the file, from 1.", examples=[1])]
Quotes = Annotated[
    list[Annotated[str, Query(min_length=1, max_length=4000)]] | None,
    Query(max_length=10, description="Quotes to mark, in reading order."),
]
Offsets = Annotated[
    list[Annotated[int, Query(ge=0, le=1_000_000_000)]] | None,
    Query(max_length=10, description="Offsets of spans to mark in the edition's text; as many starts as ends."),
]
WithLeftOut = Annotated[bool, Query(description="Whether to list what of the page is never quoted, with its areas.")]
PICTURE: Answers = {
    200: {"description": "The page image.", "content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}
}
EITHER: Answers = {200: {"description": "The page; its image with Accept: image/png.", "model": PageResponse,
                "content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}}  # fmt: skip


@router.get(
    "/v1/documents/{edition_id}/pages/{number}.png",
    responses={**PICTURE, **NOT_MODIFIED, **problems(404, 503)},
    response_class=Response,
)
def picture(
    request: Request, state: CurrentState, asker: CurrentAsker, edition_id: EditionName, number: Number
) -> Response:
    """Returns the image of a page of a PDF edition, as PNG."""
    return page_image(request, state, asker, edition_id, number)


@router.get(
    "/v1/documents/{edition_id}/pages/{number}",
    responses={**EITHER, **NOT_MODIFIED, **problems(404, 503)},
    response_model=PageResponse,
)
def page(
    request: Request,
    state: CurrentState,
    asker: CurrentAsker,
    edition_id: EditionName,
    number: Number,
    quote: Quotes = None,
    start: Offsets = None,
    end: Offsets = None,
    left_out: WithLeftOut = False,
) -> Response:
    """Returns the text of a page with quotes marked, and their places on its image; quotes not found are not marked.

    With `Accept: image/png` it returns the image.
    """
    if request.headers.get("accept", "").split(",")[0].split(";")[0].strip() == PNG:
        return page_image(request, state, asker, edition_id, number)
    spans = spans_of(start or [], end or [])
    with state.assistant.opened(asker.groups) as snapshot:
        view = page_view(state, snapshot, asker, edition_id, number, quotes=quote or (), spans=spans)
        outlined = outlined_page_of(state, snapshot, view.edition, number) if left_out else None
    response = JSONResponse(page_response(view, outlined).model_dump(mode="json"))
    headers = {**etag_headers(content_tag(bytes(response.body))), "Vary": "Accept"}
    if is_not_modified(request, headers):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def spans_of(starts: list[int], ends: list[int]) -> tuple[Span, ...]:
    """Returns the spans of offsets. Raises ``Problem`` (422) if they do not form spans."""
    if len(starts) != len(ends) or any(start >= end for start, end in zip(starts, ends, strict=False)):
        raise Problem(422, "invalid", "Send as many start as end offsets, each start before its end.")
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def page_image(request: Request, state: State, asker: Asker, edition_id: str, number: int) -> Response:
    """Returns the image of a page, with text or without. Raises ``Problem`` (404) if there is none that the asker may see."""
    with state.assistant.opened(asker.groups) as snapshot:
        edition = indexed_edition(snapshot, asker, edition_id)
        path = picture_file(state, snapshot, edition)
    if path is None:
        raise Problem(404, "no_picture", "There is no image of this page; its text is at the address without .png.")
    return picture_response(request, state, path, edition.sha256, number)


def picture_response(request: Request, state: State, path: FilePath, tag: str | None, number: int) -> Response:
    """Returns the image of a page of a PDF file. Raises ``Problem`` (404) if it has no such page or cannot be drawn.

    Args:
        request: Whose conditions decide whether the image is sent again.
        state: Width of the image, and what draws it.
        path: The file.
        tag: Tells one file from another, as its digest does.
        number: Index of the page, from 1.
    """
    width = state.assistant.settings.serve.page_px
    headers = {**etag_headers(tag, number, width), "Vary": "Accept"}
    if is_not_modified(request, headers):
        return Response(status_code=304, headers=headers)
    try:
        return Response(state.assistant.page_images.png(path, number, width), headers=headers, media_type=PNG)
    except DocumentError as error:
        raise Problem(404, "no_picture", f"There is no image of this page: {error.what}. {error.fix}.") from error


def page_response(view: PageView, outlined: OutlinedPage | None) -> PageResponse:
    """Returns the response for a page; ``outlined`` None where what is left out was not asked for."""
    address = f"/v1/documents/{view.edition.edition_id}/pages/{view.number}.png"
    return PageResponse(
        edition_id=view.edition.edition_id,
        title=view.edition.title,
        number=view.number,
        label=view.label,
        previous=view.previous,
        next=view.following,
        page_count=view.page_count,
        stretches=[StretchResponse(text=each.text, is_marked=each.is_marked) for each in view.stretches],
        is_found=view.is_found,
        rectangles=[rectangle_response(each) for each in view.rectangles],
        picture=address if view.has_picture else None,
        left_out=None if outlined is None else [region_response(each) for each in outlined.regions],
    )


def region_response(region: OutlinedRegion) -> LeftOutRegionResponse:
    """Returns the response for a region that is left out."""
    areas = [rectangle_response(each) for each in region.rectangles]
    return LeftOutRegionResponse(reason=region.reason, text=region.text, rectangles=areas)


def rectangle_response(area: Rectangle) -> RectangleResponse:
    """Returns the response for an area of a page image."""
    return RectangleResponse(left=area.left, top=area.top, width=area.width, height=area.height)
