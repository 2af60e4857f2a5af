"""Addresses that stand in more than one place: of the tools for other assistants, of the page in a frame, and where links lead."""

from __future__ import annotations

from starlette.requests import Request

from assistant.settings.serving import AccessSetting

TOOLS = "/mcp"
"""Where the Model Context Protocol is spoken."""
EMBED = "/embed"
"""The page that other sites show in a frame."""


def page_address(request: Request, access: AccessSetting) -> str:
    """Returns the address that links in answers begin with: that of the settings, else the one that was asked."""
    return access.public_url or str(request.base_url)
