"""The command line over an assistant that plays back what it is given."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assistant.bootstrap
from assistant.answering.screening.screen import screen
from assistant.cli import globals_last, run
from assistant.errors import LibraryEmpty
from assistant.model import Level, Outcome, Question, Screened, Signposted
from assistant.settings import Settings
from tests import outcomes


class PlayedLibrary:
    """A snapshot with one edition."""

    def editions(self):
        return (outcomes.EDITION,)

    def known(self):
        return (outcomes.REVIEW,)


class PlayedAssistant:
    """Answers with the outcome of the class and remembers what it was asked."""

    outcome: ClassVar[Outcome] = outcomes.answered()
    urgent: ClassVar[Signposted | None] = None
    is_empty: ClassVar[bool] = False
    asked: ClassVar[list[Question]] = []
    seen: ClassVar[list[Settings]] = []

    def __init__(self, settings: Settings, progress: object = None) -> None:
        self.settings = settings
        type(self).seen.append(settings)

    @property
    def embedder(self):
        from tests.fakes import FakeEmbedder

        return FakeEmbedder()

    @contextmanager
    def opened(self) -> Iterator[PlayedLibrary]:
        if self.is_empty:
            raise LibraryEmpty("data: nothing has been ingested yet. Run `assistant ingest PATH...`.")
        yield PlayedLibrary()

    def ask_over(self, question: Question, snapshot: PlayedLibrary, *, screening: Screened) -> Outcome:
        type(self).asked.append(question)
        return self.outcome

    def screen(self, question: Question) -> Screened:
        return Screened(question.text)

    def card_for(self, screening: Screened) -> Signposted | None:
        return self.urgent


@pytest.fixture
def played(monkeypatch):
    class Played(PlayedAssistant):
        asked: ClassVar[list[Question]] = []
        seen: ClassVar[list[Settings]] = []

    for name in ("ASSISTANT_DATA", "ASSISTANT_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(assistant.bootstrap, "Assistant", Played)
    return Played


@pytest.mark.parametrize(
    ("outcome", "code"), [(outcomes.answered(), 0), (outcomes.refused(), 3), (outcomes.signposted(), 4)]
)
def test_the_exit_code_tells_the_outcome(played, capsys, outcome, code):
    played.outcome = outcome
    assert run(["ask", "Q?", "--json"]) == code
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["outcome"] == type(outcome).__name__.lower()


def test_text_goes_to_standard_output_alone(played, capsys):
    assert run(["ask", "Q?"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("ANSWER")
    assert shown.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "here", "ask", "Q?"],
        ["ask", "Q?", "--data", "here"],
        ["ask", "--data=here", "Q?"],
        ["--data=here", "ask", "Q?", "--json"],
    ],
)
def test_the_data_folder_may_be_named_before_or_after_the_command(played, capsys, arguments):
    assert run(arguments) == 0
    assert played.seen[0].data == Path("here")


def test_the_data_folder_of_the_environment_gives_way_to_the_option(played, capsys, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATA", "there")
    assert run(["ask", "Q?"]) == run(["ask", "Q?", "--data", "here"]) == 0
    assert [each.data for each in played.seen] == [Path("there"), Path("here")]


def test_options_narrow_the_question(played, capsys):
    options = ["--kind", "policy", "--kind", "strategy", "--document", "policy-2026", "--as-at", "2025-01-31"]
    assert run(["ask", "Q?", *options]) == 0
    (question,) = played.asked
    assert question.kinds == ("policy", "strategy")
    assert question.editions == ("policy-2026",)
    assert str(question.as_at) == "2025-01-31"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "Q?", "--kind", "rumour"], "legislation, statutory_guidance, guidance, policy"),
        (["ask", "Q?", "--document", "nowhere"], "There are: policy-2026"),
        (["ask", "Q?", "--document", "review-2025"], "not ingested"),
        (["ask", "Q?", "--as-at", "31 January"], "2025-01-31"),
        (["ask"], "Missing argument"),
        (["ask", "Q?", "--nonsense"], "No such option"),
        (["aks", "Q?"], "ask"),
    ],
)
def test_a_mistake_of_the_caller_ends_with_two_and_says_what_there_is(played, capsys, arguments, message):
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.out == ""


def test_no_command_shows_the_help(capsys):
    assert run([]) == 2
    assert "Usage: assistant" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        "",
        "fetch",
        "ingest",
        "documents",
        "documents list",
        "documents show",
        "documents remove",
        "status",
        "check",
        "ask",
        "search",
        "chat",
        "eval",
        "eval validate",
    ],
)
def test_every_help_teaches_by_example(capsys, command):
    assert run([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"assistant {command}".strip() in shown.split("Usage:")[1].split("\n", 1)[1]


def test_a_fault_is_one_line_without_a_traceback(played, capsys):
    played.is_empty = True
    assert run(["ask", "Q?"]) == 1
    assert capsys.readouterr().err == (
        "assistant: data: nothing has been ingested yet. Run `assistant ingest PATH...`.\n"
    )


def test_debug_shows_where_a_fault_arose(played):
    played.is_empty = True
    with pytest.raises(LibraryEmpty):
        run(["ask", "Q?", "--debug"])


def test_an_urgent_question_gets_its_card_even_where_nothing_was_ingested(played, capsys):
    played.is_empty = True
    played.urgent = outcomes.signposted()
    assert run(["ask", "Q?"]) == 4
    shown = capsys.readouterr()
    assert shown.out.startswith("A CHILD MAY BE IN DANGER NOW")
    assert "nothing has been ingested" in shown.err


@pytest.mark.parametrize("arguments", [["--json"], ["--json", "--write"]])
def test_no_fault_and_no_usage_error_holds_back_the_card(played, capsys, monkeypatch, arguments):
    def fails(self, question, snapshot, screening):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(played, "ask_over", fails)
    played.urgent = outcomes.signposted()
    assert run(["ask", "Q?", *arguments]) == 4
    assert json.loads(capsys.readouterr().out)["outcome"] == "signposted"


def test_an_urgent_question_that_is_too_long_is_not_looked_up(played, capsys, monkeypatch):
    monkeypatch.setattr(played, "screen", lambda self, question: Screened(question.text, (), Level.ACT_NOW, "too_long"))
    played.urgent = outcomes.signposted()
    assert run(["ask", "Q?"]) == 4
    assert (played.asked, capsys.readouterr().err) == ([], "")


def test_the_card_is_shown_once_and_before_the_rest(played, capsys):
    played.urgent = played.outcome = outcomes.signposted(outcomes.answered())
    assert run(["ask", "Q?"]) == 4
    shown = capsys.readouterr().out
    assert shown.count("A CHILD MAY BE IN DANGER NOW") == 1
    assert shown.index("DANGER") < shown.index("ANSWER")


def test_an_interrupt_is_told_and_ends_with_130(played, capsys, monkeypatch):
    def interrupted(self, question, snapshot, screening):
        raise KeyboardInterrupt

    monkeypatch.setattr(played, "ask_over", interrupted)
    assert run(["ask", "Q?"]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_a_chat_hands_earlier_turns_on_and_ends_at_quit(played, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("First?\n\nand then?\n/sources\n/quit\nnever asked\n"))
    assert run(["chat"]) == 0
    assert [each.text for each in played.asked] == ["First?", "and then?"]
    assert played.asked[0].history == ()
    assert [each.role for each in played.asked[1].history] == ["user", "assistant"]
    assert "1. Local policy (policy, draft)" in capsys.readouterr().out


def test_a_chat_starts_afresh_and_ends_with_its_input(played, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("First?\n/new\n/sources\nSecond?\n"))
    assert run(["chat"]) == 0
    assert played.asked[1].history == ()
    assert "No sources." in capsys.readouterr().out


def test_writing_is_asked_for_by_its_option_alone(played, monkeypatch):
    monkeypatch.setenv("ASSISTANT_LANGUAGE_MODEL", '{"name": "m", "base_url": "http://127.0.0.1:9/v1"}')
    assert run(["ask", "Q?"]) == run(["ask", "Q?", "--write"]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("First?\n"))
    assert run(["chat", "--write"]) == 0
    assert [each.is_written for each in played.asked] == [False, True, True]


@pytest.mark.parametrize("command", [["ask", "Q?", "--write"], ["chat", "--write"]])
def test_writing_without_a_model_is_told_with_its_fix(played, capsys, command):
    assert run(command) == 1
    assert "Set language_model (docs/models.md" in capsys.readouterr().err
    assert played.asked == []


def test_what_stands_after_a_lone_dash_pair_is_not_an_option():
    assert globals_last(["ask", "--", "--data"]) == ["ask", "--", "--data"]
    assert globals_last(["--data", "d", "ask", "--", "-x"]) == ["ask", "--data", "d", "--", "-x"]


@given(st.lists(st.sampled_from(["ask", "Q?", "--json", "-k", "3", "documents"])), st.integers(0, 6))
def test_moving_the_options_keeps_every_other_word_in_order(words, place):
    given_words = [*words[:place], "--data", "d", *words[place:]]
    assert globals_last(given_words) == ([*words, "--data", "d"] if words else [])


@pytest.mark.parametrize(
    ("is_terminal", "shown"), [(True, "name “Zofia Kowalczyk”, phone number “07700 900123”"), (False, "")]
)
def test_the_words_that_were_masked_are_shown_on_the_terminal_of_the_one_who_typed_alone(
    played, capsys, monkeypatch, is_terminal, shown
):
    typed = "Zofia  Kowalczyk, ring 07700 900123: who chairs the conference?"
    monkeypatch.setattr(played, "screen", lambda self, question: screen(question, Settings()))
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)
    assert run(["ask", typed]) == 0
    said = capsys.readouterr()

    assert said.err == (
        f"Removed before searching: {shown}. Only you see these words, and only now: they are not stored.\n"
        if shown
        else ""
    )
    assert "Kowalczyk" not in said.out
