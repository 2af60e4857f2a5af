"""An outcome as one JSON object; the command line, the API and the evaluation all use it.

Every object has ``outcome``, ``question``, ``standalone``, ``statements``, ``citations``, ``notices``, ``masked`` and
``trace``; a refusal and a signpost have further keys of their own. What is absent is null or []. ``question`` is the
masked one. The JSON Schema is ``docs/outcome.schema.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.editions.locations import edition_named, pages_of
from assistant.model import Answered, Citation, Contact, Hit, Notice, Outcome, Refused, Signposted, Statement, Trace
from assistant.ports import Snapshot

Object = dict[str, Any]


def outcome_object(outcome: Outcome) -> Object:
    """Returns an outcome as plain JSON values."""
    if isinstance(outcome, Answered):
        return {
            "outcome": "answered",
            **_questions(outcome),
            "mode": "written" if outcome.is_written else "quoted",
            "statements": _statements(outcome.statements),
            "citations": _citations(outcome.citations),
            **_notices_and_trace(outcome),
        }
    if isinstance(outcome, Refused):
        return {
            "outcome": "refused",
            **_questions(outcome),
            "reason": outcome.reason.value,
            "message": outcome.message,
            "statements": [],
            "criteria": _statements(outcome.criteria),
            "citations": _citations(outcome.citations),
            "nearest": _citations(outcome.nearest),
            "contact": _contact(outcome.contact) if outcome.contact else None,
            **_notices_and_trace(outcome),
        }
    return {
        "outcome": "signposted",
        **_questions(outcome),
        "card": {
            "title": outcome.card.title,
            "text": outcome.card.text,
            "contacts": [_contact(each) for each in outcome.card.contacts],
        },
        "statements": [],
        "citations": [],
        "then": outcome_object(outcome.then) if outcome.then else None,
        **_notices_and_trace(outcome),
    }


def _questions(outcome: Answered | Refused | Signposted) -> Object:
    return {"question": outcome.question, "standalone": outcome.standalone}


def _notices_and_trace(outcome: Answered | Refused | Signposted) -> Object:
    return {
        "notices": [_notice(each) for each in outcome.notices],
        "masked": list(outcome.masked),
        "trace": _trace(outcome.trace),
    }


def _statements(statements: Sequence[Statement]) -> list[Object]:
    return [statement_object(each) for each in statements]


def statement_object(statement: Statement) -> Object:
    """Returns a statement as plain JSON values."""
    return {"text": statement.text, "citations": list(statement.citations), "duty": statement.duty}


def _citations(citations: Sequence[Citation]) -> list[Object]:
    return [citation_object(each) for each in citations]


def citation_object(citation: Citation) -> Object:
    """Returns a citation as plain JSON values."""
    return {
        "number": citation.number,
        "edition_id": citation.edition.edition_id,
        "title": citation.edition.title,
        "kind": citation.edition.kind.value,
        "form": citation.edition.form.value,
        "headings": list(citation.headings),
        "label": citation.label,
        "quote": citation.quote,
        "parts": [
            {
                "quote": part.quote,
                "span": list(part.span),
                "pages": list(part.pages),
                "page_labels": list(part.page_labels),
            }
            for part in citation.parts
        ],
        "pages": list(citation.pages),
        "duty": citation.duty.value if citation.duty else None,
    }


def _notice(notice: Notice) -> Object:
    return {"code": notice.code, "text": notice.text, "edition_id": notice.edition_id}


def _contact(contact: Contact) -> Object:
    return {**asdict(contact), "check_by": contact.check_by.isoformat() if contact.check_by else None}


def _trace(trace: Trace) -> Object:
    stages = {name: round(seconds, 6) for name, seconds in trace.stages.items()}
    hits = [
        {
            "passage_id": each.passage.passage_id,
            "score": round(each.score, 6),
            "cosine": each.cosine,
            "rejected": each.rejected,
        }
        for each in trace.hits
    ]
    return {"stages": stages, "fingerprint": trace.fingerprint, "probability": trace.probability, "hits": hits}


def hit_object(hit: Hit, rank: int, snapshot: Snapshot) -> Object:
    """Returns a hit of a search as plain JSON values; pages follow from offsets."""
    passage = hit.passage
    edition = edition_named(passage.edition_id, snapshot)
    pages = pages_of(passage.span, snapshot.pages(passage.edition_id))
    return {
        "rank": rank,
        "passage_id": passage.passage_id,
        "edition_id": passage.edition_id,
        "title": edition.title,
        "kind": edition.kind.value,
        "form": edition.form.value,
        "headings": list(passage.headings),
        "label": passage.label,
        "text": passage.text,
        "pages": [page.number for page in pages],
        "page_labels": [page.label for page in pages],
        "is_quotable": passage.is_quotable,
        "score": round(hit.score, 6),
        "cosine": hit.cosine,
        "bm25": hit.bm25,
        "dense_rank": hit.dense_rank,
        "lexical_rank": hit.lexical_rank,
    }
