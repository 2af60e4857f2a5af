"""The requests of the walk: every operation of the OpenAPI document and every page, in an order in which each has what it needs."""

from __future__ import annotations

import json
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
        _health, _asking, _conversations, _documents, _publishing, _sources, _questions, _quality, _coverage, _evidence, _approved,
        _scenarios,
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
    for name in ("{record}", "{their_record}", "nothing"):
        yield call_at("GET /v1/questions/{record_id}", f"/v1/questions/{name}")
        body = {"verdict": "wrong", "reason": "It is another gate.", "words": "zanzibar"}
        yield call_at("POST /v1/questions/{record_id}/marks", f"/v1/questions/{name}/marks", json=body)
        body = {"verdict": "wrong", "reason": "It is another gate."}
        yield call_at("POST /v1/questions/{record_id}/marks", f"/v1/questions/{name}/marks", json=body)
        yield call_at("GET /v1/questions/{record_id}", f"/v1/questions/{name}")
    yield call_of("GET /v1/marks/questions.jsonl")
    yield call_of("POST /v1/coverage/questions/imports", json={
        "source": "helpline", "questions": [{"question": "Who is told of kites?", "asked_on": "2099-01-01"}],
    })  # fmt: skip


def _quality() -> Iterator[Call]:
    everyday = {"text": "Who closes the gates?", "theme": "Gates"}
    keeps = {"everyday": ("question_id",)}
    yield call_of("GET /v1/bench/questions")
    yield call_of("POST /v1/bench/questions", json=everyday, keeps=keeps)
    for name in ("{everyday}", "nothing"):
        one = f"/v1/bench/questions/{name}"
        yield call_at("PUT /v1/bench/questions/{question_id}", one, json={**everyday, "text": "Who shuts the gates?"})
        yield call_at("POST /v1/bench/questions/{question_id}/restore", f"{one}/restore")
        yield call_at("DELETE /v1/bench/questions/{question_id}", one)
    for name in ("{their_upload}", "nothing"):
        yield call_of("POST /v1/bench/runs", json={"upload_ids": [name]})
    yield call_of("GET /v1/evaluations/sets")
    for edition in ("hidden-2026", "nothing"):
        gold = [{"edition_id": edition, "page": 1, "quote": "zanzibar"}]
        row = {"id": "q1", "type": "answerable", "question": "Who closes the gates?", "gold": gold}
        file = {"file": ("gates.jsonl", json.dumps(row).encode(), "application/x-ndjson")}
        yield call_of("POST /v1/evaluations/sets", files=file)
    yield call_at("DELETE /v1/evaluations/sets/{name}", "/v1/evaluations/sets/gates.jsonl")
    yield call_of("POST /v1/evaluations/runs", json={"set": "gates.jsonl"})
    for kind in ("bench", "evaluations"):
        yield call_of(f"GET /v1/{kind}/runs")
        yield call_at(f"GET /v1/{kind}/runs/{{run_id}}", f"/v1/{kind}/runs/nothing")
        yield call_at(f"POST /v1/{kind}/runs/{{run_id}}/cancel", f"/v1/{kind}/runs/nothing/cancel")
    runs = "/v1/evaluations/runs"
    yield call_at(f"GET {runs}/{{run_id}}/report.html", f"{runs}/nothing/report.html")
    yield call_at(f"POST {runs}/{{run_id}}/sign", f"{runs}/nothing/sign")
    yield call_of("GET /v1/usage", params={"weeks": 2})
    yield call_of("GET /v1/usage.csv", params={"weeks": 2})


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


def _approved() -> Iterator[Call]:
    base, blocks = "/v1/approved-answers", "/v1/blocks"
    yield call_of("GET /v1/search", params={"q": WORDS[0]}, keeps={"passage": ("hits", 0, "passage_id")})
    body = {
        "wordings": ["Who empties a purple bin?"], "owner": "Team", "review_by": "2099-01-01",
        "units": [{"passage_id": "{passage}"}],
    }  # fmt: skip
    yield call_of(f"POST {base}/check", json=body)
    yield call_of(f"POST {base}", json=body, keeps={"answer": ("answer_id",)})
    for which in ("all", "live", "draft", "needs_you", "review_due"):
        yield call_of(f"GET {base}", params={"which": which})
    yield call_of(f"GET {base}/needs-you")
    yield call_of(f"GET {base}/export")
    yield call_of(f"POST {base}/import", json={"answers": []})
    one = f"{base}/{{answer_id}}"
    for name in ("{answer}", "{their_answer}", "nothing"):
        path = f"{base}/{name}"
        yield call_at(f"GET {one}", path)
        yield call_at(f"PUT {one}", path, json=body)
        yield call_at(f"POST {one}/approve", f"{path}/approve")
        yield call_at(f"POST {one}/withdraw", f"{path}/withdraw", json={"reason": "Seen."})
        yield call_at(f"POST {one}/undo", f"{path}/undo")
    held = {
        "passage_id": "{passage}",
        "part": "passage",
        "topics": ["Who empties a purple bin?"],
        "reason": "Not of bins.",
    }
    yield call_of(f"POST {blocks}", json=held, keeps={"block": ("block_id",)})
    for lifted in ("false", "true"):
        yield call_of(f"GET {blocks}", params={"lifted": lifted})
    for name in ("{block}", "{their_block}", "nothing"):
        yield call_at(f"POST {blocks}/{{block_id}}/lift", f"{blocks}/{name}/lift")


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
