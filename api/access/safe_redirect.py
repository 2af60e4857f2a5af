"""Redirects after signing in go to pages of this server only."""

from __future__ import annotations

import re

PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1000}")
"""A path of this server: one slash, then visible ASCII without backslashes."""


def safe_redirect(text: str) -> str:
    """Returns a path of this server unchanged, and "/" for anything else, such as another site's address."""
    return text if PATH.fullmatch(text) else "/"
