"""``assistant search``."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer

from assistant.bootstrap import Assistant
from assistant.cli.options import AsAt, AsJson, Data, Documents, Kinds, SettingsFile, question_of, settings_of
from assistant.outcome_json import hit_object
from assistant.retrieve import filter_at, retrieve
from assistant.screen import screen

Query = Annotated[str, typer.Argument(metavar="WORDS", help="What to look for.")]
Most = Annotated[int, typer.Option("-k", "--most", min=1, max=100, help="Most passages to show.")]


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
    """Finds passages, best first, without judging whether they answer.

    Examples:
      assistant search "strategy discussion"

      assistant search "LADO one working day" --kind statutory_guidance --json
    """
    chosen = settings_of(data, settings)
    assistant = Assistant(chosen.model_copy(update={"hits_k": most}))
    with assistant.library.open() as snapshot:
        question = question_of(query, snapshot, (), as_at, kind, document)
        asked = screen(question, chosen).text
        scope = filter_at(question, snapshot, question.as_at or date.today())
        hits = retrieve(asked, snapshot, assistant.embedder, scope, assistant.settings)
        used = [hit for hit in hits if hit.rejected is None][:most]
        found = [hit_object(hit, rank, snapshot) for rank, hit in enumerate(used, start=1)]
        generation = snapshot.generation
    if as_json:
        facts = {"query": asked, "hits": found, "generation": generation.number, "fingerprint": generation.fingerprint}
        print(json.dumps(facts, ensure_ascii=False))
        return 0
    for each in found:
        where = ", ".join(
            part for part in (each["title"], *each["headings"][-1:], f"page {', '.join(each['page_labels'])}")
        )
        print(f"{each['rank']:>3}. {where}\n     {each['text'][:300]}\n")
    if not found:
        print("Nothing found.")
    return 0
