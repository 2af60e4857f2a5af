"""How an evidence file says in plain words which library and which documents it speaks of."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.model import Edition
from assistant.operations.evidence.library_then import Basis
from assistant.operations.evidence.values import Evidence, EvidenceKind

IN_FORCE = "Of what the library held, only editions in force on {day} answer, by the dates in the documents’ details."
AS_PUBLISHED = (
    "It is answered from the documents that this assistant’s library held {when}: state {number} of the library, published "
    "here on {since} and {until}."
)
BEFORE_HISTORY = (
    "Nothing is stored of this assistant’s library as it was on {day}: what is stored begins on {history}. So this is answered "
    "from the documents that the library held when this file was made, {made}. It does not show what could be read here "
    "on {day}."
)
OTHER_EMBEDDER = (
    "The library as it was on {day} was made for another search model and cannot be searched any more. So this is answered "
    "from the documents that the library held when this file was made, {made}. It does not show what could be read here "
    "on {day}."
)
WORKED_OUT = (
    "The answer was worked out when this file was made, by version {version} of the program. What was shown to somebody on "
    "that day may have quoted other words; a file of the stored outcome says that."
)
BLOCKED = (
    "The policy team keeps {blocked} of the passages found from answering this. They are left out here, whatever they said on {day}; "
    "a file of the topic shows them."
)
OWN = "Answers that the policy team has approved are given as at today alone, so none is in this file."
RECORDED = (
    "This is the outcome that was stored when it was shown on {day}. Nothing was worked out anew. Personal details were removed "
    "from the question before it was stored, and who asked is not in this file."
)
RECORD_PAGES = (
    "The pages are those of the documents that the library held then: state {number} of the library, published here on {since} "
    "and {until}."
)
RECORD_NOW = (
    "Nothing is stored of the library of that day, so the pages are those of documents that it holds now, and only where they "
    "hold the same words at the same place."
)


def title_of(evidence: Evidence) -> str:
    """Returns the heading of an evidence file."""
    if evidence.kind is EvidenceKind.RECORD:
        return f"What was answered on {day_words(evidence.day)}"
    if evidence.library.basis is Basis.AS_PUBLISHED:
        return f"What the documents said on {day_words(evidence.day)}"
    return f"What documents in force on {day_words(evidence.day)} say"


def basis_words(evidence: Evidence) -> tuple[str, ...]:
    """Returns the sentences that say which library, which documents and which program this comes from."""
    publication = evidence.library.publication
    until = f"replaced on {time_words(publication.until)}" if publication.until else "not replaced since"
    is_today = evidence.day == evidence.made_at.date()
    facts = {
        "when": "when this file was made" if is_today else f"at the end of {day_words(evidence.day)} (UTC)",
        "day": day_words(evidence.day),
        "number": str(publication.number),
        "since": time_words(publication.since),
        "until": until,
        "history": time_words(evidence.library.history_since),
        "made": time_words(evidence.made_at),
        "blocked": str(evidence.blocked),
        "version": evidence.version,
    }
    return tuple(each.format(**facts) for each in _sentences(evidence))


def _sentences(evidence: Evidence) -> tuple[str, ...]:
    basis = evidence.library.basis
    if evidence.kind is EvidenceKind.RECORD:
        return RECORDED, RECORD_PAGES if basis is Basis.AS_PUBLISHED else RECORD_NOW
    library = {
        Basis.AS_PUBLISHED: AS_PUBLISHED,
        Basis.BEFORE_HISTORY: BEFORE_HISTORY,
        Basis.OTHER_EMBEDDER: OTHER_EMBEDDER,
    }[basis]
    if evidence.kind is EvidenceKind.TOPIC:
        return library, IN_FORCE
    is_other_day = evidence.day != evidence.made_at.date()
    more = (*((OWN,) if is_other_day else ()), *((BLOCKED,) if evidence.blocked else ()))
    return library, IN_FORCE, WORKED_OUT, *more


def date_words(edition: Edition) -> str:
    """Returns the dates of an edition: "published 1 May 2025; in force from 1 June 2025"; "none given" for none."""
    dates = (
        ("published", edition.published),
        ("in force from", edition.in_force_from),
        ("review by", edition.review_by),
    )
    return "; ".join(f"{name} {day_words(value)}" for name, value in dates if value) or "none given"


def day_words(value: date | None) -> str:
    """Returns a day such as 14 March 2026; "" for None."""
    return f"{value.day} {value:%B %Y}" if value else ""


def time_words(value: datetime | None) -> str:
    """Returns a time such as 14 March 2026 at 09:05 UTC; "" for None."""
    return f"{day_words(value)} at {value.astimezone(UTC):%H:%M} UTC" if value else ""
