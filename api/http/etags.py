"""ETags: content that a caller already has is not sent again."""

from __future__ import annotations

import hashlib

from fastapi import Request


def etag_headers(*parts: object) -> dict[str, str]:
    """Returns the headers of content that these parts identify: privately cached, revalidated each time."""
    tag = "-".join(str(each) for each in parts)
    return {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}


def content_tag(content: bytes) -> str:
    """Returns what identifies content in an ETag: a digest, so that it tells nothing but whether it changed."""
    return hashlib.sha256(content).hexdigest()[:32]


def is_not_modified(request: Request, headers: dict[str, str]) -> bool:
    """Returns whether the caller already has the content of these headers."""
    if_none_match = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or headers["ETag"] in tags
