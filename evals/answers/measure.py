"""Asks a set of planted answers of a library, and counts how each kind came out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.model import Question
from assistant.outcomes.view import outcome_object
from assistant.settings import Settings
from evals.answers.planted import Row, graded_alone, graded_area, graded_pair, graded_unit, read_rows, shown_quotes
from evals.scoring.grading import Object
from evals.scoring.metrics import share_of

GRADERS: Mapping[str, Callable[[Row, Object], str]] = {
    "units": graded_unit,
    "first-try": graded_unit,
    "alone": graded_alone,
    "pairs": graded_pair,
    "areas": graded_area,
}
GRADES = {
    "units": ("whole", "part", "elsewhere", "wrong", "refused"),
    "first-try": ("whole", "part", "elsewhere", "wrong", "refused"),
    "alone": ("alone", "right", "other", "refused"),
    "pairs": ("marked", "both", "one", "none", "refused"),
    "areas": ("silent", "told", "not shown", "refused"),
}


@dataclass(frozen=True, slots=True)
class Graded:
    """One row, how its outcome was graded, and what was shown."""

    file: str
    row: Row
    grade: str
    shown: Sequence[str]

    @property
    def kind(self) -> str:
        """The kind of the row; of a pair what differs."""
        return str(self.row.get("kind") or self.row.get("differs") or ("agree" if self.file == "pairs" else "all"))


def measure(folder: Path, settings: Settings) -> tuple[Graded, ...]:
    """Returns every row of a set, asked of a library that holds its documents, and graded.

    A row with an area is asked as by an organisation that has set it.

    Args:
        folder: The set.
        settings: Those of the library.
    """
    assistants: dict[str, Assistant] = {}
    graded = []
    for name, rows in read_rows(folder, GRADERS).items():
        for row in rows:
            area = str(row.get("area", ""))
            if area not in assistants:
                assistants[area] = Assistant(settings.model_copy(update={"area": (area,) if area else ()}))
            graded.append(_graded(name, row, assistants[area]))
    return tuple(graded)


def _graded(name: str, row: Row, assistant: Assistant) -> Graded:
    outcome = outcome_object(assistant.ask(Question(row["question"])))
    return Graded(name, row, GRADERS[name](row, outcome), shown_quotes(outcome))


def table(graded: Sequence[Graded]) -> Iterator[str]:
    """Yields Markdown: a table a file, its rows the kinds, its columns how many came out how."""
    by_file: dict[str, list[Graded]] = defaultdict(list)
    for each in graded:
        by_file[each.file].append(each)
    for name, rows in by_file.items():
        yield f"| {name} | rows | {' | '.join(GRADES[name])} | {GRADES[name][0]}, share (95 %) |"
        yield "|---" * (len(GRADES[name]) + 3) + "|"
        for kind in dict.fromkeys(("all", *(each.kind for each in rows))):
            yield _line(kind, [each for each in rows if kind in ("all", each.kind)], GRADES[name])
        yield ""


def _line(kind: str, rows: Sequence[Graded], grades: Sequence[str]) -> str:
    counts = Counter(each.grade for each in rows)
    first = share_of([each.grade == grades[0] for each in rows])
    cells = " | ".join(str(counts[grade]) for grade in grades)
    return f"| {kind} | {len(rows)} | {cells} | {first.value:.0%} ({first.low:.0%}–{first.high:.0%}) |"


def failures(graded: Sequence[Graded]) -> Iterator[str]:
    """Yields each row that is not as it should be with what was shown; not for a set that is reported."""
    for each in graded:
        wanted = each.grade in ("whole", "right", "marked", "told")
        if not wanted and not (each.kind == "agree" and each.grade != "marked"):
            yield f"{each.row['id']} [{each.grade}] {each.row['question']}"
            yield from (f"    {number}. {text}" for number, text in enumerate(each.shown, 1))
