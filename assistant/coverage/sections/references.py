"""The sections on referenced documents, and on how current the editions are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from assistant.coverage.facts import Column, Facts, text_of
from assistant.coverage.references.named_documents import named_documents
from assistant.coverage.references.resolver import KnownEditions
from assistant.coverage.references.values import NamedDocument, ReferenceKind, ReferenceState
from assistant.coverage.values import ReportSection, Row, source_quote
from assistant.editions.status import EditionStatus, EditionWithStatus, editions_with_status
from assistant.model import Edition, EditionId, Form, Kind, Span
from assistant.ports import Snapshot

REFERENCES = "Documents that the corpus names or links to, and whether they are in the library."
CURRENCY = "Editions that are past or near their review date, replaced, drafts or summaries, and documents that cite replaced editions."
SOON = timedelta(days=90)
"""How long before its review date an edition counts as near review."""
SHOWN = 5
"""Mentions shown for a referenced document; all are counted."""
NEAR_REVIEW, CITES_SUPERSEDED = "near_review", "cites_superseded"
CURRENCY_STATES = (
    EditionStatus.SUPERSEDED, EditionStatus.PAST_REVIEW, CITES_SUPERSEDED, NEAR_REVIEW, EditionStatus.DRAFT, EditionStatus.SUMMARY,
    EditionStatus.NOT_YET_IN_FORCE, EditionStatus.IN_FORCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReferenceFacts(Facts):
    """Facts of a referenced document."""

    kind: Annotated[ReferenceKind, Column("looks like")]
    places: Annotated[int, Column("places")]
    """Number of mentions."""
    named_in: Annotated[
        tuple[tuple[EditionId, int], ...], Column("named in", text=lambda pair: f"{pair[0]} ({pair[1]})")
    ]
    """Editions with their number of mentions, the most first."""
    replaced_by: Annotated[EditionId | None, Column("replaced by")]
    address: Annotated[str | None, Column("address")]


@dataclass(frozen=True, slots=True)
class CurrencyFacts(Facts):
    """Facts of an edition and how current it is."""

    kind: Annotated[Kind, Column("kind")]
    form: Annotated[Form | None, Column("form")]
    published: Annotated[date | None, Column("published")]
    in_force_from: Annotated[date | None, Column("in force from")]
    review_by: Annotated[date | None, Column("review by")]
    replaced_by: Annotated[str, Column("replaced by")]
    is_answering: Annotated[bool | None, Column("answers questions")]
    """None in a row about a citation."""
    cites: Annotated[str, Column("cites")]
    """The replaced document that it cites, "" in a row about the edition itself."""


def references_section(snapshot: Snapshot, answering: Sequence[Edition], editions: KnownEditions) -> ReportSection:
    """Returns the documents that the editions name, the most pressing first; web pages that are not documents come last."""
    named = named_documents(snapshot, answering, editions)
    states = tuple(state.value for state in ReferenceState)
    rows = sorted(
        (_named_row(each, snapshot) for each in named),
        key=lambda row: (states.index(row.state), *_reference_order(row)),
    )
    return ReportSection("references", "References", REFERENCES, (), states, tuple(rows))


def currency_section(snapshot: Snapshot, editions: KnownEditions) -> ReportSection:
    """Returns how current each edition is, the most pressing first.

    Args:
        snapshot: The library.
        editions: The editions that the reader may know of.
    """
    visible, at = editions.indexed, editions.at
    names = {each.edition_id: each for each in visible}
    indexed = [each for each in editions_with_status(visible, editions.known, at) if each.is_indexed]
    rows = [_status_row(each, at) for each in indexed]
    cited = [each for each in named_documents(snapshot, visible, editions) if each.state is ReferenceState.SUPERSEDED]
    rows += [
        _citing_row(names[edition_id], document, snapshot)
        for document in cited
        for edition_id in dict.fromkeys(mention.edition_id for mention in document.mentions)
        if edition_id in names and names[edition_id].kind.authority >= LOCAL_FROM
    ]
    states = tuple(str(state) for state in CURRENCY_STATES)
    rows.sort(key=lambda row: (states.index(row.state), row.facts.is_answering is False, row.title))
    return ReportSection("currency", "Currency", CURRENCY, (), states, tuple(rows))


LOCAL_FROM = 2
"""Authority rank from which the partnership is expected to fix a citation of a superseded edition: guidance and below."""


def _reference_order(row: Row[ReferenceFacts]) -> tuple[int, int]:
    return list(ReferenceKind).index(row.facts.kind), -row.facts.places


def _named_row(document: NamedDocument, snapshot: Snapshot) -> Row[ReferenceFacts]:
    by_edition = Counter(mention.edition_id for mention in document.mentions)
    facts = ReferenceFacts(
        kind=document.kind,
        places=len(document.mentions),
        named_in=tuple(by_edition.most_common()),
        replaced_by=document.replaced_by,
        address=document.target,
    )
    quotes = tuple(
        source_quote(
            snapshot, mention.edition_id, _line(snapshot, mention.edition_id, mention.span.start), role="names it"
        )
        for mention in document.mentions[:SHOWN]
        if mention.span is not None
    )
    return Row(
        document.edition_id or document.target or document.name, document.state.value, document.name, facts, quotes
    )


def _line(snapshot: Snapshot, edition_id: EditionId, at: int) -> tuple[Span, ...]:
    text = snapshot.text(edition_id)
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return (Span(start, end if end > 0 else len(text)),)


def _status_row(status: EditionWithStatus, at: date) -> Row[CurrencyFacts]:
    edition, later = status.edition, status.replaced_by
    state = str(status.status)
    if status.status is EditionStatus.IN_FORCE and edition.review_by is not None and edition.review_by - at <= SOON:
        state = NEAR_REVIEW
    facts = CurrencyFacts(
        kind=edition.kind,
        form=edition.form,
        published=edition.published,
        in_force_from=edition.in_force_from,
        review_by=edition.review_by,
        replaced_by=f"{later.title} ({text_of(later.in_force_from or later.published)})" if later else "",
        is_answering=status.is_answering,
        cites="",
    )
    return Row(f"edition {edition.edition_id}", state, edition.title, facts, ())


def _citing_row(edition: Edition, document: NamedDocument, snapshot: Snapshot) -> Row[CurrencyFacts]:
    mentions = [each for each in document.mentions if each.edition_id == edition.edition_id]
    quotes = tuple(
        source_quote(
            snapshot, edition.edition_id, _line(snapshot, edition.edition_id, each.span.start), role="cites it"
        )
        for each in mentions
        if each.span is not None
    )
    facts = CurrencyFacts(
        kind=edition.kind,
        form=None if edition.form is Form.OFFICIAL else edition.form,
        published=edition.published,
        in_force_from=edition.in_force_from,
        review_by=edition.review_by,
        replaced_by=document.replaced_by or "",
        is_answering=None,
        cites=document.name,
    )
    return Row(f"{edition.edition_id} cites {document.edition_id}", CITES_SUPERSEDED, edition.title, facts, quotes)
