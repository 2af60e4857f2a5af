"""The questions that stand open: refused, or answered in a way that somebody marked as no help."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from assistant.answering.screening.masking import mask
from assistant.answering.screening.screen import screen
from assistant.coverage.duties.actors import NOT_NAMED, named_actor
from assistant.errors import UsageError
from assistant.model import Question, Reason
from assistant.model.coverage import ImportedQuestion, question_digest
from assistant.model.people import Opinion, PolicyQuestion
from assistant.ports import Records
from assistant.settings import Settings

GAPS = (Reason.NO_PASSAGE, Reason.NOT_ANSWERED_HERE, Reason.NOT_SUPPORTED, Reason.SUPERSEDED_ONLY, Reason.OUT_OF_SCOPE)
"""Reasons of a refusal that may show a gap; a vague question and one that asks for judgement show none."""
READ_AT_ONCE = 500
AUDIENCE_CHARS = 100
QUESTION_COLUMN, DAY_COLUMN, AUDIENCE_COLUMN = "question", "asked_on", "audience"


@dataclass(slots=True)
class OpenQuestion:
    """A question that stands open, however often it was asked."""

    digest: str
    text: str
    """Masked, as it was first written."""
    days: list[str] = field(default_factory=list)
    """The day of each time it was asked, ISO."""
    reasons: set[str] = field(default_factory=set)
    """Why it stands open: a reason of refusal, "marked missing", or the name of a file."""
    audiences: Counter[str] = field(default_factory=Counter)
    """Who asks, in general words: as a file says, or whom the question names."""

    @property
    def is_refused(self) -> bool:
        """Returns whether it stands open because it was refused."""
        return any(each in GAPS for each in self.reasons)


def open_questions(records: Records, imported: Iterable[ImportedQuestion]) -> tuple[OpenQuestion, ...]:
    """Returns the questions that stand open, the first asked first; the same words are one question.

    Args:
        records: What was asked of the assistant, masked.
        imported: What the policy team brought in.
    """
    found: dict[str, OpenQuestion] = {}
    for asked in _every(records):
        reasons = _reasons(asked)
        if reasons:
            _add(found, asked.question, asked.asked_on, reasons, _named(asked.question))
    for each in imported:
        _add(found, each.question, each.asked_on, {each.source}, each.audience or _named(each.question))
    return tuple(sorted(found.values(), key=lambda each: (min(each.days), each.digest)))


def read_questions(path: Path, settings: Settings, today: date) -> tuple[ImportedQuestion, ...]:
    """Returns the questions of a CSV file, masked: a column ``question``, and if wanted ``asked_on`` and ``audience``.

    Args:
        path: The file, UTF-8, with a head.
        settings: Bound the length of a question.
        today: Stands for a day that is not given.

    Raises:
        UsageError: There is no such file, it has no such column, or a line has no question or no right day.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
            names = set(rows[0]) if rows else set()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {error}. Save it as CSV in UTF-8.") from None
    if QUESTION_COLUMN not in names:
        raise UsageError(f"{path}: no column `question`. Its first line names the columns: question,asked_on,audience.")
    return tuple(_read(path, line, row, settings, today) for line, row in enumerate(rows, start=2))


def masked_question(text: str, asked_on: date, audience: str, source: str, settings: Settings) -> ImportedQuestion:
    """Returns a question as it is kept: personal details masked. Raises ``UsageError`` for an empty or too long one."""
    masked = screen(Question(text), settings).text
    return ImportedQuestion(masked, asked_on.isoformat(), mask((audience.strip(),)).texts[0][:AUDIENCE_CHARS], source)


def kept_of(
    questions: Iterable[ImportedQuestion], settings: Settings, today: date
) -> tuple[tuple[ImportedQuestion, ...], int]:
    """Returns the questions that are not older than records are kept, and how many are: those would be removed at once."""
    every = tuple(questions)
    before = (today - timedelta(days=settings.records.days)).isoformat()
    kept = tuple(each for each in every if each.asked_on >= before)
    return kept, len(every) - len(kept)


def _read(path: Path, line: int, row: dict[str, str | None], settings: Settings, today: date) -> ImportedQuestion:
    day = (row.get(DAY_COLUMN) or "").strip()
    try:
        asked_on = date.fromisoformat(day) if day else today
        return masked_question(
            row[QUESTION_COLUMN] or "", asked_on, row.get(AUDIENCE_COLUMN) or "", path.name, settings
        )
    except UsageError as error:
        raise UsageError(f"{path}, line {line}: {error}") from None
    except ValueError:
        raise UsageError(f"{path}, line {line}: asked_on is a day such as 2026-05-01, not {day!r}.") from None


def _every(records: Records) -> Iterator[PolicyQuestion]:
    after: str | None = None
    while True:
        found: Sequence[PolicyQuestion] = records.questions(limit=READ_AT_ONCE, after=after)
        yield from found
        if len(found) < READ_AT_ONCE:
            return
        after = found[-1].record_id


def _reasons(asked: PolicyQuestion) -> set[str]:
    found = {asked.reason} if asked.reason in GAPS else set()
    marks = {f"marked {each.value.replace('_', ' ')}" for each in asked.opinions if each is not Opinion.HELPFUL}
    return {str(each) for each in found} | marks


def _named(question: str) -> str:
    found = named_actor(question)
    return found[1] if found else NOT_NAMED


def _add(found: dict[str, OpenQuestion], text: str, day: str, reasons: set[str], audience: str) -> None:
    digest = question_digest(text)
    question = found.setdefault(digest, OpenQuestion(digest, text))
    question.days.append(day)
    question.reasons |= reasons
    question.audiences[audience] += 1
