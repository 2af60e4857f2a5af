"""Usage tells of numbers that are large enough, and nothing that is shown reveals one that is not."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.model.people import Opinion, PolicyQuestion
from assistant.quality.small_counts import Key, Line, hidden_counts
from assistant.quality.usage import OUTCOMES, csv_lines, usage_of
from tests.outcomes import EDITION, REVIEW

TODAY = date(2026, 5, 6)
LEAST = 5


def asked(count: int, outcome: str = "answered", days: int = 0, **facts: object) -> list[PolicyQuestion]:
    day = (TODAY - timedelta(days=days)).isoformat()
    editions = ("policy-2026",) if outcome == "answered" else ()
    fields = {"seconds": 0.2, "touched": editions, **facts}
    return [PolicyQuestion(f"{n}", "Who?", outcome, None, editions, day, **fields) for n in range(count)]


def usage(questions: list[PolicyQuestion], least: int = LEAST):
    themes = lambda texts: ["Referring" for _ in texts]  # noqa: E731
    return usage_of(questions, themes, (EDITION, REVIEW), TODAY, 3, least)


def test_whole_weeks_are_counted_and_what_is_older_is_not() -> None:
    found = usage([*asked(6), *asked(7, days=7), *asked(9, days=40)])
    assert found.weeks == ("2026-04-20", "2026-04-27", "2026-05-04")
    assert (found.total, list(found.by_week.values())) == (13, [0, 7, 6])
    assert found.seconds == (0.2, 0.2)


def test_a_small_number_is_hidden_and_so_is_the_one_that_would_reveal_it() -> None:
    found = usage([*asked(20), *asked(2, "refused"), *asked(8, "signposted"), *asked(6, "partly_answered")])
    outcomes = next(each for each in found.tables if each.name == "outcome").by_group
    assert outcomes == {"answered": 20, "partly_answered": None, "refused": None, "signposted": 8}
    assert found.total == 36
    assert usage(asked(2), least=1).total == 2
    assert usage(asked(2)).total is None


def test_documents_that_answer_and_those_that_nobody_reaches() -> None:
    found = usage([*asked(6), *asked(3, "refused", touched=("review-2025",))])
    assert [(each.edition_id, each.answered, each.reached) for each in found.documents] == [
        ("policy-2026", 6, 6),
        ("review-2025", 0, None),
    ]
    assert usage(asked(6)).documents[-1].reached == 0


def test_unhelpful_ones_are_counted_by_feedback() -> None:
    found = usage([*asked(10), *asked(5, opinions=(Opinion.MISSING,)), *asked(5, opinions=(Opinion.HELPFUL,))])
    assert list(next(each for each in found.tables if each.name == "help").by_group.values()) == [5, 15]


def test_the_file_says_what_is_hidden() -> None:
    rows = list(
        csv.DictReader(
            "".join(csv_lines(usage([*asked(20), *asked(2, "refused")]))).removeprefix("\ufeff").splitlines()
        )
    )
    assert {"table": "all", "week": "", "group": "", "questions": "22"} in rows
    refused = [each["questions"] for each in rows if each["table"] == "outcome" and each["group"] == "refused"]
    assert refused == ["0", "0", "fewer", "fewer"]


Counts = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 9)), min_size=0, max_size=12)


@settings(max_examples=60, deadline=None)
@given(cells=Counts, least=st.integers(1, 7))
def test_no_line_that_is_shown_gives_away_a_hidden_number(cells: list[tuple[int, int, int]], least: int) -> None:
    counts: Counter[Key] = Counter()
    for week, group, count in cells:
        counts["cell", str(week), str(group)] += count
        counts["week", str(week)] += count
        counts["group", str(group)] += count
        counts["all",] += count
    weeks, groups = [str(n) for n in range(3)], [str(n) for n in range(4)]
    lines = [Line(tuple(("week", w) for w in weeks), ("all",)), Line(tuple(("group", g) for g in groups), ("all",))]
    lines += [Line(tuple(("cell", w, g) for g in groups), ("week", w)) for w in weeks]
    lines += [Line(tuple(("cell", w, g) for w in weeks), ("group", g)) for g in groups]
    hidden = hidden_counts(counts, lines, least)
    assert {key for key, count in counts.items() if 0 < count < least} <= hidden
    for line in lines:
        gone = [part for part in line.parts if part in hidden]
        if line.total in hidden:
            assert gone
        elif gone:
            assert len(gone) > 1
            assert sum(counts[part] for part in gone) >= least
    assert all(counts[key] for key in hidden)
    assert set(OUTCOMES)
