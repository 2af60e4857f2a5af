from __future__ import annotations

import time

import pytest

from assistant.answering.screening.courtesy import Courtesy, courtesy_of
from assistant.answering.screening.screen import screen
from assistant.model import Level, Question, Turn
from assistant.settings import Settings

THANKS = """thanks|Thank you so much!|thx|ty|cheers mate|Ta very much|thnaks|thankyou|Thanks, that's really helpful|ok thanks
brilliant|That's exactly what I needed, thank you!|Thanks for your help|many thanks|much appreciated|👍|🙏🏽🙏|thanks 😊
You're a star|well done|understood, thanks|thanks all|Thank you for getting back to me|thaaanks|thanks a million|thank u
Thank you very much for all your help today|No that's all thanks|That answers my question|Thanks [name]|noted with thanks
I just wanted to say thank you|thank you, that is very clear|Goodbye, and thanks|Thanks again, have a lovely weekend"""
GREETINGS = """hi|Hello|hey there|Good morning|hiya!|hello, how are you?|Hi, hope you are well|is anyone there?|hello?|who are you?
are you a robot|what can you do?|morning all|heyyy|helo|Hi [name]|hi I'm [name]|Hello, can I ask a question?|hello assistant"""
FAREWELLS = "bye|see you later|have a good one|all the best|Kind regards, [name]|have a nice evening then"
QUESTIONS = """who do I tell|thanks, but who do I tell?|hi, a child told me something|hello I need help|ok so what do we do|why|no|yes
is it ok to share|thanks what about neglect|good practice|morning sickness|good enough parenting|hi what are the timescales
who is the lado|take care proceedings|what is care|right to refuse|team around the child|hope the child is well|please help"""
ALARMS = """hello he is hitting me|Goodbye everyone, I'm sorry|goodbye everyone|goodbye cruel world|bye forever|I want to say goodbye
thanks for everything, I can't go on|ok he's gone|I'm done|that's it I'm done bye|hello my dad hurts me|hey she took pills
is anyone there I'm scared|Thanks 😭 she's dead|🆘|love you all goodbye|thanks for nothing he hit her again|thank god she is safe"""


def listed(text: str) -> list[str]:
    return [each for line in text.splitlines() for each in line.split("|")]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [(THANKS, Courtesy.THANKS), (GREETINGS, Courtesy.GREETING), (FAREWELLS, Courtesy.FAREWELL)],
    ids=["thanks", "greetings", "farewells"],
)
def test_thanks_and_greetings_are_told_in_the_words_that_people_use(texts: str, kind: Courtesy) -> None:
    assert [each for each in listed(texts) if courtesy_of(each) is not kind] == []


@pytest.mark.parametrize("texts", [QUESTIONS, ALARMS], ids=["questions", "alarms"])
def test_one_other_word_makes_a_message_no_courtesy(texts: str) -> None:
    assert [each for each in listed(texts) if courtesy_of(each) is not None] == []


@pytest.mark.parametrize("before", ["thanks so much. ", "hello, hope you are well! "])
def test_an_urgent_message_is_urgent_however_politely_it_begins(before: str) -> None:
    screened = screen(Question(f"{before}he is strangling her right now"), Settings())
    assert (screened.level, screened.route == "courtesy") == (Level.ACT_NOW, False)


def test_a_follow_up_leans_on_the_question_and_not_on_the_thanks_after_it() -> None:
    history = (
        Turn("user", "What is early help?"),
        Turn("assistant", "Support for a family."),
        Turn("user", "brilliant, thanks"),
        Turn("assistant", "You are welcome."),
    )
    screened = screen(Question("and who offers it?", history=history), Settings())
    assert [each.content for each in screened.history] == ["What is early help?", "Support for a family."]
    assert screen(Question("cheers!", history=history), Settings()).route == "courtesy"


@pytest.mark.parametrize("piece", ["thanks ", "so really very ", "hi you ", "that is so very ", "👍"])
def test_repeated_courtesy_stays_quick(piece: str) -> None:
    start = time.process_time()
    courtesy_of((piece * 2000)[:2000])
    courtesy_of(piece * 12 + "child")
    assert time.process_time() - start < 0.5
