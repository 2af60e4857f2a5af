"""What a source says of an edition is laid over the library, and told with every citation."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.adapters.library_sql.codec import edition_from, edition_to
from assistant.editions.source_marks import with_marks
from assistant.model import Answered, Citation, Edition, EditionId, Kind, Part, PassageId, SourceMark, Span, Statement
from assistant.outcomes.citation_text import CitationText
from assistant.outcomes.current_marks import with_current_marks
from assistant.outcomes.marked import marked
from assistant.outcomes.view import CitationView, outcome_view, read_outcome
from ingest.uploads.published_folder import write_folder

MARK = SourceMark(
    "withdrawn", date(2026, 5, 3), "It was withdrawn.", "https://www.example.org/p", "https://www.example.org/q"
)
PLAIN = Edition(EditionId("policy-2026"), "policy", "Policy 2026", Kind.POLICY)
MARKED = replace(PLAIN, source_mark=MARK)


class FakeSnapshot:
    """Editions alone."""

    def editions(self) -> tuple[Edition, ...]:
        return (PLAIN,)

    def known(self) -> tuple[Edition, ...]:
        return ()


def citation(edition: Edition) -> Citation:
    part = Part("Staff must tell the lead.", Span(0, 25), (1,), ("1",))
    return Citation(1, edition, (), None, (part,), None, PassageId("p"))


def test_a_library_without_marks_is_read_as_it_is():
    snapshot = FakeSnapshot()
    assert with_marks(snapshot, {}) is snapshot
    assert with_marks(snapshot, {EditionId("another"): MARK}) is snapshot


def test_a_marked_edition_carries_its_mark_and_is_the_same_edition():
    (edition,) = with_marks(FakeSnapshot(), {PLAIN.edition_id: MARK}).editions()
    assert edition.source_mark == MARK
    assert edition == PLAIN
    assert repr(edition) == repr(PLAIN), (
        "the recipe of an edition is made of it, and no mark means that it is read again"
    )


def test_a_mark_is_never_stored_with_an_edition(tmp_path: Path):
    assert edition_to(MARKED) == edition_to(PLAIN)
    assert edition_from(edition_to(MARKED)).source_mark is None
    file = tmp_path / "policy.md"
    file.write_text("# Policy", encoding="utf-8")
    write_folder(tmp_path / "published", {"policy.md": (MARKED, file)})
    assert "mark" not in (tmp_path / "published" / "catalogue.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["withdrawn", "superseded"])
def test_every_wording_of_a_citation_says_it(kind):
    said = replace(PLAIN, source_mark=replace(MARK, kind=kind))
    assert CitationText.of(citation(said)).source.startswith(f"Policy 2026 (policy; {kind} by its publisher)")
    assert f"{kind} by its publisher" in CitationText.of_view(CitationView.of(citation(said))).source
    assert "by its publisher" not in CitationText.of(citation(PLAIN)).source
    answer = Answered("q", "q", (Statement("Staff must tell the lead.", (1,)),), (citation(said),))
    (notice,) = marked(answer).notices
    assert (notice.code, notice.citation) == (kind, 1)
    assert "on 3 May 2026" in notice.text
    assert "“It was withdrawn.”" in notice.text
    assert "https://www.example.org/q" in notice.text


def test_a_stored_outcome_is_read_with_the_marks_of_today():
    outcome = Answered("q", "q", (Statement("Staff must tell the lead.", (1,)),), (citation(PLAIN),))
    stored = read_outcome(outcome_view(outcome).model_dump(mode="json"))
    assert stored.citations[0].source_mark is None
    now = with_current_marks(stored, {"policy-2026": MARKED})
    assert now.citations[0].source_mark is not None
    assert now.citations[0].source_mark.kind == "withdrawn"
    assert with_current_marks(now, {"policy-2026": PLAIN}).citations[0].source_mark is None
    assert with_current_marks(now, {}) == now, "an edition that is gone keeps what was said of it"


def test_an_outcome_of_an_earlier_release_is_read_without_marks():
    outcome = Answered("q", "q", (Statement("Staff must tell the lead.", (1,)),), (citation(PLAIN),))
    raw = outcome_view(outcome).model_dump(mode="json")
    del raw["citations"][0]["source_mark"]
    assert read_outcome(raw).citations[0].source_mark is None
