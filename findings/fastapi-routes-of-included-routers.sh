#!/usr/bin/env bash
# FastAPI 0.165.0 (Python 3.11, 2026-11-30), a program that walks the routes of an application.
#
# Situation: an application includes a router; a check (does every route ask for a key, has every route a role) walks `app.routes`,
#   or those of its entries that are `APIRoute`.
# Behaviour: an included router stays one entry without a path, so that the walk finds none of its routes, and a check over
#   `APIRoute` passes over nothing at all. The OpenAPI document lists them; a route put on the application itself is an `APIRoute`.
# Output seen:
#   APIRoute in app.routes: ['/direct']
#   entries without a path: 1
#   paths of the OpenAPI document: ['/direct', '/included']
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check fastapi==0.165.0 || exit 2
"$folder/venv/bin/python" - <<'PY'
import sys
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

router = APIRouter()

@router.get("/included")
def included() -> int:
    return 1

app = FastAPI()
app.include_router(router)

@app.get("/direct")
def direct() -> int:
    return 1

found = [each.path for each in app.routes if isinstance(each, APIRoute)]
without = sum(not hasattr(each, "path") for each in app.routes)
listed = sorted(app.openapi()["paths"])
print("APIRoute in app.routes:", found)
print("entries without a path:", without)
print("paths of the OpenAPI document:", listed)
sys.exit((found, without, listed) != (["/direct"], 1, ["/direct", "/included"]))
PY
