from datetime import date

import pytest

from assistant.editions.in_force import excluded_at, replaced_by, successors
from assistant.model import Edition, EditionId, Form, Kind

TODAY = date(2026, 11, 23)


def edition(name, work="work", start=None, supersedes=None, form=Form.OFFICIAL):
    return Edition(
        EditionId(name), work, name.title(), Kind.GUIDANCE, in_force_from=start, supersedes=supersedes, form=form
    )


OLD = edition("old", start=date(2024, 9, 2))
NEW = edition("new", start=date(2025, 9, 1), supersedes="old")
NEWEST = edition("newest", start=date(2026, 9, 1), supersedes="new")


def test_an_edition_leaves_when_its_indexed_successor_is_in_force():
    assert excluded_at([OLD, NEW], [], TODAY) == ("old",)


def test_an_edition_stays_when_its_successor_is_not_indexed():
    assert excluded_at([OLD], [NEW], TODAY) == ()
    assert replaced_by(OLD, [OLD, NEW], TODAY) == NEW


def test_an_edition_stays_at_a_date_before_its_successor_and_the_later_one_waits():
    assert excluded_at([OLD, NEW], [], date(2025, 1, 31)) == ("new",)
    assert replaced_by(OLD, [OLD, NEW], date(2025, 1, 31)) is None


def test_a_chain_over_an_edition_that_is_not_indexed_holds():
    assert excluded_at([OLD, NEWEST], [NEW], TODAY) == ("old",)
    assert replaced_by(OLD, [OLD, NEW, NEWEST], TODAY) == NEWEST


@pytest.mark.parametrize("form", [Form.SUMMARY, Form.DRAFT])
def test_a_summary_or_draft_gives_way_to_the_official_edition_of_its_work(form):
    stand_in = edition("stand-in", start=date(2024, 1, 1), form=form)
    assert excluded_at([stand_in, OLD], [], TODAY) == ("stand-in",)
    assert excluded_at([stand_in], [OLD], TODAY) == ()


def test_works_do_not_mix():
    assert excluded_at([edition("a", "one", form=Form.SUMMARY), edition("b", "two")], [], TODAY) == ()


def test_an_edition_that_is_not_in_force_and_stands_alone_still_answers():
    assert excluded_at([NEWEST], [], date(2026, 1, 1)) == ()


def test_a_cycle_ends():
    one = edition("one", supersedes="two")
    two = edition("two", supersedes="one")
    assert [each.edition_id for each in successors(one, [one, two])] == ["two"]
