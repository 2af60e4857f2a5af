"""The tools for other assistants, asked by the official client and by hand, over HTTP and over a pipe."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from mcp import Client, StdioServerParameters, stdio_client

import api.app
from api.app import create_app
from api.http.addresses import TOOLS
from api.mcp.asker import local_caller
from api.mcp.server import mcp_server
from api.state import State
from assistant.bootstrap import Assistant
from assistant.errors import ConfigurationError
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting, ServeSetting
from tests.api.conftest import QUESTION, UNANSWERABLE, URGENT, Served
from tests.api.entered import PUBLIC, Entered
from tests.data_folders import DataFolders

HEADERS = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
PAGE_URL = "https://policy.example.org"


@pytest.fixture
def state(served: Served) -> State:
    found = served.app.state.state
    assert isinstance(found, State)
    return found


def called(state: State, tool: str, **arguments: Any) -> Any:
    async def call() -> Any:
        async with Client(mcp_server(state, local_caller(PAGE_URL))) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(call())


def test_an_answer_has_its_quotes_with_links_and_all_values(state: State) -> None:
    result = called(state, "ask", question=QUESTION)
    assert not result.is_error
    outcome = result.structured_content["outcome"]
    assert outcome["outcome"] == "answered"
    said = result.content[0].text
    assert outcome["statements"][0]["text"].split("\n")[0] in said
    assert f"{PAGE_URL}/documents/{outcome['citations'][0]['edition_id']}/pages/" in said


def test_a_refusal_is_a_result(state: State) -> None:
    result = called(state, "ask", question=UNANSWERABLE)
    assert not result.is_error
    assert result.structured_content["outcome"]["outcome"] == "refused"
    assert result.structured_content["outcome"]["message"] in result.content[0].text


def test_a_card_comes_first(state: State) -> None:
    result = called(state, "ask", question=URGENT)
    card = result.structured_content["outcome"]["card"]
    assert result.content[0].text.startswith(f"**{card['title']}**")


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask", {"question": URGENT, "kinds": ["rumour"]}),
        ("ask", {"text": URGENT}),
        ("ask", {"question": [URGENT]}),
        ("search", {"query": URGENT, "limit": 0}),
        ("open_page", {"question": URGENT}),
        ("no_such_tool", {"question": URGENT}),
    ],
)
def test_a_card_comes_first_whatever_else_is_wrong_with_a_call(
    state: State, tool: str, arguments: dict[str, Any]
) -> None:
    result = called(state, tool, **arguments)
    assert result.content[0].text.startswith("**A child may be in danger now**")
    assert "Nothing was looked up." in result.content[0].text
    assert result.is_error == (tool != "ask")
    if tool == "ask":
        assert result.structured_content["outcome"]["card"]["level"] == "act_now"


def test_a_failed_call_that_is_not_urgent_says_what_is_wrong(state: State) -> None:
    result = called(state, "ask", question=QUESTION, kinds=["rumour"])
    assert result.is_error
    assert "kinds" in result.content[0].text


def test_a_follow_up_is_read_with_what_went_before(state: State) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "45 working days."}]
    result = called(state, "ask", question="And who leads it?", history=history)
    assert "assessment" in result.structured_content["outcome"]["standalone"].lower()


def test_pages_and_documents_are_found_from_a_search(state: State) -> None:
    hit = called(state, "search", query="strategy discussion", limit=1).structured_content["hits"][0]
    page = called(state, "open_page", edition_id=hit["edition_id"], page=hit["pages"][0])
    assert page.content[0].text.strip()
    listed = called(state, "list_documents").structured_content["documents"]
    assert hit["edition_id"] in [each["edition_id"] for each in listed]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("open_page", {"edition_id": "none", "page": 1}, "There is no such edition"),
        ("ask", {"question": "why " * 900}, "too long"),
        ("ask", {"question": "Who chairs it?", "editions": ["none"]}, "not indexed"),
        ("coverage", {"topic": "x", "part": "all"}, "part"),
        ("ask", {}, "question"),
    ],
)
def test_a_fault_is_told_in_words(state: State, tool: str, arguments: dict[str, Any], said: str) -> None:
    result = called(state, tool, **arguments)
    assert result.is_error
    assert said in result.content[0].text


def test_an_unexpected_fault_reveals_nothing(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("/secret/place")

    monkeypatch.setattr("api.mcp.tools.screened", fails)
    said = called(state, "ask", question=QUESTION).content[0].text
    assert "secret" not in said
    assert "Something went wrong" in said


def test_every_page_is_a_resource(state: State) -> None:
    async def read() -> tuple[list[str], str, str]:
        async with Client(mcp_server(state, local_caller(PAGE_URL))) as client:
            templates = (await client.list_resource_templates()).resource_templates
            listed = await client.read_resource("policy://documents")
            documents = json.loads(listed.contents[0].text)["documents"]  # type: ignore[union-attr]
            name = next(each["edition_id"] for each in documents if each["is_indexed"])
            whole = await client.read_resource(f"policy://documents/{name}")
            page = await client.read_resource(f"policy://documents/{name}/pages/1")
            return [each.uri_template for each in templates], whole.contents[0].text, page.contents[0].text  # type: ignore[union-attr]

    templates, whole, page = asyncio.run(read())
    assert "policy://documents/{edition_id}/pages/{page}" in templates
    assert json.loads(whole)["sections"]
    assert page.strip()


@pytest.fixture
def over_http(entered: Entered, served: Served) -> Iterator[Entered]:
    """Yields a server that asks for keys and has the tools."""
    access = AccessSetting(keys=True, public_url=PUBLIC, asks_per_minute=4, failed_per_minute=5)
    settings = Settings(data=entered.assistant.settings.data, access=access, serve=ServeSetting(mcp=True))
    assistant = Assistant(settings)
    assistant.embedder = served.assistant.embedder
    app = create_app(assistant)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Entered(app, client, assistant)


def posted(client: TestClient, secret: str | None, method: str, **params: Any) -> Response:
    key = {} if secret is None else {"authorization": f"Bearer {secret}"}
    body = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
    return client.post(TOOLS, headers={**HEADERS, **key}, json=body)


def test_over_http_it_takes_a_key(over_http: Entered) -> None:
    assert posted(over_http.client, None, "tools/list").status_code == 401
    assert posted(over_http.client, "wrong", "tools/list").status_code == 401
    key = over_http.key(Role.PRACTITIONER)
    tools = posted(over_http.client, key, "tools/list").json()["result"]["tools"]
    assert [each["name"] for each in tools] == ["ask", "search", "open_page", "list_documents", "coverage"]
    told = posted(over_http.client, key, "tools/call", name="ask", arguments={"question": QUESTION}).json()
    assert told["id"] == 7
    outcome = told["result"]["structuredContent"]["outcome"]
    assert f"{PUBLIC}/documents/{outcome['citations'][0]['edition_id']}" in told["result"]["content"][0]["text"]
    assert ("ask", "answered") in over_http.actions()


def test_roles_and_limits_are_those_of_the_server(over_http: Entered) -> None:
    key = over_http.key(Role.PRACTITIONER)
    arguments: dict[str, Any] = {"name": "coverage", "arguments": {"topic": "neglect"}}
    forbidden = posted(over_http.client, key, "tools/call", **arguments).json()["result"]
    assert forbidden["isError"]
    assert "role policy" in forbidden["content"][0]["text"]
    asks: dict[str, Any] = {"name": "search", "arguments": {"query": "neglect"}}
    results = [posted(over_http.client, key, "tools/call", **asks).json()["result"] for _ in range(5)]
    assert [each["isError"] for each in results] == [False, False, False, False, True]


def test_a_card_stands_before_a_refused_call(over_http: Entered) -> None:
    told = posted(over_http.client, None, "tools/call", name="ask", arguments={"question": URGENT}).json()
    assert told["id"] == 7
    assert told["result"]["structuredContent"]["outcome"]["card"]["level"] == "act_now"
    assert "999" in told["result"]["content"][0]["text"]


def test_a_card_stands_before_a_call_that_the_protocol_does_not_know(over_http: Entered) -> None:
    key = over_http.key(Role.PRACTITIONER)
    told = posted(over_http.client, key, "tools/call", name="ask", arguments=URGENT).json()
    assert told["id"] == 7
    assert told["result"]["structuredContent"]["outcome"]["card"]["level"] == "act_now"
    assert "error" in posted(over_http.client, key, "tools/call", name="ask", arguments=QUESTION).json()


def test_a_card_in_place_of_another_tools_values_is_a_failed_call(over_http: Entered) -> None:
    told = posted(over_http.client, None, "tools/call", name="search", arguments={"query": URGENT}).json()["result"]
    assert told["isError"]
    assert "structuredContent" not in told
    assert told["content"][0]["text"].startswith("**A child may be in danger now**")


def test_no_endless_stream_and_no_other_site(over_http: Entered) -> None:
    key = {"authorization": f"Bearer {over_http.key(Role.PRACTITIONER)}"}
    assert over_http.client.get(TOOLS, headers={**HEADERS, **key}).status_code == 405
    foreign = {**HEADERS, **key, "origin": "https://elsewhere.example"}
    assert over_http.client.post(TOOLS, headers=foreign, json={}).status_code == 403


def test_it_is_off_unless_set(served: Served) -> None:
    assert served.client.post(TOOLS, headers=HEADERS, json={}).status_code == 404


def test_without_the_package_the_settings_say_so(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "api.mcp.over_http", None)
    with pytest.raises(ConfigurationError, match=r"serve\.mcp needs the extra \[mcp\]: mcp is not installed"):
        api.app.create_app(Assistant(Settings(data=own_data, serve=ServeSetting(mcp=True))))


def test_over_a_pipe_the_official_client_asks(data_folders: DataFolders) -> None:
    own_data = data_folders.copy()  # another process: it ends as the last that has the records open
    code = "from assistant.cli import main; main()"
    arguments = ["-c", code, "--data", str(own_data), "mcp", "--page-url", PAGE_URL]
    parameters = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))

    async def ask() -> Any:
        async with Client(stdio_client(parameters)) as client:
            return await client.call_tool("ask", {"question": QUESTION})

    result = asyncio.run(ask())
    assert result.structured_content["outcome"]["outcome"] == "answered"
