"""What the robots.txt of a site allows (RFC 9309), and how long it asks to wait between two requests."""

from __future__ import annotations

from pathlib import Path

from protego import Protego

from ingest.sources.web.addresses import origin_of
from ingest.sources.web.client import AGENT, WebClient

MOST_BYTES = 512_000
"""As much of a robots.txt as counts. Source: RFC 9309, section 2.5: at least 500 kibibytes."""
LONGEST_DELAY_S = 60.0
"""Longest crawl delay that is kept; a longer one counts as this, which is slow enough for any site."""


class Robots:
    """The robots.txt of every site of a sync, each fetched once.

    Args:
        client: Fetches them; its delay grows to the longest that a site asks for.
        folder: Where they are written.
    """

    def __init__(self, client: WebClient, folder: Path) -> None:
        self._client = client
        self._file = folder / "robots.txt.part"
        self._rules: dict[str, Protego] = {}

    def allows(self, address: str) -> bool:
        """Returns whether a site allows an address.

        Raises:
            Unreachable: The server cannot give its robots.txt now: nothing of it may be fetched (RFC 9309, 2.3.1.4).
        """
        return bool(self._of(address).can_fetch(address, AGENT))

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """Returns the sitemaps that the site of an address names."""
        return tuple(self._of(address).sitemaps)

    def _of(self, address: str) -> Protego:
        origin = origin_of(address)
        if origin not in self._rules:
            self._rules[origin] = self._fetched(origin)
        return self._rules[origin]

    def _fetched(self, origin: str) -> Protego:
        answer = self._client.get(f"{origin}/robots.txt", self._file)
        is_text = answer.path is not None and answer.content_type in ("text/plain", "")
        text = ""
        if answer.path is not None and is_text:
            with answer.path.open("rb") as file:
                text = file.read(MOST_BYTES).decode("utf-8-sig", "replace")
        self._file.unlink(missing_ok=True)
        rules = Protego.parse(text)
        delay = rules.crawl_delay(AGENT)
        if delay:
            self._client.delay_s = max(self._client.delay_s, min(float(delay), LONGEST_DELAY_S))
        return rules
