"""Every text, number and list of a request has its bounds, in the API and in the forms of pages."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.app import ROUTERS

Schema = dict[str, Any]
FORMATS = frozenset({"date", "date-time", "binary"})
"""Formats that bound a text by themselves; a file is bounded by ``serve.upload_mb``."""
NUMBERS = ("integer", "number")


def test_every_value_of_a_request_has_its_bounds() -> None:
    routes = [copy.copy(each) for router in ROUTERS for each in _routes(router)]
    for each in routes:
        each.include_in_schema = True
    document = get_openapi(title="all", version="1", routes=routes)
    schemas = document["components"]["schemas"]

    assert len(routes) > 60
    assert sorted({fault for where, each in _sent(document) for fault in _unbounded(where, each, schemas, ())}) == []


def test_the_walk_sees_what_has_no_bounds() -> None:
    schemas: Schema = {
        "Loop": {"type": "object", "properties": {"text": {"type": "string"}, "more": {"$ref": "#/x/Loop"}}}
    }
    sample: Schema = {
        "type": "object",
        "properties": {
            "number": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
            "names": {"type": "array", "items": {"type": "string", "maxLength": 3}},
            "any": {},
            "loop": {"$ref": "#/x/Loop"},
            "map": {"type": "object", "additionalProperties": {"type": "boolean"}},
        },
    }

    assert sorted(_unbounded("it", sample, schemas, ())) == [
        "Loop.text has no maxLength",
        "it.any has no type",
        "it.map has no maxProperties",
        "it.names has no maxItems",
        "it.number has no maximum",
    ]


def _routes(router: APIRouter) -> Iterator[APIRoute]:
    for each in router.routes:
        if isinstance(each, APIRoute):
            yield each
        elif hasattr(each, "original_router"):
            yield from _routes(each.original_router)


def _sent(document: Schema) -> Iterator[tuple[str, Schema]]:
    for path, each in document["paths"].items():
        for method, operation in each.items():
            for parameter in operation.get("parameters", ()):
                yield f"{method} {path} {parameter['name']}", parameter["schema"]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield f"{method} {path}", content["schema"]


def _unbounded(where: str, schema: Schema, schemas: Schema, above: tuple[str, ...]) -> Iterator[str]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in above:
            yield from _unbounded(name, schemas[name], schemas, (*above, name))
        return
    choices = [each for key in ("anyOf", "oneOf", "allOf") for each in schema.get(key, ())]
    for each in choices:
        yield from _unbounded(where, each, schemas, above)
    if "enum" in schema or "const" in schema or choices or schema.get("format") in FORMATS:
        return
    kind = schema.get("type")
    if kind is None:
        yield f"{where} has no type"
    yield from (f"{where} has no {bound}" for bound in _missing(schema, kind))
    for part, inner in _inner(where, schema):
        yield from _unbounded(part, inner, schemas, above)


def _missing(schema: Schema, kind: str | None) -> Iterator[str]:
    if kind == "string" and "maxLength" not in schema and "contentMediaType" not in schema:
        yield "maxLength"
    if kind in NUMBERS:
        yield from (
            name for name in ("minimum", "maximum") if name not in schema and f"exclusiveM{name[1:]}" not in schema
        )
    if kind == "array" and "maxItems" not in schema:
        yield "maxItems"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict) and "maxProperties" not in schema:
        yield "maxProperties"


def _inner(where: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    yield from ((f"{where}.{name}", each) for name, each in schema.get("properties", {}).items())
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            yield f"{where}[]", schema[name]
    if "additionalProperties" in schema and "propertyNames" in schema:
        yield f"{where} names", {"type": "string", **schema["propertyNames"]}
