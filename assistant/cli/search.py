"""``assistant search``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsAt, AsJson, Data, Documents, Kinds, SettingsFile, assistant_of, question_of
from assistant.cli.progress import progress_bars

if TYPE_CHECKING:
    from assistant.cli.render import Line
    from assistant.outcomes.view import HitView

Query = Annotated[str, typer.Argument(metavar="WORDS", help="What to look for.")]
Most = Annotated[int, typer.Option("-k", "--most", min=1, max=100, help="Most passages to show.")]
SHOWN = 400
"""Most characters of a passage that the text output shows."""


def search(
    query: Query,
    as_json: AsJson = False,
    most: Most = 10,
    as_at: AsAt = None,
    kind: Kinds = None,
    document: Documents = None,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Finds passages, best first, without deciding whether they answer.

    Examples:

      assistant search "strategy discussion"

      assistant search "one working day" --kind statutory_guidance -k 20 --json
    """
    from assistant.answering.search import search as find
    from assistant.outcomes.view import HitView

    with progress_bars() as tell:
        assistant = assistant_of(data, settings, tell)
        with assistant.opened() as snapshot:
            question = question_of(query, snapshot, (), as_at, kind, document)
            result = find(question, snapshot, assistant.resources, most)
            hits = [HitView.of(hit, rank, snapshot) for rank, hit in enumerate(result.hits, start=1)]
            facts = {
                "query": result.query,
                "standalone": result.standalone,
                "hits": [hit.model_dump(mode="json") for hit in hits],
                "generation": snapshot.generation.number,
                "fingerprint": assistant.resources.fingerprint(snapshot),
            }
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return 0
    _print(hits)
    return 0


def _print(hits: list[HitView]) -> None:
    from assistant.cli.printing import Page
    from assistant.cli.render import BLANK, Line
    from assistant.outcomes.citation_text import CitationText

    page = Page()
    for hit in hits:
        quotable = "" if hit.is_quotable else " (open the page: this passage is never quoted)"
        page.show(
            (
                Line(f"{CitationText.of_hit(hit).source}{quotable}", "quote", f"{hit.rank}. ", 4),
                *_beginning(hit),
                BLANK,
            )
        )
    if not hits:
        page.show((Line("Nothing found."),))


def _beginning(hit: HitView) -> Iterator[Line]:
    """Yields the first lines of a passage, at most ``SHOWN`` characters."""
    from assistant.cli.render import quote_lines

    room = SHOWN
    for line in quote_lines([each.value for each in hit.lines], indent=4):
        if len(line.text) > room:
            yield replace(line, text=f"{line.text[:room].rsplit(' ', 1)[0]} …")
            return
        yield line
        room -= len(line.text)
