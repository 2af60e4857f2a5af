"""Turns values into compact JSON for the tables, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from assistant.model import (
    Digest,
    Edition,
    EditionId,
    Exclusion,
    Footnote,
    Form,
    Kind,
    Layer,
    OffsetRun,
    Page,
    Passage,
    PassageId,
    Recognised,
    Reference,
    Section,
    Sentence,
    SentenceKind,
    Span,
)
from assistant.ports import Source

_DATES = ("published", "in_force_from", "review_by")
_LAID_OVER = ("source_mark",)
"""Fields of an edition that are no part of what the library stores."""


def dump(value: Any) -> str:
    """Returns compact JSON; dates as ISO text, paths as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def edition_to(edition: Edition) -> str:
    """Returns an edition as JSON."""
    return dump({name: value for name, value in asdict(edition).items() if name not in _LAID_OVER})


def edition_from(text: str) -> Edition:
    """Returns the edition of a JSON text."""
    raw = json.loads(text)
    dates = {name: date.fromisoformat(raw[name]) if raw[name] else None for name in _DATES}
    layer = Layer(raw["layer"]) if raw.get("layer") else None
    enums = {"kind": Kind(raw["kind"]), "form": Form(raw["form"]), "groups": tuple(raw["groups"]), "layer": layer}
    return Edition(**{**raw, **dates, **enums})


def source_to(source: Source) -> str:
    """Returns a source as JSON."""
    return dump(asdict(source))


def source_from(text: str) -> Source:
    """Returns the source of a JSON text."""
    raw = json.loads(text)
    return Source(**{**raw, "root": Path(raw["root"]), "path": Path(raw["path"])})


def groups_from(text: str) -> tuple[str, ...]:
    """Returns the groups of a JSON list."""
    return tuple(json.loads(text))


def pages_to(pages: Sequence[Page]) -> str:
    """Returns pages as JSON rows; what was read by OCR stands only where there is some."""
    return dump([[p.number, p.label, p.start, p.end, *([p.recognised] if p.recognised else [])] for p in pages])


def pages_from(text: str) -> tuple[Page, ...]:
    """Returns the pages of JSON rows; most have nothing that was read by OCR."""
    return tuple(_page_from(*row) for row in json.loads(text))


def _page_from(number: int, label: str, start: int, end: int, recognised: Sequence[Sequence[float]] = ()) -> Page:
    stretches = tuple(Recognised(int(first), int(last), confidence) for first, last, confidence in recognised)
    return Page(number, label, start, end, stretches)


def sections_to(sections: Sequence[Section]) -> str:
    """Returns sections as JSON rows."""
    return dump([[s.headings, *s.span, s.label] for s in sections])


def sections_from(text: str) -> tuple[Section, ...]:
    """Returns the sections of JSON rows."""
    return tuple(Section(tuple(h), Span(start, end), label) for h, start, end, label in json.loads(text))


def footnotes_to(notes: Sequence[Footnote]) -> str:
    """Returns footnotes as JSON rows."""
    return dump([[n.mark, n.anchor, *n.span] for n in notes])


def exclusions_to(exclusions: Sequence[Exclusion]) -> str:
    """Returns exclusions as JSON rows; the count of words stands only where there is one."""
    return dump([[e.page, e.reason, e.preview, *([] if e.words is None else [e.words])] for e in exclusions])


def exclusions_from(text: str) -> tuple[Exclusion, ...]:
    """Returns the exclusions of JSON rows; those of an earlier release have no count of words."""
    return tuple(Exclusion(*row) for row in json.loads(text))


def references_to(references: Sequence[Reference]) -> str:
    """Returns references as JSON rows."""
    return dump([[r.text, r.target, list(r.span) if r.span else None] for r in references])


def references_from(text: str) -> tuple[Reference, ...]:
    """Returns the references of JSON rows."""
    return tuple(Reference(words, target, Span(*span) if span else None) for words, target, span in json.loads(text))


def offsets_to(offsets: Sequence[OffsetRun]) -> str:
    """Returns offset runs as JSON rows."""
    return dump([[o.start, o.length, o.page, o.raw_start] for o in offsets])


def passage_to(passage: Passage, content_id: int, ordinal: int) -> dict[str, Any]:
    """Returns the row of a passage."""
    return {
        "content_id": content_id,
        "ordinal": ordinal,
        "passage_id": passage.passage_id,
        "digest": passage.digest,
        "start": passage.span.start,
        "end": passage.span.end,
        "headings": dump(passage.headings),
        "label": passage.label,
        "text": passage.text,
        "embed_text": passage.embed_text,
        "sentences": dump([_sentence_row(each) for each in passage.sentences]),
        "is_quotable": passage.is_quotable,
    }


def passage_from(row: Row[Any], edition_id: EditionId) -> Passage:
    """Returns the passage of a row."""
    return Passage(
        PassageId(row.passage_id),
        edition_id,
        Span(row.start, row.end),
        tuple(json.loads(row.headings)),
        row.label,
        row.text,
        row.embed_text,
        Digest(row.digest),
        tuple(_sentence_from(each) for each in json.loads(row.sentences)),
        row.is_quotable,
    )


def _sentence_row(sentence: Sentence) -> list[Any]:
    """Returns a sentence as its span, its kind, its lead-ins, and its label where it has one."""
    label = [sentence.label] if sentence.label else []
    return [*sentence.span, sentence.kind.value, *sentence.lead_ins, *label]


def _sentence_from(row: list[Any]) -> Sentence:
    """Returns the sentence of a row; rows of earlier releases have no label."""
    start, end, kind, *rest = row
    label = rest.pop() if rest and isinstance(rest[-1], str) else None
    return Sentence(Span(start, end), SentenceKind(kind), tuple(Span(*each) for each in rest), label)
