"""What allows the sites of the settings, and no other, to show the page in a frame."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from api.http.problems import Problem
from api.web.assets import HEADERS as FILE_HEADERS
from api.web.templating import CONTENT_POLICY
from api.web.templating import HEADERS as PAGE_HEADERS
from assistant.settings.serving import ServeSetting

FOR_OTHER_SITES = "Cross-Origin-Resource-Policy"
SCRIPT_HEADERS: Mapping[str, str] = MappingProxyType({**FILE_HEADERS, FOR_OTHER_SITES: "cross-origin"})
"""Of the script, which a page of another site loads."""


def frame_headers(serve: ServeSetting) -> dict[str, str]:
    """Returns the headers of the page in the frame.

    A page under ``Cross-Origin-Embedder-Policy: require-corp`` shows a frame only if that has the same policy and may be
    loaded by other sites; everything that the frame loads is of this server.
    """
    ancestors = f"frame-ancestors {' '.join(serve.embed_origins)}"
    return {
        **PAGE_HEADERS,
        "Content-Security-Policy": CONTENT_POLICY.replace("frame-ancestors 'none'", ancestors),
        FOR_OTHER_SITES: "cross-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }


def require_embedding(serve: ServeSetting) -> None:
    """Raises ``Problem`` (404) where no site may show the page."""
    if not serve.embed_origins:
        detail = "No other site may show this assistant. To allow one, set serve.embed_origins (docs/integrate.md)."
        raise Problem(404, "not_embedded", detail)
