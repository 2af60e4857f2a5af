import pytest

from assistant.answering.screening.languages import alarm_level, language_of
from assistant.answering.screening.screen import screen
from assistant.answering.screening.word_lists import table
from assistant.messages import LANGUAGES
from assistant.model import Level, Question
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dziecko nie oddycha, co mam zrobić?", "pl"),
        ("Mae'r babi ddim yn anadlu, beth dwi fod i wneud?", "cy"),
        ("بچہ سانس نہیں لے رہا، میں کیا کروں", "ur"),
        ("الطفل لا يتنفس ماذا أفعل", "ar"),
        ("Дитина не дихає, що робити?", "uk"),
        ("Copilul nu respiră, ce trebuie să fac acum?", "ro"),
        ("বাচ্চা শ্বাস নিচ্ছে না, কী করব?", "bn"),
        ("ਬੱਚਾ ਸਾਹ ਨਹੀਂ ਲੈ ਰਿਹਾ", "pa"),
        ("Ilmaha ma neefsanayo, waa maxay waxaa la sameeyo hadda?", "so"),
    ],
)
def test_a_word_of_alarm_in_another_language_has_the_card_of_act_now(text, code):
    screened = screen(Question(text), Settings())
    assert (screened.level, screened.language) == (Level.ACT_NOW, code)


@pytest.mark.parametrize(
    "text",
    [
        "Gdzie są zasady na temat dokumentów dotyczące dziecka?",
        "Sut mae cael copi o bolisi diogelu'r ysgol yn Gymraeg?",
    ],
)
def test_a_question_in_another_language_without_alarm_has_no_card_and_is_recognised(text):
    assert alarm_level(text) is Level.LOOK_UP
    assert language_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "How long may an assessment take?",
        "Who chairs the conference, and what does the chair do?",
        "Zofia Kowalczyk and her mother",
        "Is the Siarad Plant form used in Wales?",
        "what age can la do a s47 for a cp plan",
        "faca tinda socorro",
    ],
)
def test_english_is_not_taken_for_another_language(text):
    assert (language_of(text), alarm_level(text)) == ("", Level.LOOK_UP)


def test_every_language_that_is_recognised_has_a_name():
    assert {code.split("-")[0] for code in table("languages.toml")} <= set(LANGUAGES)


@pytest.mark.parametrize(
    "text",
    [
        "tata bije mame",
        "Mama nie oddycha pomocy",
        "mae dad yn bwrw mam gyda cyllell",
        "tata o bate pe mama cu cutitul",
        "papa frappe maman il a un couteau",
        "mi papa le está pegando a mi mama",
        "abbu ammi ko maar rahe hain",
        "baba 3am yidrab mama",
        "papa byet mamu pomogite",
        "тато б'є маму",
        "أبي يضرب أمي الآن",
        "पापा मम्मी को मार रहे हैं",
        "爸爸在打妈妈",
        "babam annemi dovuyor bicak var",
        "meu pai está batendo na minha mãe",
        "baba e rreh mamin ka thike",
        "bố đang đánh mẹ",
        "амма не дихає",
        "amma ke martese churi niye",
        "apám veri anyámat",
        "dziecko polknelo tabletki",
    ],
)
def test_short_alarms_are_recognised_with_and_without_accents_and_in_latin_letters(text):
    assert alarm_level(text) is Level.ACT_NOW


@pytest.mark.parametrize(
    "text",
    [
        "Jaka jest polityka szkoły w sprawie bezpieczeństwa?",
        "Quelle est la politique de l'école?",
        "Wo finde ich die Regeln zum Kinderschutz?",
        "school ki policy kya hai bachon ke liye",
        "яка політика школи щодо захисту дітей",
        "ما هي سياسة المدرسة لحماية الأطفال",
    ],
)
def test_a_policy_question_in_another_language_has_no_card(text):
    assert alarm_level(text) is Level.LOOK_UP


def test_a_play_in_another_language_is_told_and_not_happening():
    assert alarm_level("În piesa noastră de teatru tatăl o bate pe mama") is Level.ACT_TODAY
