"""ETags: what a caller has already is not sent again."""

from __future__ import annotations

from fastapi import Request


def tagged(*parts: object) -> dict[str, str]:
    """Returns the headers of content that these parts name: kept by the caller's own cache, asked about each time."""
    tag = "-".join(str(each) for each in parts)
    return {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}


def is_known(request: Request, headers: dict[str, str]) -> bool:
    """Returns whether the caller has the content of these headers already."""
    given = request.headers.get("if-none-match", "")
    tags = {each.strip().removeprefix("W/") for each in given.split(",")}
    return "*" in tags or headers["ETag"] in tags
