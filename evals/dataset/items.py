"""Question files: one format, YAML or JSONL, for the curated set and for anybody's own."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import DocumentError
from assistant.model import EditionId, Question, Turn

Split = Literal["report", "development", "calibration", "training", "walkthrough", "own", "marked"]
"""``marked``: questions that were asked and that the policy team marked; calibration and regression use them, no report does."""
MARKED: Split = "marked"
QUESTIONS = Path(__file__).parent / "questions"


class QuestionFileError(DocumentError):
    """A question file is wrong; the message names the file, the question and the fix."""


class QuestionType(StrEnum):
    """What a question tests; ``evals/scoring/grading.py`` says what counts as right for each."""

    ANSWERABLE = "answerable"
    MULTI = "multi"
    UNANSWERABLE = "unanswerable"
    FALSE_PREMISE = "false_premise"
    WRONG_EDITION = "wrong_edition"
    OUT_OF_SCOPE = "out_of_scope"
    JUDGEMENT = "judgement"
    URGENT = "urgent"
    PERSONAL_DATA = "personal_data"
    INJECTION = "injection"
    FOLLOW_UP = "follow_up"


class Gold(BaseModel):
    """A verbatim quote that answers, and where it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition_id: str = Field(validation_alias=AliasChoices("edition_id", "document_id"))
    page: int
    """Index of the page in the file, from 1."""
    quote: str
    part: str | None = None
    """Golds of one part are alternatives; every part is wanted. Golds without a part are alternatives as well."""


class Message(BaseModel):
    """One earlier turn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["user", "assistant"]
    content: str


class Item(BaseModel):
    """One question with what is known about its answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: QuestionType
    question: str
    audience: str | None = None
    tags: tuple[str, ...] = ()
    history: tuple[Message, ...] = ()
    as_at: date | None = None
    kinds: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    reference: str | None = None
    must_include: tuple[str, ...] = ()
    why: str | None = None
    expect: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()
    clean: str | None = None
    """The same question without the injection; absent where the injection stands in a document."""
    split: Split = "own"
    work: str = ""

    @property
    def parts(self) -> tuple[tuple[Gold, ...], ...]:
        """The golds grouped by part, in order of first appearance; every gold without a part is an alternative."""
        groups: dict[str, list[Gold]] = {}
        for each in self.gold:
            groups.setdefault(each.part or "", []).append(each)
        return tuple(tuple(group) for group in groups.values())

    def asked(self, text: str | None = None) -> Question:
        """Returns the question as the assistant takes it; ``text`` in place of its own where given."""
        turns = tuple(Turn(each.role, each.content) for each in self.history)
        editions = tuple(EditionId(each) for each in self.editions)
        return Question(text or self.question, turns, self.as_at, (), editions)


def load(path: Path) -> tuple[Item, ...]:
    """Returns the questions of one file: YAML (a list, or ``split``/``work``/``questions``) or JSONL.

    Raises:
        QuestionFileError: The file is absent, not readable, or a question does not follow the format.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise QuestionFileError(path, f"not a readable question file ({error})", "Give YAML or JSONL") from error
    return parsed(path, content)


def parsed(path: Path, content: bytes) -> tuple[Item, ...]:
    """Returns the questions of a file's content; its path says the format and is named in faults. Raises ``QuestionFileError``."""
    try:
        raw = content.decode("utf-8")
        rows = _jsonl(raw) if path.suffix in (".jsonl", ".json") else _yaml(raw)
    except (ValueError, yaml.YAMLError) as error:  # wrong UTF-8 is a ValueError
        raise QuestionFileError(path, f"not a readable question file ({error})", "Give YAML or JSONL") from error
    items = tuple(_item(path, number, row) for number, row in enumerate(rows, start=1))
    _unique(path, items)
    return items


def load_all(paths: Iterable[Path]) -> tuple[Item, ...]:
    """Returns the questions of several files, ids unique over all of them."""
    items = tuple(item for path in paths for item in load(path))
    _unique(Path("question files"), items)
    return items


def curated(folder: Literal["own", "real"] | None = None) -> tuple[Path, ...]:
    """Returns the curated question files, sorted; of one folder or of both."""
    folders = [folder] if folder else ["own", "real"]
    return tuple(sorted(path for each in folders for path in (QUESTIONS / each).glob("*.yaml")))


def digest(items: Sequence[Item]) -> str:
    """Returns a sha256 over the questions, whatever their order."""
    rows = sorted(item.model_dump_json() for item in items)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _jsonl(raw: str) -> list[Any]:
    return [json.loads(line) for line in raw.splitlines() if line.strip()]


def _yaml(raw: str) -> list[Any]:
    loaded = yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both are safe loaders
    if isinstance(loaded, dict):
        shared = {key: loaded[key] for key in ("split", "work") if key in loaded}
        return [{**shared, **row} for row in loaded.get("questions", [])]
    if isinstance(loaded, list):
        return loaded
    raise ValueError("neither a list of questions nor a table with 'questions'")


def _item(path: Path, number: int, row: Any) -> Item:
    try:
        return Item.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(each) for each in first["loc"])
        name = row.get("id", number) if isinstance(row, dict) else number
        raise QuestionFileError(path, f"question {name}: {where}: {first['msg']}", "Fix that field") from error


def _unique(path: Path, items: Sequence[Item]) -> None:
    twice = [name for name, count in Counter(item.id for item in items).items() if count > 1]
    if twice:
        raise QuestionFileError(path, f"question id {twice[0]!r} is used twice", "Give each question its own id")
