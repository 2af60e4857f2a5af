"""The Python client: held to the OpenAPI document, retries, errors, pages, streams, and a package that needs httpx alone."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import policy_assistant_client as client
import pytest
from policy_assistant_client import AsyncPolicyAssistant, PolicyAssistant, Retries, _calls
from policy_assistant_client._calls import Call, Pages
from policy_assistant_client._errors import BY_CODE

from assistant import __version__
from tests.api.conftest import QUESTION, URGENT, Served
from tests.api.loopback import listening
from tools.client_types import DOCUMENT, TARGET, models_of

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "deploy" / "client"
OPENAPI: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
EXAMPLES: dict[str, tuple[Any, ...]] = {
    "ask": ("Why?", [{"role": "user", "content": "Who?"}], ["policy"], ["a"], "2026-01-01", "written"),
    "ask_in": ("c-1", "Why?", ["policy"], ["a"], "2026-01-01", "written"),
    "begin_conversation": (),
    "conversations": ("2026-01-01T00:00:00Z",),
    "conversation": ("c/1",),
    "delete_conversation": ("c-1",),
    "search": ("words", 5, 5, ["policy"], ["a"], "2026-01-01"),
    "hits": ("words", ["policy"], ["a"], "2026-01-01"),
    "documents": ("title", ["policy"], ["in_force"], "work"),
    "document": ("a",),
    "page": ("a", 3, "words"),
    "feedback": ("r-1", "missing", 1, "note"),
    "questions": ("2026-01-01", "2026-02-01", "refused"),
    "coverage": (),
    "coverage_section": ("duties", "words", ["absent"], 5, 5),
    "me": (),
    "ready": (),
}


def every_call() -> Iterator[Call[Any]]:
    for name, arguments in EXAMPLES.items():
        made = getattr(_calls, name)(*arguments)
        yield made.first if isinstance(made, Pages) else made


def public(module: Any) -> set[str]:
    own = {name: each for name, each in vars(module).items() if inspect.isfunction(each) and name[0] != "_"}
    return {name for name, each in own.items() if each.__module__ == module.__name__}


def test_the_types_are_those_of_the_openapi_document() -> None:
    assert TARGET.read_text(encoding="utf-8") == models_of(OPENAPI), "run: python tools/client_types.py"


def test_every_call_is_an_operation_of_the_openapi_document() -> None:
    assert public(_calls) == set(EXAMPLES)
    for call in every_call():
        method, path = call.operation.split(" ")
        operation = OPENAPI["paths"][path][method.lower()]
        told = {each["name"]: each for each in operation.get("parameters", ())}
        assert set(call.query) <= {name for name, each in told.items() if each["in"] == "query"}, call.operation
        assert set(call.names) == {name for name, each in told.items() if each["in"] == "path"}, call.operation
        response = next(each for status, each in operation["responses"].items() if status.startswith("2"))
        answered = response.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
        assert answered.rpartition("/")[2] == (call.response.__name__ if call.response else ""), call.operation
        asked = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        schema = OPENAPI["components"]["schemas"].get(asked.get("$ref", "").rpartition("/")[2], {})
        assert set(call.body or ()) <= set(schema.get("properties", ())), call.operation
        assert set(schema.get("required", ())) <= set(call.body or ()), call.operation


def test_both_clients_have_the_same_methods() -> None:
    names = {name for name in vars(PolicyAssistant) if not name.startswith("_")}
    assert names == {name for name in vars(AsyncPolicyAssistant) if not name.startswith("_")}
    assert set(EXAMPLES) <= names
    for name in names:
        one, other = (
            inspect.signature(getattr(each, name)).parameters for each in (PolicyAssistant, AsyncPolicyAssistant)
        )
        assert list(one) == list(other), name


def problem(code: str) -> dict[str, object]:
    return {"type": f"urn:policy-assistant:problem:{code}", "detail": "Not so.", "id": "7"}


def answering(*responses: httpx.Response | Exception) -> tuple[PolicyAssistant, list[httpx.Request], list[float]]:
    """Returns a client that gets these in turn, what it sent, and how long it waited."""
    left, sent, waited = list(responses), [], []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    transport = httpx.MockTransport(handle)
    return PolicyAssistant("http://server", "pak_1", transport=transport, sleep=waited.append), sent, waited


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    busy = httpx.Response(429, json=problem("too_many"), headers={"Retry-After": "7"})
    assistant, sent, waited = answering(busy, busy, httpx.Response(200, json={"outcome": {}}))
    assistant.ask("Why?")
    assert waited == [7.0, 7.0]
    assert {each.headers["authorization"] for each in sent} == {"Bearer pak_1"}
    assistant, _, waited = answering(busy, busy, busy)
    with pytest.raises(client.TooManyRequests) as raised:
        assistant.ask("Why?")
    assert (raised.value.retry_after_s, raised.value.code, raised.value.problem_id, str(raised.value)) == (
        7.0,
        "too_many",
        "7",
        "Not so.",
    )


@pytest.mark.parametrize(
    ("fault", "asks", "reads"),
    [
        (httpx.ConnectError("no"), True, True),
        (httpx.ReadTimeout("slow"), False, True),
        (httpx.Response(503, json=problem("timeout")), False, True),
        (httpx.Response(503, json=problem("stopping"), headers={"Retry-After": "5"}), True, True),
        (httpx.Response(429, json=problem("too_many"), headers={"Retry-After": "61"}), False, False),
        (httpx.Response(500, json=problem("fault")), False, False),
        (httpx.Response(404, json=problem("not_found")), False, False),
    ],
)
def test_what_may_have_been_begun_is_not_sent_twice(fault: httpx.Response | Exception, asks: bool, reads: bool) -> None:
    for is_repeated, call in ((asks, lambda each: each.ask("Why?")), (reads, lambda each: each.me())):
        assistant, sent, _ = answering(fault, httpx.Response(200, json={}))
        if is_repeated:
            call(assistant)
        else:
            with pytest.raises(client.PolicyAssistantError):
                call(assistant)
        assert len(sent) == 1 + is_repeated


def test_each_kind_of_problem_is_an_error_of_its_own() -> None:
    codes = {code for path in (ROOT / "api").rglob("*.py") for code in _codes(path)}
    assert {"too_many", "sign_in", "unknown_edition", "conversation_full"} <= codes
    assert set(BY_CODE) - codes - {"usage", "library_locked", "invalid", "fault"} == set()
    for status, code, kind in (
        (401, "key", client.NotAuthenticated), (403, "forbidden", client.Forbidden), (409, "conversation_full", client.Conflict),
        (422, "unknown_edition", client.UnknownEdition), (418, "tea", client.Invalid), (502, "", client.Unavailable),
    ):  # fmt: skip
        assistant, _, _ = answering(*[httpx.Response(status, json=problem(code))] * 3)
        with pytest.raises(kind):
            assistant.ask("Why?")
    assistant, _, _ = answering(*[httpx.Response(502, text="<html>")] * 3)
    with pytest.raises(client.Unavailable, match="HTTP status 502"):
        assistant.ask("Why?")


def _codes(path: Path) -> Iterator[str]:
    """Yields the codes of the problems that a source makes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and len(node.args) > 1:
            code = node.args[1]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value


def test_pages_are_read_until_the_last() -> None:
    pages = [
        {"documents": [{"edition_id": "a"}], "next_offset": 200},
        {"documents": [{"edition_id": "b"}], "next_offset": None},
    ]
    assistant, sent, _ = answering(*(httpx.Response(200, json=each) for each in pages))
    assert [each["edition_id"] for each in assistant.documents(title="x")] == ["a", "b"]
    assert [each.url.params["offset"] for each in sent] == ["0", "200"]


EVENTS = 'event: stage\ndata: {"stage": "screen"}\n\n: keep-alive\n\nevent: card\ndata: {"title": "Act"}\n\n'
OUTCOME = 'event: outcome\ndata: {"record_id": "r", "outcome": {"outcome": "signposted"}}\n\n'


def test_events_come_one_by_one_and_a_stream_that_breaks_off_is_an_error() -> None:
    assistant, sent, _ = answering(httpx.Response(200, text=EVENTS + OUTCOME))
    stage, card, last = assistant.ask_events("Why?")
    assert (stage.data, card.card, stage.card) == ({"stage": "screen"}, {"title": "Act"}, None)
    assert last.response is not None
    assert last.response["record_id"] == "r"
    assert sent[0].headers["accept"] == "text/event-stream"
    with pytest.raises(client.Incomplete):
        list(answering(httpx.Response(200, text=EVENTS))[0].ask_events("Why?"))
    told = f"event: problem\ndata: {json.dumps({**problem('stopping'), 'status': 503})}\n\n"
    with pytest.raises(client.Unavailable):
        list(answering(httpx.Response(200, text=told))[0].ask_events("Why?"))


def test_the_async_client_does_the_same() -> None:
    responses = [
        httpx.Response(503, json=problem("stopping"), headers={"Retry-After": "1"}),
        httpx.Response(200, json={"record_id": "r"}),
        httpx.Response(200, text=EVENTS + OUTCOME),
        httpx.Response(200, json={"conversations": [{"conversation_id": "c"}], "next_before": None}),
        httpx.Response(204),
    ]
    waited: list[float] = []

    async def slept(seconds: float) -> None:
        waited.append(seconds)

    async def asked() -> tuple[Any, ...]:
        transport = httpx.MockTransport(lambda request: responses.pop(0))
        async with AsyncPolicyAssistant(
            "http://server", retries=Retries(1), transport=transport, sleep=slept
        ) as assistant:
            answer = await assistant.ask("Why?")
            events = [each.name async for each in assistant.ask_events("Why?")]
            talks = [each["conversation_id"] async for each in assistant.conversations()]
            return answer["record_id"], events, talks, await assistant.delete_conversation("c")

    assert asyncio.run(asked()) == ("r", ["stage", "card", "outcome"], ["c"], None)
    assert waited == [1.0]


HIDING = """
import sys
ALLOWED = {"policy_assistant_client", "httpx", "httpcore", "h11", "anyio", "certifi", "idna", "sniffio", "_ssl"}
class Hidden:
    def find_spec(self, name, path=None, target=None):
        first = name.split(".")[0]
        if first not in sys.stdlib_module_names and first not in ALLOWED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden())
sys.path.insert(0, sys.argv[1])
import policy_assistant_client as client
print(client.__version__, client.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the wheel of the client, built from a copy."""
    folder = tmp_path_factory.mktemp("client")
    for each in CLIENT.rglob("*"):
        if each.is_file() and each.suffix in (".py", ".toml", ".md", ".typed"):
            target = folder / "source" / each.relative_to(CLIENT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(each.read_bytes())
    build = "import sys, setuptools.build_meta as b; print(b.build_wheel(sys.argv[1]))"
    command = [sys.executable, "-W", "ignore", "-c", build, str(folder)]
    subprocess.run(command, cwd=folder / "source", check=True, capture_output=True, timeout=60)
    return next(folder.glob("*.whl"))


def test_it_is_a_package_of_its_own_that_needs_httpx_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        names = {each for each in held.namelist() if ".dist-info" not in each}
        metadata = held.read(next(each for each in held.namelist() if each.endswith("METADATA"))).decode()
    assert {each.split("/")[0] for each in names} == {"policy_assistant_client"}
    assert "policy_assistant_client/py.typed" in names
    assert [line for line in metadata.splitlines() if line.startswith("Requires-Dist")] == [
        "Requires-Dist: httpx<1,>=0.27"
    ]
    done = subprocess.run(
        [sys.executable, "-I", "-c", HIDING, str(wheel)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{__version__} {wheel}")


def test_every_method_is_documented() -> None:
    methods = [each for name, each in vars(PolicyAssistant).items() if inspect.isfunction(each) and name[0] != "_"]
    assert all(inspect.getdoc(each) for each in methods)


def test_it_asks_a_real_server(served: Served) -> None:
    with listening(served.app) as address, PolicyAssistant(address) as assistant:
        events = list(assistant.ask_events(URGENT))
        assert next(each for each in events if each.name != "stage").card is not None
        assert events[-1].response is not None
        talk = assistant.begin_conversation()["conversation_id"]
        answer = assistant.ask_in(talk, QUESTION)
        assert (answer["conversation_id"], answer["outcome"].get("outcome")) == (talk, "answered")
        assert talk in [each["conversation_id"] for each in assistant.conversations()]
        assistant.delete_conversation(talk)
        with pytest.raises(client.NotFound):
            assistant.conversation(talk)
        first = next(each for each in assistant.documents() if each["is_indexed"])
        assert assistant.document(first["edition_id"])["title"] == first["title"]
        assert len(list(assistant.hits("assessment"))) > 25
        assert assistant.page(first["edition_id"], 1)["number"] == 1
        assert assistant.ready()["generation"] >= 1
        with pytest.raises(client.Invalid, match="body/question"):
            assistant.ask("")
