"""An outcome as one text, for front ends that only show text; notices and sources are part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from api.completions.schemas import SOURCES
from assistant.messages import STEPS_TODAY, WHO_DECIDES
from assistant.outcomes.citation_text import CitationText, more_words
from assistant.outcomes.view import (
    AnsweredView,
    CardView,
    CitationView,
    ContactView,
    OutcomeView,
    PartlyAnsweredView,
    RefusedView,
    SignpostedView,
    StatementView,
    without_card,
)

RELATED_WORDS = 25
"""Words that are shown of what only relates."""


@dataclass(frozen=True, slots=True)
class Link:
    """A citation's mark in the text, and the page that it links to."""

    start: int
    end: int
    title: str
    url: str


def text_of(outcome: OutcomeView, base_url: str) -> str:
    """Returns card, notices, statements with [1], sources, refusal, nearest passages and contact, as they apply."""
    if isinstance(outcome, SignpostedView):
        then = text_of(outcome.then, base_url) if outcome.then else ""
        steps = _steps(outcome, base_url)
        return "\n\n".join(filter(None, (card_text(outcome.card), *steps, *_notices(outcome), then)))
    body = _answer(outcome) if isinstance(outcome, AnsweredView) else _refusal(outcome, base_url)
    is_written = isinstance(outcome, AnsweredView) and outcome.mode == "written"
    sources = "\n".join(_source(each, base_url, is_written=is_written) for each in outcome.citations)
    related = _related(outcome.related, base_url) if isinstance(outcome, AnsweredView) else ()
    return "\n\n".join((*body, *_notices(outcome), *related)) + (f"{SOURCES}{sources}" if sources else "")


def links_of(text: str, outcome: OutcomeView, base_url: str) -> tuple[Link, ...]:
    """Returns the first mark of each citation in the text before the list of sources, in the order of the citations."""
    answered = without_card(outcome)
    begins, end_of_body = max(0, text.find(text_of(answered, base_url))), text.find(SOURCES)
    links = []
    for citation in answered.citations:
        mark = f"[{citation.number}]"
        start = text.find(mark, begins, end_of_body)
        if start >= 0:
            links.append(Link(start, start + len(mark), citation.title, page_url(citation, base_url)))
    return tuple(links)


def card_text(card: CardView) -> str:
    """Returns the card as text."""
    said = filter(None, (card.text, card.in_language, card.for_children, card.for_parents))
    return "\n\n".join((f"**{card.title}**", *said, *(_contact(each) for each in card.contacts)))


def page_url(citation: CitationView, base_url: str) -> str:
    """Returns the address of the page that a citation quotes."""
    return f"{base_url.rstrip('/')}/documents/{quote(citation.edition_id, safe='')}/pages/{citation.pages[0]}"


def _steps(outcome: SignpostedView, base_url: str) -> Iterator[str]:
    if outcome.steps:
        yield STEPS_TODAY
        yield from (_bullet(each.citation, base_url) for each in outcome.steps)


def _answer(outcome: AnsweredView) -> Iterator[str]:
    if isinstance(outcome, PartlyAnsweredView):
        yield "**Part of the question is answered.**"
    for statement in outcome.statements:
        yield _statement(statement, is_written=outcome.mode == "written")
        for more in (each.more for each in outcome.citations if each.more and each.number in statement.citations):
            yield f"… {more_words(more)}"


def _related(citations: Sequence[CitationView], base_url: str) -> Iterator[str]:
    """Yields what only relates, as one short line each."""
    if citations:
        lines = (
            f"- {_first_words(each.quote)} – {CitationText.of_view(each).source} – {page_url(each, base_url)}"
            for each in citations
        )
        yield "\n".join(("Related:", *lines))


def _first_words(quote: str) -> str:
    words = quote.split()
    return f"“{' '.join(words[:RELATED_WORDS])}{' …' if len(words) > RELATED_WORDS else ''}”"


def _statement(statement: StatementView, *, is_written: bool = False) -> str:
    marks = "".join(f"[{number}]" for number in statement.citations)
    duty = f" ({statement.duty})" if statement.duty else ""
    text = statement.text if is_written else f"“{statement.text}”"
    return f"{text} {marks}{duty}"


def _refusal(outcome: RefusedView, base_url: str) -> Iterator[str]:
    yield f"**No answer.** {outcome.message}"
    yield f"Looked for: {outcome.standalone}"
    for statement in outcome.criteria:
        yield _statement(statement)
    if outcome.decides:
        yield WHO_DECIDES
        yield from (_bullet(each.citation, base_url) for each in outcome.decides)
    if outcome.nearest:
        yield "Closest passages, not confirmed to answer:"
        for each in outcome.nearest:
            yield _bullet(each, base_url)
    if outcome.contact:
        yield f"Ask: {_contact(outcome.contact)}"


def _bullet(citation: CitationView, base_url: str) -> str:
    return f"- “{citation.quote}” – {CitationText.of_view(citation).source} – {page_url(citation, base_url)}"


def _source(citation: CitationView, base_url: str, *, is_written: bool) -> str:
    quote = f" – “{citation.quote}”" if is_written else ""
    return f"[{citation.number}] {CitationText.of_view(citation).source}{quote} – {page_url(citation, base_url)}"


def _notices(outcome: OutcomeView) -> Iterator[str]:
    for notice in outcome.notices:
        yield f"Note: {notice.text}"


def _contact(contact: ContactView) -> str:
    return ", ".join(filter(None, (contact.name, contact.phone, contact.email, contact.hours)))
