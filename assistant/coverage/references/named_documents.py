"""Documents that the corpus names or links to, each with its state and every mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.coverage.references.names import act_name, act_of, key_of
from assistant.coverage.references.planned import planned_documents
from assistant.coverage.references.resolver import KnownEditions, ReferenceResolver, is_contact_or_file
from assistant.coverage.references.values import Mention, NamedDocument, ReferenceKind, ReferenceState
from assistant.coverage.texts.paragraphs import plain
from assistant.model import Edition, Span
from assistant.ports import Snapshot

SHORT = 12
"""Length in characters below which a longer name is preferred."""


def named_documents(snapshot: Snapshot, editions: Sequence[Edition], known: KnownEditions) -> tuple[NamedDocument, ...]:
    """Returns the documents that the editions refer to, the most pressing state first, then most mentioned, then by name.

    Args:
        snapshot: The library.
        editions: The editions whose references to collect.
        known: The editions that the reader may know of.
    """
    resolver = ReferenceResolver(snapshot, known)
    by_key: dict[str, list[tuple[NamedDocument, Mention]]] = {}
    for edition in editions:
        for document, mention in _of_edition(snapshot, edition, resolver):
            by_key.setdefault(_key(document), []).append((document, mention))
    documents = [_merged(pairs) for pairs in by_key.values()]
    return tuple(
        sorted(
            documents, key=lambda each: (list(ReferenceState).index(each.state), -len(each.mentions), each.name.lower())
        )
    )


def _of_edition(
    snapshot: Snapshot, edition: Edition, resolver: ReferenceResolver
) -> Iterator[tuple[NamedDocument, Mention]]:
    text = snapshot.text(edition.edition_id)
    for reference in snapshot.references(edition.edition_id):
        if reference.target and is_contact_or_file(reference.target) and not reference.target.startswith("file:"):
            continue
        words = plain(_sentence(text, reference.span)) if reference.span else plain(reference.text)
        document = resolver.resolve(reference, edition)
        if document is not None:
            yield document, Mention(edition.edition_id, reference.span, words)
    for span, meant in resolver.dated_citations(text, edition):
        yield resolver.document_of(meant), Mention(edition.edition_id, span, plain(_sentence(text, span)))
    for span, name in planned_documents(text, edition):
        yield resolver.planned_document(name), Mention(edition.edition_id, span, plain(_sentence(text, span)))


def _key(document: NamedDocument) -> str:
    if document.edition_id is not None:
        return f"edition {document.edition_id}"
    if document.state is ReferenceState.PLANNED:
        return f"planned {document.name.lower()}"
    return key_of(document.name, document.target)


def _merged(pairs: Sequence[tuple[NamedDocument, Mention]]) -> NamedDocument:
    """Returns one document with all its mentions; an act goes by its title, whichever section is meant."""
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
    """Returns the line around a span, at most 150 characters on each side."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 150)
    end = text.find("\n", span.end)
    return text[start : min(len(text) if end < 0 else end, span.end + 150)]
