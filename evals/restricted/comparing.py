"""What of a response may differ between two libraries: ids and times, and nothing else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

from evals.restricted.libraries import HIDDEN_IDS

IDS = {
    "id", "instance", "record_id", "conversation_id", "upload_id", "feedback_id", "scenario_id", "user_id", "owner", "by",
    "next_after", "generation", "reported_as", "key_id", "key_fingerprint", "mark_id",
    "run_id", "question_id",
}  # fmt: skip
"""Names of values that are ids."""
TIMES = {
    "at", "created", "updated", "asked_at", "given_at", "saved_at", "since", "seconds", "stages", "last_used", "started",
    "half_within_s", "most_within_s",
}  # fmt: skip
"""Names of values that are times."""
UNORDERED = {"questions", "feedback"}
"""Lists that are in the order of random ids."""
HEADERS_LEFT_OUT = {
    "date",
    "content-length",
    "x-request-id",
    "server",
    "set-cookie",
    "server-timing",
    "transfer-encoding",
}
"""Times, ids, and the length of a body that holds them."""
ARCHIVE = b"PK\x03\x04"
"""How a ZIP archive begins."""
MASKS = (
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{24}\b"), "ID"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?"), "TIME"),
    (re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"), "TIME"),
    (re.compile(r"http://127\.0\.0\.1:\d+"), "SERVER"),
    (re.compile(r"(generation\b(?:\W{1,2}value=\W)?) ?\d+"), r"\1 ID"),
    (re.compile(r"\b([Ss]tate) \d+\b"), r"\1 ID"),
    (re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4} at \d\d:\d\d UTC"), "TIME"),
    (re.compile(r"\bsha256 [0-9a-f]{64}\b"), "sha256 ID"),
    (re.compile(r"\bMCowBQYDK2VwAyEA[A-Za-z0-9+/=]+"), "KEY"),
    (re.compile(r"^(\s*|<p(?: class=.key.)?><code>)[0-9a-f]{64}(</code></p>)?$", re.MULTILINE), "KEY"),
    (re.compile(r"\bwithin \d+\.\d+ s\b|\btook \d+\.\d seconds"), "TIME"),
    (re.compile(r"key-[0-9a-f]{8}\b"), "ID"),
    (re.compile(r"\b(evidence-[\d-]{10}-(?:answer|topic|record))-[0-9a-f]{8}\b"), r"\1-ID"),
    (re.compile(rf"\b({'|'.join(HIDDEN_IDS)})-[0-9a-f]{{4,20}}\b"), r"\1"),
    (re.compile(r"(_free_bytes) [0-9.e+-]+$", re.MULTILINE), r"\1 BYTES"),
    (re.compile(r"((?:_seconds(?:_sum|_bucket)?|_created)(?:\{.*\})?) [0-9.e+-]+$", re.MULTILINE), r"\1 TIME"),
)


SEAL = {"manifest.sha256", "manifest.sha256.sig", "public-key.pem"}
"""Members of evidence that follow from the others, their times and the key of the data folder."""


class Response(Protocol):
    """As much of a response as is compared."""

    @property
    def status_code(self) -> int:
        """Its status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Its headers."""

    @property
    def content(self) -> bytes:
        """Its body."""


def comparable(response: Response, *, is_unordered: bool = False) -> dict[str, Any]:
    """Returns status, headers and body of a response, ids and times masked; its lines sorted if their order is random."""
    headers = {name.lower(): _masked(text) for name, text in response.headers.items()}
    kept = {name: text for name, text in headers.items() if name not in HEADERS_LEFT_OUT}
    body = _body(response.content)
    body = sorted(body, key=str) if is_unordered and isinstance(body, list) else body
    return {"status": response.status_code, "headers": dict(sorted(kept.items())), "body": body}


def difference(one: Any, other: Any, at: str = "") -> str | None:
    """Returns the first place where two comparable values differ, with both; None where they are equal."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            found = difference(one.get(name), other.get(name), f"{at}.{name}")
            if found is not None:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        parts = (difference(a, b, f"{at}[{place}]") for place, (a, b) in enumerate(zip(one, other, strict=True)))
        return next((part for part in parts if part is not None), None)
    return None if one == other else f"{at}: {_short(one)} here, {_short(other)} without"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _body(content: bytes) -> Any:
    if content.startswith(ARCHIVE):
        return _members(content)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content.hex()
    try:
        return _without_ids(json.loads(text))
    except ValueError:
        pass
    try:
        lines = [json.loads(line) for line in text.splitlines()]
        return [_without_ids(line) for line in lines]
    except ValueError:
        return _masked(text).splitlines()


def _members(content: bytes) -> dict[str, Any]:
    """Returns the files of an archive, such as a workbook, and of archives in it; the seal of evidence is left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: _body(archive.read(name)) for name in archive.namelist() if name not in SEAL}


def _without_ids(value: Any, name: str = "") -> Any:
    if name in IDS | TIMES:
        return None if value is None else name.upper()
    if isinstance(value, dict):
        return {key: _without_ids(each, key) for key, each in value.items()}
    if isinstance(value, list):
        items = [_without_ids(each) for each in value]
        return sorted(items, key=lambda each: json.dumps(each, sort_keys=True)) if name in UNORDERED else items
    return _masked(value) if isinstance(value, str) else value


@lru_cache(maxsize=100_000)
def _masked(text: str) -> str:
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text
