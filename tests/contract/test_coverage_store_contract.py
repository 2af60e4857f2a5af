"""What every keeper of coverage promises, shown on SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlCoverage
from assistant.model import EditionId
from assistant.model.coverage import CoverageRun, Decision
from assistant.model.people import Reader
from assistant.ports import CoverageStore

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FIRST = Decision("duties", "a1", "covered", "Section 4.", "ann", NOON, "e1")
LATER = replace(FIRST, state="absent", by="ben", at=NOON + timedelta(days=1), evidence="e2")
OTHER = replace(FIRST, section="references", key="a1", state="to_get")


class CoverageStoreContract:
    """One behaviour class; a subclass gives ``store``."""

    def test_a_decision_on_restricted_words_is_for_their_groups(self, store: CoverageStore) -> None:
        inner = replace(LATER, groups=(("inner",),))
        for each in (FIRST, inner):
            store.decide(each)
        outside, inside = Reader(("other",)), Reader(("inner",))
        assert store.decisions("duties", outside) == store.history("duties", "a1", outside) == (FIRST,)
        assert store.decisions("duties", inside) == (inner,)
        assert store.history("duties", "a1", inside) == (inner, FIRST)
        named = Reader((), {EditionId("a1"): ("inner",)})
        assert store.decisions("duties", named) == store.history("duties", "a1", named) == ()

    def test_the_last_decision_of_a_finding_counts_and_the_others_stay(self, store: CoverageStore) -> None:
        for each in (FIRST, OTHER, LATER):
            store.decide(each)
        assert store.decisions() == (LATER, OTHER)
        assert store.decisions("duties") == (LATER,)
        assert store.history("duties", "a1") == (LATER, FIRST)
        assert store.history("duties", "zz") == ()

    def test_a_name_is_taken_off_and_the_decisions_stay(self, store: CoverageStore) -> None:
        for each in (FIRST, LATER):
            store.decide(each)
        assert store.decisions_by("ann") == (FIRST,)
        assert store.forget_who("ann") == 1
        assert store.forget_who("ann") == 0
        assert store.decisions_by("ann") == ()
        assert [each.by for each in store.history("duties", "a1")] == ["ben", "erased"]

    def test_the_last_runs_come_first(self, store: CoverageStore) -> None:
        runs = [CoverageRun(NOON + timedelta(days=day), f"f{day}", {"duties": {"absent": day}}) for day in range(3)]
        for each in runs:
            store.add_run(each)
        assert store.runs() == (runs[2], runs[1])
        assert store.runs(limit=9) == tuple(reversed(runs))


class TestSqlCoverage(CoverageStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> CoverageStore:
        return SqlCoverage(RecordsDatabase(tmp_path))
