"""The same set asked both ways: every figure twice, and how many answers were written at all."""

from dataclasses import replace

from lxml import html

from evals.reporting.modes import side_by_side, written_share
from evals.reporting.page import page
from evals.scoring.figures import figures
from tests.unit.test_figures import SET, asked, measured


def written(values):
    """Returns the questions as answered by a language model where they were answered."""
    return tuple(
        replace(each, outcome={**each.outcome, "mode": "written"}) if each.outcome["outcome"] == "answered" else each
        for each in values
    )


def test_answers_that_were_written_are_counted_among_the_answers():
    mixed = (*written(SET[:1]), *SET[1:])
    assert (written_share(mixed).count, written_share(mixed).of) == (1, 3)
    assert (written_share(SET).count, written_share(SET).value) == (0, 0.0)
    assert written_share(()).value is None


def test_each_figure_of_both_runs_stands_in_its_column():
    better = written((*SET[:1], asked("b"), *SET[2:]))
    rows = [line.strip("| ").split(" | ") for line in side_by_side(SET, better).splitlines()]
    assert rows[0] == ["measure", "quoted", "written"]
    assert all(len(row) == 3 for row in rows[2:])
    wrong = next(row for row in rows if row[0].startswith("Wrong answers among all"))
    assert wrong[1].startswith("2 of 5")
    assert wrong[2].startswith("1 of 5")
    assert rows[-1][0] == "Time"


def test_a_figure_that_only_one_run_has_is_no_fault():
    assert "| – |" in side_by_side(SET, SET[:1])


def test_the_page_has_both_columns_where_both_were_asked():
    one = measured(SET)
    both = replace(one, written=(*figures(written(SET)), written_share(written(SET))), written_seconds=(0.5,) * 5)
    headings = {each.text_content() for each in html.fromstring(page(both)).xpath("//th[@scope='col']")}
    assert "Written by the language model" in headings
    assert "3 of 3" in page(both).split("Quoted and written")[1]
    assert "Written by the language model" not in page(one)
