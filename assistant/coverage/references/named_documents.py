"""Documents that the corpus names or links to: indexed, superseded, known and not indexed, missing, or still to be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.coverage.references.names import act_name, act_of, key_of
from assistant.coverage.references.planned import planned
from assistant.coverage.references.values import Mention, NamedDocument, ReferenceKind, ReferenceState
from assistant.coverage.references.works import Catalogue, Works, is_no_page
from assistant.coverage.texts.paragraphs import plain
from assistant.model import Edition, Span
from assistant.ports import Snapshot

SHORT = 12
"""Characters of a name below which a longer one tells more."""


def named_documents(snapshot: Snapshot, editions: Sequence[Edition], catalogue: Catalogue) -> tuple[NamedDocument, ...]:
    """Returns what the editions name, the most pressing state first, then by the number of places, ties by name.

    Args:
        snapshot: The library.
        editions: Whose references are wanted.
        catalogue: What the reader may know of.
    """
    works = Works(snapshot, catalogue)
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
    if document.state is ReferenceState.PLANNED:
        return f"planned {document.name.lower()}"
    return key_of(document.name, document.target)


def _one(pairs: Sequence[tuple[NamedDocument, Mention]]) -> NamedDocument:
    """Returns one document of all the places that name it; an act goes by its title, whatever section is meant."""
    first = next((pair[0] for pair in pairs if pair[0].target), pairs[0][0])
    places = tuple(dict.fromkeys(mention for _, mention in pairs))
    if first.edition_id is not None:
        return replace(first, mentions=places)
    name = min((pair[0].name for pair in pairs), key=lambda name: (len(name) < SHORT, len(name)))
    act = act_of(first.target)
    if act is not None:
        texts = (*(pair[0].name for pair in pairs), *(each.words for each in places))
        return replace(first, name=act_name(act, texts) or name, kind=ReferenceKind.LAW, mentions=places)
    return replace(first, name=name, mentions=places)


def _sentence(text: str, span: Span) -> str:
    """Returns the line around a stretch, at most 300 characters of it."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 150)
    end = text.find("\n", span.end)
    return text[start : min(len(text) if end < 0 else end, span.end + 150)]
