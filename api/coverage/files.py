"""Coverage as files: a table of one part, a workbook, and a report to print."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.coverage.filters import Chosen, Sort, selected
from api.coverage.service import coverage_for
from api.deps import CurrentState, require_role
from api.web.routing import PageRoute
from assistant.coverage.files.html import as_html
from assistant.coverage.files.tables import as_csv, as_xlsx
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
Short = Annotated[str, Query(max_length=200)]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/coverage/report.xlsx")
def workbook(state: CurrentState, asker: PolicyAsker) -> Response:
    """Gives every finding as a workbook, a sheet each part."""
    with coverage_for(state, asker, may_ask=False) as coverage:
        return _file(as_xlsx(coverage.every()), WORKBOOK, "coverage.xlsx")


@router.get("/coverage/report.html")
def printed(state: CurrentState, asker: PolicyAsker) -> Response:
    """Gives the report as one page that loads nothing, to read and to print."""
    with coverage_for(state, asker, may_ask=False) as coverage:
        return _file(as_html(coverage.every(), datetime.now(UTC)), "text/html; charset=utf-8", "coverage.html")


@router.get("/coverage/{part}.csv")
def table(
    state: CurrentState,
    asker: PolicyAsker,
    part: Annotated[str, Path(max_length=40)],
    wanted: Annotated[str, Query(alias="state", max_length=40)] = "",
    q: Short = "",
    having: Annotated[list[str] | None, Query(max_length=10)] = None,
    sort: Sort = "worst",
    old: Short = "",
    new: Short = "",
) -> Response:
    """Gives what the filters leave of a part, as CSV."""
    with coverage_for(state, asker, may_ask=False) as coverage:
        chosen = Chosen((wanted,) if wanted else (), q, tuple(having or ()), sort)
        found = selected(coverage.named(part, old, new), chosen)
    return _file(as_csv(found), "text/csv; charset=utf-8", f"coverage-{part}.csv")


def _file(content: str | bytes, media: str, name: str) -> Response:
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
