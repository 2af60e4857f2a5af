"""The JSON Schema of the outcome object; ``make schema`` writes it to ``docs/outcome.schema.json``."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from assistant.model import Duty, Form, Kind, Reason

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": ["number", "null"]}
_SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
_MAYBE: Schema = {"type": ["string", "null"]}


def _one_of(values: type[StrEnum]) -> Schema:
    return {"enum": [each.value for each in values]}


def _list(items: Schema, **limits: int) -> Schema:
    return {"type": "array", "items": items, **limits}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _defined(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _maybe(name: str) -> Schema:
    return {"anyOf": [_defined(name), {"type": "null"}]}


_NONE = _list({}, maxItems=0)
_DUTY: Schema = {"enum": [*(each.value for each in Duty), None]}
_QUESTIONS = {"question": _TEXT, "standalone": _TEXT}
_NOTICES_AND_TRACE = {"notices": _list(_defined("notice")), "masked": _list(_TEXT), "trace": _defined("trace")}


def outcome_schema() -> Schema:
    """Returns the schema (JSON Schema 2020-12) of what ``ask --json`` prints."""
    outcomes = {"answered": _answered(), "refused": _refused(), "signposted": _signposted()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Outcome of a question",
        "oneOf": [_defined(name) for name in outcomes],
        "$defs": {**outcomes, **_parts()},
    }


def _answered() -> Schema:
    return _object(
        outcome={"const": "answered"},
        **_QUESTIONS,
        mode={"enum": ["quoted", "written"]},
        statements=_list(_defined("statement"), minItems=1),
        citations=_list(_defined("citation"), minItems=1),
        **_NOTICES_AND_TRACE,
    )


def _refused() -> Schema:
    return _object(
        outcome={"const": "refused"},
        **_QUESTIONS,
        reason=_one_of(Reason),
        message=_TEXT,
        statements=_NONE,
        criteria=_list(_defined("statement")),
        citations=_list(_defined("citation")),
        nearest=_list(_defined("citation")),
        contact=_maybe("contact"),
        **_NOTICES_AND_TRACE,
    )


def _signposted() -> Schema:
    return _object(
        outcome={"const": "signposted"},
        **_QUESTIONS,
        card=_object(title=_TEXT, text=_TEXT, contacts=_list(_defined("contact"))),
        statements=_NONE,
        citations=_NONE,
        then={"anyOf": [_defined("answered"), _defined("refused"), {"type": "null"}]},
        **_NOTICES_AND_TRACE,
    )


def _parts() -> dict[str, Schema]:
    span = _list(_WHOLE, minItems=2, maxItems=2)
    return {
        "statement": _object(text=_TEXT, citations=_list(_WHOLE, minItems=1), duty=_DUTY),
        "citation": _object(
            number=_WHOLE,
            edition_id=_TEXT,
            title=_TEXT,
            kind=_one_of(Kind),
            form=_one_of(Form),
            headings=_list(_TEXT),
            label=_MAYBE,
            quote=_TEXT,
            parts=_list(_defined("part"), minItems=1),
            pages=_list(_WHOLE, minItems=1),
            duty=_DUTY,
        ),
        "part": _object(quote=_TEXT, span=span, pages=_list(_WHOLE, minItems=1), page_labels=_list(_TEXT, minItems=1)),
        "notice": _object(code=_TEXT, text=_TEXT, edition_id=_MAYBE),
        "contact": _object(name=_TEXT, phone=_MAYBE, email=_MAYBE, hours=_MAYBE, source=_MAYBE, check_by=_MAYBE),
        "trace": _object(
            stages={"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
            fingerprint=_TEXT,
            probability=_SHARE,
            hits=_list(_defined("hit")),
        ),
        "hit": _object(passage_id=_TEXT, score={"type": "number"}, cosine=_NUMBER, rejected=_MAYBE),
    }
