"""Coverage as plain JSON values: the one object outside, for the command line, the API and other programs."""

from __future__ import annotations

from typing import Any

from assistant.coverage.decisions import JUDGEMENTS, Judged, JudgedPart
from assistant.coverage.values import Quoted


def part_object(part: JudgedPart) -> dict[str, Any]:
    """Returns a part: counts by state, and every finding with facts, quotes, places and what was decided."""
    return {
        "part": part.part.name,
        "title": part.part.title,
        "lead": part.part.lead,
        "notes": list(part.part.notes),
        "counts": part.counts(),
        "waiting": part.part.waiting,
        "judgements": list(JUDGEMENTS[part.part.name]),
        "rows": [row_object(each) for each in part.rows],
    }


def row_object(each: Judged) -> dict[str, Any]:
    """Returns one finding."""
    return {
        "key": each.row.key,
        "state": each.state,
        "proposed": each.row.state,
        "title": each.row.title,
        "facts": dict(each.row.facts),
        "quotes": [_quote_object(quote) for quote in each.row.quotes],
        "items": [{"text": text, "outcome": outcome} for text, outcome in each.row.items],
        "series": dict(each.row.series),
        "decision": _decision_object(each),
    }


def _decision_object(each: Judged) -> dict[str, Any] | None:
    if each.decision is None:
        return None
    found = each.decision
    return {
        "state": found.state,
        "note": found.note,
        "by": found.by,
        "at": found.at.isoformat(),
        "is_stale": each.is_stale,
    }


def _quote_object(quote: Quoted) -> dict[str, Any]:
    return {
        "role": quote.role,
        "edition_id": quote.edition.edition_id,
        "title": quote.edition.title,
        "kind": quote.edition.kind,
        "form": quote.edition.form,
        "paragraph": quote.label,
        "headings": list(quote.headings),
        "pages": list(quote.pages),
        "page": quote.page,
        "spans": [[span.start, span.end] for span in quote.spans],
        "likeness": None if quote.likeness is None else round(quote.likeness, 3),
        "quote": quote.text,
    }
