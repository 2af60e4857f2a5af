"""The scenario pages by plain forms, as a browser without script sends them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient
from httpx import Response

from assistant.model.people import Role
from tests.api.entered import Entered, token_in

OWN = "Rain falls on the playground, and Mrs Sarah Thompson rings 01632 960123."
MASKED = "Rain falls on the playground, and [name] rings [phone number]."


@pytest.fixture
def browser(studio: Entered) -> TestClient:
    return studio.browser(studio.key(Role.TRAINER))


def sends(browser: TestClient, path: str, **fields: Any) -> Response:
    return browser.post(path, data={**fields, "csrf": token_in(browser.get("/scenarios").text)})


def draws(browser: TestClient, **wishes: Any) -> Response:
    return sends(browser, "/scenarios", **{"theme": "neglect", "seed": "11", **wishes})


def fields_of(page: Response) -> dict[str, Any]:
    """Returns what the form of a scenario carries."""
    whole = page.text
    return {
        "recipe": unescape(re.findall(r'name="recipe" value="([^"]*)"', whole)[0]),
        "title": unescape(re.findall(r'name="title" value="([^"]*)"', whole)[0]),
        "text": [unescape(each) for each in re.findall(r'name="text"[^>]*>\n?(.*?)</textarea>', whole, re.DOTALL)],
        "questions": [unescape(each) for each in re.findall(r'name="questions"[^>]*>\n?(.*?)</textarea>', whole, re.DOTALL)],
    }  # fmt: skip


def told(page: Response) -> list[str]:
    return [unescape(each) for each in re.findall(r'<p class="told">(.*?)</p>', page.text, re.DOTALL)]


def test_only_trainers_come_here_and_are_shown_the_way(studio: Entered) -> None:
    for role in (Role.PRACTITIONER, Role.POLICY):
        other = studio.browser(studio.key(role))
        assert other.get("/scenarios").status_code == 403
        assert 'href="/scenarios"' not in other.get("/help").text
    assert 'href="/scenarios"' in studio.browser(studio.key(Role.TRAINER)).get("/help").text


def test_a_theme_offers_only_what_goes_with_it(browser: TestClient) -> None:
    page = browser.get("/scenarios?theme=babies").text
    assert "Under 1" in page
    assert "16 and 17" not in page
    assert 'value="college"' not in page
    assert 'name="theme" value="neglect"' in browser.get("/scenarios?theme=none").text


def test_what_does_not_go_together_is_said_beside_the_form_with_what_was_chosen(browser: TestClient) -> None:
    page = draws(browser, setting="nursery", age_band="16_17", agency=["police"], seed="77")
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert "no setting fits" in page.text
    assert re.search(r'value="police" checked', page.text)
    assert 'value="77"' in page.text


def test_a_twist_is_offered_where_there_is_room_for_one(browser: TestClient) -> None:
    assert "Add a twist" in draws(browser, length="short").text
    brief = draws(browser, length="brief", difficulty="hard")
    assert 'id="stage-2"' in brief.text
    assert 'id="stage-3"' not in brief.text
    assert "a twist" not in brief.text
    assert "no room for a twist" in draws(browser, length="brief", twist="yes").text


def test_a_scenario_names_itself_fictional_before_all_else(browser: TestClient) -> None:
    page = draws(browser)
    assert page.status_code == 200
    whole = page.text
    places = [whole.index(each) for each in ("Fictional.", "Content note:", "Who is who", "Stage 1:", "Marking key")]
    assert places == sorted(places)
    assert "Not in the documents" in whole
    assert re.search(r'href="/documents/[^"]+/pages/\d+\?span=\d+-\d+', whole)


def test_words_are_masked_kept_by_every_step_and_told(browser: TestClient) -> None:
    page = draws(browser)
    fields = fields_of(page)
    fields["text"][1] = OWN
    page = sends(browser, "/scenarios/edit", **fields, act="words", people="true")
    assert MASKED in told(page)
    assert "Personal details were removed" in page.text
    assert "Thompson" not in page.text
    for act in ("participant", "facilitator"):
        carried = {"recipe": fields_of(page)["recipe"]} if 'name="text"' in page.text else {"recipe": recipe_in(page)}
        page = sends(browser, "/scenarios/edit", **carried, act=act)
        assert MASKED in told(page)
    page = sends(browser, "/scenarios/edit", **fields_of(page), act="redraw", lock=["2"], people="true")
    assert MASKED in told(page)
    assert re.search(r'name="lock" value="2" checked', page.text)
    before = set(told(draws(browser)))
    assert not before & set(told(page))


def recipe_in(page: Response) -> str:
    return unescape(re.findall(r'name="recipe" value="([^"]*)"', page.text)[0])


def test_participants_see_nothing_that_answers(browser: TestClient) -> None:
    page = sends(browser, "/scenarios/edit", recipe=recipe_in(draws(browser)), act="participant")
    assert "For participants" in page.text
    assert told(page) == told(draws(browser))
    for each in ("What good practice looks like", "Marking key", "Not in the documents", 'class="quoted"', "<textarea"):
        assert each not in page.text


@pytest.mark.parametrize("text", ["He was stabbed.", ""])
def test_words_that_cannot_stand_come_back_with_what_is_wrong(browser: TestClient, text: str) -> None:
    fields = fields_of(draws(browser))
    fields["text"][0] = text
    fields["text"][1] = "Rain falls on the playground."
    for path in ("/scenarios/edit", "/scenarios/file?ending=docx"):
        page = sends(browser, path, **fields, act="keep")
        assert page.status_code == 422
        assert "There is a problem" in page.text
        assert fields_of(page)["text"][:2] == [text, "Rain falls on the playground."]
        assert "Rain falls" not in " ".join(told(page))


@pytest.mark.parametrize(
    "recipe",
    [
        "", "[]", "{", '{"request": {"theme": "neglect"}, "more": 1}', '{"request": {"theme": "none"}}',
        '{"request": {"theme": "neglect", "kept": {"opening": "gone"}}}', '{"request": {"theme": ["neglect"]}}',
        '{"request": {"theme": "neglect", "seed": 1e400}}', "x" * 100_001,
    ],
)  # fmt: skip
def test_a_recipe_is_not_trusted(browser: TestClient, recipe: str) -> None:
    page = sends(browser, "/scenarios/edit", recipe=recipe, act="words")
    assert page.status_code == 422
    assert "Sorry, that did not work" in page.text


def test_another_site_cannot_send_the_form(browser: TestClient) -> None:
    body = {"theme": "neglect", "csrf": token_in(browser.get("/scenarios").text)}
    assert browser.post("/scenarios", data=body, headers={"origin": "https://evil.example"}).status_code == 403
    assert browser.post("/scenarios", data={"theme": "neglect"}).status_code == 403


def test_twist_and_other_groups_are_a_button_away(browser: TestClient) -> None:
    fields = fields_of(draws(browser))
    page = sends(browser, "/scenarios/edit", **fields, act="twist")
    assert set(fields["text"]) < set(fields_of(page)["text"])
    assert "Remove the twist" in page.text
    page = sends(browser, "/scenarios/edit", **fields, act="variant")
    assert "group 2" in page.text
    assert not set(told(draws(browser))) & set(told(page))


def test_it_is_kept_opened_saved_again_spoken_of_and_deleted(browser: TestClient, studio: Entered) -> None:
    fields = fields_of(draws(browser))
    fields["text"][1] = OWN
    place = sends(browser, "/scenarios/edit", **fields, act="keep").headers["location"]
    page = browser.get(place)
    assert "The scenario has been saved. Personal details in your text were removed." in page.text
    assert MASKED in told(page)
    name = place.partition("?")[0].rpartition("/")[2]
    fields = {**fields_of(page), "title": "A title of mine", "kept": name}
    assert sends(browser, "/scenarios/edit", **fields, act="keep_over").headers["location"].startswith(place[:40])
    assert browser.get("/scenarios/kept").text.count("A title of mine") == 2
    for path, act in (("/scenarios/edit", "redraw"), ("/scenarios/file?ending=docx", "words")):
        wrong = sends(browser, path, **{**fields, "text": ["", *fields["text"][1:]]}, act=act)
        assert (wrong.status_code, f'name="kept" value="{name}"' in wrong.text) == (422, True)
    said = sends(browser, f"/scenarios/kept/{name}/feedback", score="4", note="Sarah Thompson liked it")
    assert "4 of 5. [name] liked it" in unescape(browser.get(said.headers["location"]).text)
    read = studio.browser(studio.key(Role.POLICY)).get("/scenarios/feedback").text
    assert "[name] liked it" in read
    assert (name in read, "Thompson" in read) == (False, False)
    assert browser.get("/scenarios/feedback").status_code == 403
    assert "A title of mine" in browser.get(f"/scenarios/kept/{name}/delete").text
    assert sends(browser, f"/scenarios/kept/{name}/delete").status_code == 303
    assert browser.get(f"/scenarios/kept/{name}").status_code == 404
    assert "You have not saved any scenarios yet" in browser.get("/scenarios/kept").text


def test_a_kept_scenario_says_what_has_changed_since(browser: TestClient, studio: Entered) -> None:
    recipe = {**json.loads(recipe_in(draws(browser))), "fingerprint": "another", "grammar": "another"}
    page = sends(browser, "/scenarios/edit", recipe=json.dumps(recipe), act="words")
    assert "The documents have changed since this was saved" in page.text
    assert "The story fragments have changed" in page.text


def test_a_course_is_listed_opened_and_downloaded(browser: TestClient) -> None:
    wishes = {"count": "3", "themes": ["neglect", "missing"], "length": "short", "seed": "5"}
    page = sends(browser, "/scenarios/set", **wishes)
    assert page.text.count('name="recipe"') == 3
    assert "Stage 1:" in sends(browser, "/scenarios/edit", recipe=recipe_in(page), act="facilitator").text
    archives = [sends(browser, "/scenarios/set.zip", **wishes).content for _ in range(2)]
    with zipfile.ZipFile(io.BytesIO(archives[0])) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        titles = [docx.Document(io.BytesIO(archive.read(name))).paragraphs[0].text for name in names]
    assert [name[:2] for name in names] == ["01", "01", "02", "02", "03", "03"]
    assert all(title in unescape(page.text) for title in titles)
    page = sends(browser, "/scenarios/set", **{**wishes, "count": "13"})
    assert page.status_code == 422
    assert "from 1 to 12" in page.text
