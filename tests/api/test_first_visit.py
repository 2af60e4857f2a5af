"""The first page: questions that the documents answer, how far answers can be trusted, and notices said once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from api.asking import examples
from api.asking.examples import MOST_EXAMPLES, Examples, everyday_questions
from api.web.source_lines import edition_line, source_tags
from assistant.bootstrap import Assistant
from assistant.editions.status import editions_with_status
from assistant.model import Edition, EditionId, Form, Kind, Question
from assistant.operations.scorecard import MEASURED_BEFORE, NOT_MEASURED, Scorecard, fingerprints_of
from assistant.settings import Settings
from tests.api.conftest import QUESTION, Served
from tests.libraries import folder_copied


@pytest.fixture(scope="module")
def writable(own_data: Path, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    data = folder_copied(own_data, tmp_path_factory.mktemp("first") / "data", left_out="records.sqlite*")
    assistant = Assistant(Settings(data=data))
    assistant.embedder = served.assistant.embedder  # loaded once
    return assistant


def test_the_questions_offered_are_asked_first_and_kept_for_the_next_start(
    writable: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "_known", {})
    finding = Examples(writable)
    assert finding.now() == ()  # found in the background: nobody waits
    finding.close()
    finding = Examples(writable)
    finding.find()
    offered = finding.now()
    assert 3 <= len(offered) <= MOST_EXAMPLES
    assert all(writable.ask(Question(each)).statements for each in offered if each in everyday_questions())
    monkeypatch.setattr(examples, "_known", {})
    monkeypatch.setattr(Examples, "_found", lambda *_: pytest.fail("asked again"))
    assert Examples(writable).now() == offered


def test_the_first_page_says_that_it_can_be_wrong_and_whether_that_was_measured(
    writable: Assistant, serve: Callable[..., Served], tmp_path: Path
) -> None:
    with writable.opened() as snapshot:
        prints = fingerprints_of(snapshot, writable.resources)
    card = Scorecard(date="2026-05-01", questions="own", set_digest="x", fingerprints=prints, asked=140, wrong=5,
                     wrong_upper=0.08, leaks=0)  # fmt: skip
    path = tmp_path / "card.json"
    path.write_text(card.model_dump_json(), encoding="utf-8")
    page = serve(scorecard=path).client.get("/").text
    assert "It can be wrong: check the source before you act." in page
    assert "When last measured, on 1 May 2026, 5 of 140 questions got a wrong answer." in page
    stale = card.model_copy(update={"fingerprints": prints.model_copy(update={"index": "another"})})
    path.write_text(stale.model_dump_json(), encoding="utf-8")
    assert MEASURED_BEFORE in serve(scorecard=path).client.get("/").text
    path.write_text("{", encoding="utf-8")
    assert NOT_MEASURED in serve(scorecard=path).client.get("/").text


def test_a_notice_about_a_document_is_said_once_in_a_conversation_and_stays_at_its_source(served: Served) -> None:
    client = served.client
    talk = client.post("/v1/conversations").json()["conversation_id"]
    said = [
        client.post(f"/v1/conversations/{talk}/messages", json={"question": text}).json() for text in [QUESTION] * 2
    ]
    texts = {each["text"] for one in said for each in one["outcome"]["notices"] if each["code"] == "summary"}
    assert texts
    page = client.get(f"/conversations/{talk}").text
    for text in texts:
        assert page.count(f"Note:</strong> {text}") == 1
    second = client.get(f"/conversations/{talk}/messages/{said[1]['record_id']}").text
    assert not any(f"Note:</strong> {text}" in second for text in texts)
    assert '<span class="tag warn">Summary</span>' in second


def test_thanks_get_a_sentence_on_the_page_and_no_refusal(served: Served) -> None:
    client = served.client
    asked = client.post("/ask", data={"question": "brilliant, thanks!"})
    assert "You are welcome." in asked.text
    assert not re.search(r'class="(refusal|verdict)"|Report a gap|Was this useful', asked.text)
    said = client.post("/v1/ask", json={"question": "good morning"}).json()["outcome"]
    assert (said["outcome"], said["reason"], said["contact"], said["trace"]["hits"]) == (
        "refused",
        "courtesy",
        None,
        [],
    )


def test_what_a_source_line_says_of_an_edition_and_its_notice_agree() -> None:
    def edition(name: str, year: int, supersedes: str | None = None, form: Form = Form.OFFICIAL) -> Edition:
        old = EditionId(supersedes) if supersedes else None
        return Edition(
            EditionId(name), "kites", f"Kites {year}", Kind.GUIDANCE, "Us", in_force_from=date(year, 1, 1), supersedes=old,
            form=form,
        )  # fmt: skip

    rows = editions_with_status(
        (edition("k-23", 2023), edition("d-25", 2025, form=Form.DRAFT)),
        (edition("k-26", 2026, "k-23"),),
        date(2026, 5, 1),
    )
    found = {str(each.edition.edition_id): each for each in rows}
    line = edition_line(found["k-23"], "k-23")
    assert line == "Edition k-23, in force from 1 January 2023 until 1 January 2026, when Kites 2026 replaced it"
    assert source_tags(found["k-23"], Form.OFFICIAL) == (("Replaced", True),)
    assert source_tags(found["d-25"], Form.DRAFT) == (("Draft", True),)
    assert edition_line(None, "gone") == "Edition gone, no longer in the library"
