"""That a judge is asked as it should be: a scripted model on loopback proves the plumbing, never quality."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.errors import ConfigurationError
from assistant.settings.serving import JudgeSetting
from evals.scoring.ragas_scores import Sample, is_installed, judged
from tests.fakes import FakeEmbedder
from tests.model_server import Body, Reply, ScriptedModel, says, serving

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


def judging(body: Body) -> Reply:
    """Returns an instance of the schema that a request carries."""
    text = "\n".join(each["content"] for each in body["messages"])
    place = re.search(r'\{\s*"(\$defs|description|properties)"', text)
    schema = json.JSONDecoder().raw_decode(text[place.start() :])[0] if place else {"type": "object", "properties": {}}
    return Reply(json.dumps(instance(schema, schema.get("$defs", {}))))


@pytest.fixture
def server() -> Iterator[ScriptedModel]:
    with serving() as model:
        model.plays(judging)
        yield model


@pytest.fixture
def judge(server: ScriptedModel) -> JudgeSetting:
    return JudgeSetting(model="scripted-1", base_url=server.base_url)


def test_every_judged_score_is_asked_of_the_judge_and_names_it(judge: JudgeSetting, server: ScriptedModel) -> None:
    scores = judged([SAMPLE], judge, FakeEmbedder())
    assert [each.name for each in scores] == [
        "faithfulness", "response relevancy", "context precision", "context recall", "answer accuracy",
    ]  # fmt: skip
    assert all(each.mean.of == 1 and "scripted-1" in each.note for each in scores)
    assert {each["model"] for each in server.seen} == {"scripted-1"}


def test_a_judge_that_fails_is_a_fault_with_the_question_and_never_a_score(
    judge: JudgeSetting, server: ScriptedModel
) -> None:
    server.plays(says("", status=400))
    with pytest.raises(ConfigurationError, match="q1: the judge cannot be asked"):
        judged([SAMPLE], judge, FakeEmbedder())
