"""The coverage report as plain JSON values, for the command line, the API and other programs."""

from __future__ import annotations

from typing import Any

from assistant.coverage.decisions import JUDGEMENTS, DecidedRow, DecidedSection
from assistant.coverage.values import SourceQuote


def section_object(decided: DecidedSection) -> dict[str, Any]:
    """Returns a section: counts by state, and every finding with facts, quotes and decision."""
    return {
        "part": decided.section.name,
        "title": decided.section.title,
        "lead": decided.section.lead,
        "notes": list(decided.section.notes),
        "counts": decided.counts(),
        "waiting": decided.section.waiting,
        "judgements": list(JUDGEMENTS[decided.section.name]),
        "rows": [row_object(each) for each in decided.rows],
    }


def row_object(row: DecidedRow) -> dict[str, Any]:
    """Returns one finding."""
    return {
        "key": row.row.key,
        "state": row.state,
        "proposed": row.row.state,
        "title": row.row.title,
        "facts": dict(row.row.facts.labelled()),
        "quotes": [_quote_object(quote) for quote in row.row.quotes],
        "items": [{"text": text, "outcome": outcome} for text, outcome in row.row.items],
        "series": dict(row.row.series),
        "decision": _decision_object(row),
    }


def _decision_object(row: DecidedRow) -> dict[str, Any] | None:
    decision = row.decision
    if decision is None:
        return None
    return {
        "state": decision.state,
        "note": decision.note,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "is_stale": row.is_stale,
    }


def _quote_object(quote: SourceQuote) -> dict[str, Any]:
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
