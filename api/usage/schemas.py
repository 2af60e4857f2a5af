"""The response of usage."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from assistant.quality.usage import Usage

USAGE: JsonDict = {
    "weeks": ["2026-04-20", "2026-04-27"],
    "least": 5,
    "total": 41,
    "by_week": [{"week": "2026-04-20", "questions": 20}, {"week": "2026-04-27", "questions": 21}],
    "tables": [
        {
            "name": "outcome",
            "groups": [{"group": "answered", "questions": 30, "by_week": [14, 16]}],
        }
    ],
    "documents": [{"edition_id": "example-policy-2026", "title": "Example policy", "answered": 12, "reached": 19}],
    "half_within_s": 0.21,
    "most_within_s": 0.64,
}
Questions = Annotated[
    int | None, Field(description="null where it is too small to be shown, or would reveal one that is.")
]


class WeekResponse(BaseModel):
    """How many questions were asked in a week."""

    week: str
    """Its Monday."""
    questions: Questions


class GroupResponse(BaseModel):
    """How many questions of one group were asked, in all and week by week."""

    group: str
    questions: Questions
    by_week: list[Questions]
    """In the order of ``weeks``."""


class UsageTableResponse(BaseModel):
    """Questions by one thing about them: outcome, help, audience or theme."""

    name: str
    groups: list[GroupResponse]


class DocumentUseResponse(BaseModel):
    """How many questions one document answered and came near."""

    edition_id: str
    title: str
    answered: Questions
    reached: Questions


class UsageResponse(BaseModel):
    """Usage in whole weeks; never who asked."""

    model_config = ConfigDict(json_schema_extra={"examples": [USAGE]})

    weeks: list[str]
    least: int
    """The smallest count that is shown."""
    total: Questions
    by_week: list[WeekResponse]
    tables: list[UsageTableResponse]
    documents: list[DocumentUseResponse]
    half_within_s: float | None = None
    """Seconds within which half of the answers came; null for too few."""
    most_within_s: float | None = None
    """Seconds within which 95 in 100 came."""


def usage_response(usage: Usage) -> UsageResponse:
    """Returns the response for a report."""
    tables = [
        UsageTableResponse(
            name=table.name,
            groups=[
                GroupResponse(
                    group=group,
                    questions=table.by_group[group],
                    by_week=[table.cells[week, group] for week in usage.weeks],
                )
                for group in table.groups
            ],
        )
        for table in usage.tables
    ]
    half, most = usage.seconds or (None, None)
    return UsageResponse(
        weeks=list(usage.weeks),
        least=usage.least,
        total=usage.total,
        by_week=[WeekResponse(week=week, questions=count) for week, count in usage.by_week.items()],
        tables=tables,
        documents=[
            DocumentUseResponse(
                edition_id=each.edition_id, title=each.title, answered=each.answered, reached=each.reached
            )
            for each in usage.documents
        ],
        half_within_s=half,
        most_within_s=most,
    )
