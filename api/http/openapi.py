"""The OpenAPI document: that of the routes, with licence and ways to authenticate."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "A key created by `assistant keys create`."},
    "session": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A signed-in browser."},
}
"""Ways to authenticate; none is needed on loopback if access control is not configured."""


def describe(app: FastAPI) -> None:
    """Makes an application publish its OpenAPI document with licence and ways to authenticate."""

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
    document.setdefault("components", {})["securitySchemes"] = SECURITY
    document["security"] = [{}, *({name: []} for name in SECURITY)]
    return document
