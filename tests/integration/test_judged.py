"""That a judge is asked as it should be: a scripted model on loopback proves the plumbing, never quality."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from assistant.errors import ConfigurationError
from assistant.settings_serving import JudgeSetting
from evals.judge import Sample, is_installed, judged
from tests.fakes import FakeEmbedder

pytestmark = [
    pytest.mark.skipif(not is_installed(), reason="ragas is not installed (extra evals)"),
    pytest.mark.filterwarnings("ignore"),
]
SAMPLE = Sample(
    "q1", "How soon?", "Within six weeks.", "Within six weeks.", ("It is within six weeks.",), ("six weeks",)
)


def instance(schema: dict[str, Any], defs: dict[str, Any]) -> Any:
    """Returns the smallest value of a JSON schema: one item, text x, number 1, rating 4."""
    if "$ref" in schema:
        return instance(defs[schema["$ref"].rsplit("/", 1)[1]], defs)
    if schema.get("type") == "object":
        return {name: 4 if name == "rating" else instance(each, defs) for name, each in schema["properties"].items()}
    if schema.get("type") == "array":
        return [instance(schema["items"], defs)]
    return {"string": "x", "integer": 1, "number": 1.0, "boolean": True}[schema["type"]]


class Scripted(BaseHTTPRequestHandler):
    """Answers every request with an instance of the schema that it carries, or with 500."""

    status = 200
    seen: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.seen.append(body["model"])
        text = "\n".join(each["content"] for each in body["messages"])
        place = re.search(r'\{\s*"(\$defs|description|properties)"', text)
        schema = (
            json.JSONDecoder().raw_decode(text[place.start() :])[0] if place else {"type": "object", "properties": {}}
        )
        content = json.dumps(instance(schema, schema.get("$defs", {})))
        message = {"role": "assistant", "content": content}
        answer = {
            "id": "1", "object": "chat.completion", "created": 0, "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }  # fmt: skip
        self.send_response(self.status)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def judge() -> Iterator[JudgeSetting]:
    Scripted.status, Scripted.seen = 200, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield JudgeSetting(model="scripted-1", base_url=f"http://127.0.0.1:{server.server_port}/v1")
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_judged_score_is_asked_of_the_judge_and_names_it(judge: JudgeSetting) -> None:
    scores = judged([SAMPLE], judge, FakeEmbedder())
    assert [each.name for each in scores] == [
        "faithfulness", "response relevancy", "context precision", "context recall", "answer accuracy",
    ]  # fmt: skip
    assert all(each.mean.of == 1 and "scripted-1" in each.note for each in scores)
    assert set(Scripted.seen) == {"scripted-1"}


def test_a_judge_that_fails_is_a_fault_with_the_question_and_never_a_score(judge: JudgeSetting) -> None:
    Scripted.status = 400
    with pytest.raises(ConfigurationError, match="q1: the judge cannot be asked"):
        judged([SAMPLE], judge, FakeEmbedder())
