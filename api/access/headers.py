"""Headers that keep a browser careful, on every answer."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings.serving import AccessSetting

DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Content security policy of what is no page; pages bring their own."""
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
"""Set where the answer has none of its own (the list of OWASP's Secure Headers Project, but for what only old browsers
read)."""
HSTS = "max-age=31536000"


class SafeHeaders:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, access: AccessSetting) -> None:
        self._app = app
        self._more = {"Strict-Transport-Security": HSTS} if access.is_https else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and adds headers to its answer."""

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**ALWAYS, **self._more}.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, careful)
