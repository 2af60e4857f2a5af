"""Documents that the corpus names or links to: indexed, superseded, known and not indexed, missing, or still to be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.coverage.paragraphs import plain
from assistant.coverage.planned import planned
from assistant.coverage.reference_values import Mention, NamedDocument, ReferenceState
from assistant.coverage.titles import address_of
from assistant.coverage.works import Works, is_no_page
from assistant.model import Edition, Span
from assistant.ports import Snapshot


def named_documents(snapshot: Snapshot, editions: Sequence[Edition], at: date) -> tuple[NamedDocument, ...]:
    """Returns what the editions name, the most pressing state first, then by the number of places, ties by name.

    Args:
        snapshot: The library.
        editions: Whose references are wanted.
        at: The day at which editions are in force.
    """
    works = Works(snapshot, at)
    found: dict[str, list[tuple[NamedDocument, Mention]]] = {}
    for edition in editions:
        for document, mention in _of_edition(snapshot, edition, works):
            found.setdefault(_key(document), []).append((document, mention))
    rows = [_one(pairs) for pairs in found.values()]
    return tuple(
        sorted(rows, key=lambda row: (list(ReferenceState).index(row.state), -len(row.mentions), row.name.lower()))
    )


def _of_edition(snapshot: Snapshot, edition: Edition, works: Works) -> Iterator[tuple[NamedDocument, Mention]]:
    text = snapshot.text(edition.edition_id)
    for reference in snapshot.references(edition.edition_id):
        if reference.target and is_no_page(reference.target) and not reference.target.startswith("file:"):
            continue
        words = plain(_sentence(text, reference.span)) if reference.span else plain(reference.text)
        document = works.document(reference, edition)
        if document is not None:
            yield document, Mention(edition.edition_id, reference.span, words)
    for span, meant in works.cited(text, edition):
        yield works.of(meant), Mention(edition.edition_id, span, plain(_sentence(text, span)))
    for span, name in planned(text, edition):
        yield works.planned(name), Mention(edition.edition_id, span, plain(_sentence(text, span)))


def _key(document: NamedDocument) -> str:
    if document.edition_id is not None:
        return f"edition {document.edition_id}"
    return address_of(document.target) if document.target else f"{document.state} {document.name.lower()}"


def _one(pairs: Sequence[tuple[NamedDocument, Mention]]) -> NamedDocument:
    first = pairs[0][0]
    name = (
        first.name
        if first.edition_id
        else min((pair[0].name for pair in pairs), key=lambda name: (len(name) < 12, len(name)))
    )
    places = dict.fromkeys(mention for _, mention in pairs)
    return NamedDocument(
        name, first.target, first.kind, first.state, first.edition_id, first.replaced_by, tuple(places)
    )


def _sentence(text: str, span: Span) -> str:
    """Returns the line around a stretch, at most 300 characters of it."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 150)
    end = text.find("\n", span.end)
    return text[start : min(len(text) if end < 0 else end, span.end + 150)]
