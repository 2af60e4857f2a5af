"""An RSS or Atom feed: the page or file of each entry is a document; an entry that leaves the feed stays."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import feedparser

from assistant.errors import SourceError
from assistant.model.formats import HTML
from assistant.model.sources import FetchedItem
from ingest.sources.judging import NeedsYou
from ingest.sources.sightings import Absent, Content, Left, Odd, Same, Sighting, Trouble, Visit
from ingest.sources.web.addresses import host_of, is_wanted, joined
from ingest.sources.web.client import Answer, Unreachable
from ingest.sources.web.files import format_of_answer, in_its_encoding
from ingest.sources.web.page_facts import NOTHING, page_facts
from ingest.sources.web.robots import Robots


def feed(visit: Visit) -> Iterator[Sighting]:
    """Yields what stands at the address of every entry, and of those that stood in the feed before."""
    return _Feed(visit).sightings()


class _Feed:
    """One feed."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._robots = Robots(visit.client, visit.folder)
        self._body = visit.folder / "body.part"

    def sightings(self) -> Iterator[Sighting]:
        """Yields the entries of today, then those of before that are known."""
        entries = self._entries()
        most = self._visit.source.options.max_pages
        for address, title, dated in entries[:most]:
            yield self._looked_at(address, title, dated)
        listed = {address for address, _, _ in entries}
        for address, item in sorted(self._visit.known.items()):
            if address not in listed:
                yield self._looked_at(address, item.title, item.dated)

    def _entries(self) -> list[tuple[str, str, date | None]]:
        """Returns address, title and day of each entry, the newest first. Raises ``SourceError``, ``NeedsYou``."""
        address = self._visit.source.address
        if not self._robots.allows(address):
            raise SourceError(f"{address}: the robots.txt of the site does not allow it to be read.")
        answer = self._visit.client.get(address, self._body, may_follow=self._is_same_host)
        if answer.path is None:
            raise SourceError(f"{address}: the site answers {answer.status}. Check the address of the feed.")
        parsed = feedparser.parse(
            io.BytesIO(answer.path.read_bytes()),
            response_headers={
                "content-type": f"{answer.content_type}; charset={answer.charset}" if answer.charset else ""
            },
            sanitize_html=True,
            resolve_relative_uris=False,
        )
        if not parsed.get("version"):
            raise NeedsYou(f"{address}: what came is no feed (a sign-in page or another notice?).")
        found: dict[str, tuple[str, str, date | None]] = {}
        for entry in parsed.entries:
            link = joined(address, str(entry.get("link") or ""))
            if link is not None:
                found.setdefault(link, (link, " ".join(str(entry.get("title") or "").split()), _day(entry)))
        return list(found.values())

    def _is_same_host(self, address: str) -> bool:
        return host_of(address) == host_of(self._visit.source.address)

    def _looked_at(self, address: str, title: str, dated: date | None) -> Sighting:
        options, item = self._visit.source.options, self._visit.known.get(address)
        if item is not None and self._visit.is_done(address):
            return Same(item)
        is_near = self._is_same_host(address) or bool(options.include)
        if not is_near or not is_wanted(address, options.include, options.exclude):
            return Left(address, "it is on another site than the feed, or left out by the patterns")
        try:
            if not self._robots.allows(address):
                return Left(address, "robots.txt does not allow it")
            etag, changed = (item.etag, item.last_modified) if item is not None else ("", "")
            answer = self._visit.client.get(
                address, self._body, etag=etag, last_modified=changed, may_follow=self._is_same_host
            )
        except Unreachable as error:
            return Trouble(address, str(error).removeprefix(f"{address}: "))
        return self._answered(address, title, dated, item, answer)

    def _answered(
        self, address: str, title: str, dated: date | None, item: FetchedItem | None, answer: Answer
    ) -> Sighting:
        if answer.status == 304 and item is not None:
            return Same(item)
        if answer.path is None:
            if 300 <= answer.status < 400:
                return Odd(address, f"it leads to another site ({host_of(answer.address)})")
            is_gone = answer.status in (404, 410)
            why = f"the site answers {answer.status}"
            return Absent(address, why, is_final=answer.status == 410) if is_gone else Trouble(address, why)
        file_format = format_of_answer(answer, address)
        if file_format is None:
            return Left(address, f"what is sent as {answer.content_type or 'no known type'} is not read")
        file = self._visit.folder / f"body{file_format.endings[0]}"
        answer.path.replace(file)
        facts = NOTHING
        if file_format is HTML:
            in_its_encoding(file, answer.charset)
            facts = replace(page_facts(file.read_bytes(), address, "utf-8" if answer.charset else ""), links=())
        return Content(
            address, file, answer.sha256, answer.etag, answer.last_modified, facts.heading or title, dated, page=facts,
            body_bytes=answer.body_bytes,
        )  # fmt: skip


def _day(entry: Any) -> date | None:
    # the plain dictionary: feedparser's own ``get`` gives one of these times for the other, with a warning
    parsed = dict.get(entry, "updated_parsed") or dict.get(entry, "published_parsed")
    try:
        return datetime(*parsed[:6]).date() if parsed else None
    except (ValueError, TypeError):
        return None
