"""How an edition stands among the others at a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.editions.status import editions_with_status
from assistant.model import Edition, EditionId, Form, Kind

AT = date(2026, 6, 1)
PLAIN = Edition(EditionId("plain"), "plain", "Plain", Kind.POLICY, in_force_from=date(2025, 1, 1))


def of(edition, *others, known=()):
    found = editions_with_status((edition, *others), known, AT)
    return next(each for each in found if each.edition.edition_id == edition.edition_id)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "in_force"),
        ({"form": Form.DRAFT}, "draft"),
        ({"form": Form.SUMMARY}, "summary"),
        ({"review_by": date(2026, 5, 31)}, "past_review"),
        ({"review_by": AT}, "in_force"),
        ({"in_force_from": date(2026, 6, 2)}, "not_yet_in_force"),
        ({"form": Form.DRAFT, "review_by": date(2020, 1, 1)}, "draft"),
    ],
)
def test_the_weightiest_status_is_told(change, status):
    assert of(replace(PLAIN, **change)).status == status


def test_a_successor_in_force_supersedes_and_only_an_indexed_one_silences():
    later = Edition(EditionId("later"), "plain", "Later", Kind.POLICY, in_force_from=AT, supersedes=PLAIN.edition_id)
    indexed, known = of(PLAIN, later), of(PLAIN, known=(later,))
    assert (indexed.status, indexed.is_answering, indexed.replaced_by) == ("superseded", False, later)
    assert (known.status, known.is_answering, known.replaced_by) == ("superseded", True, later)
    assert of(PLAIN, replace(later, in_force_from=date(2026, 6, 2))).status == "in_force"


def test_known_editions_do_not_answer_and_the_highest_authority_comes_first():
    law = Edition(EditionId("law"), "law", "Zebra act", Kind.LEGISLATION)
    found = editions_with_status((PLAIN,), (law,), AT)
    assert [(str(each.edition.edition_id), each.is_indexed, each.is_answering) for each in found] == [
        ("law", False, False),
        ("plain", True, True),
    ]
