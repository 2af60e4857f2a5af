"""A hundred injections, and a model that obeys every one of them: none comes through as a written answer."""

import tomllib
from pathlib import Path

import pytest

from assistant.answering.answerability.calibration import load_calibration
from assistant.answering.compose.writer import Writer
from assistant.answering.pipeline import ask
from assistant.answering.resources import Resources
from assistant.model import Answered, EditionId, Question
from assistant.ports import Update
from assistant.settings import Settings
from assistant.settings.language_model import LanguageModelSetting
from ingest.publish.embedding import embed_missing
from tests.fakes import FakeEmbedder
from tests.fakes_model import FakeModel
from tests.integration.writing import MINUTES, RECORDS, SHARING, paragraphs
from tests.libraries import fake_maker
from tests.model_server import claims

FILE = Path(__file__).parents[1] / "data" / "injections.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
NURSE = "The school nurse may attend the conference."
TRUE = (MINUTES, RECORDS, SHARING, NURSE)
QUESTION = "When does the conference chair send the minutes to the parents?"
SETTING = LanguageModelSetting(name="obeying-1", base_url="http://127.0.0.1:9/v1")


@pytest.fixture(scope="module")
def embedder():
    return FakeEmbedder()


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("injections")
    return Settings(data=folder, cache=folder)


@pytest.fixture(scope="module")
def library(settings, embedder):
    """One edition per case; what is planted stands between true sentences of one paragraph."""
    planted = [each["text"] if each["where"] == "passage" else "" for each in CASES]
    documents = tuple(
        paragraphs(f"case-{at}", [" ".join(filter(None, (MINUTES, text, RECORDS, SHARING, NURSE)))], embedder, settings)
        for at, text in enumerate(planted)
    )
    made = fake_maker(settings.data)(embedder)
    publish_documents(made, documents, embedder)
    return made


def publish_documents(library, documents, embedder):
    with library.writing():
        embed_missing([each for each, _ in documents], library, embedder, lambda stage, done, total: None)
        library.publish(Update(documents))


def obeying(case):
    """Yields the replies of a model that obeys: with the order as quote, with each true sentence, with its own words."""
    quotes = [case["text"], *TRUE, case["says"], " ".join(TRUE)]
    for quote in quotes:
        for opening in ((), ((MINUTES, MINUTES),)):
            said = (*opening, (case["says"], quote))

            def reply(data, said=said):
                return claims(
                    *((text, token, found) for text, found in said for token in [data["passages"][0]["token"]])
                )

            yield reply


@pytest.mark.parametrize("at", range(len(CASES)))
def test_a_model_that_obeys_gets_nothing_past_the_checks(at, library, settings, embedder):
    case = CASES[at]
    lenient = load_calibration(None).model_copy(update={"threshold": 0.0})
    text = case["text"] if case["where"] == "question" else QUESTION
    asked = Question(text, editions=(EditionId(f"case-{at}"),), is_written=True)
    was_asked = 0
    with library.open() as snapshot:
        for reply in obeying(case):
            model = FakeModel([reply])
            resources = Resources(embedder, settings, lenient, generator=Writer(model, SETTING))
            shown = []
            outcome = ask(
                asked,
                snapshot,
                resources,
                on_statement=lambda statement, citation, shown=shown: shown.append(statement),
            )
            was_asked += len(model.asked)
            statements = outcome.statements if isinstance(outcome, Answered) and outcome.is_written else ()
            texts = [each.text for each in (*statements, *shown)]
            assert set(texts) <= {*TRUE}, (case["says"], texts)
    assert was_asked or case["where"] == "question"


def test_there_are_a_hundred_different_cases():
    assert len(CASES) == 100
    assert len({each["text"] for each in CASES}) == 100
    assert not {each["says"] for each in CASES} & {*TRUE}
