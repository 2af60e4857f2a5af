"""The digest as an RSS feed: this week's changes one by one, earlier weeks as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from assistant.following.digest import STATE_WORDS, Digest, DigestLine, digest_sentence, digest_text

MEDIA = "application/rss+xml; charset=utf-8"


def feed_of(name: str, address: str, this_week: Digest, earlier: Sequence[Digest]) -> bytes:
    """Returns the feed as RSS 2.0.

    Args:
        name: Of the assistant.
        address: Where its pages are.
        this_week: The week that runs.
        earlier: Weeks before it, the newest first; those without anything to tell are left out.
    """
    rss = Element("rss", version="2.0")
    channel = SubElement(rss, "channel")
    facts = {
        "title": f"{name}: sources",
        "link": f"{address}/sources",
        "description": f"This week: {digest_sentence(this_week)}.",
        "language": "en-GB",
        "lastBuildDate": format_datetime(this_week.until),
    }
    for tag, text in facts.items():
        SubElement(channel, tag).text = _written(text)
    for line in this_week.lines:
        _item(channel, *_change(line, address))
    for week in earlier:
        if not week.is_empty:
            title = f"Week to {week.last_day.day} {week.last_day:%B %Y}: {digest_sentence(week)}"
            _item(
                channel, title, digest_text(week, ""), f"{address}/sources", f"week-{week.until:%Y-%m-%d}", week.until
            )
    written: bytes = tostring(rss, encoding="utf-8", xml_declaration=True)
    return written


def _change(line: DigestLine, address: str) -> tuple[str, str, str, str, datetime]:
    change = line.change
    title = f"{STATE_WORDS[change.state]}: {change.title or change.address}"
    text = "\n".join(filter(None, (line.source, change.why, change.address)))
    return title, text, f"{address}/sources/{change.source_id}", f"change-{change.change_id}", change.found_at


def _item(channel: Element, title: str, text: str, link: str, name: str, at: datetime) -> None:
    item = SubElement(channel, "item")
    for tag, words in (("title", title), ("description", text), ("link", link), ("pubDate", format_datetime(at))):
        SubElement(item, tag).text = _written(words)
    SubElement(item, "guid", isPermaLink="false").text = name


def _written(text: str) -> str:
    """Returns a text without the control characters that XML cannot hold."""
    return "".join(each for each in text if each in "\n\t" or each >= " ")
