"""A small library, and what asks it with a scripted language model behind a real server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.adapters.chat.language_model import LangChainModel
from assistant.adapters.library_sql import SqlLibrary
from assistant.answering.answerability.calibration import load_calibration
from assistant.answering.compose.writer import Writer
from assistant.answering.pipeline import ask
from assistant.answering.resources import OnStatement, Resources
from assistant.answering.rewriting.by_model import ModelRewriter
from assistant.model import Answered, Document, Edition, EditionId, Kind, Outcome, Question, Turn
from assistant.ports import Source
from assistant.settings import Settings
from assistant.settings.language_model import LanguageModelSetting
from ingest.build import document_of
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.source_map import mapped
from tests.fakes import FakeEmbedder
from tests.model_server import Body, ScriptedModel, data_of

MINUTES = "The conference chair must send the minutes to the parents within 10 working days."
RECORDS = "Records of the conference should be kept for six years unless the court orders otherwise."
SHARING = "Practitioners must not share the minutes of the conference with the press."
DOCUMENT = f"""# Conferences

## Minutes

{MINUTES}

{RECORDS}

{SHARING}

The school nurse may attend the conference.
"""
QUESTION = "When does the conference chair send the minutes to the parents?"
Ask = Callable[..., Outcome]


def setting_of(model: ScriptedModel, **more: object) -> LanguageModelSetting:
    """Returns settings that ask the scripted model and soon give up."""
    quick = {"timeout_s": 2.0, "silence_s": 0.3, "wait_s": 0.01, **more}
    return LanguageModelSetting(name="scripted-1", base_url=model.base_url, **quick)


def tools_of(model: ScriptedModel, embedder: FakeEmbedder, data: Path, **more: object) -> Resources:
    """Returns what the ask line works with, every question being answerable."""
    setting = setting_of(model, **more)
    chat = LangChainModel(setting)
    lenient = load_calibration(None).model_copy(update={"threshold": 0.0})
    settings = Settings(data=data, cache=data, language_model=setting)
    return Resources(embedder, settings, lenient, generator=Writer(chat, setting), rewriter=ModelRewriter(chat, 1.0))


def asker(library: SqlLibrary, resources: Resources) -> Ask:
    """Returns what asks for a written answer."""

    def asked(
        text: str = QUESTION, *history: Turn, show: OnStatement | None = None, is_written: bool = True
    ) -> Outcome:
        with library.open() as snapshot:
            return ask(Question(text, history, is_written=is_written), snapshot, resources, on_statement=show)

    return asked


def token_of(body: Body, sentence: str) -> str:
    """Returns the token of the passage that holds a sentence."""
    return next(str(each["token"]) for each in data_of(body)["passages"] if sentence in each["text"])


def texts_of(outcome: Outcome) -> list[str]:
    """Returns the statements of an answer."""
    assert isinstance(outcome, Answered)
    return [each.text for each in outcome.statements]


def codes_of(outcome: Outcome) -> list[str]:
    """Returns the codes of the notices."""
    return [each.code for each in outcome.notices]


def paragraphs(name: str, texts: Sequence[str], embedder: FakeEmbedder, settings: Settings) -> tuple[Document, Source]:
    """Returns a document of plain paragraphs, as if read from a file, and a source that does not exist."""
    edition = Edition(EditionId(name), name, f"Title {name}", Kind.POLICY)
    blocks = [Block(BlockKind.PARAGRAPH, each, mapped(each, 1).runs()) for each in texts]
    read = ReadFile(tuple(blocks), ("",), ("1",))
    return document_of(edition, read, embedder, settings), Source(edition.edition_id, Path("/x"), Path("/x/y"), "", "r")
