"""``assistant bench``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Data, SettingsFile, writing_assistant
from assistant.cli.progress import progress_bars
from assistant.quality.bench import NAMES, WORSE, Change, Told, Tried, report_of, try_libraries
from assistant.quality.everyday import in_use, packaged

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.model.quality import EverydayQuestion

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Files and folders, as `assistant ingest` takes them.")
]
Catalogue = Annotated[
    Path | None,
    typer.Option("--catalogue", metavar="FILE", help="A catalogue that is not in the folder.", show_default=False),
]
Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Save the same as data.", show_default=False)]


def bench(
    paths: Paths, catalogue: Catalogue = None, json_file: Json = None, data: Data = None, settings: SettingsFile = None
) -> int:
    """Asks everyday questions of the library as it is and as an ingest of PATH would make it, side by side.

    Nothing is published. The questions are those that come with the program, as the policy team changed them on the page. The
    exit code is 1 where something gets worse: an answer that is refused, other words, less certain, another card.

    Examples:

      assistant bench new-policies/

      assistant bench new-policies/threshold.pdf --json bench.json
    """
    from ingest.build import draft

    with progress_bars() as tell:
        assistant = writing_assistant(data, settings, tell)
        questions = _questions(assistant)
        parts = assistant.library, assistant.embedder, assistant.settings
        with (
            draft(paths, *parts, catalogue=catalogue, progress=tell) as draft_snapshot,
            assistant.opened() as published,
        ):
            told = (lambda done, total: tell("ask", done, total)) if tell else (lambda done, total: None)
            tried = try_libraries(questions, published, draft_snapshot, assistant.resources, (), told)
    for line in _lines(tried):
        print(line)
    if json_file is not None:
        json_file.write_text(json.dumps(report_of(tried), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(json_file)
    return 1 if any(each.change in WORSE for each in tried) else 0


def _questions(assistant: Assistant) -> tuple[EverydayQuestion, ...]:
    return in_use(assistant.quality_store.everyday_edits()) if assistant.has_records else packaged()


def _lines(tried: Sequence[Tried]) -> list[str]:
    lines = []
    for each in tried:
        if each.change is not Change.SAME:
            lines.append(f"{NAMES[each.change]}: {each.text}")
            lines += [f"  published: {_told(each.published)}", f"  draft:     {_told(each.draft)}"]
    worse = sum(each.change in WORSE for each in tried)
    return [*lines, f"{len(tried)} questions, {worse} to look at before publishing"]


def _told(told: Told) -> str:
    quotes = " / ".join(" ".join(each.quote.split()) for each in told.quotes)
    probability = "" if told.probability is None else f" ({told.probability:.0%})"
    return f"{quotes or told.reason or told.outcome}{probability}"
