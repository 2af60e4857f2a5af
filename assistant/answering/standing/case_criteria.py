"""The criteria that fit a case which people have to decide, and who decides it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from assistant.answering.answerability.judge import Answerability
from assistant.answering.compose.extract import MOST_STATEMENTS, claim_of, distinct
from assistant.answering.resources import Resources
from assistant.answering.standing.answers import StandingQuestion, cited_statements, claims_for, likely
from assistant.answering.standing.table import matches, table, typed_plainly
from assistant.editions.locations import edition_named
from assistant.model import CitedStatement, Claim, Edition, Form, Kind
from assistant.ports import Snapshot

Reading = tuple[Snapshot, Resources, tuple[str, ...], date]
"""The generation as its reader sees it, what the pipeline works with, the reader's groups, and the date asked about."""


def fitting_criteria(case: str, judged: Answerability, reading: Reading) -> tuple[Claim, ...]:
    """Returns at most three quotes of criteria that are about the subjects of a case, () where none certainly is.

    First what the documents answer about each subject, asked in fixed words; then what the search for the case itself found,
    if it speaks of a subject. What stands in neither is not quoted: criteria of another subject mislead. A measure that the
    message names (a level, section 47, a conference) counts only where nothing is found about what is told.

    Args:
        case: The message, masked.
        judged: The sentences that the search for it ranked.
        reading: What is read.
    """
    for subjects in _subjects(case):
        if claims := _about(subjects, judged, reading):
            return claims[:MOST_STATEMENTS]
    return ()


def who_decides(case: str, reading: Reading) -> tuple[CitedStatement, ...]:
    """Returns the statement of the documents on who decides what a case asks; () where they do not certainly say."""
    snapshot, *_ = reading
    plain = typed_plainly(case)
    decided = next((name for name, each in table()["decides"].items() if matches(each["case"], plain)), None)
    if decided is None:
        return ()
    return cited_statements(claims_for(_deciding_question(decided), *reading)[:1], snapshot)


def _subjects(case: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the subjects that a message tells of, and the measures that it names."""
    plain = typed_plainly(case)
    found = [
        (name, each.get("is_measure", False))
        for name, each in table()["criteria"].items()
        if matches(each["case"], plain)
    ]
    return tuple(name for name, is_measure in found if not is_measure), tuple(name for name, it_is in found if it_is)


def _about(subjects: Sequence[str], judged: Answerability, reading: Reading) -> tuple[Claim, ...]:
    snapshot, resources, *_ = reading
    claims = [claim for each in subjects for claim in claims_for(_criteria_question(each), *reading)]
    return distinct([*claims, *_of_the_case(judged, subjects, snapshot, resources.calibration.extra_share)])


def _of_the_case(
    judged: Answerability, subjects: Sequence[str], snapshot: Snapshot, extra_share: float
) -> Iterator[Claim]:
    for candidate in likely(judged, extra_share):
        claim, headings = claim_of(candidate, snapshot), candidate.hit.passage.headings
        edition = edition_named(claim.edition_id, snapshot)
        if any(_is_criterion(table()["criteria"][each], claim.text, headings, edition) for each in subjects):
            yield claim


def _criteria_question(subject: str) -> StandingQuestion:
    entry = table()["criteria"][subject]

    def says(quote: str, headings: Sequence[str], edition: Edition) -> bool:
        return _is_criterion(entry, quote, headings, edition)

    return StandingQuestion(f"criteria.{subject}", tuple(entry["queries"]), says)


def _is_criterion(entry: dict[str, Any], quote: str, headings: Sequence[str], edition: Edition) -> bool:
    """Returns whether a quote sets out criteria for a subject: in a review, a count or a story there are none."""
    words = table()
    if not _is_rule(edition) or matches((*words["no_criterion"], *entry.get("not_subject", ())), quote):
        return False
    return matches(entry["subject"], quote) and matches(words["criterion"], quote)


def _is_rule(edition: Edition) -> bool:
    """Returns whether an edition sets rules: a review finds, and a draft is not adopted."""
    return edition.kind is not Kind.LEARNING_REVIEW and edition.form is not Form.DRAFT


def _deciding_question(decided: str) -> StandingQuestion:
    entry = table()["decides"][decided]

    def says(quote: str, headings: Sequence[str], edition: Edition) -> bool:
        return _is_rule(edition) and matches(entry["subject"], quote) and matches(table()["deciding"], quote)

    return StandingQuestion(f"decides.{decided}", tuple(entry["queries"]), says)
