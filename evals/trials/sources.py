"""Sources trial: a manual on loopback is followed, changed, turned into something else, and its syncs are killed."""

from __future__ import annotations

import random
import shutil
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np

from assistant.bootstrap import Assistant
from assistant.model.sources import ChangeState, FollowOptions, NewSource, RunEnding, SourceKind, SyncRun, Terms
from assistant.ports import Embedder, Vectors
from assistant.settings import Settings
from evals.trials.invented import started
from evals.trials.promises import Promises
from evals.trials.web_site import PARKED, SIGN_IN, Reply, Site, served
from ingest.sources.service import SourceService
from ingest.uploads.publisher import UploadPublisher

CHANGED = 10
MOST_SHARE = 0.05
"""Most bytes of a second sync with nothing changed, as a share of the first. Source: the targets of docs/sources.md."""
LEAST_DELAY_S = 0.1
"""Crawl delay below which reading the pages takes longer than waiting."""
SLOWER = 1.3
"""How much longer than its crawl delay a first sync may take."""
KILLED_PAGES = 30
ROLES = ("named professional", "chair of the conference", "designated officer", "lead practitioner", "head of service")
DEEDS = ("tell the partnership", "record the decision", "share the plan with the family", "call a strategy discussion")
WORDS = (
    "assessment", "referral", "threshold", "consent", "disclosure", "supervision", "chronology", "enquiry", "conference", "review",
    "placement", "advocate", "guardian", "outcome", "timescale", "witness", "interview", "escalation", "meeting", "transfer",
)  # fmt: skip
PARAGRAPHS = 8
"""Of a page: some 450 words; pages of procedure manuals have more."""
MENU = 150
"""Links of the menu that stands on every page: some 2 kB as it comes over the network, far less than that of real sites."""
SOURCE = "manual"


@dataclass(slots=True)
class SourcesTrial:
    """What was found and measured."""

    promises: Promises = field(default_factory=Promises)
    figures: list[str] = field(default_factory=list)


class LightEmbedder:
    """A bag of words in 64 columns: enough to count what is embedded, in seconds for a whole manual."""

    fingerprint = "light/256"
    dimension = 64
    window = 256

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns float32 (n, 64), each row of length 1."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or ("",):
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1.0
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Returns about how many word pieces each text has."""
        return tuple(len(text.split()) * 4 // 3 + 2 for text in texts)


class CountingEmbedder:
    """An embedder that notes what it embeds.

    Args:
        embedder: The one that does.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.passages: list[str] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._embedder, name)

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns what the embedder gives."""
        self.passages += texts if kind == "passage" else ()
        return self._embedder.embed(texts, kind=kind)


def trial(pages: int, kills: int, delay_s: float, seed: int) -> SourcesTrial:
    """Returns what was found with a manual of so many pages, and with so many killed syncs and publications."""
    found = SourcesTrial()
    with TemporaryDirectory(prefix="trial-sources-") as name:
        with served(manual(pages, delay_s)) as site:
            _followed(Path(name) / "data", site, pages, delay_s, found)
        if kills:
            with served(manual(KILLED_PAGES, 0.01)) as site:
                _killed(Path(name), site, kills, random.Random(seed), found.promises)  # noqa: S311  no secret
    return found


def manual(pages: int, delay_s: float) -> Site:
    """Returns a manual in our own words: a page of contents, then chapters with duties."""
    site = Site("")
    robots = f"User-agent: *\nAllow: /\nCrawl-delay: {delay_s}\n".encode()
    site.pages["/robots.txt"] = Reply(robots, content_type="text/plain")
    chance = random.Random(0)  # noqa: S311  no secret
    entries = (f"{' '.join(chance.choices(WORDS, k=3))} {chance.randrange(10**6)}" for _ in range(MENU))
    site.menu = "".join(f'<li class="menu"><a href="/manual/#{each}">{each}</a></li>' for each in entries)
    chapters = tuple(f"/manual/chapter-{number}.html" for number in range(1, pages))
    site.page("/manual/", "Contents", *_paragraphs(0), links=chapters)
    for number, path in enumerate(chapters, start=1):
        site.page(path, f"Chapter {number}", *_paragraphs(number))
    return site


def _paragraphs(number: int, *more: str) -> tuple[str, ...]:
    days = number % 27 + 2
    chance = random.Random(number)  # noqa: S311  no secret
    return (
        *(
            f"The {ROLES[(number + at) % len(ROLES)]} must {DEEDS[(number * 3 + at) % len(DEEDS)]} within {days + at} working "
            f"days of matter {number * 31 + at}, and should say why in the record of the child. This holds for every "
            f"{', '.join(chance.choices(WORDS, k=8))} and {chance.choice(WORDS)} of case {chance.randrange(10**6)}, whatever "
            f"the agency; nobody waits for the {chance.choice(WORDS)} of another {chance.choice(WORDS)} before it is done."
            for at in range(PARAGRAPHS)
        ),
        *more,
    )


def _followed(data: Path, site: Site, pages: int, delay_s: float, found: SourcesTrial) -> None:
    """Follows a manual through a first sync, one without change, ten changed pages, and what is no content."""
    with _opened(data, site, light=True) as (service, embedder):
        first, seconds, sent = _timed(service, site)
        least = (pages - 1) * delay_s
        found.figures.append(
            f"first sync: {pages} pages, {seconds:.1f} s at a crawl delay of {delay_s:g} s ({least:.1f} s at least), {sent} bytes"
        )
        _look(found, "a first sync stages every page", first.counts.new == pages, first)
        _look(found, "a first sync keeps the crawl delay", seconds >= least * 0.99, seconds)
        if delay_s >= LEAST_DELAY_S:
            _look(found, "a first sync is limited by the crawl delay", seconds <= least * SLOWER + 2, seconds)
        _publish(service)
        _nothing_changed(service, site, embedder, sent, found)
        _some_changed(service, site, embedder, pages, found)
        _no_content(service, site, found)


def _nothing_changed(
    service: SourceService, site: Site, embedder: CountingEmbedder, first: int, found: SourcesTrial
) -> None:
    embedder.passages.clear()
    run, seconds, sent = _timed(service, site)
    found.figures.append(
        f"second sync, nothing changed: {sent} bytes, {sent / first:.1%} of the first, {seconds:.1f} s; "
        f"{len(embedder.passages)} passages embedded"
    )
    _look(found, "with nothing changed, under 5 % of the bytes come", sent < MOST_SHARE * first, f"{sent} of {first}")
    _look(
        found,
        "with nothing changed, nothing is staged or embedded",
        not embedder.passages and not _waiting(service),
        run,
    )


def _some_changed(
    service: SourceService, site: Site, embedder: CountingEmbedder, pages: int, found: SourcesTrial
) -> None:
    numbers = sorted({1 + at * (pages - 1) // CHANGED for at in range(CHANGED)})
    for number in numbers:
        words = _paragraphs(number, f"From today on chapter {number} must be read by every new colleague.")
        site.page(f"/manual/chapter-{number}.html", f"Chapter {number}", *words)
    run, _, _ = _timed(service, site)
    _look(
        found,
        "changed pages, and no others, are staged",
        run.counts.changed == len(numbers) == len(_waiting(service)),
        run,
    )
    embedder.passages.clear()
    _publish(service)
    titles = {text.split("|")[0].split("\n")[0].strip() for text in embedder.passages}
    expected = {f"Chapter {number}" for number in numbers}
    is_exact = {f"Chapter {each.split('Chapter ')[1].split()[0]}" for each in titles if "Chapter " in each} == expected
    found.figures.append(
        f"{len(numbers)} pages changed: {len(embedder.passages)} passages embedded, all of these pages"
    )
    _look(found, "exactly the changed pages are embedded", is_exact and bool(embedder.passages), sorted(titles))


def _no_content(service: SourceService, site: Site, found: SourcesTrial) -> None:
    before = service.edition_ids(None, SOURCE)
    odd = {
        "a sign-in page": Reply(SIGN_IN, has_etag=False),
        "an empty page": Reply(b"", has_etag=False),
        "a parked domain": Reply(PARKED, has_etag=False),
        "a redirect to another host": Reply(b"", 302, headers={"Location": "http://portal.invalid/"}),
        "not found everywhere": Reply(b"", 404),
        "a server that is down": Reply(b"", 503, headers={"Retry-After": "600"}),
    }
    for kind, reply in odd.items():
        site.any_page = reply
        run, _, _ = _timed(service, site)
        removed = [each for each in _waiting(service) if each is ChangeState.WITHDRAWN]
        kept = service.edition_ids(None, SOURCE) == before and not removed
        _look(found, "a source that turns into something else removes nothing", kept, (kind, run))
        is_told = run.ending in (RunEnding.NEEDS_YOU, RunEnding.FAILED)
        _look(found, "a source that turns into something else is told", is_told, (kind, run))
    site.any_page = None
    run, _, _ = _timed(service, site)
    _look(found, "with its content back, nothing waits", run.ending is RunEnding.DONE and not _waiting(service), run)


def _killed(folder: Path, site: Site, kills: int, chance: random.Random, promises: Promises) -> None:
    """Kills syncs at single requests and publications at single instants; the next ones finish."""
    settings = folder / "settings.toml"
    settings.write_text('[sources]\nprivate_hosts = ["127.0.0.1"]\ndelay_s = 0.0\n', encoding="utf-8")
    base = folder / "base"
    with _opened(base, site):
        pass
    begun = time.perf_counter()
    if started("sources", "sync", "--data", _copied(base, folder / "whole"), "--settings", settings).wait() != 0:
        raise SystemExit("the manual of the trial cannot be synced")
    whole_s = time.perf_counter() - begun
    for number in range(kills):
        data = _copied(base, folder / f"killed-{number}")
        _killed_once(data, settings, site, chance, whole_s, promises)
        shutil.rmtree(data)


def _killed_once(
    data: Path, settings: Path, site: Site, chance: random.Random, whole_s: float, promises: Promises
) -> None:
    at = chance.randrange(1, KILLED_PAGES + 1)
    process = started("sources", "sync", "--data", data, "--settings", settings)
    asked = sum(site.asked.values())
    _until(lambda: sum(site.asked.values()) >= asked + at or process.poll() is not None, whole_s * 4)
    process.kill()
    process.wait()
    with _opened(data, site, is_new=False) as (service, _):
        run = service.sync(None, SOURCE)
        where = f"killed at request {at}"
        promises.look("after a killed sync the next one finishes", run.ending is RunEnding.DONE, (where, run))
        states = _waiting(service)
        promises.look("and everything waits, once", states == [ChangeState.NEW] * KILLED_PAGES, (where, len(states)))
    after_s = chance.uniform(0.5, whole_s + 2)
    process = started("sources", "publish", "--all", "--data", data, "--settings", settings)
    _until(lambda: process.poll() is not None, after_s)
    process.kill()
    process.wait()
    with _opened(data, site, is_new=False) as (service, _):
        run = service.sync(None, SOURCE)
        if _waiting(service):
            _publish(service)
        where = f"publication killed after {after_s:.1f} s"
        names = service.edition_ids(None, SOURCE)
        promises.look(
            "after a killed publication everything is published, once", len(names) == KILLED_PAGES, (where, run)
        )
        promises.look("and nothing waits", not _waiting(service), where)


@contextmanager
def _opened(
    data: Path, site: Site, *, is_new: bool = True, light: bool = False
) -> Iterator[tuple[SourceService, CountingEmbedder]]:
    """Yields what follows the site in a data folder; a new folder follows it from now on."""
    settings = Settings.model_validate(
        {"data": data, "sources": {"private_hosts": ("127.0.0.1",), "delay_s": 0, "timeout_s": 10}}
    )
    assistant = Assistant(settings)
    embedder = CountingEmbedder(LightEmbedder() if light else assistant.embedder)
    vars(assistant)["embedder"] = embedder
    publisher = UploadPublisher(assistant.library, assistant.embedder, settings, assistant.files)
    service = SourceService(
        assistant.source_store, publisher, settings, sleep=lambda seconds: time.sleep(min(seconds, 1))
    )
    if is_new:
        terms = Terms("in our own words", "the trial")
        options = FollowOptions(delay_s=0, max_pages=10_000)
        service.add(None, NewSource(SourceKind.WEBSITE, f"{site.address}/manual/", SOURCE, terms, options))
    yield service, embedder


def _timed(service: SourceService, site: Site) -> tuple[SyncRun, float, int]:
    """Returns a run, its seconds, and the bytes that the site sent."""
    before, begun = site.sent, time.perf_counter()
    run = service.sync(None, SOURCE)
    return run, time.perf_counter() - begun, site.sent - before


def _waiting(service: SourceService) -> list[ChangeState]:
    return [each.state for each in service.changes(None, limit=100_000)]


def _publish(service: SourceService) -> None:
    service.accept(None, [each.change_id for each in service.changes(None, limit=100_000)])


def _look(found: SourcesTrial, what: str, is_kept: bool, where: object) -> None:
    found.promises.look(what, is_kept, where)


def _until(is_reached: Callable[[], bool], most_s: float) -> None:
    until = time.monotonic() + most_s
    while not is_reached() and time.monotonic() < until:
        time.sleep(0.005)


def _copied(base: Path, data: Path) -> Path:
    shutil.copytree(base, data)
    return data
