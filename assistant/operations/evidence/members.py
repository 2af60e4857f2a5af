"""The members of an evidence file: a page for people, JSON for programs, pictures and texts, and how to check all of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from assistant.editions.status import EditionWithStatus
from assistant.model import Edition
from assistant.operations.evidence.explanation import basis_words, date_words, day_words, time_words, title_of
from assistant.operations.evidence.pages import EvidencePage, around_marks
from assistant.operations.evidence.seal import KEY, MANIFEST, SIGNATURE
from assistant.operations.evidence.values import Evidence
from assistant.operations.evidence.verify import FACTS
from assistant.outcomes.citation_text import form_words, kind_words

FORMAT = "policy-assistant-evidence/1"
INDEX, OUTCOME, README = "index.html", "outcome.json", "README.txt"
LISTED = 300
"""Editions that the page lists besides the quoted ones; the JSON lists all."""


def members_of(evidence: Evidence, fingerprint: str) -> dict[str, bytes]:
    """Returns the members by name, in their order.

    Args:
        evidence: What is sealed.
        fingerprint: Of the key that it will be sealed with.
    """
    names = [_page_name(place, page) for place, page in enumerate(evidence.pages, start=1)]
    pictures = {
        f"{name}.png": page.picture
        for name, page in zip(names, evidence.pages, strict=True)
        if page.picture is not None
    }
    texts = {
        f"{name}.txt": "".join(each.text for each in page.stretches).encode()
        for name, page in zip(names, evidence.pages, strict=True)
    }
    facts = facts_of(evidence, names, fingerprint)
    return {
        README: _rendered("README.txt", evidence, names, fingerprint),
        INDEX: _rendered("index.html", evidence, names, fingerprint),
        FACTS: _json(facts),
        OUTCOME: _json(evidence.outcome),
        **pictures,
        **texts,
    }


def facts_of(evidence: Evidence, names: Sequence[str], fingerprint: str) -> dict[str, Any]:
    """Returns what the file says about itself, as plain JSON values."""
    then = evidence.library
    return {
        "format": FORMAT,
        "kind": evidence.kind.value,
        "subject": evidence.subject,
        "day": evidence.day.isoformat(),
        "made": {"at": _time(evidence.made_at), "program": evidence.version, "key_fingerprint": fingerprint},
        "explanation": list(basis_words(evidence)),
        "library": {
            "basis": then.basis.value,
            "generation": then.publication.number,
            "published": _time(then.publication.since),
            "replaced": _time(then.publication.until),
            "history_since": _time(then.history_since),
            "fingerprint": evidence.fingerprint,
        },
        "editions": [_edition_facts(each, evidence) for each in evidence.editions],
        "published_here_later": [_edition(each) for each in then.later],
        "replaced_here_since": [_edition(each) for each in then.changed],
        "erased_since": list(then.erased),
        "pages": [_page_facts(*each) for each in zip(names, evidence.pages, strict=True)],
        "quotes_without_page": [
            {"edition_id": each.edition_id, "source": each.source} for each in evidence.without_page
        ],
    }


def _edition_facts(with_status: EditionWithStatus, evidence: Evidence) -> dict[str, Any]:
    name = str(with_status.edition.edition_id)
    return {
        **_edition(with_status.edition),
        "status": with_status.status.value,
        "is_held": with_status.is_indexed,
        "is_answering": with_status.is_answering,
        "is_quoted": name in evidence.quoted,
        "text_sha256": evidence.text_digests.get(name),
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "edition_id": edition.edition_id,
        "work": edition.work,
        "title": edition.title,
        "kind": edition.kind.value,
        "form": edition.form.value,
        "publisher": edition.publisher,
        "published": _day(edition.published),
        "in_force_from": _day(edition.in_force_from),
        "review_by": _day(edition.review_by),
        "supersedes": edition.supersedes,
        "file_sha256": edition.sha256,
    }


def _page_facts(name: str, page: EvidencePage) -> dict[str, Any]:
    return {
        "edition_id": page.edition.edition_id,
        "number": page.number,
        "label": page.label,
        "marks": [list(each) for each in page.marks],
        "text": f"{name}.txt",
        "picture": f"{name}.png" if page.picture is not None else None,
        "is_marked_on_picture": page.is_marked,
    }


def _page_name(place: int, page: EvidencePage) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", str(page.edition.edition_id)).strip("-.")[:60]
    return f"pages/{place:02}-{plain or 'edition'}-page-{page.number}"


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _time(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def _rendered(template: str, evidence: Evidence, names: Sequence[str], fingerprint: str) -> bytes:
    others = [each for each in evidence.editions if str(each.edition.edition_id) not in evidence.quoted]
    text = (
        _environment()
        .get_template(template)
        .render(
            evidence=evidence,
            then=evidence.library,
            title=title_of(evidence),
            explanation=basis_words(evidence),
            pages=list(zip(names, evidence.pages, strict=True)),
            quoted=[each for each in evidence.editions if str(each.edition.edition_id) in evidence.quoted],
            others=others[:LISTED],
            left_out=max(0, len(others) - LISTED),
            fingerprint=fingerprint,
            files={"manifest": MANIFEST, "signature": SIGNATURE, "key": KEY, "facts": FACTS, "outcome": OUTCOME},
        )
    )
    return text.encode()


@cache
def _environment() -> Environment:
    templates = Environment(
        loader=PackageLoader("assistant.operations.evidence", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters.update(
        around_marks=around_marks, dates=date_words, day=day_words, time=time_words, kind=kind_words, form=form_words
    )
    return templates
