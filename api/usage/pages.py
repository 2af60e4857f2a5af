"""The pages of quality and of usage."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from api.deps import CurrentState, require_role
from api.runs.service import listed, shown_state
from api.usage.charts import usage_chart
from api.usage.routes import Weeks, usage_file
from api.usage.service import WEEKS, usage_for
from api.web.routing import PageRoute
from api.web.templating import render
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
TABLES: Mapping[str, str] = MappingProxyType(
    {
        "outcome": "By outcome",
        "help": "By feedback",
        "audience": "By audience, as the question names it",
        "theme": "By theme",
    }
)
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "answered": "Answered",
        "partly_answered": "Partly answered",
        "refused": "Refused",
        "signposted": "Card: act now or today",
    }
)
KEYS = (
    ("answered", "Answered"),
    ("partly", "Partly answered"),
    ("absent", "Refused"),
    ("asked", "Card"),
    ("unshown", "Not shown"),
)
CHOICES = (4, 12, 26, 52)


@router.get("/quality")
def quality(request: Request, state: CurrentState, asker: PolicyAsker) -> Response:
    """Renders what there is to measure, to try and to see."""
    last = {kind: next(iter(listed(state, asker, kind)), None) for kind in ("bench", "evaluation")}
    context: dict[str, Any] = {
        "trust": state.assistant.trust_sentence(),
        "last": {kind: (run, shown_state(run)) if run else None for kind, run in last.items()},
    }
    return render(request, "quality.html", asker, **context)


@router.get("/quality/usage")
def usage(request: Request, state: CurrentState, asker: PolicyAsker, weeks: Weeks = WEEKS) -> Response:
    """Renders the chart and the tables."""
    report = usage_for(state, asker, weeks)
    context: dict[str, Any] = {
        "usage": report, "chart": usage_chart(report), "titles": TABLES, "names": NAMES, "keys": KEYS, "weeks": weeks,
        "choices": CHOICES, "days": state.assistant.settings.records.days,
    }  # fmt: skip
    return render(request, "usage.html", asker, **context)


@router.get("/quality/usage.csv")
def table(state: CurrentState, asker: PolicyAsker, weeks: Weeks = WEEKS) -> Response:
    """Returns the same as CSV."""
    return usage_file(state, asker, weeks)
