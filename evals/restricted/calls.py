"""The requests of the walk: every operation of the OpenAPI document, in an order in which each has what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from evals.restricted.libraries import HIDDEN_IDS, WAITING

WORDS = (
    "Who must close the school gates every day?",
    "What does the Zanzibar procedure say about closing the gates by 16:30?",
    "How long must a record of visitors be kept?",
    "zanzibar",
)
PARTS = ("questions", "topics", "duties", "recommendations", "references", "currency")
DRAW = {"theme": "neglect", "agencies": ["education", "social_care"], "length": "short", "seed": 4711}
LOCKERS = b"# Lockers\n\nStaff must empty every blue locker within nine days of the end of term.\n"
KEEP = {"kind": "policy", "edition_id": "lockers-2026", "title": "Locker policy", "in_force_from": "2026-01-01"}
Known = dict[str, Any]
"""What earlier responses of the same caller gave: ids, and a recipe of a scenario."""
Options = Mapping[str, Any]
Place = tuple[str | int, ...]
"""Names and numbers that lead to a value of a response."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request."""

    operation: str
    """As in the OpenAPI document: method and path with its parameters' names."""
    path: Callable[[Known], str]
    options: Callable[[Known], Options] = lambda known: {}
    """What httpx sends besides: json, params, data, files, headers."""
    keeps: Mapping[str, Place] = field(default_factory=dict)
    """Name to the place in the response of what later requests need."""

    @property
    def method(self) -> str:
        """Returns the method."""
        return self.operation.split()[0]


def every_call() -> tuple[Call, ...]:
    """Returns the requests that one caller makes, in order; the last erases what the caller left."""
    parts = (_health, _asking, _conversations, _documents, _publishing, _questions, _coverage, _scenarios, _account)
    return tuple(call for part in parts for call in part())


def reading_calls() -> tuple[Call, ...]:
    """Returns those of the requests that change nothing."""
    return tuple(call for call in every_call() if call.method == "GET" or call.operation in ("POST /v1/ask",))


def _call(operation: str, *, keeps: Mapping[str, Place] | None = None, **options: Any) -> Call:
    """Returns a request; a text in braces, in the path or as a whole option, stands for what is known by then."""
    return replace(_at(operation, operation.split()[1], **options), keeps=keeps or {})


def _at(operation: str, path: str, **options: Any) -> Call:
    """Returns a request of an operation at a path of its own."""
    return Call(operation, lambda known: _filled(path, known), lambda known: _filled_all(options, known))


def _filled(text: str, known: Known) -> Any:
    if text.startswith("{") and text.endswith("}") and text[1:-1] in known:
        return known[text[1:-1]]
    for name, value in known.items():
        if isinstance(value, str):
            text = text.replace("{" + name + "}", value)
    return text.replace("{", "").replace("}", "")


def _filled_all(value: Any, known: Known) -> Any:
    if isinstance(value, dict):
        return {name: _filled_all(each, known) for name, each in value.items()}
    if isinstance(value, str) and value.startswith("{"):
        return _filled(value, known)
    return value


def _health() -> Iterator[Call]:
    yield _call("GET /healthz")
    yield _call("GET /readyz")
    yield _call("GET /metrics")
    yield _call("GET /v1/models")
    yield _at("GET /v1/models/{name}", "/v1/models/policy-assistant")


def _asking() -> Iterator[Call]:
    for words in WORDS:
        yield _call("POST /v1/ask", json={"question": words}, keeps={"record": ("record_id",)})
        yield _call("GET /v1/search", params={"q": words, "limit": 50})
        body = {"model": "policy-assistant", "messages": [{"role": "user", "content": words}]}
        yield _call("POST /v1/chat/completions", json=body)
    for name in ("gates-2025", "hidden-2026", "hidden-known", "nothing"):
        yield _call("POST /v1/ask", json={"question": WORDS[0], "editions": [name]})
        yield _call("GET /v1/search", params={"q": WORDS[0], "edition": name})
    yield _call("POST /v1/ask", json={"question": WORDS[0], "as_at": "2025-08-01", "kinds": ["policy"]})
    for record in ("{record}", "{their_record}", "nothing"):
        yield _call("POST /v1/feedback", json={"record_id": record, "opinion": "missing", "note": "More, please."})


def _conversations() -> Iterator[Call]:
    yield _call("POST /v1/conversations", keeps={"conversation": ("conversation_id",)})
    messages = "POST /v1/conversations/{id}/messages"
    for words in (WORDS[0], "And who does it by 16:30?"):
        yield _at(messages, "/v1/conversations/{conversation}/messages", json={"question": words})
    yield _call("GET /v1/conversations")
    for name in ("{conversation}", "nothing"):
        yield _at("GET /v1/conversations/{id}", f"/v1/conversations/{name}")
        yield _at("DELETE /v1/conversations/{id}", f"/v1/conversations/{name}")


def _documents() -> Iterator[Call]:
    yield _call("GET /v1/documents", params={"limit": 200})
    yield _call("GET /v1/documents", params={"work": "gates"})
    yield _call("GET /v1/documents", params={"title": "procedure", "status": "in_force"})
    for name in ("gates-2025", *HIDDEN_IDS, "nothing"):
        under = f"/v1/documents/{name}"
        yield _at("GET /v1/documents/{edition_id}", under)
        yield _at("GET /v1/documents/{edition_id}/file", f"{under}/file")
        page = "GET /v1/documents/{edition_id}/pages/{number}"
        yield _at(page, f"{under}/pages/1", params={"quote": "close the school gates"})
        yield _at(f"{page}.png", f"{under}/pages/1.png")


def _publishing() -> Iterator[Call]:
    uploads, one = "/v1/publishing/uploads", "/v1/publishing/uploads/{upload_id}"
    keeps = {"upload_id": ("upload_id",)}
    yield _call("POST /v1/publishing/roll-back")
    yield _call(f"GET {uploads}")
    for name in ("{their_upload}", "nothing"):
        yield _at(f"GET {one}", f"{uploads}/{name}", params={"limit": 500})
        yield _at(f"PUT {one}/metadata", f"{uploads}/{name}/metadata", json=KEEP)
        yield _at(f"POST {one}/publish", f"{uploads}/{name}/publish")
        yield _at(f"DELETE {one}", f"{uploads}/{name}")
    other = {"file": ("other.md", LOCKERS, "text/markdown")}
    yield _call(f"POST {uploads}", data={**KEEP, "edition_id": "hidden-2026"}, files=other, keeps=keeps)
    yield _call(f"GET {uploads}")
    yield _call(f"DELETE {one}")
    yield _call(f"POST {uploads}", data=KEEP, files={"file": ("lockers.md", LOCKERS, "text/markdown")}, keeps=keeps)
    yield _call(f"PUT {one}/metadata", json={**KEEP, "supersedes": "hidden-2026", "groups": ""})
    yield _call(f"GET {one}")
    yield _call(f"GET {uploads}")
    yield _call(f"POST {one}/publish")
    yield _call("POST /v1/ask", json={"question": "When must staff empty a blue locker?"})
    yield _call("GET /v1/documents", params={"limit": 200})
    yield _call("POST /v1/publishing/roll-back")
    yield _call("GET /v1/documents", params={"limit": 200})
    data = {**KEEP, "edition_id": "seen-waiting"}
    yield _call(f"POST {uploads}", data=data, files={"file": ("w.md", WAITING, "text/markdown")}, keeps=keeps)
    yield _call(f"DELETE {one}")


def _questions() -> Iterator[Call]:
    yield _call("GET /v1/questions", params={"limit": 500})
    yield _call("GET /v1/questions", params={"outcome": "refused"})
    yield _call("GET /v1/questions", params={"after": "{their_record}"})
    yield _call("POST /v1/coverage/questions/imports", json={
        "source": "helpline", "questions": [{"question": "Who is told of kites?", "asked_on": "2099-01-01"}],
    })  # fmt: skip


def _coverage() -> Iterator[Call]:
    yield _call("GET /v1/coverage")
    yield _call("POST /v1/coverage/runs")
    for part in PARTS:
        keeps = {f"{part}_finding": ("rows", 0, "key")}
        yield replace(_at("GET /v1/coverage/{part}", f"/v1/coverage/{part}", params={"limit": 500}), keeps=keeps)
    for new in ("hidden-2026", "nothing", "visitors-2025"):
        params = {"old": "gates-2025", "new": new}
        yield _at("GET /v1/coverage/{part}", "/v1/coverage/diff", params=params)
    tried = {"currency": ("{currency_finding}", "{their_currency}"), "duties": ("{duties_finding}", "{their_duties}")}
    for part, keys in tried.items():
        decisions, state = f"/v1/coverage/{part}/decisions", {"currency": "noted", "duties": "covered"}[part]
        for key in keys:
            yield _at("GET /v1/coverage/{part}/decisions", decisions, params={"key": key})
        body = {"key": keys[0], "state": state, "note": "Seen."}
        yield _at("POST /v1/coverage/{part}/decisions", decisions, json=body)
    body = {"key": "{their_currency}", "state": "noted", "note": "Seen."}
    yield _at("POST /v1/coverage/{part}/decisions", "/v1/coverage/currency/decisions", json=body)
    yield _call("GET /v1/coverage")


def _scenarios() -> Iterator[Call]:
    yield _call("GET /v1/scenarios/themes")
    yield _call("POST /v1/scenarios", json=DRAW, keeps={"recipe": ("recipe",)})
    yield _call("POST /v1/scenarios/redraw", json={"recipe": "{recipe}", "locked": [1], "seed": 7})
    yield _call("POST /v1/scenarios/variant", json="{recipe}")
    yield _call("POST /v1/scenarios/again", json="{recipe}")
    yield _call("POST /v1/scenarios/file", json="{recipe}", params={"ending": "md"})
    yield _call("POST /v1/scenarios/set", json={"count": 2, "length": "short", "themes": ["neglect"], "seed": 11})
    yield _call("POST /v1/scenarios/kept", json={"recipe": "{recipe}"}, keeps={"scenario": ("scenario_id",)})
    yield _call("GET /v1/scenarios/kept")
    kept = "/v1/scenarios/kept/{id}"
    for name in ("{scenario}", "nothing"):
        path = f"/v1/scenarios/kept/{name}"
        yield _at(f"GET {kept}", path)
        yield _at(f"POST {kept}/feedback", f"{path}/feedback", json={"score": 4, "note": "Stage 3 got people talking."})
        yield _at(f"DELETE {kept}", path)
    yield _call("GET /v1/scenarios/feedback")


def _account() -> Iterator[Call]:
    yield _call("GET /v1/me")
    yield _call("GET /v1/me/export")
    yield _call("DELETE /v1/me")
