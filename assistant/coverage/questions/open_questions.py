"""Open questions: refused, answered in a way that somebody marked as unhelpful, or imported."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from assistant.answering.screening.door import Door
from assistant.answering.screening.masking import mask
from assistant.answering.screening.screen import screen
from assistant.coverage.duties.actors import NOT_NAMED, named_actor
from assistant.errors import UsageError
from assistant.model import Question, Reason
from assistant.model.coverage import ImportedQuestion, question_digest
from assistant.model.people import Opinion, PolicyQuestion, Reader
from assistant.ports import Records
from assistant.settings import Settings

GAPS = (Reason.NO_PASSAGE, Reason.NOT_ANSWERED_HERE, Reason.NOT_SUPPORTED, Reason.SUPERSEDED_ONLY, Reason.OUT_OF_SCOPE)
"""Refusal reasons that may show a gap; a vague question, or one that asks for judgement, does not."""
READ_AT_ONCE = 500
AUDIENCE_CHARS = 100
QUESTION_COLUMN, DAY_COLUMN, AUDIENCE_COLUMN = "question", "asked_on", "audience"


@dataclass(slots=True)
class OpenQuestion:
    """An open question, however often it was asked."""

    digest: str
    text: str
    """Masked, as first written."""
    days: list[str] = field(default_factory=list)
    """The day of each time it was asked, ISO."""
    reasons: set[str] = field(default_factory=set)
    """Why it is open: a refusal reason, "marked missing", or the name of a file."""
    audiences: Counter[str] = field(default_factory=Counter)
    """Who asks, in general words: as the file says, or as the question names."""


def open_questions(
    asked_before: Iterable[PolicyQuestion], imported: Iterable[ImportedQuestion]
) -> tuple[OpenQuestion, ...]:
    """Returns the open questions, the first asked first; the same words are one question.

    Args:
        asked_before: The questions asked of the assistant that the reader may see, masked.
        imported: Questions that the policy team imported.
    """
    by_digest: dict[str, OpenQuestion] = {}
    for asked in asked_before:
        reasons = _reasons(asked)
        if reasons:
            _add(by_digest, asked.question, asked.asked_on, reasons, _named_audience(asked.question))
    for each in imported:
        _add(by_digest, each.question, each.asked_on, {each.source}, each.audience or _named_audience(each.question))
    return tuple(sorted(by_digest.values(), key=lambda each: (min(each.days), each.digest)))


def read_questions(
    path: Path, settings: Settings, today: date, door: Door | None = None
) -> tuple[ImportedQuestion, ...]:
    """Returns the questions of a CSV file, masked: a column ``question``, and optionally ``asked_on`` and ``audience``.

    Args:
        path: The file, UTF-8, with a header row.
        settings: Limit the length of a question.
        today: Used where a row has no day.
        door: The classifiers beside the rules of masking.

    Raises:
        UsageError: There is no such file, it has no question column, or a line has no question or an invalid day.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
            names = set(rows[0]) if rows else set()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {error}. Save it as CSV in UTF-8.") from None
    if QUESTION_COLUMN not in names:
        raise UsageError(f"{path}: no column `question`. Its first line names the columns: question,asked_on,audience.")
    return tuple(_read(path, line, row, settings, today, door) for line, row in enumerate(rows, start=2))


def masked_question(
    text: str, asked_on: date, audience: str, source: str, settings: Settings, door: Door | None = None
) -> ImportedQuestion:
    """Returns a question as it is saved: personal details masked. Raises ``UsageError`` for an empty or too long one."""
    masked = screen(Question(text), settings, door).text
    who = mask((audience.strip(),), classifier=None if door is None else door.details.read).texts[0]
    return ImportedQuestion(masked, asked_on.isoformat(), who[:AUDIENCE_CHARS], source)


def within_retention(
    questions: Iterable[ImportedQuestion], settings: Settings, today: date
) -> tuple[tuple[ImportedQuestion, ...], int]:
    """Returns the questions within the retention period, and the number of older ones, which would be removed at once."""
    all_questions = tuple(questions)
    before = (today - timedelta(days=settings.records.days)).isoformat()
    recent = tuple(each for each in all_questions if each.asked_on >= before)
    return recent, len(all_questions) - len(recent)


def _read(
    path: Path, line: int, row: dict[str, str | None], settings: Settings, today: date, door: Door | None
) -> ImportedQuestion:
    day = (row.get(DAY_COLUMN) or "").strip()
    try:
        asked_on = date.fromisoformat(day) if day else today
        return masked_question(
            row[QUESTION_COLUMN] or "", asked_on, row.get(AUDIENCE_COLUMN) or "", path.name, settings, door
        )
    except UsageError as error:
        raise UsageError(f"{path}, line {line}: {error}") from None
    except ValueError:
        raise UsageError(f"{path}, line {line}: asked_on is a day such as 2026-05-01, not {day!r}.") from None


def asked_questions(records: Records, reader: Reader) -> Iterator[PolicyQuestion]:
    """Yields the questions asked of the assistant that a reader may see, the newest day first."""
    after: str | None = None
    while True:
        page: Sequence[PolicyQuestion] = records.questions(limit=READ_AT_ONCE, after=after, reader=reader)
        yield from page
        if len(page) < READ_AT_ONCE:
            return
        after = page[-1].record_id


def _reasons(asked: PolicyQuestion) -> set[str]:
    refusals = {str(asked.reason)} if asked.reason in GAPS else set()
    return refusals | {
        f"marked {each.value.replace('_', ' ')}" for each in asked.opinions if each is not Opinion.HELPFUL
    }


def _named_audience(question: str) -> str:
    actor = named_actor(question)
    return actor[1] if actor else NOT_NAMED


def _add(questions: dict[str, OpenQuestion], text: str, day: str, reasons: set[str], audience: str) -> None:
    digest = question_digest(text)
    question = questions.setdefault(digest, OpenQuestion(digest, text))
    question.days.append(day)
    question.reasons |= reasons
    question.audiences[audience] += 1
