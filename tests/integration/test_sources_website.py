"""A website is followed: what is new, changed, moved and withdrawn is staged, and no fault of the site removes anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.model.sources import ChangeState, Decision, RunEnding, SourceKind
from assistant.operations.source_warnings import source_warnings
from evals.trials.web_site import HOST, PARKED, SIGN_IN, Reply, Site
from tests.following import DUTY, Following, without_sandbox

CHAPTERS = tuple(f"/manual/chapter-{number}" for number in range(6))


def manual(site: Site) -> None:
    site.page("/manual/", "Contents of the manual", DUTY * 4, links=CHAPTERS)
    for number, path in enumerate(CHAPTERS):
        site.page(path, f"Chapter {number}", DUTY * 4, f"Chapter {number} is about matter {number * 37}.")


@pytest.fixture
def site() -> Site:
    found = Site()
    manual(found)
    return found


@pytest.fixture
def following(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Following:
    without_sandbox(monkeypatch)
    made = Following(tmp_path / "data", site.transport())
    made.follow(SourceKind.WEBSITE, f"{HOST}/manual/")
    return made


@pytest.fixture
def published(following: Following) -> Following:
    following.sync()
    following.publish()
    return following


def test_a_first_sync_stages_every_page_and_publishes_none(following: Following) -> None:
    run = following.sync()
    assert (run.ending, run.counts.new) == (RunEnding.DONE, 7)
    assert set(following.states().values()) == {ChangeState.NEW}
    assert following.editions() == {}
    following.publish()
    chapter = following.editions()["manual-chapter-3-2026-03-03"]  # type: ignore[index]
    assert (chapter.title, chapter.source_url, chapter.licence, chapter.publisher, chapter.work) == (
        "Chapter 3", f"{HOST}/manual/chapter-3", "Open Government Licence v3.0", "Aldmoor Partnership", "manual-chapter-3",
    )  # fmt: skip


def test_nothing_changed_means_no_body_no_change_and_no_embedding(published: Following, site: Site) -> None:
    before, embedded = site.sent, len(published.embedder.embedded)
    run = published.sync()
    assert (run.counts.not_modified, run.counts.fetched, run.counts.unchanged) == (7, 0, 7)
    assert published.states() == {}
    assert len(published.embedder.embedded) == embedded
    assert site.sent - before < 2000


def test_only_the_words_that_a_reader_sees_make_a_change(published: Following, site: Site) -> None:
    page = site.pages[CHAPTERS[1]]
    page.body = page.body.replace(b"Built today", b"Built tomorrow").replace(b"<p>", b'<p class="new">')
    run = published.sync()
    assert (run.counts.fetched, run.counts.changed) == (1, 0)
    assert published.states() == {}


def test_a_changed_page_becomes_an_edition_that_supersedes_the_one_before(published: Following, site: Site) -> None:
    embedded = len(published.embedder.embedded)
    site.page(CHAPTERS[2], "Chapter 2", DUTY * 4, "Chapter 2 must be read within two days.")
    published.sync()
    assert published.states() == {"chapter-2": ChangeState.CHANGED}
    texts = published.service.texts(None, published.waiting()["chapter-2"].change_id)
    assert texts.before is not None
    assert texts.after is not None
    assert "matter 74" in texts.before.text
    assert "two days" in texts.after.text
    published.publish()
    new = [each for each in published.editions().values() if each.supersedes]
    assert [(each.supersedes, str(each.in_force_from)) for each in new] == [
        ("manual-chapter-2-2026-03-03", "2026-03-04")
    ]
    again = {text for text in published.embedder.embedded[embedded:] if "matter" in text}
    assert again == set()
    published.sync()
    assert published.states() == {}


def test_a_page_that_moves_keeps_its_edition(published: Following, site: Site) -> None:
    site.pages["/manual/renamed"] = site.pages[CHAPTERS[4]]
    site.redirect(CHAPTERS[4], "/manual/renamed")
    site.pages["/manual/elsewhere"] = site.pages.pop(CHAPTERS[5])
    site.page("/manual/", "Contents of the manual", DUTY * 4, links=(*CHAPTERS, "/manual/elsewhere"))
    published.sync()
    assert published.states() == {"renamed": ChangeState.MOVED, "elsewhere": ChangeState.MOVED}
    published.publish()
    moved = published.editions()["manual-chapter-4-2026-03-03"]  # type: ignore[index]
    assert moved.source_url == f"{HOST}/manual/renamed"
    assert len(published.editions()) == 7
    for _ in range(2):
        published.sync()
    assert published.states() == {}


def test_a_page_counts_as_withdrawn_when_two_syncs_miss_it(published: Following, site: Site) -> None:
    del site.pages[CHAPTERS[0]]
    published.sync()
    assert published.states() == {}
    published.sync()
    assert published.states() == {"chapter-0": ChangeState.WITHDRAWN}
    assert len(published.editions()) == 7
    manual(site)
    published.sync()
    assert published.states() == {}


def test_publishing_a_withdrawal_removes_the_earlier_editions_too(published: Following, site: Site) -> None:
    site.page(CHAPTERS[0], "Chapter 0", DUTY * 4, "Chapter 0 has other words.")
    published.sync()
    published.publish()
    site.pages[CHAPTERS[0]] = Reply(b"", 410)
    published.sync()
    published.publish()
    assert not [name for name in published.editions() if "chapter-0" in name]


ODD: dict[str, Callable[[Site], None]] = {
    "a sign-in page": lambda site: setattr(site, "any_page", Reply(SIGN_IN, has_etag=False)),
    "an empty page": lambda site: setattr(site, "any_page", Reply(b"")),
    "a page without text": lambda site: setattr(site, "any_page", Reply(b"<html><body></body></html>")),
    "a parked domain": lambda site: setattr(site, "any_page", Reply(PARKED)),
    "another host": lambda site: setattr(
        site, "any_page", Reply(b"", 302, headers={"Location": "https://portal.example/hello"})
    ),
    "a sign-in address": lambda site: setattr(
        site, "any_page", Reply(b"", 302, headers={"Location": "/account/login"})
    ),
    "not found everywhere": lambda site: setattr(site, "any_page", Reply(b"<h1>Not found</h1>", 404)),
    "no right to read": lambda site: setattr(site, "any_page", Reply(b"", 403)),
}


def test_a_source_that_turns_into_something_else_needs_somebody_and_removes_nothing(
    published: Following, site: Site
) -> None:
    for kind, turn in ODD.items():
        turn(site)
        run = published.sync()
        assert run.ending in (RunEnding.NEEDS_YOU, RunEnding.FAILED), (kind, run)
        assert run.problems, kind
        assert ChangeState.WITHDRAWN not in published.states().values(), kind
        assert len(published.editions()) == 7
        site.any_page = None
        assert published.sync().ending is RunEnding.DONE, kind
        assert published.states() == {}, kind
        assert published.service.listed(None)[0].state.failures == 0


def test_one_page_that_looks_like_no_content_waits_for_somebody(published: Following, site: Site) -> None:
    site.pages[CHAPTERS[1]] = Reply(SIGN_IN, has_etag=False)
    site.page(CHAPTERS[2], "Page not found", "Sorry.")
    site.page(CHAPTERS[3], "Chapter 3", "Ask us.")
    for _ in range(2):
        published.sync()
        assert published.states() == {f"chapter-{number}": ChangeState.SUSPICIOUS for number in (1, 2, 3)}
    with pytest.raises(UsageError, match="nothing of it that can be published"):
        published.service.accept(None, [published.waiting()["chapter-1"].change_id])
    published.service.accept(None, [published.waiting()["chapter-3"].change_id])
    assert "manual-chapter-3-2026-03-04" in published.editions()


def test_one_notice_at_many_addresses_is_no_change_of_theirs(published: Following, site: Site) -> None:
    for path in CHAPTERS[:3]:
        site.page(path, "Our site is being rebuilt", DUTY * 4, "We will be back soon.")
    run = published.sync()
    assert run.ending is RunEnding.NEEDS_YOU
    assert set(published.states().values()) == {ChangeState.SUSPICIOUS}


def test_a_source_that_loses_most_of_its_pages_is_looked_at_by_somebody(published: Following, site: Site) -> None:
    for path in CHAPTERS[:5]:
        del site.pages[path]
    for _ in range(2):
        assert published.sync().ending is RunEnding.NEEDS_YOU
    assert set(published.states().values()) == {ChangeState.SUSPICIOUS}
    published.publish()
    assert len(published.editions()) == 2


def test_a_server_that_is_busy_is_waited_for_and_one_that_is_down_is_tried_later(
    published: Following, site: Site
) -> None:
    page = site.pages[CHAPTERS[1]]
    site.pages[CHAPTERS[1]] = Reply(
        b"", 429, headers={"Retry-After": "7"}, times=site.asked[CHAPTERS[1]] + 1, then=page
    )
    assert published.sync().ending is RunEnding.DONE
    assert 7.0 in published.slept
    site.any_page = Reply(b"", 503)
    waits = []
    for _ in range(3):
        run = published.sync()
        assert run.ending is RunEnding.FAILED
        state = published.service.listed(None)[0].state
        assert state.next_run is not None
        waits.append((state.next_run - published.now).total_seconds() / 60)
    assert waits == [30, 60, 120]
    published.sync()
    assert published.service.listed(None)[0].state.is_told
    (warning,) = source_warnings(published.store, 3.0, published.now)
    assert "Manual has failed since 5 March 2026" in warning
    assert source_warnings(published.store, 30.0, published.now) == ()
    site.any_page = Reply(b"", 429, headers={"Retry-After": "36000"})
    published.sync()
    state = published.service.listed(None)[0].state
    assert state.next_run is not None
    assert (state.next_run - published.now).total_seconds() == 36000


def test_broken_links_one_after_another_do_not_hold_up_the_rest(following: Following, site: Site) -> None:
    broken = tuple(f"/manual/broken-{number}" for number in range(6))
    for path in broken:
        site.pages[path] = Reply(b"", 500)
    site.page("/manual/", "Contents of the manual", DUTY * 4, links=(*broken, *CHAPTERS))
    run = following.sync()
    assert run.ending is RunEnding.DONE
    assert len(following.waiting()) == 7
    assert len(run.problems) == 6


def test_a_stopped_sync_is_gone_on_with(following: Following, site: Site) -> None:
    class Stop(BaseException):
        pass

    def stop(path: str) -> None:
        if path == CHAPTERS[3]:
            raise Stop

    site.on_request = stop
    with pytest.raises(Stop):
        following.sync()
    site.on_request = lambda path: None
    before = dict(site.asked)
    run = following.sync()
    assert run.ending is RunEnding.DONE
    assert len(following.waiting()) == 7
    assert {path for path in CHAPTERS if site.asked[path] > before.get(path, 0)} == set(CHAPTERS[3:])
    assert [each.ending for each in following.service.history(None, "manual")] == [RunEnding.DONE, RunEnding.UNFINISHED]


def test_what_was_published_while_the_process_ended_is_noted(following: Following) -> None:
    following.sync()
    ids = [each.change_id for each in following.service.changes(None)]
    decide, following.store.decide = following.store.decide, lambda *arguments: 0  # type: ignore[method-assign]
    saved, following.store.save_items = following.store.save_items, lambda *arguments: None  # type: ignore[method-assign]
    following.service.accept(None, ids)
    following.store.decide, following.store.save_items = decide, saved  # type: ignore[method-assign]
    following.sync()
    assert following.states() == {}
    assert len(following.service.changes(None, decision=Decision.PUBLISHED)) == 7
    assert len(following.service.edition_ids(None, "manual")) == 7


def test_a_rollback_offers_the_change_again(published: Following, site: Site) -> None:
    site.page(CHAPTERS[2], "Chapter 2", DUTY * 4, "Chapter 2 must be read within two days.")
    published.sync()
    published.publish()
    published.library.roll_back()
    published.sync()
    assert published.states() == {"chapter-2": ChangeState.CHANGED}


def test_what_is_discarded_is_not_offered_again(following: Following, site: Site) -> None:
    following.sync()
    following.service.discard(None, [following.waiting()["chapter-1"].change_id])
    following.sync()
    assert len(following.waiting()) == 6
    following.publish()
    site.pages[CHAPTERS[2]] = Reply(b"", 410)
    site.pages[CHAPTERS[3]] = Reply(SIGN_IN, has_etag=False)
    following.sync()
    assert following.states() == {"chapter-2": ChangeState.WITHDRAWN, "chapter-3": ChangeState.SUSPICIOUS}
    following.service.discard(None, [each.change_id for each in following.waiting().values()])
    following.sync()
    assert following.states() == {}


def test_traps_doubles_and_what_is_no_part_of_the_manual_are_left_out(following: Following, site: Site) -> None:
    links = (
        "/manual/film",
        "/manual/print?id=0",
        "/manual/a/a/a/a/b",
        "/news/",
        "/manual/picture.png",
        "https://other.example/",
        "mailto:x@y.z",
    )
    site.page("/manual/", "Contents of the manual", DUTY * 4, links=(*CHAPTERS, *links))
    site.pages["/manual/print?id=0"] = site.pages[CHAPTERS[0]]
    site.pages["/manual/film"] = Reply(b"film" * 100_000, content_type="video/mp4")
    run = following.sync()
    assert run.counts.body_bytes < 100_000
    assert set(following.waiting()) == {"manual", *(f"chapter-{number}" for number in range(6))}
    assert not {"/news/", "/manual/a/a/a/a/b", "/manual/picture.png"} & set(site.asked)


def test_robots_txt_is_kept_and_its_delay_too(following: Following, site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /manual/chapter-*1$\nCrawl-delay: 2.5\n"
    site.pages["/robots.txt"] = Reply(rules, content_type="text/plain")
    following.sync()
    assert "chapter-1" not in following.waiting()
    assert CHAPTERS[1] not in site.asked
    assert all(1.5 < each <= 2.5 for each in following.slept)
    assert len(following.slept) >= 5
    assert site.agents == {next(iter(site.agents))}
    assert next(iter(site.agents)).startswith("policy-assistant/")


def test_a_site_whose_robots_txt_cannot_be_read_is_not_read(following: Following, site: Site) -> None:
    site.pages["/robots.txt"] = Reply(b"", 500)
    assert following.sync().ending is RunEnding.FAILED
    assert "/manual/" not in site.asked


def test_a_sitemap_names_the_pages(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sandbox(monkeypatch)
    locations = "".join(f"<url><loc>{HOST}{path}</loc></url>" for path in CHAPTERS)
    site.pages["/sitemap.xml"] = Reply(
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode(),
        content_type="application/xml",
    )
    following = Following(tmp_path / "data", site.transport())
    following.follow(SourceKind.WEBSITE, f"{HOST}/sitemap.xml", exclude=("*chapter-5",))
    following.sync()
    assert set(following.waiting()) == {f"chapter-{number}" for number in range(5)}


def test_the_encoding_that_the_server_names_counts(following: Following, site: Site) -> None:
    body = b"<html><head><meta charset='utf-8'></head><body><main><h1>Costs</h1><p>It costs \xa350 \x96 a day.</p></main></body>"
    site.pages[CHAPTERS[0]] = Reply(body, content_type="text/html; charset=windows-1252")
    following.sync()
    after = following.service.texts(None, following.waiting()["chapter-0"].change_id).after
    assert after is not None
    assert "£50 – a day" in after.text


def test_limits_on_bytes_and_pages_stop_a_sync_and_the_next_goes_on(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_sandbox(monkeypatch)
    following = Following(tmp_path / "data", site.transport())
    following.follow(SourceKind.WEBSITE, f"{HOST}/manual/", max_mb=1)
    site.pages[CHAPTERS[2]] = Reply(b"<p>word " * 200_000, headers={"Content-Encoding": "identity"})
    assert following.sync().ending is RunEnding.UNFINISHED
    manual(site)
    assert following.sync().ending is RunEnding.DONE
    assert len(following.waiting()) == 7
