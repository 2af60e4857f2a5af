"""An outcome as one text, for front ends that only show text; notices and sources are part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.completions.schemas import SOURCES
from api.web.labels import citation_url
from assistant.messages import OTHER_EVIDENCE, OWN_WORDS, STEPS_TODAY, WHO_DECIDES
from assistant.model import Reason
from assistant.outcomes.approved_text import approved_by
from assistant.outcomes.citation_text import CitationText, more_words
from assistant.outcomes.contact_line import contact_line
from assistant.outcomes.difference_marks import difference_mark
from assistant.outcomes.notices import at, of_whole
from assistant.outcomes.quote_text import quote_markdown
from assistant.outcomes.view import (
    AnsweredView,
    ApprovedView,
    CardView,
    CitationView,
    NoticeView,
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
    own = tuple(_approved(outcome.approved, base_url)) if outcome.approved else ()
    if isinstance(outcome, SignpostedView):
        then = text_of(outcome.then, base_url) if outcome.then else ""
        steps = _steps(outcome, base_url)
        return "\n\n".join(filter(None, (card_text(outcome.card), *steps, *_notices(outcome.notices), *own, then)))
    body = _answer(outcome) if isinstance(outcome, AnsweredView) else _refusal(outcome, base_url)
    sources = "\n".join(_source(each, outcome, base_url) for each in outcome.citations)
    related = _related(outcome.related, base_url) if isinstance(outcome, AnsweredView) else ()
    whole = (*body, *_notices(of_whole(outcome.notices)), *related)
    return "\n\n".join((*own, *whole)) + (f"{SOURCES}{sources}" if sources else "")


def links_of(text: str, outcome: OutcomeView, base_url: str) -> tuple[Link, ...]:
    """Returns the first mark of each citation in the text before the list of sources, in the order of the citations."""
    answered = without_card(outcome)
    begins, end_of_body = max(0, text.find(text_of(answered, base_url))), text.find(SOURCES)
    links = []
    for citation in answered.citations:
        mark = f"[{citation.number}]"
        start = text.find(mark, begins, end_of_body)
        if start >= 0:
            title = f"{citation.title}, {CitationText.of_view(citation).place}".removesuffix(", ")
            links.append(Link(start, start + len(mark), title, page_url(citation, base_url)))
    return tuple(links)


def card_text(card: CardView) -> str:
    """Returns the card as text."""
    said = filter(None, (card.text, card.in_language, card.for_children, card.for_parents))
    return "\n\n".join((f"**{card.title}**", *said, *(contact_line(each) for each in card.contacts)))


def page_url(citation: CitationView, base_url: str) -> str:
    """Returns the address of the page that a citation quotes, with the quote marked.

    No two quotes have the same one: front ends take sources of one address for the same (Open WebUI then shows the wrong
    source for each number after them).
    """
    return base_url.rstrip("/") + citation_url(citation)


def _approved(approved: ApprovedView, base_url: str) -> Iterator[str]:
    """Yields an approved answer; its marks are [A1], so that they are none of the citations after it."""
    yield f"**{approved_by(approved.owner, approved.approved_on)}**"
    if approved.own_words:
        yield f"{OWN_WORDS}: {approved.own_words}"
    for citation in approved.citations:
        words = CitationText.of_view(citation)
        yield f"**{words.subject}**"
        if words.turning:
            yield f"Under the heading “{words.turning}”:"
        duty = f" ({citation.duty})" if citation.duty else ""
        yield f"{quote_markdown(citation)} [A{citation.number}]{duty}"
    yield from _notices(approved.notices)
    yield "\n".join(
        f"[A{each.number}] {CitationText.of_view(each).source} – {page_url(each, base_url)}"
        for each in approved.citations
    )
    yield f"**{OTHER_EVIDENCE}:**"


def _steps(outcome: SignpostedView, base_url: str) -> Iterator[str]:
    if outcome.steps:
        yield STEPS_TODAY
        for at_place, each in enumerate(outcome.steps, start=1):
            yield from _nearest(each.citation.model_copy(update={"number": at_place}), (), base_url)


def _answer(outcome: AnsweredView) -> Iterator[str]:
    if isinstance(outcome, PartlyAnsweredView):
        yield "**Part of the question is answered.**"
    for statement in outcome.statements:
        if outcome.mode == "written":
            yield f"{statement.text} {_marks(statement, outcome)}"
        else:
            yield from _quoted(statement, outcome)


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


def _quoted(statement: StatementView, outcome: AnsweredView | RefusedView) -> Iterator[str]:
    """Yields what each quote of a statement is about and the quote, with the marks and the duty word at its end."""
    cited = [each for each in outcome.citations if each.number in statement.citations]
    for citation in cited:
        words = CitationText.of_view(citation)
        yield f"**{words.subject}**"
        if words.turning:
            yield f"Under the heading “{words.turning}”:"
        yield f"{quote_markdown(citation)} {_marks(statement, outcome)}"
        if citation.more:
            yield f"… {more_words(citation.more)}"
        yield from _notices(at(outcome.notices, citation))


def _marks(statement: StatementView, outcome: AnsweredView | RefusedView) -> str:
    marks = "".join(f"[{number}]" for number in statement.citations)
    duty = f" ({statement.duty})" if statement.duty else ""
    differs = difference_mark(statement.citations, outcome.differences)
    return f"{marks}{duty}{f' – {differs}' if differs else ''}"


def _refusal(outcome: RefusedView, base_url: str) -> Iterator[str]:
    if outcome.reason is Reason.COURTESY:
        yield outcome.message
        return
    yield f"**No answer.** {outcome.message}"
    yield f"Looked for: {outcome.standalone}"
    for statement in outcome.criteria:
        yield from _quoted(statement, outcome)
    if outcome.decides:
        yield WHO_DECIDES
        for decided in outcome.decides:
            yield from _nearest(decided.citation, (), base_url)
    if outcome.nearest:
        yield "Closest passages, not confirmed to answer:"
        for each in outcome.nearest:
            yield from _nearest(each, at(outcome.notices, each), base_url)
    if outcome.contact:
        yield f"Ask: {contact_line(outcome.contact)}"


def _nearest(citation: CitationView, notices: Sequence[NoticeView], base_url: str) -> Iterator[str]:
    """Yields what a closest passage is about, its quote, and its source."""
    words = CitationText.of_view(citation)
    yield f"**{citation.number}. {words.subject}**"
    if words.turning:
        yield f"Under the heading “{words.turning}”:"
    yield quote_markdown(citation)
    yield from _notices(notices)
    yield f"{words.source} – {page_url(citation, base_url)}"


def _source(citation: CitationView, outcome: OutcomeView, base_url: str) -> str:
    """Returns the line of a source; under a written answer with its quote and what is to be known of it."""
    line = f"[{citation.number}] {CitationText.of_view(citation).source} – {page_url(citation, base_url)}"
    if not isinstance(outcome, AnsweredView) or outcome.mode != "written":
        return line
    return "\n\n".join((line, quote_markdown(citation), *_notices(at(outcome.notices, citation)))) + "\n"


def _notices(notices: Sequence[NoticeView]) -> Iterator[str]:
    for notice in notices:
        yield f"Note: {notice.text}"
