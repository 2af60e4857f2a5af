"""``assistant ask``."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import (
    AsAt,
    AsJson,
    Data,
    Documents,
    Kinds,
    Plain,
    SettingsFile,
    Write,
    assistant_of,
    check_writing,
    question_of,
)
from assistant.cli.progress import progress_bars
from assistant.model import Answered, Outcome, Question, Refused, Screened, Signposted

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.bootstrap import Assistant
    from assistant.cli.printing import Page
    from assistant.ports import Snapshot

Text = Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotes.")]


def ask(
    question: Text,
    as_json: AsJson = False,
    as_at: AsAt = None,
    kind: Kinds = None,
    document: Documents = None,
    write: Write = False,
    plain: Plain = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Answers a question with the documents' own words, cited, or refuses and says why.

    Exit codes: 0 answered, 3 refused, 4 signposted (a card: act now or act today), 2 usage, 1 fault.

    Examples:

      assistant ask "Who oversees delivery of the strategy?"

      assistant ask "What must the DSL do?" --as-at 2025-01-31 --kind policy

      assistant ask "Who chairs the core group?" --document kcsie-2025 --json

      assistant ask "How soon must a strategy discussion be held?" --write --settings ours.toml
    """
    from assistant.cli.printing import Page

    page = Page()
    with progress_bars() as tell:
        assistant = assistant_of(data, settings, tell)
        outcome = asked(
            assistant,
            Question(question, is_written=write),
            lambda snapshot: replace(question_of(question, snapshot, (), as_at, kind, document), is_written=write),
            partial(_show_card, page, as_json),
        )
    show(outcome, page, as_json=as_json)
    return exit_code(outcome)


def _show_card(page: Page, as_json: bool, outcome: Signposted) -> None:
    from assistant.cli.render import card_lines

    if not as_json:
        page.show(card_lines(outcome.card))


def asked(
    assistant: Assistant,
    question: Question,
    narrowed: Callable[[Snapshot], Question],
    show_card: Callable[[Signposted], None],
) -> Outcome:
    """Returns the outcome of a question; a card is shown before anything is looked up.

    Whatever goes wrong after it, a question with a card still ends with it, and the error is printed after it.

    Args:
        assistant: The assistant.
        question: The question with its earlier turns, to be screened.
        narrowed: Returns the same question with its filters, over a generation.
        show_card: Called with the card, where there is one.

    Raises:
        AssistantError: The question has no card, and it is too long or nothing can be looked up.
    """
    screening = assistant.screen(question)
    urgent = assistant.card_for(screening)
    if urgent is not None:
        show_card(urgent)
        if screening.route == "too_long":
            return urgent
    _show_removed(question.text, screening)
    try:
        check_writing(assistant.settings, question.is_written)
        with assistant.opened() as snapshot:
            return assistant.ask_over(narrowed(snapshot), snapshot, screening=screening)
    except Exception as error:
        if urgent is None:
            raise
        print(f"assistant: {error}", file=sys.stderr)
        return urgent


def _show_removed(typed: str, screening: Screened) -> None:
    """Tells the one who typed a question what was removed from it, on their own terminal and nowhere else."""
    from assistant.messages import removed_words

    if sys.stderr.isatty() and (said := removed_words(typed, screening.spans)):
        print(said, file=sys.stderr)


def show(outcome: Outcome, page: Page, *, as_json: bool) -> None:
    """Prints an outcome; the card of an urgent one has been shown where it is not JSON."""
    from assistant.cli.render import lines_of
    from assistant.outcomes.view import outcome_object

    if as_json:
        print(json.dumps(outcome_object(outcome), ensure_ascii=False))
    else:
        page.show(lines_of(outcome))


def exit_code(outcome: Outcome) -> int:
    """Returns 0 for an answer, 3 for a refusal, 4 for a card."""
    if isinstance(outcome, Answered):
        return 0
    return 3 if isinstance(outcome, Refused) else 4
