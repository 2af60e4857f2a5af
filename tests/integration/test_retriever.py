"""The LangChain retriever finds what the search of the assistant finds."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from assistant.answering.search import search
from assistant.bootstrap import Assistant
from assistant.errors import UsageError
from assistant.model import Question
from assistant.settings import Settings
from ingest.build import ingest

CATALOGUE = """
[[edition]]
edition_id = "gates-2024"
work = "gates"
title = "Gates"
kind = "guidance"
path = "old.md"
in_force_from = 2024-01-01

[[edition]]
edition_id = "gates-2025"
work = "gates"
title = "Gates, new"
kind = "policy"
path = "new.md"
in_force_from = 2025-01-01
supersedes = "gates-2024"

[[edition]]
edition_id = "inner"
work = "inner"
title = "Inner gates"
kind = "policy"
path = "inner.md"
groups = ["keepers"]
"""
ASKED = "who closes the gates at night"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("retriever")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "catalogue.toml").write_text(CATALOGUE)
    for name, who in (("old", "porter"), ("new", "warden"), ("inner", "keeper")):
        (documents / f"{name}.md").write_text(f"# Gates\n\n## At night\n\nThe {who} closes the gates at night.\n")
    made = Assistant(Settings(data=Path(folder / "data")))
    ingest((documents,), made.library, made.embedder, made.settings)
    return made


def test_it_finds_what_the_search_finds_in_the_same_order(assistant):
    found = assistant.retriever(k=5).invoke(ASKED)
    with assistant.opened() as snapshot:
        hits = search(Question(ASKED), snapshot, assistant.resources, 5).hits
    assert [each.metadata["passage_id"] for each in found] == [each.passage.passage_id for each in hits]
    assert [each.metadata["score"] for each in found] == [each.score for each in hits]


def test_a_document_says_where_it_is_from_in_plain_values(assistant):
    (found,) = assistant.retriever(k=1).invoke(ASKED)
    assert "The warden closes the gates at night." in found.page_content
    told = json.loads(json.dumps(found.metadata))
    assert (told["edition_id"], told["title"], told["kind"]) == ("gates-2025", "Gates, new", "policy")
    assert told["headings"] == ["Gates", "At night"]
    assert (told["pages"], told["page_labels"]) == ([1], ["1"])


def ids(assistant, **scope):
    return {each.metadata["edition_id"] for each in assistant.retriever(**scope).invoke(ASKED)}


def test_filters_dates_and_groups_hold(assistant):
    assert ids(assistant) == {"gates-2025"}
    assert ids(assistant, as_at=date(2024, 6, 1)) == {"gates-2024"}
    assert ids(assistant, groups=("keepers",)) == {"gates-2025", "inner"}
    assert ids(assistant, groups=("others",), editions=("inner",)) == set()
    assert ids(assistant, kinds=("guidance",)) == set()


def test_it_runs_asynchronously_and_in_a_chain(assistant):
    retriever = assistant.retriever(k=2)
    assert asyncio.run(retriever.ainvoke(ASKED)) == retriever.invoke(ASKED)
    chain = retriever | RunnableLambda(lambda found: len(found))
    assert chain.batch([ASKED, ASKED]) == [1, 1]


def test_personal_details_are_masked_before_the_search(assistant):
    named = "who closes the gates at night, call 07700 900123"
    plain = assistant.retriever(k=1).invoke("who closes the gates at night, call [phone]")
    masked = assistant.retriever(k=1).invoke(named)
    assert masked[0].metadata["passage_id"] == plain[0].metadata["passage_id"]
    with assistant.opened() as snapshot:
        assert "07700" not in search(Question(named), snapshot, assistant.resources, 1).standalone


def test_wrong_questions_and_settings_are_refused(assistant):
    with pytest.raises(UsageError):
        assistant.retriever().invoke(" ")
    with pytest.raises(UsageError):
        assistant.retriever().invoke("a" * 2001)
    with pytest.raises(ValidationError):
        assistant.retriever(limit=3)
