"""Shows outcomes as plain text, for terminals and screen readers alike."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assistant.model import Answered, Card, Citation, Contact, Notice, Outcome, Refused

WIDTH = 80


def render(outcome: Outcome) -> str:
    """Returns an outcome as text of at most 80 columns."""
    if isinstance(outcome, Answered):
        lines = _answer(outcome)
    elif isinstance(outcome, Refused):
        lines = _refusal(outcome)
    else:
        lines = iter(
            (*_card(outcome.card), *([render(outcome.then)] if outcome.then else []), *_notices(outcome.notices))
        )
    return "\n".join(lines)


def _answer(outcome: Answered) -> Iterator[str]:
    yield from _understood(outcome.question, outcome.standalone)
    by_number = {each.number: each for each in outcome.citations}
    for statement in outcome.statements:
        for number in statement.citations:
            yield from _quoted(by_number[number])
    yield from _notices(outcome.notices)


def _refusal(outcome: Refused) -> Iterator[str]:
    yield "NOT ANSWERED" if outcome.reason != "needs_judgement" else "NOT FOR THIS ASSISTANT TO DECIDE"
    yield from _wrapped(outcome.message)
    yield ""
    yield from _wrapped(f"Looked for: {outcome.standalone}")
    if outcome.citations:
        yield "\nCriteria, quoted:\n"
        for citation in outcome.citations:
            yield from _quoted(citation)
    if outcome.nearest:
        yield "\nRelated, not confirmed to answer:\n"
        for citation in outcome.nearest:
            yield from _quoted(citation)
    if outcome.contact is not None:
        yield from _wrapped(f"Ask: {contact_line(outcome.contact)}")
    yield from _notices(outcome.notices)


def _card(card: Card) -> Iterator[str]:
    yield "=" * WIDTH
    yield card.title.upper()
    yield from _wrapped(card.text)
    for contact in card.contacts:
        yield from _wrapped(f"* {contact_line(contact)}")
    yield "=" * WIDTH


def contact_line(contact: Contact) -> str:
    """Returns whom to turn to, on one line."""
    parts = (contact.name, contact.phone, contact.email, contact.hours)
    return ", ".join(part for part in parts if part)


def _quoted(citation: Citation) -> Iterator[str]:
    duty = f" [{citation.duty}]" if citation.duty else ""
    parts = [" ".join(part.quote.split()) for part in citation.parts]
    yield from _wrapped(f"“{' … '.join(parts)}”{duty}", "  ", f"{citation.number}. ")
    yield from _wrapped(f"— {source_line(citation)}", "     ")
    yield ""


def source_line(citation: Citation) -> str:
    """Returns where a quote stands: title, section or paragraph, printed page, kind and form."""
    labels = [label for part in citation.parts for label in part.page_labels]
    pages = list(dict.fromkeys(labels))
    where = [citation.edition.title]
    if citation.label:
        where.append(f"paragraph or section {citation.label}")
    elif citation.headings:
        where.append(citation.headings[-1])
    where.append(f"page{'s' if len(pages) > 1 else ''} {', '.join(pages)}")
    kind = citation.edition.kind.replace("_", " ")
    form = "" if citation.edition.form == "official" else f", {citation.edition.form}"
    return f"{', '.join(where)} ({kind}{form})"


def _understood(question: str, standalone: str) -> Iterator[str]:
    if standalone != question:
        yield from _wrapped(f"Understood as: {standalone}")
        yield ""


def _notices(notices: tuple[Notice, ...]) -> Iterator[str]:
    for each in notices:
        yield from _wrapped(f"Note: {each.text}")


def _wrapped(text: str, indent: str = "", first: str | None = None) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent)
