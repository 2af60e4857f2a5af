"""The JSON Schema of the outcome object; ``make schema`` writes it to ``docs/outcome.schema.json``."""

from __future__ import annotations

import json
import sys
from typing import Any

from assistant.model import Duty, Form, Kind, Reason

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_MAYBE: Schema = {"type": ["string", "null"]}


def _one_of(values: type) -> Schema:
    return {"enum": [each.value for each in values]}  # type: ignore[attr-defined]


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def outcome_schema() -> Schema:
    """Returns the schema (JSON Schema 2020-12) of what ``ask --json`` prints."""
    duty = {"enum": [*(each.value for each in Duty), None]}
    part = _object(quote=_TEXT, span=_list(_WHOLE), pages=_list(_WHOLE), page_labels=_list(_TEXT))
    citation = _object(
        number=_WHOLE,
        edition_id=_TEXT,
        title=_TEXT,
        kind=_one_of(Kind),
        form=_one_of(Form),
        headings=_list(_TEXT),
        label=_MAYBE,
        quote=_TEXT,
        parts=_list(part),
        pages=_list(_WHOLE),
        duty=duty,
    )
    statement = _object(text=_TEXT, citations=_list(_WHOLE), duty=duty)
    contact = _object(name=_TEXT, phone=_MAYBE, email=_MAYBE, hours=_MAYBE, source=_MAYBE)
    asked = {"question": _TEXT, "standalone": _TEXT}
    told = {
        "notices": _list(_object(code=_TEXT, text=_TEXT, edition_id=_MAYBE)),
        "masked": _list(_TEXT),
        "trace": _object(
            stages={"type": "object", "additionalProperties": {"type": "number"}},
            fingerprint=_TEXT,
        ),
    }
    citations = _list(citation)
    answered = _object(outcome={"const": "answered"}, **asked, statements=_list(statement), citations=citations, **told)
    refused = _object(
        outcome={"const": "refused"},
        **asked,
        reason=_one_of(Reason),
        message=_TEXT,
        criteria=_list(statement),
        citations=citations,
        nearest=citations,
        contact={"anyOf": [contact, {"type": "null"}]},
        **told,
    )
    then = {"anyOf": [{"$ref": "#/$defs/answered"}, {"$ref": "#/$defs/refused"}, {"type": "null"}]}
    card = _object(title=_TEXT, text=_TEXT, contacts=_list(contact))
    signposted = _object(outcome={"const": "signposted"}, **asked, card=card, then=then, **told)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Outcome of a question",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in ("answered", "refused", "signposted")],
        "$defs": {"answered": answered, "refused": refused, "signposted": signposted},
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(outcome_schema(), indent=2) + "\n")
