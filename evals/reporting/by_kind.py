"""Answered and refused by kind: of answer, of document, with a case around the question or without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.bootstrap import Assistant
from evals.dataset.twins import CONTEXT, read_twins
from evals.scoring.graded import GradedQuestion, grade_all
from evals.scoring.metrics import share_of
from evals.scoring.run import Progress, ask_all

HEAD = (
    "| {by} | questions | answered | with the sentence that answers | near-misses refused | wrong among given |",
    "|---|---|---|---|---|---|",
)


def measure(
    files: Sequence[Path], assistant: Assistant, progress: Progress | None = None
) -> tuple[GradedQuestion, ...]:
    """Returns the questions of some files of twins, asked of a library and graded.

    Raises:
        QuestionFileError: A line of a file is no twin.
    """
    with assistant.opened() as snapshot:
        items = read_twins(files, [each.edition_id for each in snapshot.editions()])
        run = ask_all(items, assistant, progress=progress)
        return grade_all(items, run.by_id, snapshot, assistant.resources)


def table(graded: Sequence[GradedQuestion]) -> Iterator[str]:
    """Yields Markdown: all, then by answer type, by what stands around the question, by author and by document."""
    for name, groups in _groupings(graded).items():
        yield HEAD[0].format(by=name)
        yield HEAD[1]
        for group, rows in sorted(groups.items()):
            yield _row(group, rows)
        yield ""


def _groupings(graded: Sequence[GradedQuestion]) -> Mapping[str, Mapping[str, list[GradedQuestion]]]:
    found: dict[str, dict[str, list[GradedQuestion]]] = {
        "all": {},
        "kind of answer": {},
        "around the question": {},
        "author": {},
        "document": {},
    }
    for each in graded:
        kind, author, *_ = each.item.tags
        names = ("all", kind, "a case" if CONTEXT in each.item.tags else "nothing", author, each.item.work)
        for grouping, name in zip(found.values(), names, strict=True):
            grouping.setdefault(name, []).append(each)
    return found


def _row(name: str, graded: Sequence[GradedQuestion]) -> str:
    answerable = [each.grade for each in graded if each.item.gold]
    near = [each.grade for each in graded if not each.item.gold]
    given = [each.grade for each in graded if each.grade.is_answered]
    cells = (
        share_of([each.is_answered for each in answerable]),
        share_of([each.is_answered and each.shows_gold for each in answerable]),
        share_of([not each.is_answered for each in near]),
        share_of([each.is_wrong for each in given]),
    )
    shown = (
        f"{each.count} of {each.of}" + (f" ({each.value:.0%})" if each.value is not None else "") for each in cells
    )
    return f"| {name} | {len(graded)} | {' | '.join(shown)} |"
