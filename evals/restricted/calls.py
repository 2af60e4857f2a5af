"""The requests of the walk: every operation of the OpenAPI document and every page, in an order in which each has what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evals.restricted.call import Call, call_at, call_of
from evals.restricted.libraries import HIDDEN_IDS, WAITING
from evals.restricted.page_calls import every_page, last_pages

WORDS = (
    "Who must close the school gates every day?",
    "What does the Zanzibar procedure say about closing the gates by 16:30?",
    "How long must a record of visitors be kept?",
    "zanzibar",
)
PARTS = ("questions", "topics", "duties", "recommendations", "references", "currency")
DRAW = {"theme": "neglect", "agencies": ["education", "social_care"], "length": "short", "seed": 4711}
TERMS = {"licence": "OGL-3.0", "owner": "Zanzibar partnership"}
MANUAL = {"kind": "website", "address": "https://zanzibar.example.org/manual", "name": "Zanzibar manual", **TERMS}
LOCKERS = b"# Lockers\n\nStaff must empty every blue locker within nine days of the end of term.\n"
KEEP = {"kind": "policy", "edition_id": "lockers-2026", "title": "Locker policy", "in_force_from": "2026-01-01"}


def every_call() -> tuple[Call, ...]:
    """Returns the requests that one caller makes, in order; the last erases what the caller left."""
    parts = (
        _health, _asking, _conversations, _documents, _publishing, _sources, _questions, _coverage, _evidence, _scenarios
    )  # fmt: skip
    api = tuple(call for part in parts for call in part())
    return (*api, *every_page(WORDS, LOCKERS), *_account(), *last_pages())


def reading_calls() -> tuple[Call, ...]:
    """Returns those of the requests that change nothing; of the pages, those of documents."""
    calls = (call for call in every_call() if call.method == "GET" or call.operation in ("POST /v1/ask",))
    return tuple(call for call in calls if call.operation.split()[1].startswith(("/v1/", "/documents")))


def _health() -> Iterator[Call]:
    yield call_of("GET /healthz")
    yield call_of("GET /readyz")
    yield call_of("GET /metrics")
    yield call_of("GET /v1/models")
    yield call_at("GET /v1/models/{name}", "/v1/models/policy-assistant")


def _asking() -> Iterator[Call]:
    for words in WORDS:
        yield call_of("POST /v1/ask", json={"question": words}, keeps={"record": ("record_id",)})
        yield call_of("GET /v1/search", params={"q": words, "limit": 50})
        body = {"model": "policy-assistant", "messages": [{"role": "user", "content": words}]}
        yield call_of("POST /v1/chat/completions", json=body)
    for name in ("gates-2025", "hidden-2026", "hidden-known", "nothing"):
        yield call_of("POST /v1/ask", json={"question": WORDS[0], "editions": [name]})
        yield call_of("GET /v1/search", params={"q": WORDS[0], "edition": name})
    yield call_of("POST /v1/ask", json={"question": WORDS[0], "as_at": "2025-08-01", "kinds": ["policy"]})
    for record in ("{record}", "{their_record}", "nothing"):
        yield call_of("POST /v1/feedback", json={"record_id": record, "opinion": "missing", "note": "More, please."})


def _conversations() -> Iterator[Call]:
    yield call_of("POST /v1/conversations", keeps={"conversation": ("conversation_id",)})
    messages = "POST /v1/conversations/{id}/messages"
    for words in (WORDS[0], "And who does it by 16:30?"):
        yield call_at(messages, "/v1/conversations/{conversation}/messages", json={"question": words})
    yield call_of("GET /v1/conversations")
    for name in ("{conversation}", "nothing"):
        yield call_at("GET /v1/conversations/{id}", f"/v1/conversations/{name}")
        yield call_at("DELETE /v1/conversations/{id}", f"/v1/conversations/{name}")


def _documents() -> Iterator[Call]:
    yield call_of("GET /v1/documents", params={"limit": 200})
    yield call_of("GET /v1/documents", params={"work": "gates"})
    yield call_of("GET /v1/documents", params={"title": "procedure", "status": "in_force"})
    for name in ("gates-2025", *HIDDEN_IDS, "nothing"):
        under = f"/v1/documents/{name}"
        yield call_at("GET /v1/documents/{edition_id}", under)
        yield call_at("GET /v1/documents/{edition_id}/file", f"{under}/file")
        page = "GET /v1/documents/{edition_id}/pages/{number}"
        yield call_at(page, f"{under}/pages/1", params={"quote": "close the school gates"})
        yield call_at(f"{page}.png", f"{under}/pages/1.png")


def _publishing() -> Iterator[Call]:
    uploads, one = "/v1/publishing/uploads", "/v1/publishing/uploads/{upload_id}"
    keeps = {"upload_id": ("upload_id",)}
    yield call_of("GET /v1/publishing/last")
    yield call_of("POST /v1/publishing/roll-back")
    yield call_of("GET /v1/publishing/last")
    yield call_of(f"GET {uploads}")
    for name in ("{their_upload}", "nothing"):
        yield call_at(f"GET {one}", f"{uploads}/{name}", params={"limit": 500})
        yield call_at(f"GET {one}/pages/{{number}}.png", f"{uploads}/{name}/pages/1.png")
        yield call_at(f"PUT {one}/metadata", f"{uploads}/{name}/metadata", json=KEEP)
        yield call_at(f"POST {one}/publish", f"{uploads}/{name}/publish")
        yield call_at(f"DELETE {one}", f"{uploads}/{name}")
    other = {"file": ("other.md", LOCKERS, "text/markdown")}
    yield call_of(f"POST {uploads}", data={**KEEP, "edition_id": "hidden-2026"}, files=other, keeps=keeps)
    yield call_of(f"GET {uploads}")
    yield call_of(f"DELETE {one}")
    yield call_of(f"POST {uploads}", data=KEEP, files={"file": ("lockers.md", LOCKERS, "text/markdown")}, keeps=keeps)
    yield call_of(f"PUT {one}/metadata", json={**KEEP, "supersedes": "hidden-2026", "groups": ""})
    yield call_of(f"GET {one}")
    yield call_of(f"GET {one}/changes")
    yield call_of(f"GET {uploads}")
    yield call_of(f"POST {one}/publish")
    yield call_of("GET /v1/publishing/last")
    yield call_of("POST /v1/ask", json={"question": "When must staff empty a blue locker?"})
    yield call_of("GET /v1/documents", params={"limit": 200})
    yield call_of("POST /v1/publishing/roll-back")
    yield call_of("GET /v1/documents", params={"limit": 200})
    data = {**KEEP, "edition_id": "seen-waiting"}
    yield call_of(f"POST {uploads}", data=data, files={"file": ("w.md", WAITING, "text/markdown")}, keeps=keeps)
    yield call_of(f"DELETE {one}")


def _sources() -> Iterator[Call]:
    one, many = "/v1/sources/{source_id}", "/v1/sources"
    yield call_of(f"GET {many}")
    yield call_of(f"POST {many}", json=MANUAL, keeps={"source_id": ("source_id",)})
    yield call_of(f"POST {many}", json={**MANUAL, "licence": ""})
    yield call_of("GET /v1/sources-digest")
    under, decided = f"{many}/{{their_source}}", {"changes": ["0f1e2d3c4b5a69780f1e2d3c"]}
    yield call_at(f"GET {one}", under)
    yield call_at(f"PUT {one}", under, json=TERMS)
    for act in ("sync", "pause", "resume"):
        yield call_at(f"POST {one}/{act}", f"{under}/{act}")
    for act in ("publish", "discard"):
        yield call_at(f"POST {one}/{act}", f"{under}/{act}", json=decided)
    for part in ("runs", "changes"):
        yield call_at(f"GET {one}/{part}", f"{under}/{part}")
    yield call_at(f"GET {one}/changes/{{change_id}}", f"{under}/changes/{decided['changes'][0]}")
    yield call_at(f"DELETE {one}", under)
    yield call_of(f"GET {one}")
    yield call_of(f"PUT {one}", json={**TERMS, "schedule": "hourly"})
    yield call_of(f"POST {one}/pause")
    yield call_of(f"DELETE {one}")


def _questions() -> Iterator[Call]:
    yield call_of("GET /v1/questions", params={"limit": 500})
    yield call_of("GET /v1/questions", params={"outcome": "refused"})
    yield call_of("GET /v1/questions", params={"after": "{their_record}"})
    yield call_of("POST /v1/coverage/questions/imports", json={
        "source": "helpline", "questions": [{"question": "Who is told of kites?", "asked_on": "2099-01-01"}],
    })  # fmt: skip


def _coverage() -> Iterator[Call]:
    yield call_of("GET /v1/coverage")
    yield call_of("POST /v1/coverage/runs")
    for part in PARTS:
        keeps = {f"{part}_finding": ("rows", 0, "key")}
        yield replace(call_at("GET /v1/coverage/{part}", f"/v1/coverage/{part}", params={"limit": 500}), keeps=keeps)
    for new in ("hidden-2026", "nothing", "visitors-2025"):
        params = {"old": "gates-2025", "new": new}
        yield call_at("GET /v1/coverage/{part}", "/v1/coverage/diff", params=params)
    tried = {"currency": ("{currency_finding}", "{their_currency}"), "duties": ("{duties_finding}", "{their_duties}")}
    for part, keys in tried.items():
        decisions, state = f"/v1/coverage/{part}/decisions", {"currency": "noted", "duties": "covered"}[part]
        for key in keys:
            yield call_at("GET /v1/coverage/{part}/decisions", decisions, params={"key": key})
        body = {"key": keys[0], "state": state, "note": "Seen."}
        yield call_at("POST /v1/coverage/{part}/decisions", decisions, json=body)
    body = {"key": "{their_currency}", "state": "noted", "note": "Seen."}
    yield call_at("POST /v1/coverage/{part}/decisions", "/v1/coverage/currency/decisions", json=body)
    yield call_of("GET /v1/coverage")


def _evidence() -> Iterator[Call]:
    yield call_of("POST /v1/evidence", json={"question": WORDS[0]})
    yield call_of("POST /v1/evidence", json={"topic": WORDS[3], "as_at": "2025-08-01"})
    for record in ("{record}", "{their_record}", "nothing"):
        yield call_of("POST /v1/evidence", json={"record_id": record})
    yield call_of("POST /v1/evidence/verify", files={"file": ("e.zip", b"nothing", "application/zip")})
    yield call_of("GET /v1/evidence/key")


def _scenarios() -> Iterator[Call]:
    yield call_of("GET /v1/scenarios/themes")
    yield call_of("POST /v1/scenarios", json=DRAW, keeps={"recipe": ("recipe",)})
    yield call_of("POST /v1/scenarios/redraw", json={"recipe": "{recipe}", "locked": [1], "seed": 7})
    yield call_of("POST /v1/scenarios/variant", json="{recipe}")
    yield call_of("POST /v1/scenarios/again", json="{recipe}")
    yield call_of("POST /v1/scenarios/file", json="{recipe}", params={"ending": "md"})
    yield call_of("POST /v1/scenarios/set", json={"count": 2, "length": "short", "themes": ["neglect"], "seed": 11})
    yield call_of("POST /v1/scenarios/kept", json={"recipe": "{recipe}"}, keeps={"scenario": ("scenario_id",)})
    yield call_of("GET /v1/scenarios/kept")
    kept = "/v1/scenarios/kept/{id}"
    for name in ("{scenario}", "nothing"):
        path = f"/v1/scenarios/kept/{name}"
        yield call_at(f"GET {kept}", path)
        yield call_at(
            f"POST {kept}/feedback", f"{path}/feedback", json={"score": 4, "note": "Stage 3 got people talking."}
        )
        yield call_at(f"DELETE {kept}", path)
    yield call_of("GET /v1/scenarios/feedback")


def _account() -> Iterator[Call]:
    yield call_of("GET /v1/me")
    yield call_of("GET /v1/me/export")
    yield call_of("DELETE /v1/me")
