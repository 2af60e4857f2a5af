"""When sources are synced, what their rule publishes, and what the digest tells."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import filelock
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import MailError, SourceBusy, SourceError, UsageError
from assistant.following.digest import digest_of, digest_sentence, digest_text
from assistant.following.digest_feed import feed_of
from assistant.following.digest_mail import DigestMail, read_state
from assistant.following.feed_address import feed_key, is_feed_key, new_feed_key, no_feed
from assistant.following.follower import Follower, SyncStopped
from assistant.following.publishing_rule import publish_minor
from assistant.following.schedule import Schedule, next_time, schedule_of, schedule_words
from assistant.following.touched import touched_answers
from assistant.model import Document, EditionId, PassageId
from assistant.model.approved import ApprovedContent, ApprovedState, ApprovedVersion, QuotedUnit
from assistant.model.people import AuditLine
from assistant.model.sources import ChangeState, Decision, PublishingRule
from assistant.ports.mail import MailMessage
from tests.fakes_sources import NOON, SITE, FakeSources, change
from tests.libraries import document

WEEK = timedelta(days=7)
READ = {
    "hourly": Schedule(1.0),
    "every 6 hours": Schedule(6.0),
    "every hour": Schedule(1.0),
    "every 30 minutes": Schedule(0.5),
    "Daily": Schedule(24.0),
    "daily at 6": Schedule(24.0, "06:00"),
    "daily at 06:30": Schedule(24.0, "06:30"),
    "every day at 6.30 pm": Schedule(24.0, "18:30"),
    "daily at 12am": Schedule(24.0, "00:00"),
    "every 2 days at 07:00": Schedule(48.0, "07:00"),
    "weekly": Schedule(168.0),
    "weekly on Monday": Schedule(168.0, "monday 00:00"),
    "weekly, on Mondays at 07:00": Schedule(168.0, "monday 07:00"),
    "every Friday at 5pm": Schedule(168.0, "friday 17:00"),
    "monthly": Schedule(720.0),
}


@pytest.mark.parametrize(("words", "schedule"), READ.items())
def test_a_schedule_is_read_as_people_write_it_and_written_so_that_it_is_read_again(words, schedule):
    assert schedule_of(words) == schedule
    assert schedule_of(schedule_words(schedule)) == schedule


@pytest.mark.parametrize(
    "words",
    ["", "now and then", "daily at 25:00", "hourly at 06:00", "daily on Monday", "every 0 hours"],
)
def test_words_that_are_no_schedule_are_refused_with_examples(words):
    with pytest.raises(UsageError, match="daily at 06:00"):
        schedule_of(words)


@given(
    st.sampled_from([*READ.values()]),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_the_next_time_comes_after_now_and_within_the_interval(schedule, now):
    at = next_time(schedule, now)
    assert now < at <= now + timedelta(hours=schedule.every_hours + 25)
    if schedule.at:
        assert f"{at.astimezone():%H:%M}" == schedule.at[-5:]


def sources(*changes, rule: PublishingRule = PublishingRule.BY_HAND) -> FakeSources:
    made = FakeSources(*changes)
    made.add(None, replace(SITE, rule=rule))
    return made


def pair(old: str, new: str) -> tuple[Document, Document]:
    before, _ = document("m-2025", old)
    after, _ = document("m-2025", new)
    follows = replace(after.edition, edition_id=EditionId("m-2026"), supersedes=before.edition.edition_id)
    return before, replace(after, edition=follows)


def test_the_rule_publishes_minor_changes_alone_and_says_so_in_the_audit_log():
    lines: list[AuditLine] = []
    states = [
        change("new", ChangeState.NEW),
        change("gone", ChangeState.WITHDRAWN),
        change("odd", ChangeState.SUSPICIOUS),
    ]
    made = sources(change("minor"), change("duty"), change("unread"), *states, rule=PublishingRule.MINOR)
    made.documents["minor"] = pair("The pictures show a calm room.", "The pictures show a quiet room.")
    made.documents["duty"] = pair("Staff should call.", "Staff must call.")
    made.documents["new"] = (None, pair("a", "b")[1])
    published = publish_minor(made, made.one(None, "manual").source, lines.append)
    assert [each.change_id for each in published] == ["minor"]
    assert made.accepted == [(("minor",), "rule")]
    assert [(each.action, each.editions) for each in lines] == [("publish", ("minor-2026",))]


def test_a_source_without_the_rule_publishes_nothing_by_itself():
    made = sources(change("minor"))
    made.documents["minor"] = pair("A calm room.", "A quiet room.")
    assert publish_minor(made, made.one(None, "manual").source, print) == ()
    assert made.accepted == []


def test_what_is_due_is_synced_by_one_of_several_at_a_time(tmp_path: Path):
    made = sources()
    one, other = (Follower(made, tmp_path, print, now=lambda: made.now) for _ in range(2))
    with filelock.FileLock(tmp_path / "sources.lock"):
        assert one.run_due() is None
    assert [each.source_id for each in one.run_due() or ()] == ["manual"]
    assert other.run_due() == ()
    made.now = NOON + timedelta(days=2)
    assert len(other.run_due() or ()) == 1


@pytest.mark.parametrize("fault", [SourceBusy("busy"), SourceError("down")])
def test_a_source_that_fails_is_in_nobodys_way_and_not_tried_at_once(tmp_path: Path, fault):
    made = sources()
    made.add(None, replace(SITE, name="Other"))
    made.faults["manual"] = fault
    sent: list[str] = []
    follower = Follower(made, tmp_path, print, lambda: sent.append("digest"), now=lambda: made.now)
    assert [each.source_id for each in follower.run_due() or ()] == ["other"]
    del made.faults["manual"]
    assert len(follower.run_due() or ()) == isinstance(fault, SourceBusy)
    assert sent == ["digest", "digest"]


def test_a_server_that_stops_stops_its_sync(tmp_path: Path):
    made = sources()
    follower = Follower(made, tmp_path, print, now=lambda: made.now)
    with pytest.raises(SyncStopped):
        follower.run_due(lambda: True)
    assert len(follower.run_due() or ()) == 1, "the lock is free again"


def weekly() -> FakeSources:
    decided = {"decision": Decision.PUBLISHED, "decided_at": NOON, "replaces": EditionId("b-2025")}
    return sources(
        change("a"),
        change("b", decided_by="rule", **decided),
        change("c", ChangeState.NEW),
        change("d", ChangeState.WITHDRAWN, why="Withdrawn on 1 March"),
        change("old", at=NOON - 3 * WEEK),
        change("overtaken", decision=Decision.OVERTAKEN),
    )


def test_the_digest_counts_what_happened_in_its_time():
    digest = digest_of(weekly(), None, NOON - WEEK, NOON + WEEK, lambda gone: 3 if set(gone) == {"b-2025"} else 0)
    words = "2 documents changed, 1 new document, 1 document withdrawn, 1 new edition, 3 approved answers touched, 4 changes wait for you"
    assert digest_sentence(digest) == words
    assert digest.by_rule == 1
    text = digest_text(digest, "https://policy.example.org")
    assert "- Withdrawn: Chapter d – Manual (Withdrawn on 1 March)" in text
    assert "https://policy.example.org/sources" in text
    assert "1 by the rule" in text


class FakeApproved:
    """Versions alone."""

    def __init__(self, *versions: ApprovedVersion) -> None:
        self._versions = versions

    def versions(self, answer_id: str | None = None) -> tuple[ApprovedVersion, ...]:
        return self._versions


def test_an_approved_answer_is_touched_by_an_edition_that_it_quotes():
    def version(name: str, state: ApprovedState, edition: str, **more: object) -> ApprovedVersion:
        unit = QuotedUnit(EditionId(edition), PassageId("p"), (), (), "d")
        made = ApprovedVersion(name, 1, state, ApprovedContent(("q",), (unit,)), "ann", NOON)
        return replace(made, **more)  # type: ignore[arg-type]

    counted = touched_answers(
        FakeApproved(  # type: ignore[arg-type]
            version("a", ApprovedState.LIVE, "b-2025"),
            version("a", ApprovedState.REPLACED, "b-2025"),
            version("b", ApprovedState.WITHDRAWN, "b-2025", is_expired=True),
            version("c", ApprovedState.DRAFT, "b-2025"),
            version("d", ApprovedState.LIVE, "other"),
            version("e", ApprovedState.LIVE, "b-2025", groups=(("leads",),)),
        )
    )
    assert counted([EditionId("b-2025")]) == 2
    assert counted([]) == 0


def test_without_approved_answers_none_are_told_of_and_a_quiet_week_says_so():
    assert "approved" not in digest_sentence(digest_of(weekly(), None, NOON - WEEK, NOON + WEEK))
    quiet = digest_of(sources(), None, NOON - WEEK, NOON)
    assert quiet.is_empty
    assert digest_sentence(quiet) == "nothing changed"


def test_the_feed_has_this_weeks_changes_one_by_one_and_earlier_weeks_whole():
    made = weekly()
    made.staged["a"] = replace(made.staged["a"], title="A & B <i>\x08")
    now = digest_of(made, None, NOON - WEEK, NOON + WEEK)
    earlier = [
        digest_of(made, None, NOON - 4 * WEEK, NOON - WEEK, is_now=False),
        digest_of(sources(), None, NOON, NOON),
    ]
    feed = fromstring(feed_of("Assistant", "https://policy.example.org", now, earlier))
    titles = [each.text for each in feed.iterfind("channel/item/title")]
    assert "Changed: A & B <i>" in titles
    assert titles[-1] == "Week to 23 February 2026: 1 document changed"
    assert len({each.text for each in feed.iterfind("channel/item/guid")}) == len(titles) == 5


def test_the_address_of_the_feed_is_secret_and_a_new_one_ends_the_old(tmp_path: Path):
    assert not is_feed_key(tmp_path, "")
    old = new_feed_key(tmp_path)
    assert is_feed_key(tmp_path, old)
    assert (tmp_path / "feed.key").stat().st_mode & 0o077 == 0
    new = new_feed_key(tmp_path)
    assert (is_feed_key(tmp_path, old), is_feed_key(tmp_path, new), is_feed_key(tmp_path, "é")) == (False, True, False)
    no_feed(tmp_path)
    assert feed_key(tmp_path) == ""


class FakeMail:
    def __init__(self) -> None:
        self.sent: list[MailMessage] = []
        self.is_down = False

    def send(self, message: MailMessage) -> None:
        if self.is_down:
            raise MailError("the mail server is down")
        self.sent.append(message)


def test_the_digest_is_sent_once_when_it_is_due_and_again_where_the_server_failed(tmp_path: Path):
    made, mail = weekly(), FakeMail()
    sender = DigestMail(
        mail, lambda since, until: digest_of(made, None, since, until), Schedule(24.0), tmp_path, "Assistant", ""
    )
    assert not sender.send_due(NOON - timedelta(days=1)), "what was before the first look is not told"
    assert not sender.send_due(NOON - timedelta(hours=1))
    mail.is_down = True
    due = NOON + timedelta(hours=1)
    assert not sender.send_due(due)
    assert read_state(tmp_path).fault == "the mail server is down"
    mail.is_down = False
    assert not sender.send_due(due + timedelta(minutes=5)), "it waits an hour"
    assert sender.send_due(due + timedelta(hours=1))
    assert not sender.send_due(due + timedelta(hours=2))
    (message,) = mail.sent
    assert message.subject.startswith("Assistant: 2 documents changed")


def test_nothing_is_sent_where_there_is_nothing_to_tell(tmp_path: Path):
    mail = FakeMail()
    sender = DigestMail(
        mail, lambda since, until: digest_of(sources(), None, since, until), Schedule(24.0), tmp_path, "A", ""
    )
    sender.send_due(NOON)
    assert not sender.send_due(NOON + WEEK)
    assert mail.sent == []
    assert read_state(tmp_path).told_until == NOON + WEEK
