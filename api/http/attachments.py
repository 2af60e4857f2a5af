"""Files that a browser saves, made for one asker."""

from __future__ import annotations

from fastapi import Response


def attachment(content: bytes, media: str, name: str) -> Response:
    """Returns content as a file download that nothing on the way keeps."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)
