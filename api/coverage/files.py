"""Downloads of the coverage report: a table of one section, a workbook, and a printable report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from api.coverage.filters import CoverageFilters, Sort, filtered
from api.coverage.service import coverage_service
from api.deps import CurrentState, require_role
from api.web.routing import PageRoute
from assistant.coverage.files.html import as_html
from assistant.coverage.files.tables import as_csv, as_xlsx
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
ShortText = Annotated[str, Query(max_length=200)]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/coverage/report.xlsx")
def workbook(state: CurrentState, asker: PolicyAsker) -> Response:
    """Returns every finding as a workbook, one sheet per section."""
    with coverage_service(state, asker, may_ask=False) as coverage:
        return _file(as_xlsx(coverage.all_sections()), WORKBOOK, "coverage.xlsx")


@router.get("/coverage/report.html")
def printable_report(state: CurrentState, asker: PolicyAsker) -> Response:
    """Returns the report as one self-contained page, to read and to print."""
    with coverage_service(state, asker, may_ask=False) as coverage:
        return _file(as_html(coverage.all_sections(), datetime.now(UTC)), "text/html; charset=utf-8", "coverage.html")


@router.get("/coverage/{part}.csv")
def table(
    state: CurrentState,
    asker: PolicyAsker,
    part: Annotated[str, Path(max_length=40)],
    state_filter: Annotated[str, Query(alias="state", max_length=40)] = "",
    q: ShortText = "",
    having: Annotated[list[Annotated[str, Query(max_length=500)]] | None, Query(max_length=10)] = None,
    sort: Sort = "worst",
    old: ShortText = "",
    new: ShortText = "",
) -> Response:
    """Returns the findings of a section that match the filters, as CSV."""
    with coverage_service(state, asker, may_ask=False) as coverage:
        filters = CoverageFilters((state_filter,) if state_filter else (), q, tuple(having or ()), sort)
        section = filtered(coverage.section_or_diff(part, old, new), filters)
    return _file(as_csv(section), "text/csv; charset=utf-8", f"coverage-{part}.csv")


def _file(content: str | bytes, media: str, name: str) -> Response:
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
