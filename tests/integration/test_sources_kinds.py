"""GOV.UK publications, feeds and watched folders are followed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UsageError
from assistant.model import Answered, Citation, Kind, PassageId, SourceMark
from assistant.model.people import Asker, Role
from assistant.model.sources import ChangeState, DocumentDefaults, MarkKind, RunEnding, SourceKind
from assistant.outcomes.marked import marked
from evals.trials.web_site import SIGN_IN, Reply, Site
from ingest.sources.watching import due_after_event
from tests.following import DUTY, Following, without_sandbox
from tests.pdf_files import drawn, write_pdf

GOV = "https://www.gov.uk"
PATH = "/government/publications/safe-schools"
API = "/api/content"


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    return write_pdf(tmp_path / "annex.pdf", [drawn(["Annex: the governing body must keep a record."])]).read_bytes()


@pytest.fixture
def gov(pdf: bytes) -> Site:
    site = Site(GOV)
    publish(site, "Schools must check every visitor.")
    site.pages["/media/annex.pdf"] = Reply(pdf, content_type="application/pdf")
    return site


def publish(site: Site, words: str, note: str = "First published.", at: str = "2025-09-01", **more: Any) -> None:
    attachments = [
        {"attachment_type": "html", "title": "Safe schools", "url": f"{PATH}/safe-schools"},
        {"attachment_type": "file", "title": "Safe schools (PDF)", "url": f"{GOV}/media/whole.pdf"},
        {"attachment_type": "file", "title": "Annex A", "url": f"{GOV}/media/annex.pdf"},
        {"attachment_type": "external", "title": "Elsewhere", "url": "https://other.example/x"},
    ]
    history = [{"public_timestamp": f"{at}T09:00:00Z", "note": note}]
    item = {
        "base_path": PATH, "title": "Safe schools", "document_type": "statutory_guidance", "withdrawn_notice": {},
        "public_updated_at": f"{at}T09:00:00+01:00",
        "details": {"attachments": attachments, "change_history": history, "body": "<p>What it is about.</p>"}, **more,
    }  # fmt: skip
    site.json(f"{API}{PATH}", item)
    page = {"base_path": f"{PATH}/safe-schools", "title": "Safe schools", "document_type": "html_publication"}
    site.json(f"{API}{PATH}/safe-schools", {**page, "details": {"body": f"<h2>Visitors</h2><p>{words}</p>"}})


@pytest.fixture
def following(tmp_path: Path, gov: Site, monkeypatch: pytest.MonkeyPatch) -> Following:
    without_sandbox(monkeypatch)
    made = Following(tmp_path / "data", gov.transport())
    made.follow(SourceKind.GOV_UK, f"{GOV}{PATH}", documents=DocumentDefaults(Kind.STATUTORY_GUIDANCE))
    made.sync()
    return made


def test_a_publication_is_its_attachments_each_once_with_the_publishers_words_on_it(following: Following) -> None:
    waiting = following.waiting()
    assert set(waiting) == {"safe-schools", "annex.pdf"}
    page = waiting["safe-schools"]
    assert (page.title, str(page.dated), page.why) == ("Safe schools", "2025-09-01", "First published.")
    assert waiting["annex.pdf"].title == "Annex A"
    following.publish()
    edition = next(each for each in following.editions().values() if each.title == "Safe schools")
    assert (edition.kind, str(edition.in_force_from)) == (Kind.STATUTORY_GUIDANCE, "2025-09-01")
    assert following.sync().counts.unchanged == 2
    assert following.states() == {}


def test_a_new_edition_has_its_day_and_note(following: Following, gov: Site) -> None:
    following.publish()
    publish(gov, "Schools must check every visitor and write down when they left.", "Added leaving.", "2026-03-01")
    following.sync()
    change = following.waiting()["safe-schools"]
    assert (change.state, change.why, str(change.dated)) == (ChangeState.CHANGED, "Added leaving.", "2026-03-01")
    assert change.edition_id == "manual-safe-schools-2026-03-01"


def test_a_withdrawn_publication_says_so_at_every_citation_before_anybody_decides(
    following: Following, gov: Site
) -> None:
    following.publish()
    explanation = f"<p>Replaced by <a href='{GOV}/government/publications/safer-schools'>Safer schools</a>.</p>"
    notice = {"explanation": explanation, "withdrawn_at": "2026-03-02T10:00:00Z"}
    publish(gov, "Schools must check every visitor.", withdrawn_notice=notice)
    following.sync()
    assert set(following.states().values()) == {ChangeState.WITHDRAWN}
    marks = following.service.marks()
    assert {each.kind for each in marks} == {MarkKind.WITHDRAWN}
    assert len(following.editions()) == 2
    edition = next(each for each in following.editions().values() if each.title == "Safe schools")
    of_it = next(each for each in marks if each.edition_id == edition.edition_id)
    said = SourceMark(of_it.kind.value, of_it.since, of_it.note, of_it.address, of_it.successor)
    edition = replace(edition, source_mark=said)
    citations = tuple(Citation(number, edition, (), None, (), None, PassageId("p")) for number in (1, 2))
    outcome = marked(Answered("q", "q", (), citations))
    assert [(each.code, each.citation) for each in outcome.notices] == [("withdrawn", 1), ("withdrawn", 2)]
    assert outcome.notices[0].text == (
        "Safe schools was withdrawn by its publisher on 2 March 2026. “Replaced by Safer schools.” "
        "It names https://www.gov.uk/government/publications/safer-schools instead. Check what holds now before you rely on it."
    )
    ids = {each.change_id for each in following.waiting().values()}
    following.sync()
    assert {each.change_id for each in following.waiting().values()} == ids
    assert following.service.marks() == marks
    publish(gov, "Schools must check every visitor.")
    following.sync()
    assert following.service.marks() == ()
    assert following.states() == {}


def test_what_is_no_answer_of_the_content_api_changes_nothing(following: Following, gov: Site) -> None:
    following.publish()
    gov.any_page = Reply(SIGN_IN, has_etag=False)
    assert following.sync().ending is RunEnding.NEEDS_YOU
    gov.any_page = Reply(b"", 404)
    assert following.sync().ending is RunEnding.NEEDS_YOU
    assert following.states() == {}
    gov.any_page = Reply(b"", 410)
    following.sync()
    assert set(following.states().values()) == {ChangeState.WITHDRAWN}


FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Briefings</title>{items}</channel></rss>'
)  # fmt: skip


def feed(*names: str) -> Reply:
    items = "".join(
        f"<item><title>Briefing {name}</title><link>/briefings/{name}</link>"
        "<pubDate>Mon, 02 Feb 2026 10:00:00 GMT</pubDate></item>"
        for name in names
    )
    return Reply(FEED.format(items=items).encode(), content_type="application/rss+xml")


def test_the_entries_of_a_feed_are_documents_and_stay_when_they_leave_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_sandbox(monkeypatch)
    site = Site()
    for name in ("one", "two", "three"):
        site.page(f"/briefings/{name}", f"Briefing {name}", DUTY * 4, f"This is number {name}.")
    site.pages["/feed.xml"] = feed("one", "two")
    following = Following(tmp_path / "data", site.transport())
    following.follow(SourceKind.FEED, f"{site.address}/feed.xml")
    following.sync()
    assert {each: str(change.dated) for each, change in following.waiting().items()} == dict.fromkeys(
        ("one", "two"), "2026-02-02"
    )
    following.publish()
    site.pages["/feed.xml"] = feed("three")
    following.sync()
    assert following.states() == {"three": ChangeState.NEW}
    following.sync()
    assert following.states() == {"three": ChangeState.NEW}
    site.pages["/feed.xml"] = Reply(SIGN_IN)
    assert following.sync().ending is RunEnding.NEEDS_YOU


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / "sub").mkdir(parents=True)
    for number in range(4):
        write(folder / "sub" / f"briefing-{number}.md", f"# Briefing {number}\n\n{DUTY}Number {number}.\n")
    return folder


def write(path: Path, text: str, age_s: float = 60.0) -> None:
    path.write_text(text, encoding="utf-8")
    at = path.stat().st_mtime - age_s
    os.utime(path, (at, at))


@pytest.fixture
def watched(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Following:
    without_sandbox(monkeypatch)
    made = Following(tmp_path / "data")
    made.follow(SourceKind.FOLDER, str(shared))
    made.sync()
    made.publish()
    return made


def test_a_folder_is_followed_by_scan(watched: Following, shared: Path) -> None:
    assert watched.sync().counts.not_modified == 4
    write(shared / "sub" / "briefing-0.md", f"# Briefing 0\n\n{DUTY}It has changed.\n", 30)
    (shared / "sub" / "briefing-1.md").rename(shared / "briefing-one.md")
    (shared / "sub" / "briefing-2.md").unlink()
    watched.sync()
    assert watched.states() == {"briefing-0.md": ChangeState.CHANGED, "briefing-one.md": ChangeState.MOVED}
    watched.sync()
    assert watched.states()["briefing-2.md"] is ChangeState.WITHDRAWN
    watched.publish()
    assert len(watched.editions()) == 4
    watched.sync()
    assert watched.states() == {}


def test_files_that_are_not_whole_or_not_here_are_left_for_the_next_scan(watched: Following, shared: Path) -> None:
    write(shared / "new.md", "# Half", age_s=0)
    write(shared / "empty.md", "")
    write(shared / "~$letter.docx", "owner")
    write(shared / "big.pdf.part", "part")
    write(shared.parent / "secret.txt", "No document of the folder.")
    (shared / "link.txt").symlink_to(shared.parent / "secret.txt")
    (shared / "sub" / "briefing-3.md").rename(shared / "sub" / "briefing-3.md.nextcloud")
    for _ in range(2):
        run = watched.sync()
    assert run.ending is RunEnding.DONE
    assert watched.states() == {}
    assert sum("looked at again" in each for each in run.problems) == 2
    state = watched.service.listed(None)[0].state
    assert state.next_run is not None
    assert (state.next_run - watched.now).total_seconds() == 30 * 60


@pytest.mark.parametrize("is_there", [True, False])
def test_an_empty_or_unmounted_folder_removes_nothing(watched: Following, shared: Path, is_there: bool) -> None:
    shared.rename(shared.with_name("elsewhere"))
    if is_there:
        shared.mkdir()
    for _ in range(2):
        run = watched.sync()
    assert run.ending is (RunEnding.NEEDS_YOU if is_there else RunEnding.FAILED)
    assert "nothing of it is removed" in run.problems[0]
    assert watched.states() == {}
    assert len(watched.editions()) == 4


def test_an_event_makes_a_folder_due_once_its_files_have_settled(watched: Following) -> None:
    watched.service.touched(watched.store.sources()[0].source_id)
    state = watched.service.listed(None)[0].state
    assert state.next_run == due_after_event(watched.now)
    assert watched.service.due(watched.now) == ()
    assert watched.service.due(due_after_event(watched.now)) == ("manual",)


ANN = Asker("ann", "Ann", frozenset({Role.POLICY}))
LEAD = Asker("lea", "Lea", frozenset({Role.POLICY}), ("leads",))


def test_the_page_follows_only_folders_that_the_operator_allows(tmp_path: Path, shared: Path) -> None:
    made = Following(tmp_path / "data")
    with pytest.raises(UsageError, match="may not be followed from the page"):
        made.service.add(ANN, new(shared))
    allowed = Following(tmp_path / "data", settings={"folders": [str(tmp_path)]})
    assert allowed.service.add(ANN, new(shared)).added_by == "ann"
    with pytest.raises(UsageError, match="holds the data folder"):
        allowed.service.add(None, new(tmp_path))


def test_a_source_for_a_group_is_none_for_others(tmp_path: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sandbox(monkeypatch)
    made = Following(tmp_path / "data")
    made.follow(SourceKind.FOLDER, str(shared), documents=DocumentDefaults(groups=("leads",)))
    made.sync()
    service, change = made.service, next(iter(made.waiting().values()))
    assert service.listed(ANN) == ()
    assert service.changes(ANN) == ()
    assert service.file(ANN, change.change_id) is None
    for forbidden in (
        lambda: service.one(ANN, "manual"),
        lambda: service.sync(ANN, "manual"),
        lambda: service.pause(ANN, "manual"),
        lambda: service.remove(ANN, "manual"),
        lambda: service.accept(ANN, [change.change_id]),
        lambda: service.discard(ANN, [change.change_id]),
        lambda: service.texts(ANN, change.change_id),
    ):
        with pytest.raises(UsageError, match=r"no such|no source"):
            forbidden()
    assert len(service.changes(LEAD)) == 4
    service.accept(LEAD, [change.change_id])
    assert [each.groups for each in made.editions().values()] == [("leads",)]


def new(folder: Path) -> Any:
    from assistant.model.sources import NewSource
    from tests.following import TERMS

    return NewSource(SourceKind.FOLDER, str(folder), "", TERMS)
