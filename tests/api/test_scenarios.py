"""Scenarios over the API: who may, what comes, what stays, what is kept of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.scenarios.editing.recipe import recipe_from
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from ingest.build import ingest
from tests.api.conftest import Served
from tests.api.entered import PUBLIC, Entered
from tests.model_server import Body, Reply, ScriptedModel, data_of, serving

Object = dict[str, Any]
HERE = "/v1/scenarios"
OWN = "Rain falls on the playground.\n\nNobody has come, and Mrs Sarah Thompson rings 01632 960123."
MASKED = "Rain falls on the playground.\n\nNobody has come, and [name] rings [phone number]."


class Trainer:
    """Somebody with a key, asking for scenarios."""

    def __init__(self, studio: Entered, *roles: Role, groups: tuple[str, ...] = ()) -> None:
        self.studio = studio
        self.secret = studio.key(*(roles or (Role.TRAINER,)), groups=groups)

    def asks(self, method: str, path: str, status: int = 200, **more: Any) -> Any:
        told = self.studio.asks(self.secret, method, HERE + path, **more)
        assert told.status_code == status, told.text
        return told

    def posts(self, path: str, body: Object, status: int = 200, **params: str) -> Object:
        found: Object = self.asks("POST", path, status, json=body, params=params).json()
        return found

    def draws(self, theme: str = "neglect", seed: int = 11, **more: Any) -> Object:
        return self.posts("", {"theme": theme, "seed": seed, **more})

    def with_words(self, drawn: Object, number: int, text: str) -> Object:
        words = {"title": None, "stages": [{"number": number, "text": text}]}
        return {**drawn["recipe"], "words": words}


@pytest.fixture
def trainer(studio: Entered) -> Trainer:
    return Trainer(studio)


def stages(made: Object) -> list[str]:
    return [each["text"] for each in made["scenario"]["stages"]]


def same(made: Object, other: Object) -> bool:
    """Returns whether two scenarios are one to the letter; what was asked for may be named more closely."""
    return {**made["scenario"], "request": None} == {**other["scenario"], "request": None}


def names(made: Object) -> set[str]:
    return {each["name"] for each in made["scenario"]["people"]}


def parts(made: Object) -> set[tuple[str, str]]:
    return {pair for each in made["scenario"]["stages"] for pair in each["fragments"].items()}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/themes"), ("POST", ""), ("POST", "/redraw"), ("POST", "/variant"), ("POST", "/set"), ("POST", "/again"),
        ("POST", "/file?ending=md"), ("POST", "/kept"), ("GET", "/kept"), ("GET", "/kept/x"), ("DELETE", "/kept/x"),
        ("POST", "/kept/x/feedback"),
    ],
)  # fmt: skip
def test_only_trainers_and_administrators_draw(studio: Entered, method: str, path: str) -> None:
    for role in (Role.PRACTITIONER, Role.POLICY):
        assert studio.asks(studio.key(role), method, HERE + path, json={}).status_code == 403
    assert studio.asks(studio.key(Role.ADMIN), method, HERE + path, json={}).status_code != 403


def test_only_the_policy_role_sees_feedback(studio: Entered) -> None:
    assert studio.asks(studio.key(Role.TRAINER), "GET", f"{HERE}/feedback").status_code == 403
    assert studio.asks(studio.key(Role.POLICY), "GET", f"{HERE}/feedback").status_code == 200


def test_the_same_number_gives_the_same_scenario_and_its_quotes_stand_where_they_say(trainer: Trainer) -> None:
    first, second = trainer.draws(), trainer.draws()
    assert first == second
    scenario = first["scenario"]
    assert scenario["expectations"]
    for each in scenario["expectations"]:
        citation = each["citation"]
        place = f"/v1/documents/{citation['edition_id']}/pages/{citation['pages'][0]}"
        page = trainer.studio.asks(trainer.secret, "GET", place).json()
        assert " ".join(citation["parts"][-1]["quote"].split()) in " ".join(
            json.dumps(page, ensure_ascii=False).split()
        )
    assert trainer.draws(seed=12)["scenario"]["stages"] != scenario["stages"]


def test_a_review_finding_is_no_duty(trainer: Trainer) -> None:
    found = [
        e for theme in ("neglect", "intrafamilial-sexual-abuse") for e in trainer.draws(theme)["scenario"]["pitfalls"]
    ]
    assert found
    assert {each["citation"]["kind"] for each in found} == {"learning_review"}
    assert not {each["strength"] for each in found} & {"must", "should", "may"}


def test_what_the_documents_lack_goes_to_the_coverage_report(trainer: Trainer) -> None:
    lacking = [each["asks"] for each in trainer.draws()["scenario"]["lacking"]]
    assert lacking
    imported = {each.question: each for each in trainer.studio.assistant.question_store.imported()}
    assert set(lacking) <= set(imported)
    assert imported[lacking[0]].source == "scenario"


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"theme": "neglekt"}, "no such theme"),
        ({"agencies": ["florists"]}, "no such agency"),
        ({"setting": "circus"}, "no such setting"),
        ({"age_band": "90_99"}, "age_band"),
        ({"difficulty": "fiendish"}, "difficulty"),
        ({"length": "endless"}, "length"),
        ({"aims": ["fame"]}, "no such aim"),
        ({"seed": 500_000_000}, "not a seed"),
        ({"setting": "nursery", "age_band": "16_17"}, "no setting fits"),
        ({"kept": {"opening": "gone"}}, "no fragment gone"),
        ({"kept": {"ending": "o01"}}, "is invalid"),
    ],
)
def test_what_there_is_not_is_said(trainer: Trainer, wish: Object, told: str) -> None:
    problem = trainer.posts("", {"theme": "neglect", **wish}, 422)
    assert problem["type"].endswith(":usage")
    assert told in problem["detail"]


@pytest.mark.parametrize(
    "wish", [{"colour": "red"}, {"seed": -1}, {"seed": "x"}, {"agencies": "police"}, {"aims": [1]}]
)
def test_what_is_no_request_is_said(trainer: Trainer, wish: Object) -> None:
    assert trainer.posts("", {"theme": "neglect", **wish}, 422)["type"].endswith(":invalid")


def test_own_words_are_masked_and_that_is_told_and_expectations_stay(trainer: Trainer) -> None:
    drawn = trainer.draws()
    made = trainer.posts("/again", trainer.with_words(drawn, 2, OWN))
    assert stages(made)[1] == MASKED
    assert set(made["masked"]) == {"phone", "name"}
    assert made["scenario"]["edited"] == [2]
    assert made["scenario"]["expectations"] == drawn["scenario"]["expectations"]
    assert "Thompson" not in json.dumps(made)
    again = trainer.posts("/again", made["recipe"])
    assert same(again, made)
    assert again["masked"] == []


@pytest.mark.parametrize(
    ("text", "told"), [("He was stabbed.", "stabbed"), (" \n ", "empty"), ("word " * 900, "too long")]
)
def test_words_that_cannot_stand_are_refused(trainer: Trainer, text: str, told: str) -> None:
    assert told in trainer.posts("/again", trainer.with_words(trainer.draws(), 1, text), 422)["detail"]


def test_words_too_close_to_a_review_are_refused(trainer: Trainer) -> None:
    taken = "A nursery, a health visitor and a housing officer each held one piece of information."
    problem = trainer.posts("/again", trainer.with_words(trainer.draws(), 1, taken), 422)
    assert problem["type"].endswith(":too_close")
    assert "recognise itself" in problem["detail"]


def test_locked_stages_stay_to_the_letter_and_the_rest_is_new(trainer: Trainer) -> None:
    drawn = trainer.posts("/again", trainer.with_words(trainer.draws(), 2, OWN))
    new = trainer.posts("/redraw", {"recipe": drawn["recipe"], "locked": [1, 2], "seed": 4242})
    assert stages(new)[:2] == stages(drawn)[:2]
    assert [each["questions"] for each in new["scenario"]["stages"][:2]] == [
        each["questions"] for each in drawn["scenario"]["stages"][:2]
    ]
    assert not set(stages(new)[2:]) & set(stages(drawn)[2:])
    assert names(new) & names(drawn)
    others = trainer.posts(
        "/redraw", {"recipe": trainer.draws()["recipe"], "locked": [1], "keeps_people": False, "seed": 4242}
    )
    assert not names(others) & names(drawn)
    assert others["scenario"]["stages"][0]["fragments"] == drawn["scenario"]["stages"][0]["fragments"]


def test_own_words_hold_the_people_that_they_name(trainer: Trainer) -> None:
    recipe = trainer.with_words(trainer.draws(), 2, OWN)
    problem = trainer.posts("/redraw", {"recipe": recipe, "locked": [2], "keeps_people": False}, 422)
    assert "Stage 2" in problem["detail"]
    assert "no such stage" in trainer.posts("/redraw", {"recipe": recipe, "locked": [9]}, 422)["detail"]


@pytest.mark.parametrize("field", ["unlike", "agencies", "aims"])
def test_an_empty_word_in_a_list_is_told_where_it_stands(trainer: Trainer, field: str) -> None:
    recipe = trainer.draws()["recipe"]
    changed = (
        {**recipe, "unlike": [""]} if field == "unlike" else {**recipe, "request": {**recipe["request"], field: [""]}}
    )
    problem = trainer.posts("/redraw", {"recipe": changed, "locked": [1], "keeps_people": False}, 422)
    assert field in problem["errors"][0]["where"]


def test_a_saved_recipe_with_an_empty_name_still_opens(trainer: Trainer) -> None:
    recipe = trainer.draws()["recipe"]
    assert recipe_from({**recipe, "unlike": ["", "Ada"]}).unlike == ("Ada",)


@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_a_twist_comes_and_goes_and_leaves_the_rest(trainer: Trainer, length: str) -> None:
    drawn = trainer.draws(length=length, twist=False)
    every = [each["number"] for each in drawn["scenario"]["stages"]]
    turned = trainer.posts("/redraw", {"recipe": drawn["recipe"], "locked": every, "twist": True})
    new = [each for each in turned["scenario"]["stages"] if each["text"] not in stages(drawn)]
    assert [list(each["fragments"]) for each in new] == [["turn"]]
    hard = trainer.posts("/redraw", {"recipe": drawn["recipe"], "locked": [], "difficulty": "hard", "seed": 3})
    assert hard["scenario"]["request"]["difficulty"] == "hard"


def test_what_is_not_locked_comes_from_other_parts_whatever_the_seed(trainer: Trainer) -> None:
    drawn = trainer.draws(length="brief")
    stay = {each for each in parts(drawn) if each[0] in ("household", "opening")}
    for seed in (int(drawn["recipe"]["request"]["seed"]), *range(0, 60, 5)):
        again = trainer.posts("/redraw", {"recipe": drawn["recipe"], "locked": [1], "seed": seed})
        assert parts(again) & parts(drawn) == stay
        assert same(trainer.posts("/again", again["recipe"]), again)


def test_a_brief_scenario_has_two_stages_and_no_room_for_a_twist(trainer: Trainer) -> None:
    drawn = trainer.draws(length="brief", difficulty="hard")
    assert [list(each["fragments"]) for each in drawn["scenario"]["stages"]] == [
        ["household", "opening"],
        ["history", "dilemma", "pressure"],
    ]
    assert drawn["scenario"]["request"]["twist"] is False
    problem = trainer.posts("/redraw", {"recipe": drawn["recipe"], "locked": [1], "twist": True}, 422)
    assert "no room for a twist" in problem["detail"]
    assert parts(trainer.posts("/redraw", {"recipe": drawn["recipe"], "locked": [1, 2]})) == parts(drawn)


def test_other_groups_share_the_decision_and_no_name(trainer: Trainer) -> None:
    first = trainer.draws()
    second = trainer.posts("/variant", first["recipe"])
    third = trainer.posts("/variant", second["recipe"])
    assert parts(first) & parts(second) & parts(third) == {each for each in parts(first) if each[0] == "dilemma"}
    assert len(names(first) | names(second) | names(third)) == sum(len(names(e)) for e in (first, second, third))
    assert same(trainer.posts("/again", third["recipe"]), third)
    far = {**first["recipe"], "request": {**first["recipe"]["request"], "variant": 19}}
    assert "at most 20 groups" in trainer.posts("/variant", far, 422)["detail"]


def test_a_course_repeats_no_part_and_no_name_and_each_can_be_made_again(trainer: Trainer) -> None:
    body = {"count": 4, "themes": ["neglect", "missing"], "length": "short", "seed": 5}
    found = trainer.posts("/set", body)["scenarios"]
    assert [each["scenario"]["request"]["theme"] for each in found] == ["neglect", "missing"] * 2
    everybody = [name for each in found for name in names(each)]
    everything = [part for each in found for part in parts(each) if part[0] not in ("opening", "dilemma")]
    assert len(everybody) == len(set(everybody))
    assert len(everything) == len(set(everything))
    assert same(trainer.posts("/again", found[3]["recipe"]), found[3])
    assert "from 1 to 12" in trainer.posts("/set", {**body, "count": 13}, 422)["detail"]


def test_files_open_and_participants_get_nothing_that_answers(trainer: Trainer) -> None:
    drawn = trainer.draws()
    recipe = trainer.with_words(drawn, 2, OWN)
    quote = drawn["scenario"]["expectations"][0]["citation"]["quote"]
    for version, is_told in (("facilitator", True), ("participant", False)):
        for ending in ("docx", "pdf", "md", "json"):
            told = trainer.asks("POST", "/file", json=recipe, params={"ending": ending, "version": version})
            assert told.headers["content-disposition"] == (
                f'attachment; filename="scenario-neglect-11-{version}.{ending}"'
            )
            text = " ".join(text_of(told.content, ending).split())
            assert "Nobody has come, and" in text
            assert "Thompson" not in text
            assert (quote[:40] in text) is is_told, (ending, version)
    assert "unknown file format" in trainer.posts("/file", recipe, 422, ending="exe")["detail"]


def text_of(content: bytes, ending: str) -> str:
    if ending == "docx":
        return "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    if ending == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode().replace("\\n\\n", "\n\n").replace("\\[", "[")


def test_a_kept_scenario_opens_as_it_was_and_is_nobody_elses(trainer: Trainer, studio: Entered) -> None:
    drawn = trainer.posts("/again", trainer.with_words(trainer.draws(), 2, OWN))
    kept = trainer.posts("/kept", {"recipe": drawn["recipe"]}, 201)
    place = f"/kept/{kept['scenario_id']}"
    opened = trainer.asks("GET", place).json()
    assert same(opened["made"], drawn)
    assert opened["made"]["changed"] == []
    assert [each["scenario_id"] for each in trainer.asks("GET", "/kept").json()["scenarios"]] == [kept["scenario_id"]]

    other = Trainer(studio)
    other.asks("GET", place, 404)
    other.asks("DELETE", place, 404)
    other.posts(f"{place}/feedback", {"score": 1}, 404)
    other.posts("/kept", {"recipe": drawn["recipe"], "scenario_id": kept["scenario_id"]}, 404)
    assert other.asks("GET", "/kept").json() == {"scenarios": []}

    another = trainer.draws(seed=12)
    trainer.posts("/kept", {"recipe": another["recipe"], "scenario_id": kept["scenario_id"]}, 201)
    assert same(trainer.asks("GET", place).json()["made"], another)
    trainer.asks("DELETE", place, 204)
    trainer.asks("DELETE", place, 404)
    trainer.asks("GET", place, 404)


def test_what_is_kept_holds_no_personal_detail(trainer: Trainer, studio: Entered) -> None:
    told = trainer.posts("/kept", {"recipe": trainer.with_words(trainer.draws(), 2, OWN)}, 201)
    assert set(told["masked"]) == {"name", "phone"}
    owner = studio.asks(trainer.secret, "GET", "/v1/me").json()["user_id"]
    (kept,) = studio.assistant.scenario_store.scenarios(owner)
    assert "[phone number]" in json.dumps(kept.recipe)
    assert "Thompson" not in json.dumps(kept.recipe)


def test_other_documents_or_parts_since_it_was_kept_are_told(trainer: Trainer) -> None:
    recipe = {**trainer.draws()["recipe"], "fingerprint": "another"}
    assert trainer.posts("/again", recipe)["changed"] == ["documents"]
    assert trainer.posts("/again", {**recipe, "grammar": "another"})["changed"] == ["grammar", "documents"]
    assert trainer.posts("/again", trainer.posts("/again", recipe)["recipe"])["changed"] == []


def test_feedback_is_masked_and_told_to_the_policy_team_without_who_gave_it(trainer: Trainer, studio: Entered) -> None:
    kept = trainer.posts("/kept", {"recipe": trainer.draws()["recipe"]}, 201)
    place = f"/kept/{kept['scenario_id']}"
    given = trainer.posts(f"{place}/feedback", {"score": 4, "note": "Jane Smith rang 01632 960123."}, 201)
    assert given["note"] == "[name] rang [phone number]."
    assert [each["score"] for each in trainer.asks("GET", place).json()["feedback"]] == [4]
    trainer.posts(f"{place}/feedback", {"score": 6}, 422)

    trainer.asks("DELETE", place, 204)
    told = studio.asks(studio.key(Role.POLICY), "GET", f"{HERE}/feedback")
    assert given in told.json()["feedback"]
    owner = studio.asks(trainer.secret, "GET", "/v1/me").json()["user_id"]
    assert owner not in told.text
    assert kept["scenario_id"] not in told.text


def test_feedback_comes_page_by_page(trainer: Trainer, studio: Entered) -> None:
    place = f"/kept/{trainer.posts('/kept', {'recipe': trainer.draws()['recipe']}, 201)['scenario_id']}/feedback"
    for score in (1, 2, 3):
        trainer.posts(place, {"score": score}, 201)
    secret, seen, after = studio.key(Role.POLICY), [], ""
    for _ in range(50):
        params = {"limit": 2, **({"after": after} if after else {})}
        told = studio.asks(secret, "GET", f"{HERE}/feedback", params=params).json()
        seen += [each["feedback_id"] for each in told["feedback"]]
        after = told["next_after"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) >= 3


def test_one_takes_out_and_erases_what_one_keeps(trainer: Trainer, studio: Entered) -> None:
    kept = trainer.posts("/kept", {"recipe": trainer.draws()["recipe"]}, 201)
    trainer.posts(f"/kept/{kept['scenario_id']}/feedback", {"score": 2, "note": "Wagtail"}, 201)
    rows = [json.loads(line) for line in studio.asks(trainer.secret, "GET", "/v1/me/export").text.splitlines()]
    assert {"scenario", "scenario_feedback"} <= {each["type"] for each in rows}
    assert studio.asks(trainer.secret, "DELETE", "/v1/me").json() == {"rows": 2}
    assert trainer.asks("GET", "/kept").json() == {"scenarios": []}
    assert "Wagtail" not in studio.asks(studio.key(Role.POLICY), "GET", f"{HERE}/feedback").text


def test_the_audit_log_tells_what_was_done_and_no_word(trainer: Trainer, studio: Entered) -> None:
    drawn = trainer.posts("/again", trainer.with_words(trainer.draws(), 2, OWN))
    trainer.asks("POST", "/file", json=drawn["recipe"], params={"ending": "md"})
    trainer.posts("/kept", {"recipe": drawn["recipe"]}, 201)
    lines = studio.assistant.access_store.audit_lines(limit=3)
    assert [each.action for each in lines] == ["scenario"] * 3
    assert [each.what.split()[0] for each in lines] == ["kept", "file", "drawn"]
    cited = {each["citation"]["edition_id"] for each in drawn["scenario"]["expectations"]}
    assert cited <= set(lines[2].editions)
    assert not any("Rain" in each.what for each in lines)


def test_drawing_counts_like_a_question(entered: Entered) -> None:
    secret = entered.key(Role.TRAINER)
    told = [
        entered.asks(secret, "POST", HERE, json={"theme": "neglect", "length": "short"}).status_code for _ in range(5)
    ]
    assert told == [200] * 4 + [429]


def test_a_language_model_has_to_be_set_up(trainer: Trainer) -> None:
    problem = trainer.posts("", {"theme": "neglect", "write": True}, 422)
    assert problem["type"].endswith(":no_model")
    assert "docs/models.md" in problem["detail"]


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with serving() as found:
        yield found


def test_what_a_language_model_tells_is_in_the_recipe(model: ScriptedModel, serve: Callable[..., Served]) -> None:
    def retold(body: Body) -> Reply:
        told = [{**each, "text": each["text"].replace(". ", ". Then, ", 1)} for each in data_of(body)["stages"][:1]]
        return Reply(json.dumps({"stages": told}))

    model.plays(retold)
    client = serve(language_model={"name": "scripted-1", "base_url": model.base_url}).client
    drawn = client.post(HERE, json={"theme": "neglect", "seed": 11, "write": True}).json()
    assert (drawn["scenario"]["written_by"], drawn["scenario"]["edited"]) == ("scripted-1", [1])
    model.plays()
    again = client.post(f"{HERE}/again", json=drawn["recipe"]).json()
    assert again["scenario"]["stages"] == drawn["scenario"]["stages"]
    assert again["scenario"]["written_by"] == "scripted-1"


RESTRICTED = """# Zanzibar neglect procedure

## Neglect

Neglect may involve a parent or carer failing to provide Zanzibar clothing, food and shelter for a child.

When the indicators of neglect are subtle and build up over time, Zanzibar practitioners should keep one chronology.

In neglect cases, the test of whether improvements in adult behaviour are enough is the Zanzibar test: they must be sustained.
"""
CATALOGUE = """
[[edition]]
edition_id = "hidden"
work = "hidden"
title = "Zanzibar neglect procedure"
kind = "policy"
path = "hidden.md"
groups = ["inner"]
"""


def test_a_restricted_document_is_quoted_to_its_group_alone(
    served: Served, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hidden")
    (folder / "documents").mkdir()
    (folder / "documents" / "hidden.md").write_text(RESTRICTED)
    (folder / "documents" / "catalogue.toml").write_text(CATALOGUE)
    access = AccessSetting(keys=True, public_url=PUBLIC, asks_per_minute=1000)
    assistant = Assistant(Settings(data=folder / "data", access=access))
    assistant.embedder = served.assistant.embedder  # loaded once
    ingest((folder / "documents",), assistant.library, assistant.embedder, assistant.settings)
    with TestClient(create_app(assistant), base_url=PUBLIC) as client:
        shelf = Entered(client.app, client, assistant)  # type: ignore[arg-type]
        for order in (("inner",), ()), ((), ("inner",)):
            for groups in order:
                found = [Trainer(shelf, groups=groups).draws(seed=seed, length="long") for seed in range(6)]
                assert ("Zanzibar" in json.dumps(found)) is bool(groups), groups
