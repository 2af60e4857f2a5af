"""Walks both libraries with the same requests as everybody outside the group, and compares every response."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError
from evals.restricted.call import Call, Known, Place
from evals.restricted.calls import MANUAL, every_call, reading_calls
from evals.restricted.comparing import Response, comparable, difference
from evals.restricted.libraries import REMOVED, WAITING, Site

METADATA = {"kind": "policy", "title": "Zanzibar {name}", "groups": "inner", "edition_id": "hidden-{name}"}
ASKED = ("Who closes the gates at Zanzibar by 16:30?", "Who must close the school gates every day?", "zanzibar budget")


Send = Callable[..., Response]
"""Sends a request to one server, as ``httpx.Client.request`` does: method, path and what httpx takes by name."""
Serving = Callable[[Site], AbstractContextManager[Send]]
"""Starts a server over a site and gives what sends to it; leaving the context stops the server."""


class WalkStopped(AssistantError):
    """The walk could not be done: it took too long, or a server does not do what the walk needs."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A response that shows a restricted document to somebody outside its group."""

    role: str
    operation: str
    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found."""

    requests: dict[str, int]
    """Role to the number of requests whose responses were compared."""
    operations: tuple[str, ...]
    findings: tuple[Finding, ...]
    seen_inside: dict[str, int]
    """Role to the number of responses in which a member of the group sees a restricted document: what the walk looks at."""
    seconds: float


def walk(with_hidden: Site, without: Site, serving: Serving, longest_s: float = 900.0) -> Walked:
    """Returns what outsiders of every role can tell of the restricted documents of one site.

    Args:
        with_hidden: The site that has them; members of the group use it first.
        without: The same without them.
        serving: Starts a server over a site.
        longest_s: The walk stops itself after so long.

    Raises:
        WalkStopped: It took longer, an operation of the OpenAPI document has no request, or members see nothing.
    """
    started = time.monotonic()
    with serving(with_hidden) as send:
        known = _prepare(send, with_hidden)
    requests: dict[str, int] = {}
    findings: list[Finding] = []
    with serving(with_hidden) as here, serving(without) as there:
        (operations, _) = [_check_complete(each) for each in (here, there)]
        for role in with_hidden.outside:
            sides = [(here, with_hidden, dict(known)), (there, without, dict(known))]
            for call in every_call():
                if time.monotonic() - started > longest_s:
                    raise WalkStopped(f"The walk took longer than {longest_s:.0f} s. Give it more with --minutes.")
                findings.extend(_compared(role, call, sides))
                requests[role] = requests.get(role, 0) + 1
        seen = {role: _seen(here, secret, known) for role, secret in with_hidden.inside.items()}
    blind = [role for role, count in seen.items() if not count]
    if blind:
        raise WalkStopped(
            f"Members of the group see no restricted document as {', '.join(blind)}: the walk shows nothing."
        )
    return Walked(requests, operations, tuple(findings), seen, time.monotonic() - started)


def _compared(role: str, call: Call, sides: Sequence[tuple[Send, Site, Known]]) -> Iterator[Finding]:
    """Yields what differs between the two responses to a request, and remembers what later requests need."""
    responses = []
    for send, site, known in sides:
        responses.append(_sent(send, site.outside[role], call, known))
    here, there = (comparable(each, is_unordered=call.is_unordered) for each in responses)
    found = difference(here, there)
    if found is not None:
        yield Finding(role, call.operation, call.path(sides[0][2]), found)


def _sent(send: Send, secret: str, call: Call, known: Known) -> Response:
    options = dict(call.options(known))
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    response = send(call.method, call.path(known), headers=headers, **options)
    for name, place in call.keeps.items():
        value = _value(response, place)
        if value is not None:
            known[name] = value
    return response


def _value(response: Response, place: Place) -> Any:
    """Returns the value at a place of a response, None where there is none."""
    try:
        value: Any = json.loads(response.content)
        for name in place:
            value = value[name]
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return value


def _check_complete(send: Send) -> tuple[str, ...]:
    """Returns every operation of the OpenAPI document. Raises ``WalkStopped`` where one has no request."""
    document = json.loads(send("GET", "/openapi.json").content)
    operations = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    missing = operations - {call.operation for call in every_call()}
    if missing:
        raise WalkStopped(f"No request for {', '.join(sorted(missing))}. Add one to evals/restricted/calls.py.")
    return tuple(sorted(operations))


def _prepare(send: Send, site: Site) -> Known:
    """Uses a site as members of the group do; returns ids that outsiders then try."""
    policy = {"headers": {"authorization": f"Bearer {site.inside['policy']}"}}
    trainer = {"headers": {"authorization": f"Bearer {site.inside['trainer']}"}}
    asker = {"headers": {"authorization": f"Bearer {site.inside['practitioner']}"}}
    removed = _upload(send, policy, "removed", REMOVED)
    _expect(send("POST", f"/v1/publishing/uploads/{removed}/publish", **policy), 200)
    _expect(send("POST", "/v1/publishing/roll-back", **policy), 200)
    known: Known = {"their_upload": _upload(send, policy, "waiting", WAITING)}
    for words in ASKED:
        asked = _expect(send("POST", "/v1/ask", json={"question": words}, **asker), 200)
        known["their_record"] = _value(asked, ("record_id",))
        body = {"record_id": known["their_record"], "opinion": "wrong_source", "note": "zanzibar"}
        _expect(send("POST", "/v1/feedback", json=body, **asker), 201)
    for part in ("questions", "currency", "duties"):
        report = _expect(send("GET", f"/v1/coverage/{part}", params={"limit": 500}, **policy), 200)
        known[f"their_{part}"] = _decide(send, policy, part, report)
    known["their_source"] = _follow(send, policy)
    _expect(send("POST", "/v1/coverage/runs", **policy), 201)
    _expect(send("GET", "/v1/me", **trainer), 200)
    return {**known, **_approve(send, policy, {"headers": {"authorization": f"Bearer {site.inside['admin']}"}})}


def _approve(send: Send, policy: dict[str, Any], admin: dict[str, Any]) -> Known:
    """Has an answer of a restricted passage approved, and the passage kept from a topic; returns their ids."""
    found = _expect(send("GET", "/v1/search", params={"q": "zanzibar gates", "edition": "hidden-2026"}, **policy), 200)
    passage = _value(found, ("hits", 0, "passage_id"))
    body = {
        "wordings": [*ASKED], "units": [{"passage_id": passage}], "owner": "Zanzibar team", "review_by": "2099-01-01",
    }  # fmt: skip
    answer = _value(_expect(send("POST", "/v1/approved-answers", json=body, **policy), 201), ("answer_id",))
    _expect(send("POST", f"/v1/approved-answers/{answer}/approve", **admin), 200)
    block = {"passage_id": passage, "part": "document", "topics": [ASKED[1]], "reason": "zanzibar"}
    made = _expect(send("POST", "/v1/blocks", json=block, **policy), 201)
    return {"their_answer": answer, "their_block": _value(made, ("block_id",))}


def _follow(send: Send, policy: dict[str, Any]) -> str:
    """Follows a source whose documents are for the group; returns its id."""
    added = _expect(send("POST", "/v1/sources", json={**MANUAL, "groups": ["inner"]}, **policy), 201)
    return str(_value(added, ("source_id",)))


def _decide(send: Send, policy: dict[str, Any], part: str, report: Response) -> str:
    """Decides on every finding that quotes a restricted document or is about one; returns the key of the last."""
    state, key = {"questions": "being_written", "currency": "noted", "duties": "covered"}[part], ""
    for row in json.loads(report.content)["rows"]:
        if "hidden" in json.dumps(row) or "zanzibar" in json.dumps(row).lower():
            key = row["key"]
            body = {"key": key, "state": state, "note": "See the zanzibar procedure."}
            _expect(send("POST", f"/v1/coverage/{part}/decisions", json=body, **policy), 201)
    if not key:
        raise WalkStopped(f"No finding in {part} speaks of a restricted document: the walk shows nothing.")
    return key


def _upload(send: Send, policy: dict[str, Any], name: str, content: bytes) -> str:
    data = {key: value.format(name=name) for key, value in METADATA.items()}
    files = {"file": (f"{name}.md", content, "text/markdown")}
    response = _expect(send("POST", "/v1/publishing/uploads", data=data, files=files, **policy), 201)
    return str(_value(response, ("upload_id",)))


def _expect(response: Response, status: int) -> Response:
    if response.status_code != status:
        raise WalkStopped(f"A member of the group was answered {response.status_code}: {response.content[:200]!r}")
    return response


def _seen(send: Send, secret: str, known: Known) -> int:
    """Returns in how many responses a member sees a restricted document that he did not name himself."""
    mine = dict(known)
    texts = [_sent(send, secret, call, mine).content.decode(errors="replace") for call in reading_calls()]
    return sum("hidden-2026" in text for text in texts)
