"""Security headers on every response."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings.serving import AccessSetting

DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Content security policy of responses that are not pages; pages set their own."""
ALWAYS = {
    "Content-Security-Policy": DATA_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
"""Set unless the response has its own (the list of OWASP's Secure Headers Project, without those that only old
browsers read)."""
NO_FRAME = "frame-ancestors 'none'"
"""A page whose own policy names who may frame it has no ``X-Frame-Options``, which can name nobody."""
HSTS = "max-age=31536000"


class SecurityHeaders:
    """ASGI middleware that adds security headers to every response."""

    def __init__(self, app: ASGIApp, access: AccessSetting) -> None:
        self._app = app
        self._more = {"Strict-Transport-Security": HSTS} if access.is_https else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and adds headers to its response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                may_be_framed = NO_FRAME not in headers.get("Content-Security-Policy", NO_FRAME)
                for name, value in {**ALWAYS, **self._more}.items():
                    if not (may_be_framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
