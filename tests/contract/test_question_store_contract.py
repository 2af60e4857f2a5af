"""What every keeper of open questions promises, shown on SQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlQuestions
from assistant.model import EditionId, Span
from assistant.model.coverage import Ending, ImportedQuestion, Place, Theme
from assistant.ports import QuestionStore

ASKED = ImportedQuestion("Who leads?", "2026-05-01", "schools", "helpline.csv")
LATER = ImportedQuestion("Who leads?", "2026-06-01", "", "helpline.csv")
ENDING = Ending(True, None, (Place(EditionId("guide"), (Span(1, 5), Span(9, 12)), "2.1", ("Guide", "Leading")),))


class QuestionStoreContract:
    """One behaviour class; a subclass gives ``store``."""

    def test_the_same_words_on_the_same_day_are_kept_once(self, store: QuestionStore) -> None:
        assert store.add_imported([LATER, ASKED, ASKED]) == 2
        assert store.add_imported([ASKED]) == 0
        assert store.imported() == (ASKED, LATER)

    def test_what_is_old_is_forgotten(self, store: QuestionStore) -> None:
        store.add_imported([ASKED, LATER])
        assert store.forget_imported("2026-06-01") == 1
        assert store.imported() == (LATER,)

    def test_a_theme_gains_members_and_a_question_stays_where_it_is(self, store: QuestionStore) -> None:
        store.save_themes([Theme("t1", "kites", ("a",)), Theme("t2", "fees", ("b",))])
        store.save_themes([Theme("t1", "kites", ("a", "c")), Theme("t3", "other", ("b", "d"))])
        assert store.themes() == (
            Theme("t1", "kites", ("a", "c")),
            Theme("t2", "fees", ("b",)),
            Theme("t3", "other", ("d",)),
        )

    def test_themes_of_one_scope_are_none_of_another(self, store: QuestionStore) -> None:
        store.save_themes([Theme("t1", "kites", ("a",))])
        store.save_themes([Theme("t1", "kites", ("a", "b")), Theme("t2", "fees", ("c",))], "inner")
        assert store.themes() == store.themes("outer") == (Theme("t1", "kites", ("a",)),)
        assert store.themes("inner") == (Theme("t1", "kites", ("a", "b")), Theme("t2", "fees", ("c",)))
        store.save_themes([Theme("t1", "kites", ("a", "b"))])
        assert store.themes()[0].members == store.themes("inner")[0].members == ("a", "b")

    def test_an_ending_is_known_by_its_key_and_the_last_one_counts(self, store: QuestionStore) -> None:
        store.save_ending("k1", Ending(False, "no_passage", ()))
        store.save_ending("k1", ENDING)
        assert store.endings(["k1", "k2"]) == {"k1": ENDING}
        assert store.endings([]) == {}


class TestSqlQuestions(QuestionStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> QuestionStore:
        return SqlQuestions(RecordsDatabase(tmp_path))
