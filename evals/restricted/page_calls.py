"""The requests of the walk to pages: every page, form and file that a browser gets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evals.restricted.call import Call, Known, call_at
from evals.restricted.libraries import HIDDEN_IDS

SECTIONS = ("questions", "topics", "duties", "recommendations", "references", "currency")
COURSE = {"theme": "neglect", "length": "short", "themes": "neglect", "count": "1", "seed": "11"}
DRAWN = {"theme": "neglect", "agency": ["education", "social_care"], "length": "short", "seed": "4711"}
IMPORTED = b"question,asked_on\nWho is told of kites?,2099-01-01\n"


def every_page(words: Sequence[str], document: bytes) -> tuple[Call, ...]:
    """Returns the requests that one caller makes to pages, in order.

    Args:
        words: Questions.
        document: A document to publish.
    """
    asking, publishing = (_asking(words), _documents(words)), _publishing(document)
    policy = (_sources(), _questions(), _quality(), _coverage(), _evidence(words), _approved())
    parts = (_open(), *asking, publishing, *policy, _scenarios())
    return tuple(call for part in parts for call in part)


def last_pages() -> tuple[Call, ...]:
    """Returns the requests to what a caller has left, the last of which ends it."""
    return (*_gets("/me", "/me/export", "/me/erase"), _page("POST /me/erase"), _page("POST /sign-out"))


def _page(operation: str, path: str | None = None, *, is_unordered: bool = False, **options: Any) -> Call:
    """Returns a request to a page, whose own response counts and not the one it leads to."""
    call = call_at(operation, path or operation.split()[1], follow_redirects=False, **options)
    return replace(call, is_unordered=is_unordered)


def _gets(*paths: str) -> Iterator[Call]:
    for path in paths:
        yield _page(f"GET {path}")


def _open() -> Iterator[Call]:
    yield from _gets("/", "/help", "/history", "/sign-in", "/sign-in/start", "/sign-in/callback", "/static/theme.css")
    yield _page("GET /static/{name}", "/static/page.css")
    yield _page("POST /sign-in", data={"key": "wrong"})
    yield from _gets("/favicon.ico", "/openapi.json", "/embed.js", "/embed")


def _asking(words: Sequence[str]) -> Iterator[Call]:
    for question in words[:2]:
        yield _page("POST /ask", data={"question": question})
        yield _page("POST /embed", data={"question": question})
    yield replace(call_at("POST /v1/conversations", "/v1/conversations"), keeps={"talk": ("conversation_id",)})
    asked = call_at(
        "POST /v1/conversations/{id}/messages", "/v1/conversations/{talk}/messages", json={"question": words[1]}
    )
    yield replace(asked, keeps={"said": ("record_id",)})
    yield _page("GET /history")
    yield _page("GET /history", params={"q": words[1].split()[-1]})
    yield _page("POST /ask", data={"question": "Many thanks!"})
    for talk, said in (("{talk}", "{said}"), ("nothing", "{their_record}")):
        yield _page("GET /conversations/{conversation}", f"/conversations/{talk}")
        yield _page("GET /conversations/{conversation}/messages/{record}", f"/conversations/{talk}/messages/{said}")
        yield _page(
            "GET /conversations/{conversation}", f"/conversations/{talk}", params={"edit": said, "as_read": True}
        )
        yield _page("POST /feedback", data={"record": said, "opinion": "missing", "note": "More, please."})
        yield _page("POST /feedback", data={"record": said, "opinion": "not_helpful"})
        yield _page("GET /conversations/{conversation}/delete", f"/conversations/{talk}/delete")
        yield _page("POST /conversations/{conversation}/delete", f"/conversations/{talk}/delete")


def _documents(words: Sequence[str]) -> Iterator[Call]:
    yield _page("GET /documents")
    yield _page("GET /documents", params={"q": words[1]})
    for name in ("gates-2025", *HIDDEN_IDS):
        yield _page("GET /documents/{edition}", f"/documents/{name}", params={"q": "gates"})
        yield _page("GET /documents/{edition}/pages/{number}", f"/documents/{name}/pages/1", params={"span": "3-20"})


def _publishing(document: bytes) -> Iterator[Call]:
    yield _page("GET /publishing/undo")
    yield _page("POST /publishing/undo")
    yield _page("GET /publishing")
    for name in ("{their_upload}", "nothing"):
        yield _page("GET /publishing/{upload}", f"/publishing/{name}")
        for act in ("describe", "publish", "discard"):
            yield _page(f"POST /publishing/{{upload}}/{act}", f"/publishing/{name}/{act}")
    fields = {"title": "Locker policy", "supersedes": "hidden-2026", "work": "gates"}
    yield _page("POST /publishing", data=fields, files={"file": ("l.md", document, "text/markdown")})
    uploads = call_at("GET /v1/publishing/uploads", "/v1/publishing/uploads")
    yield replace(uploads, keeps={"page_upload": ("uploads", 0, "upload_id")})
    yield _page("GET /publishing/{upload}", "/publishing/{page_upload}")
    yield _page("POST /publishing/{upload}/describe", "/publishing/{page_upload}/describe", data=fields)
    yield _page("POST /publishing/{upload}/discard", "/publishing/{page_upload}/discard")
    yield _page("GET /publishing", params={"done": "discarded"})


def _sources() -> Iterator[Call]:
    terms = {"licence": "OGL-3.0", "owner": "Zanzibar partnership"}
    manual = {"kind": "website", "address": "https://zanzibar.example.org/manual", "name": "Zanzibar manual", **terms}
    yield from _gets("/sources", "/sources-digest")
    under = "/sources/{their_source}"
    yield _page("GET /sources/{source}", under)
    yield _page("POST /sources/{source}", under, data=terms)
    for act in ("sync", "pause", "resume", "publish", "discard", "remove"):
        yield _page(f"POST /sources/{{source}}/{act}", f"{under}/{act}", data={"chosen": "nothing"})
    yield _page("GET /sources/{source}/remove", f"{under}/remove")
    yield _page("GET /sources/{source}/changes/{change}", f"{under}/changes/nothing")
    yield _page("POST /sources", data=manual)
    yield _page("POST /sources", data={**manual, "owner": ""})
    yield _page("GET /sources")
    yield _page("POST /sources/{source}/remove", "/sources/zanzibar-manual/remove")
    yield _page("POST /sources-digest/feed")
    yield _page("POST /sources-digest/feed/end")
    yield _page("GET /feeds/sources/{key}", "/feeds/sources/nothing")


def _questions() -> Iterator[Call]:
    yield _page("GET /questions", is_unordered=True)
    yield _page("GET /questions.csv", is_unordered=True)


def _quality() -> Iterator[Call]:
    for name in ("{their_record}", "nothing"):
        yield _page("GET /questions/{record}", f"/questions/{name}")
        yield _page("POST /questions/{record}/marks", f"/questions/{name}/marks", data={"verdict": "wrong"})
    yield from _gets("/questions/marked.jsonl", "/quality", "/quality/usage", "/quality/usage.csv")
    bench, evaluation = "/quality/bench", "/quality/evaluation"
    yield _page(f"GET {bench}")
    yield _page(f"POST {bench}", data={"upload": "{their_upload}"})
    yield _page(f"POST {bench}/questions", data={"text": "", "theme": ""})
    for act in ("", "/remove", "/restore"):
        path = f"{bench}/questions/{{question}}{act}"
        yield _page(f"POST {path}", f"{bench}/questions/nothing{act}", data={"text": "Who?"})
    yield _page(f"GET {evaluation}")
    yield _page(f"POST {evaluation}", data={"name": "nothing"})
    yield _page(f"POST {evaluation}/sets", files={"file": ("x.jsonl", b"{}", "application/x-ndjson")})
    yield _page(f"POST {evaluation}/sets/remove", data={"name": "nothing"})
    for page in (bench, evaluation):
        yield _page(f"GET {page}/runs/{{run}}", f"{page}/runs/nothing")
        yield _page(f"POST {page}/runs/{{run}}/cancel", f"{page}/runs/nothing/cancel")
    yield _page(f"GET {evaluation}/runs/{{run}}/report.html", f"{evaluation}/runs/nothing/report.html")
    yield _page(f"POST {evaluation}/runs/{{run}}/sign", f"{evaluation}/runs/nothing/sign")


def _coverage() -> Iterator[Call]:
    yield from _gets("/coverage", "/coverage/report.xlsx", "/coverage/report.html")
    yield _page("POST /coverage/runs")
    for part in SECTIONS:
        yield _page("GET /coverage/{part}", f"/coverage/{part}")
    yield _page("GET /coverage/{part}.csv", "/coverage/duties.csv")
    for new in ("hidden-2026", "visitors-2025"):
        yield _page("GET /coverage/{part}", "/coverage/diff", params={"old": "gates-2025", "new": new})
    for key in ("{currency_finding}", "{their_currency}"):
        decision = {"key": key, "held": "noted", "note": "Seen."}
        yield _page("POST /coverage/{part}/decisions", "/coverage/currency/decisions", data=decision)
    yield _page("POST /coverage/questions/import", files={"file": ("q.csv", IMPORTED, "text/csv")})


def _evidence(words: Sequence[str]) -> Iterator[Call]:
    yield from _gets("/evidence", "/evidence/public-key.pem")
    yield _page("POST /evidence", data={"what": "topic", "words": words[1], "as_at": "2025-08-01"})
    yield _page("POST /evidence", data={"what": "record", "record": "{their_record}"})
    yield _page("POST /evidence/verify", files={"file": ("e.zip", b"nothing", "application/zip")})


def _approved() -> Iterator[Call]:
    yield from _gets("/approved-answers", "/approved-answers/export.json", "/blocks")
    yield _page("GET /approved-answers/new", params={"question": "Who closes the gates at Zanzibar?"})
    yield _page("GET /blocks", params={"q": "gates"})
    yield _page("POST /blocks", data={"passage": "hidden-2026:0:1", "topics": "Who?", "reason": "No."})
    form = {"act": "preview", "find": "gates", "unit": "hidden-2026~0-20", "wordings": "Who?", "owner": "Team"}
    yield _page("POST /approved-answers/edit", data=form)
    file = {"file": ("a.json", b'{"answers": []}', "application/json")}
    yield _page("POST /approved-answers/import", files=file)
    for name in ("{answer}", "{their_answer}"):
        one = "/approved-answers/{answer}"
        yield _page(f"GET {one}", f"/approved-answers/{name}")
        yield _page(f"GET {one}/edit", f"/approved-answers/{name}/edit")
        for act in ("approve", "withdraw", "undo"):
            yield _page(f"POST {one}/{act}", f"/approved-answers/{name}/{act}", data={"reason": "Seen."})
    yield _page("POST /blocks/{block}/lift", "/blocks/{their_block}/lift")


def _scenarios() -> Iterator[Call]:
    yield from _gets("/scenarios", "/scenarios/kept", "/scenarios/feedback")
    yield _page("POST /scenarios", data=DRAWN)
    yield _step("/scenarios/edit", act="participant")
    yield _step("/scenarios/file", params={"ending": "md"})
    yield _page("POST /scenarios/set", data=COURSE)
    yield _page("POST /scenarios/set.zip", data=COURSE)
    one = "/scenarios/kept/{scenario}"
    yield _page(f"GET {one}")
    yield _page(f"GET {one}/delete")
    yield _page(f"POST {one}/feedback", data={"score": "4", "note": "Well told."})
    yield _page(f"POST {one}/delete")


def _step(path: str, act: str = "words", **options: Any) -> Call:
    """Returns a step with the scenario that the caller drew."""

    def filled(known: Known) -> dict[str, Any]:
        data = {"recipe": json.dumps(known.get("recipe", {})), "act": act}
        return {"data": data, "follow_redirects": False, **options}

    return Call(f"POST {path}", lambda known: path, filled)
