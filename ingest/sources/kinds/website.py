"""A website: from a sitemap or a start page, within its folder and patterns, politely and within limits."""

from __future__ import annotations

import gzip
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from assistant.errors import SourceError
from assistant.model.formats import HTML
from assistant.model.sources import FetchedItem
from ingest.sources.judging import is_sign_in
from ingest.sources.sightings import Absent, Content, Leads, Left, Odd, Same, Sighting, Trouble, Visit
from ingest.sources.web.addresses import folder_of, host_of, is_below, is_wanted, joined
from ingest.sources.web.client import Answer, Later, Unreachable
from ingest.sources.web.files import format_of_answer, in_its_encoding, may_be_read
from ingest.sources.web.page_facts import NOTHING, page_facts
from ingest.sources.web.robots import Robots

TROUBLES = 5
"""Addresses one after another that cannot be fetched, after which the start is looked at: is the site there at all?"""
REPEATED = 3
"""Times that one part of a path may occur: more is a circle of relative links."""
SITEMAP_BYTES = 50_000_000
"""Largest sitemap. Source: sitemaps.org, protocol: 50 MB uncompressed."""
_SITEMAP_TAGS = ("urlset", "sitemapindex")


@dataclass(frozen=True, slots=True)
class Step:
    """An address to look at."""

    address: str
    depth: int
    parent: str


@dataclass(slots=True)
class _Frontier:
    """Addresses to look at, each once, those nearest to the start first."""

    steps: deque[Step] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)

    def add(self, address: str, depth: int, parent: str, *, first: bool = False) -> None:
        if address not in self.seen:
            self.seen.add(address)
            (self.steps.appendleft if first else self.steps.append)(Step(address, depth, parent))


def website(visit: Visit) -> Iterator[Sighting]:
    """Yields what stands at every address of a website. Raises ``SourceError``, ``LimitReached``."""
    return _Crawl(visit).sightings()


class _Crawl:
    """A crawl of one site."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._start = visit.source.address
        self._folders = [folder_of(self._start)]
        self._robots = Robots(visit.client, visit.folder)
        self._frontier = _Frontier()
        self._body = visit.folder / "body.part"
        self._has_sitemap = False
        """Whether the start is a sitemap, which names every page: links are not followed then."""

    def sightings(self) -> Iterator[Sighting]:
        """Yields what stands at every address: from the start on, then what was known and nothing leads to any more."""
        if not self._robots.allows(self._start):
            fix = "Ask its owner, or follow another address"
            raise SourceError(f"{self._start}: the robots.txt of the site does not allow it to be read. {fix}.")
        self._frontier.add(self._start, 0, "")
        yield from self._walk()
        for address, item in sorted(self._visit.known.items()):
            if is_wanted(address, self._include, self._visit.source.options.exclude):
                self._frontier.add(address, item.depth, item.parent)
        yield from self._walk()

    @property
    def _include(self) -> tuple[str, ...]:
        return self._visit.source.options.include

    def _walk(self) -> Iterator[Sighting]:
        most, troubles = self._visit.source.options.max_pages, 0
        while self._frontier.steps:
            step = self._frontier.steps.popleft()
            if len(self._frontier.seen) - len(self._frontier.steps) > most:
                yield Left(self._start, f"there are more than {most} addresses; raise max_pages if they are all wanted")
                self._frontier.steps.clear()
                return
            item = self._visit.known.get(step.address)
            if item is not None and self._visit.is_done(step.address):
                if step.address == self._start and item.canonical:
                    self._folders.append(folder_of(item.canonical))
                self._follow(item.links, step, item.canonical)
                continue
            sighting = self._looked_at(step, item)
            troubles = troubles + 1 if isinstance(sighting, Trouble) else 0
            if isinstance(sighting, Trouble) and step.address == self._start:
                raise SourceError(f"{sighting.address}: {sighting.why}")
            if troubles >= TROUBLES:
                self._check_start()
                troubles = 0
            yield sighting

    def _check_start(self) -> None:
        """Looks whether the site is there at all. Raises ``SourceError`` where it is not."""
        answer = self._visit.client.get(self._start, self._body, may_follow=lambda target: False)
        if answer.status not in (200, 301, 302, 303, 307, 308):
            raise SourceError(
                f"{self._start}: the site answers {answer.status} to {TROUBLES} addresses one after another"
            )

    def _looked_at(self, step: Step, item: FetchedItem | None) -> Sighting:
        address = step.address
        if not self._robots.allows(address):
            return Left(address, "robots.txt does not allow it")
        etag, changed = (item.etag, item.last_modified) if item is not None else ("", "")
        try:
            answer = self._visit.client.get(
                address,
                self._body,
                etag=etag,
                last_modified=changed,
                may_follow=lambda target: False,
                wants=lambda came: self._may_be_sitemap(step) or format_of_answer(came, address) is not None,
            )
        except Later:
            raise
        except Unreachable as error:
            return Trouble(address, str(error).removeprefix(f"{address}: "))
        if answer.status == 304 and item is not None:
            self._follow(item.links, step, item.canonical)
            return Same(item, step.depth, step.parent)
        if answer.path is not None:
            return self._came(step, item, answer)
        return self._without_body(step, item, answer)

    def _without_body(self, step: Step, item: FetchedItem | None, answer: Answer) -> Sighting:
        address, status = step.address, answer.status
        is_known = item is not None or address == self._start
        if status == 200:
            return self._unread(step, item, answer)
        if 300 <= status < 400:
            return self._redirected(step, answer.address)
        if status in (404, 410):
            absent = Absent(address, f"the site answers {status} (not found)", is_final=status == 410)
            return absent if item is not None else Left(address, f"not found ({status}); linked from {step.parent}")
        if status in (401, 402, 403, 407, 451):
            why = f"the site does not give it any more ({status})" if item else f"the site does not give it ({status})"
            return Odd(address, why) if is_known else Left(address, why)
        return Trouble(address, f"the site answers {status}")

    def _redirected(self, step: Step, target: str) -> Sighting:
        address = step.address
        if host_of(target) != host_of(self._start):
            return Odd(address, f"it leads to another site ({host_of(target)})")
        if is_sign_in(target):
            return Odd(address, f"it leads to a page for signing in ({target})")
        if address == self._start:
            self._folders.append(folder_of(target))
        elif not self._is_wanted(target):
            return Absent(address, f"it leads to {target} now, which is no part of this source")
        self._frontier.add(target, step.depth, address, first=True)
        return Leads(address, target, step.depth, step.parent)

    def _came(self, step: Step, item: FetchedItem | None, answer: Answer) -> Sighting:
        assert answer.path is not None
        sitemap = _sitemap(answer.path) if self._may_be_sitemap(step) else None
        if sitemap is not None:
            return self._sitemap_came(step, answer, sitemap)
        file_format = format_of_answer(answer, step.address)
        if file_format is None:
            return self._unread(step, item, answer)
        file = self._visit.folder / f"body{file_format.endings[0]}"
        answer.path.replace(file)
        facts = NOTHING
        if file_format is HTML:
            in_its_encoding(file, answer.charset)
            facts = page_facts(file.read_bytes(), step.address, "utf-8" if answer.charset else "")
            own = tuple(each for each in facts.links if host_of(each) == host_of(self._start))
            facts = replace(facts, links=own)
            self._follow(facts.links, step)
        return Content(
            step.address,
            file,
            answer.sha256,
            answer.etag,
            answer.last_modified,
            facts.heading,
            page=facts,
            depth=step.depth,
            parent=step.parent,
            body_bytes=answer.body_bytes,
        )

    def _unread(self, step: Step, item: FetchedItem | None, answer: Answer) -> Sighting:
        why = f"what is sent as {answer.content_type or 'no known type'} is not read"
        is_known = step.address == self._start or (item is not None and item.edition_id is not None)
        return Odd(step.address, why) if is_known else Left(step.address, why)

    def _may_be_sitemap(self, step: Step) -> bool:
        return step.address == self._start or step.parent.endswith("#sitemap")

    def _sitemap_came(self, step: Step, answer: Answer, named: tuple[str, tuple[str, ...]]) -> Sighting:
        tag, addresses = named
        self._has_sitemap = True
        for each in addresses:
            address = joined(step.address, each)
            if address is None or host_of(address) != host_of(self._start):
                continue
            if tag == "sitemapindex":
                self._frontier.add(address, 0, f"{step.address}#sitemap")
            elif self._is_wanted(address, is_named=True):
                self._frontier.add(address, 1, step.address)
        if not addresses and step.address == self._start:
            return Odd(step.address, "the sitemap names no address")
        return Left(step.address, "")

    def _follow(self, links: tuple[str, ...], step: Step, canonical: str = "") -> None:
        if canonical and canonical != step.address and not links:
            self._frontier.add(canonical, step.depth, step.address, first=True)
        if self._has_sitemap or step.depth >= self._visit.source.options.depth:
            return
        for each in links:
            if self._is_wanted(each):
                self._frontier.add(each, step.depth + 1, step.address)

    def _is_wanted(self, address: str, *, is_named: bool = False) -> bool:
        """Returns whether an address belongs to the source; one that its sitemap names need not lie below it."""
        if host_of(address) != host_of(self._start) or not may_be_read(address) or is_sign_in(address):
            return False
        parts = [each for each in urlsplit(address).path.split("/") if each]
        if any(parts.count(each) > REPEATED for each in set(parts)):
            return False
        below = is_named or bool(self._include) or any(is_below(address, each) for each in self._folders)
        return below and is_wanted(address, self._include, self._visit.source.options.exclude)


def _sitemap(path: Path) -> tuple[str, tuple[str, ...]] | None:
    """Returns what a sitemap is and the addresses that it names; None for another file."""
    with path.open("rb") as file:
        head = file.read(2)
    opener = gzip.open if head == b"\x1f\x8b" else open
    try:
        with opener(path, "rb") as file:
            raw = file.read(SITEMAP_BYTES)
        if b"<urlset" not in raw[:4000] and b"<sitemapindex" not in raw[:4000]:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
        root = etree.fromstring(raw, parser)
    except (OSError, EOFError, etree.XMLSyntaxError, ValueError):
        return None
    tag = etree.QName(root).localname if root is not None else ""
    if tag not in _SITEMAP_TAGS:
        return None
    return tag, tuple(str(each).strip() for each in root.xpath("//*[local-name()='loc']/text()"))
