"""HttpSender: the ``WebhookSender`` port over httpx, to addresses that were looked at before.

A name is looked up once, each of its addresses is checked, and the connection goes to the one that was checked, so that a
name which leads elsewhere a moment later leads nowhere. Proxies of the environment are not used and redirects not followed.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

import httpx

from assistant.ports.webhooks import Sent
from assistant.public_addresses import Resolve, is_public, resolve
from assistant.text.retry_after import seconds_to_wait

TIMEOUT_S = 10.0
"""To connect, and for each part of the response's head; its body is not read."""
TRANSLATED = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
)
"""Addresses that stand for one of the older kind, which may be a private one."""
MOST_WAIT_S = 86_400.0


def is_open(address: str) -> bool:
    """Returns whether an address is one of the public internet, and none that stands for another."""
    return is_public(address) and not any(ipaddress.ip_address(address) in each for each in TRANSLATED)


class HttpSender:
    """Sends webhooks.

    Args:
        resolve: Returns the addresses of a name.
    """

    def __init__(self, resolve: Resolve = resolve) -> None:
        self._resolve = resolve

    def send(self, url: str, headers: Mapping[str, str], body: bytes, *, private: bool) -> Sent:
        """Returns what came of a POST."""
        address = httpx.URL(url)
        port = address.port or (443 if address.scheme == "https" else 80)
        try:
            found = self._resolve(address.host, port)
        except OSError:
            return Sent(None, "the name is not known")
        if not found or not (private or all(is_open(each) for each in found)):
            return Sent(None, "the address is not public: set private = true if it may be")
        return _posted(address, found[0], headers, body)


def _posted(address: httpx.URL, ip: str, headers: Mapping[str, str], body: bytes) -> Sent:
    host = address.netloc.decode("ascii")
    named = {**headers, "Host": host, "Content-Type": "application/json", "User-Agent": "policy-assistant-webhooks"}
    extensions = {"sni_hostname": address.host.encode("idna").decode() if not _is_ip(address.host) else address.host}
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=TIMEOUT_S) as client,
            client.stream(
                "POST", address.copy_with(host=ip), headers=named, content=body, extensions=extensions
            ) as answer,
        ):
            wait = seconds_to_wait(answer.headers.get("retry-after"))
            return Sent(answer.status_code, retry_after_s=None if wait is None else min(wait, MOST_WAIT_S))
    except httpx.TimeoutException:
        return Sent(None, "no response in time")
    except httpx.HTTPError as error:
        return Sent(None, f"no connection ({type(error).__name__})")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
