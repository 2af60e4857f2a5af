"""Labels of the pages: names of kinds, forms, duties, refusals and states, dates, and links."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from urllib.parse import quote, urlencode, urlsplit

from assistant.editions.source_marks import mark_words
from assistant.editions.status import EditionWithStatus
from assistant.messages import OTHER_EVIDENCE, OWN_WORDS, STEPS_TODAY, WHO_DECIDES
from assistant.model import Form, Kind
from assistant.outcomes.approved_text import approved_by
from assistant.outcomes.citation_text import CitationText, form_words, kind_words
from assistant.outcomes.notices import at, of_whole
from assistant.outcomes.quote_text import plain_text, quote_text
from assistant.outcomes.view import (
    AnsweredView,
    ApprovedView,
    CitationView,
    HitView,
    NoticeView,
    OutcomeView,
    RefusedView,
    SignpostedView,
    StatementView,
    without_card,
)
from assistant.settings import Settings
from assistant.settings.language_model import LanguageModelSetting

KINDS: Mapping[str, str] = MappingProxyType({each.value: kind_words(each).capitalize() for each in Kind})
FORMS: Mapping[str, str] = MappingProxyType({each.value: form_words(each).capitalize() for each in Form})
DUTIES: Mapping[str, str] = MappingProxyType(
    {
        "must": "The quoted words use “must”: a duty",
        "should": "The quoted words use “should”: expected unless there is good reason",
        "may": "The quoted words use “may”: allowed, not required",
    }
)
CONCERNS: Mapping[str, str] = MappingProxyType(
    {
        "duty": "Duty word",
        "time_limit": "Time",
        "negation": "Negation",
        "number": "Number",
        "contact": "Contact",
        "actor": "Who acts",
        "wording": "Wording",
    }
)
"""What a change between two editions affects."""
ANSWERS = ("answered", "partly_answered")
"""The kinds of outcome that answer something."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no_passage": "Nothing found",
        "not_answered_here": "No confirmed answer",
        "not_supported": "Not confirmed",
        "out_of_scope": "Not something these documents cover",
        "needs_judgement": "This needs professional judgement",
        "superseded_only": "Only older editions match",
        "too_vague": "Please ask a complete question",
        "nothing_left_to_ask": "Nothing is left to ask",
        "courtesy": "No question",
    }
)

STATES: Mapping[str, str] = MappingProxyType(
    {
        "absent": "Required and absent",
        "conflicts": "In conflict",
        "partial": "Perhaps in part",
        "not_local": "Not a local matter",
        "not_assessed": "Not compared",
        "not_at_all": "Not answered",
        "partly": "Partly answered",
        "answered_now": "Answered now",
        "out_of_remit": "Out of remit",
        "not_indexed": "Not indexed",
        "planned": "Still to be written",
    }
)
"""Labels of states of findings; other states are shown as they are spelled."""
MARKS: Mapping[str, str] = MappingProxyType({"answered": "●", "covered": "●", "partly": "◐", "not_at_all": "○"})
"""Symbols of the topic map, which can be read without colour."""

FACTS: Mapping[str, str] = MappingProxyType({"group": "On whom", "looks like": "What it is", "document": "Document"})
"""Labels of the facts that findings are filtered by; other facts are shown as they are spelled."""


def state_name(state: str) -> str:
    """Returns the label of a finding's state."""
    return STATES.get(state, state.replace("_", " ").capitalize())


def anchor(key: str) -> str:
    """Returns the anchor of a finding on its page."""
    return f"f{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def tags(with_status: EditionWithStatus) -> tuple[str, ...]:
    """Returns the tags of an edition: its status, an unofficial form, a passed review date, exclusion from answers."""
    form = with_status.edition.form.value
    names = [
        with_status.status.value,
        *([mark_words(mark)] if (mark := with_status.edition.source_mark) is not None else []),
        *([form] if form in ("draft", "summary") else []),
        *(["past_review"] if with_status.is_past_review else []),
        *([] if with_status.is_answering else ["not_used_in_answers"]),
    ]
    return tuple(dict.fromkeys(name.replace("_", " ") for name in names))


def day(value: date | datetime | str | None) -> str:
    """Returns a day such as 1 June 2026; "" for None."""
    if value is None:
        return ""
    parsed = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{parsed.day} {parsed:%B %Y}"


def page_url(edition_id: str, number: int, spans: Sequence[Sequence[int]] = (), back: str | None = None) -> str:
    """Returns the address of a document's page with spans of its text marked."""
    query = [("span", f"{start}-{end}") for start, end in spans] + ([("back", back)] if back else [])
    address = f"/documents/{quote(edition_id, safe='')}/pages/{number}"
    return f"{address}?{urlencode(query)}#quote" if spans else address


def citation_url(citation: CitationView, back: str | None = None) -> str:
    """Returns the address of the page that a citation's last part begins on, with the quote marked."""
    pages = citation.parts[-1].pages or citation.pages or (1,)
    return page_url(citation.edition_id, pages[0], [part.span for part in citation.parts], back)


def language_model_disclosure(model: LanguageModelSetting | None) -> str:
    """Returns a sentence about the data that a language model receives; "" if there is no model."""
    if model is None:
        return ""
    if model.is_local:
        return f"{model.name} runs on this server; no data leaves it."
    host = urlsplit(model.address or "").hostname or model.provider
    return (
        f"{model.name} runs at {host}. Your question is sent there, but no personal details. What you asked before goes "
        "with it, and passages of these documents."
    )


def second_judge_disclosure(settings: Settings) -> str:
    """Returns a sentence about what every question sends to a second judge; "" where there is none."""
    model = settings.language_model
    if model is None or settings.answerability.judge == "none":
        return ""
    if model.is_local:
        where = "It runs on this server; no data leaves it."
    else:
        host = urlsplit(model.address or "").hostname or model.provider
        where = f"It runs at {host}: your question is sent there, but no personal details, with passages of these documents."
    return f"The language model {model.name} also judges whether the documents answer. {where} It writes nothing."


def mode_of(outcome: OutcomeView) -> str:
    """Returns "quoted" or "written"; "" for a refusal."""
    answered = without_card(outcome)
    return answered.mode if isinstance(answered, AnsweredView) else ""


def to_copy(outcome: OutcomeView) -> str:
    """Returns an answer with its sources as plain text, under its card where it has one."""
    answered = without_card(outcome)
    lines = [f"Question: {outcome.question}", ""]
    if isinstance(outcome, SignpostedView):
        steps = [f"“{each.text}” {CitationText.of_view(each.citation).source}" for each in outcome.steps]
        said = [STEPS_TODAY, *steps, ""] if steps else []
        lines = [outcome.card.title.upper(), outcome.card.text, "", *said, *lines]
    lines += _approved(outcome.approved) if outcome.approved else []
    is_written = mode_of(outcome) == "written"
    for statement in answered.criteria if isinstance(answered, RefusedView) else answered.statements:
        marks = "".join(f"[{number}]" for number in statement.citations)
        if is_written:
            lines.append(f"{statement.text} {marks}")
        else:
            lines += _quoted(statement, answered.citations, answered.notices, marks)
    for each in answered.decides if isinstance(answered, RefusedView) else ():
        lines.append(f"{WHO_DECIDES} “{each.text}” {CitationText.of_view(each.citation).source}")
    lines.append("")
    for citation in answered.citations:
        checked = f"\n“{quote_text(citation)}”" if is_written else ""
        lines.append(f"[{citation.number}] {CitationText.of_view(citation).source}{checked}")
    shown = answered.notices if is_written else of_whole(answered.notices)
    return "\n".join([*lines, *(f"Note: {notice.text}" for notice in shown)])


def _approved(approved: ApprovedView) -> list[str]:
    lines = [f"{approved_by(approved.owner, approved.approved_on)}:"]
    if approved.own_words:
        lines.append(f"{OWN_WORDS}: {approved.own_words}")
    for each in approved.citations:
        lines += [f"“{quote_text(each)}” {CitationText.of_view(each).source}"]
    return [*lines, *(f"Note: {each.text}" for each in approved.notices), "", f"{OTHER_EVIDENCE}:"]


def passage_text(hit: HitView) -> str:
    """Returns the words of a passage that a search found, a line each."""
    return plain_text(each.value for each in hit.lines) or hit.text


def _quoted(
    statement: StatementView, citations: Sequence[CitationView], notices: Sequence[NoticeView], marks: str
) -> Iterator[str]:
    """Yields what each quote of a statement is about, and the quote."""
    for citation in citations:
        if citation.number in statement.citations:
            words = CitationText.of_view(citation)
            yield words.subject
            if words.turning:
                yield f"Under the heading “{words.turning}”:"
            yield f"“{quote_text(citation)}” {marks}"
            yield from (f"Note: {notice.text}" for notice in at(notices, citation))
