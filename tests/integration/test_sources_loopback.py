"""Sources over real connections on loopback: what may be reached, and a sync that is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.model.sources import RunEnding, SourceKind
from evals.trials.web_site import Site, served
from tests.following import DUTY, Following, without_sandbox

CHAPTERS = tuple(f"/manual/chapter-{number}" for number in range(5))
OWN = {"private_hosts": ["127.0.0.1"]}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    without_sandbox(monkeypatch)
    with served(Site("")) as running:
        running.page("/manual/", "Contents", DUTY * 2, links=CHAPTERS)
        for path in CHAPTERS:
            running.page(path, path, DUTY * 2, path)
        yield running


def test_nothing_of_this_machine_is_read_unless_the_operator_allows_it(tmp_path: Path, site: Site) -> None:
    following = Following(tmp_path / "data")
    following.follow(SourceKind.WEBSITE, f"{site.address}/manual/")
    run = following.sync()
    assert run.ending is RunEnding.FAILED
    assert "sources.private_hosts" in run.problems[0]
    assert not site.asked
    allowed = Following(tmp_path / "data", settings=OWN)
    assert allowed.sync().counts.new == 6


def test_no_attachment_and_no_redirect_leads_to_another_address_inside(tmp_path: Path, site: Site) -> None:
    inside = site.address.replace("127.0.0.1", "localhost")
    attachments = [
        {"attachment_type": "file", "title": "One", "url": f"{inside}/secret.pdf"},
        {"attachment_type": "file", "title": "Two", "url": f"{site.address}/moved.pdf"},
    ]
    details = {"attachments": attachments, "body": "<p>What it is about.</p>"}
    site.json("/api/content/p", {"base_path": "/p", "title": "P", "document_type": "guide", "details": details})
    site.redirect("/moved.pdf", f"{inside}/secret.pdf")
    following = Following(tmp_path / "data", settings={**OWN, "gov_uk": site.address})
    following.follow(SourceKind.GOV_UK, f"{site.address}/p")
    run = following.sync()
    assert run.ending is RunEnding.DONE
    assert sum("not public" in each for each in run.problems) == 2
    assert "/secret.pdf" not in site.asked


def test_a_killed_sync_is_gone_on_with_by_the_next(tmp_path: Path, site: Site) -> None:
    Following(tmp_path / "data", settings=OWN).follow(SourceKind.WEBSITE, f"{site.address}/manual/")
    child = os.fork()
    if child == 0:
        try:
            Following(tmp_path / "data", settings=OWN).sync()
        finally:
            os._exit(0)
    site.on_request = lambda path: os.kill(child, signal.SIGKILL) if path == CHAPTERS[3] else None
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    site.on_request = lambda path: None
    following = Following(tmp_path / "data", settings=OWN)
    run = following.sync()
    assert run.ending is RunEnding.DONE
    assert len(following.waiting()) == 6
    assert [site.asked[path] for path in CHAPTERS] == [1, 1, 1, 2, 1]
    ends = [each.ending for each in following.service.history(None, "manual")]
    assert ends == [RunEnding.DONE, RunEnding.UNFINISHED]
