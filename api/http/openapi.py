"""The OpenAPI document of the routes, with the published schema of outcomes inserted."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.outcomes.schema import outcome_schema

PREFIX = "Outcome."
PUBLISHED = {"x-outcome": "Outcome", "x-citation": f"{PREFIX}citation", "x-notice": f"{PREFIX}notice"}
"""From the title of a placeholder to the published schema that replaces it."""
SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "A key created by `assistant keys create`."},
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A signed-in browser."},
}
"""Ways to authenticate; none is needed on loopback if access control is not configured."""


def describe(app: FastAPI) -> None:
    """Makes an application publish its OpenAPI document with the schema of outcomes."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=app.description,
        routes=app.routes,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    schema = outcome_schema()
    parts = {f"{PREFIX}{name}": part for name, part in schema["$defs"].items()}
    whole = {"title": schema["title"], "oneOf": schema["oneOf"]}
    document.setdefault("components", {})["securitySchemes"] = SECURITY
    document["security"] = [{}, *({name: []} for name in SECURITY)]
    components = document["components"].setdefault("schemas", {})
    components.update({name: _moved(each) for name, each in {**parts, "Outcome": whole}.items()})
    replaced = _replaced(document)
    assert isinstance(replaced, dict)
    return replaced


def _moved(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _moved(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_moved(each) for each in value]
    if isinstance(value, str) and value.startswith("#/$defs/"):
        return f"#/components/schemas/{PREFIX}{value.removeprefix('#/$defs/')}"
    return value


def _replaced(value: Any) -> Any:
    if isinstance(value, dict):
        title = value.get("title")
        if isinstance(title, str) and title in PUBLISHED:
            return {"$ref": f"#/components/schemas/{PUBLISHED[title]}"}
        return {key: _replaced(each) for key, each in value.items()}
    return [_replaced(each) for each in value] if isinstance(value, list) else value
