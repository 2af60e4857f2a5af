"""``assistant ask``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from assistant.ask import ask as ask_question
from assistant.bootstrap import Assistant
from assistant.cli.options import AsAt, AsJson, Data, Documents, Kinds, SettingsFile, question_of, settings_of
from assistant.cli.render import render
from assistant.model import Answered, Outcome, Refused
from assistant.outcome_json import outcome_object

Text = Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotes.")]


def ask(
    question: Text,
    as_json: AsJson = False,
    as_at: AsAt = None,
    kind: Kinds = None,
    document: Documents = None,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Answers a question with the documents' own words, cited, or refuses and says why.

    Exit codes: 0 answered, 3 refused, 4 signposted (a child in danger now), 2 usage, 1 fault.

    Examples:
      assistant ask "Who oversees delivery of the strategy?"

      assistant ask "What must the DSL do?" --as-at 2025-01-31 --kind statutory_guidance

      assistant ask "Who chairs the core group?" --json
    """
    assistant = Assistant(settings_of(data, settings))
    with assistant.library.open() as snapshot:
        asked = question_of(question, snapshot, (), as_at, kind, document)
        outcome = ask_question(asked, snapshot, assistant.tools)
    if as_json:
        print(json.dumps(outcome_object(outcome), ensure_ascii=False))
    else:
        print(render(outcome))
    return exit_code(outcome)


def exit_code(outcome: Outcome) -> int:
    """Returns 0 for an answer, 3 for a refusal, 4 for the emergency card."""
    if isinstance(outcome, Answered):
        return 0
    return 3 if isinstance(outcome, Refused) else 4
