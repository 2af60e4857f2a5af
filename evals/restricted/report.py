"""``python -m evals restricted-walk``: the walk over two real servers on loopback, as a report."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx

from evals.bench.running_server import running_server
from evals.restricted.libraries import SETTINGS, Site, make_site
from evals.restricted.walk import Send, Walked, walk

TIMEOUT_S = 300.0


def measure(longest_s: float) -> dict[str, Any]:
    """Returns the figures of a walk over two servers, each over a new library. Raises ``WalkStopped``."""
    with tempfile.TemporaryDirectory(prefix="restricted-walk-") as folder:
        sites = [make_site(Path(folder) / name, has_hidden=name == "with") for name in ("with", "without")]
        return asdict(walk(sites[0], sites[1], _serving, longest_s))


@contextmanager
def _serving(site: Site) -> Iterator[Send]:
    settings = site.data.parent / "settings.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    with (
        running_server(site.data, 1, settings) as server,
        httpx.Client(base_url=server.address, timeout=TIMEOUT_S) as own,
    ):
        yield own.request


def table(figures: dict[str, Any]) -> str:
    """Returns the figures as Markdown: requests by role, and every difference."""
    walked = Walked(**figures)
    lines = [
        f"{len(walked.operations)} operations, {walked.seconds:.0f} s.",
        "",
        "| outside the group, as | requests compared | differences |",
        "|---|---|---|",
    ]
    for role, count in walked.requests.items():
        lines.append(f"| {role} | {count} | {sum(each['role'] == role for each in figures['findings'])} |")
    inside = ", ".join(f"{role} {count}" for role, count in walked.seen_inside.items())
    lines += ["", f"Responses that show a restricted document to a member of the group: {inside}.", ""]
    lines += [f"- {each['role']}: {each['operation']} ({each['path']}): {each['what']}" for each in figures["findings"]]
    return "\n".join(lines).rstrip() + "\n"
