"""Training scenarios from ingested files to what a trainer holds: every expectation is found where it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from assistant.bootstrap import Assistant
from assistant.cli import run
from assistant.editions.library_view import LibraryView
from assistant.errors import TooClose, UsageError
from assistant.model import Kind
from assistant.model.scenario import Length, ScenarioRequest, Slot
from assistant.scenarios.editing.edit import Edits, apply_edits
from assistant.scenarios.editing.recipe import request_keeping
from assistant.scenarios.editing.retelling import retell
from assistant.scenarios.expectations import NO_REVIEW, citations_in
from assistant.scenarios.grammar.themes import read_grammar
from assistant.scenarios.make import SOURCE, ScenarioContext, make_scenario, make_set, report_gaps, variant_for_group
from assistant.scenarios.prepare import prepare
from assistant.scenarios.story.closeness import closest_passage
from assistant.scenarios.story.tell import ToldStage
from assistant.settings import Settings
from assistant.text.quote_matching import holds
from evals.scenarios.distinct import names_of, narrative, similarity, stories
from tests.data_folders import INVENTED, DataFolders
from tests.fakes_model import FakeModel
from tests.libraries import folder_copied

Said = pytest.CaptureFixture[str]
TODAY = date(2026, 11, 27)
NEGLECT = ScenarioRequest("neglect", seed=11)
THEMES = [each.theme_id for each in read_grammar().themes]


@pytest.fixture(scope="module")
def data(data_folders: DataFolders) -> Path:
    """Returns a data folder with the project's own documents and the invented ones."""
    return data_folders.copy(INVENTED)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a data folder with one guidance that says little, and no learning review."""
    found = tmp_path_factory.mktemp("bare")
    (found / "guide.md").write_text("# Guide\n\nThe school should keep a list of its keys.\n")
    assert run(["--data", str(found / "data"), "ingest", str(found / "guide.md")]) == 0
    return found / "data"


@pytest.fixture(scope="module")
def assistant(data: Path) -> Assistant:
    return Assistant(Settings(data=data))


@pytest.fixture
def maker(assistant: Assistant) -> Iterator[ScenarioContext]:
    with assistant.opened() as snapshot:
        yield assistant.scenario_context(LibraryView(snapshot, None, TODAY))


@pytest.mark.parametrize("theme", ["neglect", "intrafamilial-sexual-abuse", "information-sharing"])
def test_every_citation_stands_word_for_word_on_the_pages_that_it_names(theme: str, maker: ScenarioContext) -> None:
    count = 0
    for seed in range(4):
        scenario = make_scenario(ScenarioRequest(theme, seed=seed, length=tuple(Length)[seed]), maker)
        numbers = {number for stage in scenario.stages for number in stage.expectations}
        assert numbers == {each.number for each in scenario.expectations}
        for citation in citations_in(scenario.expectations, scenario.pitfalls):
            text = maker.snapshot.text(citation.edition.edition_id)
            pages = maker.snapshot.pages(citation.edition.edition_id)
            for part in citation.parts:
                assert text[part.span.start : part.span.end] == part.quote
                on = [page for page in pages if page.number in part.pages]
                assert holds(text[min(page.start for page in on) : max(page.end for page in on)], part.quote)
            count += 1
    assert count > 10


def test_an_expectation_answers_a_question_that_the_ask_line_answers_and_a_gap_one_that_it_refuses(
    maker: ScenarioContext, assistant: Assistant
) -> None:
    from assistant.model import Answered, Question, Refused

    scenario = make_scenario(NEGLECT, maker)
    assert scenario.expectations
    assert scenario.gaps
    for each in scenario.expectations:
        outcome = assistant.ask_over(Question(each.asks), maker.snapshot)
        assert isinstance(outcome, Answered)
        assert outcome.citations[0].quote == each.citation.quote
    for question in (*(gap.asks for gap in scenario.gaps), *(point.asks for point in scenario.open_points)):
        assert isinstance(assistant.ask_over(Question(question), maker.snapshot), Refused)
    assert len(scenario.open_points) == 2


def test_pitfalls_are_findings_of_reviews_and_never_a_duty(maker: ScenarioContext) -> None:
    found = [
        pitfall
        for theme in ("intrafamilial-sexual-abuse", "neglect", "information-sharing", "domestic-abuse")
        for pitfall in make_scenario(ScenarioRequest(theme, seed=2), maker).pitfalls
    ]
    assert found
    assert all(each.citation.edition.kind is Kind.LEARNING_REVIEW and each.citation.duty is None for each in found)


def test_a_library_that_says_nothing_gives_gaps_and_no_invention(bare: Path) -> None:
    assistant = Assistant(Settings(data=bare))
    with assistant.opened() as snapshot:
        scenario = make_scenario(NEGLECT, assistant.scenario_context(LibraryView(snapshot, None, TODAY)))
    assert scenario.expectations == ()
    assert scenario.pitfalls == ()
    assert scenario.pitfalls_note == NO_REVIEW
    assert len(scenario.gaps) >= 4
    assert scenario.aims == ()


def test_gaps_are_kept_for_coverage_once(maker: ScenarioContext, assistant: Assistant) -> None:
    scenario = make_scenario(NEGLECT, maker)
    assert report_gaps(scenario, assistant.question_store, TODAY) == len(scenario.gaps)
    assert report_gaps(scenario, assistant.question_store, date(2026, 12, 1)) == 0
    kept = [each.question for each in assistant.question_store.imported() if each.source == SOURCE]
    assert set(kept) >= {gap.asks for gap in scenario.gaps}


def test_a_variant_keeps_the_decision_and_shares_nothing_else(maker: ScenarioContext) -> None:
    first = make_scenario(NEGLECT, maker)
    second = variant_for_group(first, 1, maker)
    own = [dict(stage.fragments) for stage in first.stages]
    other = [dict(stage.fragments) for stage in second.stages]
    assert {s[Slot.DILEMMA] for s in own if Slot.DILEMMA in s} == {s[Slot.DILEMMA] for s in other if Slot.DILEMMA in s}
    shared = {pair for s in own for pair in s.items()} & {pair for s in other for pair in s.items()}
    assert {slot for slot, _ in shared} == {Slot.DILEMMA}
    assert not {p.name for p in first.people} & {p.name for p in second.people}


def test_a_set_repeats_no_fragment_and_no_name(maker: ScenarioContext) -> None:
    found = list(make_set(NEGLECT, 6, ("neglect", "missing"), maker))
    used = [f"{s}/{n}" for each in found for stage in each.stages for s, n in stage.fragments.items()
            if each.request.theme == "neglect"]  # fmt: skip
    pools = [f"{s}/{n}" for each in found for stage in each.stages for s, n in stage.fragments.items()
             if s in (Slot.HOUSEHOLD, Slot.HISTORY, Slot.PRESSURE)]  # fmt: skip
    assert len(used) == len(set(used))
    assert len(pools) == len(set(pools))
    names = [person.name for each in found for person in each.people]
    assert len(names) == len(set(names))
    with pytest.raises(UsageError, match="is left that was not used"):
        list(make_set(NEGLECT, 40, ("neglect",), maker))


def test_locked_stages_stay_to_the_letter_and_the_rest_is_drawn_anew(maker: ScenarioContext) -> None:
    first = make_scenario(NEGLECT, maker)
    again = make_scenario(request_keeping(first, (1, 3), 99, keeps_people=True), maker)
    assert [again.stages[n].text == first.stages[n].text for n in range(4)] == [True, False, True, False]
    assert again.people[0] == first.people[0]


def test_an_edit_is_masked_and_kept_and_reaches_no_expectation(maker: ScenarioContext) -> None:
    scenario = make_scenario(NEGLECT, maker)
    name = scenario.people[0].name
    text = f"{name} is met by Mrs Hargreaves of 3 Elm Close. Nobody else knows."
    found = apply_edits(scenario, Edits(texts={2: text}, questions={2: ["What now?"]}), maker)
    assert found.scenario.stages[1].text.startswith(f"{name} is met by [name] of [address]")
    assert found.scenario.stages[1].questions == ("What now?",)
    assert set(found.masked) == {"name", "address"}
    assert found.scenario.edited == (2,)
    assert found.scenario.expectations == scenario.expectations
    assert apply_edits(scenario, Edits(), maker).scenario == scenario


def test_words_of_a_learning_review_are_too_close(maker: ScenarioContext) -> None:
    review = next(each for each in maker.answering if each.edition_id == "invented-learning-review")
    passage = max(maker.snapshot.passages_of(review.edition_id), key=lambda each: len(each.text))
    scenario = make_scenario(NEGLECT, maker)
    with pytest.raises(TooClose, match="a family could recognise itself"):
        apply_edits(scenario, Edits(texts={1: passage.text[:1500]}), maker)


def test_a_story_of_the_grammar_is_far_from_every_review(maker: ScenarioContext) -> None:
    embedder = maker.embedder
    for theme in maker.grammar.themes:
        for story in stories(ScenarioRequest(theme.theme_id), range(3), maker.grammar):
            close = closest_passage(story.stages, story.people, maker.snapshot, maker.answering, embedder)
            assert close is not None
            assert not close.is_too_close, (theme.theme_id, close)


def test_likeness_counts_without_a_shared_word_in_a_row(maker: ScenarioContext) -> None:
    review = next(each for each in maker.answering if each.edition_id == "invented-learning-review")
    passage = max(maker.snapshot.passages_of(review.edition_id), key=lambda each: len(each.text))
    words = [word for word in passage.text.split() if re.fullmatch(r"[A-Za-z,.'’-]+", word)]
    broken = " ".join(word for place, word in enumerate(words) if place % 5)
    stage = ToldStage(Slot.OPENING, "", TODAY, broken, (), (), {})
    close = closest_passage([stage], (), maker.snapshot, maker.answering, maker.embedder)
    assert close is not None
    assert close.run == ""
    assert close.edition == review
    assert close.is_too_close


def retold(request: dict[str, Any]) -> str:
    return json.dumps({"stages": [{**each, "text": each["text"] + " Nobody hurries."} for each in request["stages"]]})


def spoilt(request: dict[str, Any]) -> str:
    told = [{**each, "text": each["text"] + " The school must ring Mr Bertram Oakes."} for each in request["stages"]]
    return json.dumps({"stages": told})


def test_a_language_model_tells_the_story_and_never_the_expectations(
    maker: ScenarioContext, assistant: Assistant
) -> None:
    scenario = make_scenario(NEGLECT, maker)
    found = retell(scenario, FakeModel([retold]), assistant.settings, maker)
    assert all(stage.text.endswith("Nobody hurries.") for stage in found.stages)
    assert found.written_by == "fake-1"
    assert found.expectations == scenario.expectations
    assert "story_written" in {each.code for each in found.notices}


@pytest.mark.parametrize("script", [spoilt, "no JSON", '{"stages": []}', None, '{"stages": [{"number": 1}]}'])
def test_a_model_that_fails_or_adds_leaves_the_story_as_drawn(
    script: Any, maker: ScenarioContext, assistant: Assistant
) -> None:
    scenario = make_scenario(NEGLECT, maker)
    found = retell(scenario, FakeModel([script]), assistant.settings, maker)
    assert found.stages == scenario.stages
    assert found.written_by == ""
    assert "story_fallback" in {each.code for each in found.notices}


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_a_thousand_seeds_give_no_two_alike(theme: str) -> None:
    found = stories(ScenarioRequest(theme), range(1000), read_grammar())
    most = similarity([narrative(each) for each in found], [names_of(each) for each in found])
    assert most.most < 0.5, most


def test_the_command_writes_each_kind_of_file(data: Path, tmp_path: Path, capsys: Said) -> None:
    for ending in ("docx", "pdf", "md", "json"):
        path = tmp_path / f"s.{ending}"
        wanted = ["scenario", "--theme", "neglect", "--agency", "school", "--seed", "7", "--out", str(path)]
        assert run(["--data", str(data), *wanted]) == 0
        assert "seed 7" in capsys.readouterr().err
    assert docx.Document(str(tmp_path / "s.docx")).paragraphs[0].text.startswith("Neglect: ")
    assert PdfReader(tmp_path / "s.pdf").metadata.title.startswith("Neglect: ")
    assert json.loads((tmp_path / "s.json").read_text())["request"]["agencies"] == ["education"]


def test_preparing_asks_everything_once_and_says_what_each_theme_finds(bare: Path, tmp_path: Path) -> None:
    unasked = folder_copied(bare, tmp_path / "data", left_out="records.sqlite*")
    assistant = Assistant(Settings(data=unasked))
    with assistant.opened() as snapshot:
        told: list[str] = []
        whole = assistant.scenario_context(
            LibraryView(snapshot, None, TODAY), lambda stage, done, total: told.append(stage)
        )
        theme = next(each for each in whole.grammar.themes if each.theme_id == "neglect")
        maker = replace(whole, grammar=whole.grammar.model_copy(update={"themes": (theme,)}))
        (found,) = prepare(maker)
        assert (found.theme_id, found.expectations, found.pitfalls) == ("neglect", len(theme.expectation), 0)
        assert found.answered < found.expectations
        asked = len(told)
        assert asked > len(theme.expectation)
        make_scenario(NEGLECT, maker)
        assert len(told) == asked


def test_a_theme_of_ones_own_is_drawn_as_well_as_offered(data: Path, tmp_path: Path, maker: ScenarioContext) -> None:
    packaged = resources.files("assistant.scenarios.grammar") / "data" / "themes" / "neglect.toml"
    text = packaged.read_text(encoding="utf-8").replace('theme_id = "neglect"', 'theme_id = "ours"')
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    assistant = Assistant(Settings(data=data, themes=tmp_path))
    with assistant.opened() as snapshot:
        scenario = make_scenario(
            ScenarioRequest("ours", seed=3), assistant.scenario_context(LibraryView(snapshot, None, TODAY))
        )
    assert scenario.request.theme == "ours"
    assert scenario.grammar == assistant.grammar.digest != maker.grammar.digest


def test_the_command_says_what_there_is_and_what_is_wrong(data: Path, capsys: Said) -> None:
    assert run(["scenario", "themes", "--json"]) == 0
    offered = json.loads(capsys.readouterr().out)
    assert len(offered["themes"]) >= 13
    assert run(["--data", str(data), "scenario", "--theme", "weather"]) == 2
    assert "weather: no such theme" in capsys.readouterr().err
    assert run(["--data", str(data), "scenario", "--theme", "neglect", "--write"]) == 1
    assert "no language model is set up" in capsys.readouterr().err
    assert run(["--data", str(data), "scenario", "--theme", "neglect", "--out", "x.odt"]) == 2
    assert "Formats: docx, pdf, md, json" in capsys.readouterr().err


def test_the_same_seed_prints_the_same_scenario_and_participants_see_no_answer(data: Path, capsys: Said) -> None:
    wanted = ["--data", str(data), "scenario", "--theme", "missing", "--seed", "21", "--json"]
    assert run(wanted) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(wanted) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert run([*wanted, "--version", "participant"]) == 0
    participant = json.loads(capsys.readouterr().out)
    assert "expectations" not in participant
    assert [stage["text"] for stage in participant["stages"]] == [stage["text"] for stage in first["stages"]]


def test_a_set_fills_a_folder(data: Path, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "course"
    assert run(["--data", str(data), "scenario", "--set", "3", "--seed", "1", "--out", str(out)]) == 0
    assert len(list(out.glob("*.docx"))) == 3
    assert run(["--data", str(data), "scenario", "--set", "2", "--out", str(tmp_path / "a.docx")]) == 2
    assert "name a folder" in capsys.readouterr().err
