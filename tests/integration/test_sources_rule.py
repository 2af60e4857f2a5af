"""The rule of a source over real syncs: what is minor is published, what touches something waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.following.follower import Follower, sync_and_publish
from assistant.model.people import AuditLine
from assistant.model.sources import ChangeState, Decision, NewSource, PublishingRule, SourceKind
from evals.trials.web_site import HOST, Site
from tests.following import Following, without_sandbox

MANUAL = ("The pictures show a calm room.", "The colours follow the chapters.", "A glossary closes the manual.")
DUTY = (
    "Staff must refer a concern within 24 hours.",
    "The index follows the alphabet.",
    "A glossary closes the manual.",
)


def never() -> bool:
    return False


def test_only_what_is_minor_is_published_by_the_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sandbox(monkeypatch)
    site, lines = Site(), list[AuditLine]()
    site.page("/manual/", "Manual", *MANUAL * 6, links=("/manual/a", "/manual/b"))
    site.page("/manual/a", "About", *MANUAL * 6)
    site.page("/manual/b", "Duties", *DUTY * 6)
    following = Following(tmp_path / "data", site.transport())
    source = following.follow(SourceKind.WEBSITE, f"{HOST}/manual/")
    service, name = following.service, source.source_id
    new = NewSource(
        source.kind, source.address, "", source.terms, source.options, source.documents, PublishingRule.MINOR
    )
    service.change(None, name, new)
    sync_and_publish(service, None, name, lines.append, never, by_hand=True)
    assert following.editions() == {}, "what is new waits for a person"
    following.publish()
    site.page("/manual/a", "About", *(each.replace("calm", "quiet") for each in (*MANUAL * 6,)[:1]), *(MANUAL * 6)[1:])
    site.page("/manual/b", "Duties", *(each.replace("24 hours", "48 hours") for each in DUTY * 6))
    sync_and_publish(service, None, name, lines.append, never, by_hand=True)
    waiting = {each.address.rsplit("/", 1)[-1]: each.state for each in service.changes(None, name)}
    decided = [each for each in service.changes(None, name, decision=Decision.PUBLISHED) if each.decided_by == "rule"]
    assert waiting == {"b": ChangeState.CHANGED}
    assert [each.address for each in decided] == [f"{HOST}/manual/a"]
    assert [(each.action, len(each.editions)) for each in lines] == [("publish", 1)]


def test_the_follower_syncs_a_source_at_its_time_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_sandbox(monkeypatch)
    site = Site()
    site.page("/manual/", "Manual", *MANUAL * 6)
    following = Following(tmp_path / "data", site.transport())
    source = following.follow(SourceKind.WEBSITE, f"{HOST}/manual/")
    options = replace(source.options, every_hours=24.0, at="06:00")
    following.service.change(None, source.source_id, NewSource(source.kind, source.address, "", source.terms, options))
    follower = Follower(following.service, tmp_path, print)
    assert len(follower.run_due() or ()) == 1
    state = following.service.one(None, source.source_id).state
    assert state.next_run is not None
    assert f"{state.next_run.astimezone():%H:%M}" == "06:00"
