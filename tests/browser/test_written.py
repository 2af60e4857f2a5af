"""The switch "written, quoted" on the page, with a scripted language model behind the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.settings.language_model import LanguageModelSetting
from tests.api.loopback import listening
from tests.browser.asking import QUESTION, ask, faults
from tests.browser.conftest import Open
from tests.model_server import Body, Reply, ScriptedModel, claims, data_of, serving

LIMIT = (
    "An assessment should take no longer than 45 working days from the point of referral to reach a decision on "
    "next steps."
)


def right(body: Body) -> Reply:
    token = next(each["token"] for each in data_of(body)["passages"] if LIMIT in each["text"])
    return Reply(claims((LIMIT, token, LIMIT)), pause_s=0.01)


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with serving() as found:
        found.plays(right)
        yield found


@pytest.fixture(scope="module")
def writing(assistant: Assistant, model: ScriptedModel) -> Iterator[str]:
    setting = LanguageModelSetting(name="scripted-1", base_url=model.base_url)
    found = Assistant(assistant.settings.model_copy(update={"language_model": setting}))
    found.embedder = assistant.embedder  # loaded once
    with listening(create_app(found)) as address:
        yield address


def test_a_written_answer_is_chosen_checked_and_shown_with_its_quote(open_page: Open, writing: str) -> None:
    page = open_page(at=writing)
    expect(page.get_by_label("Quoted: word for word from the documents")).to_be_checked()
    page.get_by_label("Written: by a language model").check()
    answer = ask(page, QUESTION)
    expect(answer.locator(".verdict")).to_have_text("Written answer, checked against the documents")
    expect(answer.locator(".statement")).to_contain_text(LIMIT)
    expect(answer.locator(".citation blockquote")).to_contain_text("45 working days")
    expect(answer).to_contain_text("Written by the language model scripted-1")
    assert faults(page) == []


def test_the_choice_stays_with_the_conversation_and_quoted_is_a_click_away(
    open_page: Open, writing: str, model: ScriptedModel
) -> None:
    page = open_page(at=writing)
    page.get_by_label("Written: by a language model").check()
    ask(page, QUESTION)
    page.reload()
    expect(page.get_by_label("Written: by a language model")).to_be_checked()
    model.plays(right)
    page.get_by_label("Quoted: word for word from the documents").check()
    answer = ask(page, QUESTION)
    expect(answer.locator(".verdict")).to_have_text("Answer from the documents")
    assert model.seen == []


def test_the_switch_fits_a_narrow_screen(open_page: Open, writing: str) -> None:
    page = open_page(at=writing, viewport={"width": 320, "height": 700})
    assert faults(page) == []


def test_without_a_model_there_is_no_switch(open_page: Open) -> None:
    assert open_page().get_by_label("Written: by a language model").count() == 0
