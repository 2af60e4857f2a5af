"""Every example of docs/integrate.md, taken from the page and run."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import pytest
import yaml
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import api.mcp.over_pipe
from api.access.guard import Guard
from api.app import create_app
from api.http.metrics import Metrics
from api.mcp.asker import local_caller
from api.mcp.server import mcp_server
from api.state import State
from assistant.bootstrap import Assistant
from assistant.cli.app import app as commands
from assistant.model.people import Role
from assistant.model.webhooks import EventType
from assistant.operations.webhooks import DELAYS_S, new_secret, signed_headers
from assistant.settings import Settings
from assistant.settings.webhooks import ANNOUNCED
from tests.api.conftest import ROOT, URGENT, Served
from tests.api.entered import PUBLIC, Entered
from tests.api.loopback import listening
from tests.mcp_by_hand import ByHand, Exchange, over_http, over_pipe

PAGE = (ROOT / "docs" / "integrate.md").read_text(encoding="utf-8")
ADDRESS, KEY = "https://policy.example.org", "pak_your_key"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(section: str, language: str = "") -> list[str]:
    """Returns the examples of a section in a language, in order."""
    part = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return [text for name, text in BLOCK.findall(part) if name == language]


@pytest.fixture(scope="module")
def address(served: Served) -> Iterator[str]:
    with listening(served.app) as found:
        yield found


@pytest.fixture
def with_tools(entered: Entered, served: Served) -> Iterator[Entered]:
    """Yields a server that asks for keys, at the address of the page, with tools and frames."""
    serve = {"mcp": True, **tomllib.loads(blocks("A frame in a page of the intranet", "toml")[0])["serve"]}
    settings = Settings.model_validate({**entered.assistant.settings.model_dump(exclude={"serve"}), "serve": serve})
    assistant = Assistant(settings)
    assistant.embedder = served.assistant.embedder  # loaded once
    app = create_app(assistant)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Entered(app, client, assistant)


class Elements(HTMLParser):
    """The elements of a piece of HTML, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] = dict(attrs)


def test_a_key_is_made_as_the_page_says(tmp_path: Path) -> None:
    (text,) = (each for name, each in BLOCK.findall(PAGE.split("\n## ")[0]) if not name)
    done = CliRunner().invoke(commands, [*shlex.split(text)[1:], "--data", str(tmp_path)])
    assert done.exit_code == 0
    assert "pak_" in done.output


def test_the_frame_and_its_script_are_there_for_the_site_of_the_example(with_tools: Entered) -> None:
    first, second = (Elements(each).found for each in blocks("A frame in a page of the intranet", "html"))
    script, frame = first["script"], second["iframe"]
    assert str(script["src"]).startswith(ADDRESS)
    told = with_tools.client.get(urlsplit(str(script["src"])).path)
    assert "document.currentScript" in told.text
    assert "dataset.title" in told.text
    page = with_tools.client.get(urlsplit(str(frame["src"])).path)
    assert page.status_code == 200
    assert "frame-ancestors https://intranet.example.org" in page.headers["content-security-policy"]
    assert frame["title"]


def test_the_link_holds_its_question_where_no_server_sees_it() -> None:
    (text,) = blocks("A link with a question")
    parts = urlsplit(text.strip())
    assert (parts.path, parts.query) == ("/", "")
    assert unquote(parts.fragment) == "q=How long may an assessment take?"
    assert '"#q="' in (ROOT / "api" / "web" / "static" / "fromlink.js").read_text()


def test_a_client_by_hand_asks_the_program_of_the_desktop_assistants_file(
    served: Served, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = json.loads(blocks("A desktop assistant (MCP)", "json")[0])["mcpServers"]["policy"]
    assert server["command"] == "assistant"
    begun: list[tuple[Assistant, str]] = []
    monkeypatch.setattr(api.mcp.over_pipe, "serve_pipe", lambda *given: begun.append(given))
    monkeypatch.setattr(Assistant, "prepare", lambda _: None)
    arguments = [str(own_data) if each == "/srv/policy/data" else each for each in server["args"]]
    arguments = [*arguments[2:], *arguments[:2]]  # as the program orders them
    assert CliRunner().invoke(commands, arguments).exit_code == 0
    ((assistant, page_url),) = begun
    assistant.embedder = served.assistant.embedder  # loaded once
    with piped(assistant, page_url, monkeypatch) as exchange:
        session = ByHand(exchange)
        assert session.begin()["serverInfo"]["name"] == "policy-assistant"
        tools = [each["name"] for each in session.request("tools/list")["tools"]]
        assert tools == ["ask", "search", "open_page", "list_documents", "coverage"]
        card = session.call("ask", question=URGENT, kinds=["rumour"])
        assert card["structuredContent"]["outcome"]["card"]["level"] == "act_now"
        documents = session.request("resources/read", uri="policy://documents")["contents"][0]
        assert json.loads(documents["text"])["documents"]


@contextlib.contextmanager
def piped(assistant: Assistant, page_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    """Yields what sends to the server over pipes in place of standard input and output, until the first ends."""
    (from_us, ours), (theirs, to_us) = os.pipe(), os.pipe()
    with (
        os.fdopen(from_us, "rb") as given,
        os.fdopen(to_us, "wb") as told,
        os.fdopen(ours, "w") as write,
        os.fdopen(theirs) as read,
    ):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
        monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=told))
        server = mcp_server(
            State(assistant, None, Guard(assistant, assistant.settings.access), Metrics()), local_caller(page_url)
        )
        thread = Thread(target=server.run, args=("stdio",), daemon=True)
        thread.start()
        yield over_pipe(write, read)
        write.close()
        thread.join(20)
        assert not thread.is_alive()


def test_a_client_by_hand_asks_over_http_as_the_other_file_says(with_tools: Entered) -> None:
    server = json.loads(blocks("A desktop assistant (MCP)", "json")[1])["mcpServers"]["policy"]
    key = with_tools.key(Role.PRACTITIONER)
    headers = {name: value.replace(KEY, key) for name, value in server["headers"].items()}
    assert server["url"].startswith(PUBLIC)
    session = ByHand(over_http(with_tools.client.post, urlsplit(server["url"]).path, headers))
    assert session.begin()["protocolVersion"] == "2025-06-18"
    result = session.call("ask", question="How long may an assessment take?")
    assert result["structuredContent"]["outcome"]["outcome"] == "answered"
    assert f"{PUBLIC}/documents/" in result["content"][0]["text"]


def test_open_webui_finds_the_model_and_gets_an_answer_with_sources(address: str) -> None:
    values = dict(line.split("=", 1) for line in blocks("Open WebUI")[0].split())
    base = values["OPENAI_API_BASE_URL"].replace(ADDRESS, address)
    with httpx.Client(headers={"Authorization": f"Bearer {values['OPENAI_API_KEY']}"}, timeout=30) as client:
        assert [each["id"] for each in client.get(f"{base}/models").json()["data"]] == ["policy-assistant"]
        asked = {
            "model": "policy-assistant", "stream": True, "stream_options": {"include_usage": True}, "chat_id": "c", "id": "m",
            "messages": [{"role": "user", "content": "How long may an assessment take?"}],
        }  # fmt: skip
        lines = client.post(f"{base}/chat/completions", json=asked).text.splitlines()
    frames = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
    deltas = [each["choices"][0]["delta"] for each in frames if each["choices"]]
    sources = [each["url_citation"] for delta in deltas for each in delta.get("annotations") or ()]
    assert "[1]" in "".join(delta.get("content") or "" for delta in deltas)
    assert len({each["url"] for each in sources}) == len(sources) >= 1
    assert lines[-1] == "data: [DONE]" or "data: [DONE]" in lines


def test_librechat_finds_the_model_and_a_title(address: str) -> None:
    (custom,) = yaml.safe_load(blocks("LibreChat", "yaml")[0])["endpoints"]["custom"]
    base = custom["baseURL"].replace(ADDRESS, address)
    with httpx.Client() as client:
        assert client.get(f"{base}/models").json()["data"][0]["id"] in custom["models"]["default"]
        prompt = (
            "Provide a concise, 5-word-or-less title for the conversation, using title case conventions. Only return the title "
            "itself.\n\nConversation:\nUser: What is early help?\nAI: Early help is voluntary."
        )
        asked = {"model": custom["models"]["default"][0], "messages": [{"role": "user", "content": prompt}]}
        told = client.post(f"{base}/chat/completions", json=asked).json()
    assert told["choices"][0]["message"]["content"] == "What is early help?"


def test_both_python_examples_print_an_answer(address: str) -> None:
    said = []
    for text in blocks("Python", "python"):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(text.replace(ADDRESS, address), "docs/integrate.md", "exec"), {"__name__": "example"})
        said.append(printed.getvalue())
    assert "45 working days" in said[0]
    assert said[1] == "answered\n"


def test_curl_gets_an_outcome(address: str) -> None:
    words = shlex.split(blocks("curl")[0].replace("\\\n", " ").replace(ADDRESS, address))
    if shutil.which("curl"):
        told = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout
    else:
        told = httpx.post(words[2], content=words[-1], headers={"content-type": "application/json"}).text
    assert json.loads(told)["outcome"]["outcome"] == "answered"


def test_the_receiver_takes_what_is_signed_once_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_WEBHOOK_SECRET", secret := new_secret())
    hook = tomllib.loads(blocks("Webhooks", "toml")[0])["webhooks"]["intranet"]
    setting = Settings.model_validate({"webhooks": {"intranet": {**hook, "secret": secret}}}).webhooks["intranet"]
    assert set(setting.events) == set(ANNOUNCED) == set(EventType) - {EventType.TEST}
    example: dict[str, Any] = {"__name__": "example"}
    exec(compile(blocks("Webhooks", "python")[0], "docs/integrate.md", "exec"), example)
    monkeypatch.setattr(example["Receiver"], "log_message", lambda *_: None)
    client = httpx.Client()
    body, now = b'{"type":"coverage.changed","data":{"sections":["duties"]}}', int(time.time())
    with example["HTTPServer"](("127.0.0.1", 0), example["Receiver"]) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/"

        def sent(stamp: int, content: bytes = body) -> int:
            return client.post(url, headers=signed_headers(setting, "msg_1", stamp, body), content=content).status_code

        with contextlib.redirect_stdout(io.StringIO()) as printed:
            statuses = [sent(now), sent(now), sent(now - 400), sent(now, body.replace(b"duties", b"topics"))]
        server.shutdown()
    client.close()
    assert statuses == [204, 204, 400, 400]
    assert printed.getvalue() == "coverage.changed {'sections': ['duties']}\n"


def test_the_commands_and_times_of_webhooks_are_those_of_the_program() -> None:
    names = {each.name for each in commands.registered_groups if each.name == "webhooks"}
    told = [line.split()[1:3] for text in blocks("Webhooks") for line in text.strip().splitlines()]
    group = next(each.typer_instance for each in commands.registered_groups if each.name == "webhooks")
    assert group is not None
    assert {name for _, name in told} <= {each.name for each in group.registered_commands}
    assert names == {each for each, _ in told}
    assert (5, 300, 1800, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24))) == DELAYS_S
    assert "5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours" in PAGE


def test_no_example_of_the_page_is_left_out() -> None:
    tests = Path(__file__).read_text(encoding="utf-8")
    for section in re.findall(r"^## (.+)$", PAGE, re.MULTILINE):
        part = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
        for language in {name for name, _ in BLOCK.findall(part)}:
            call = f'blocks("{section}", "{language}")' if language else f'blocks("{section}")'
            assert call in tests, call
