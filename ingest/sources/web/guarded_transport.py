"""Carries requests to addresses that were checked as the connection is made, so that no name can lead elsewhere.

The name is resolved once, its addresses are checked, and the connection goes to one of those: an answer of the DNS that
changes between check and connection, and a redirect, change nothing. TLS still checks the certificate against the name.
"""

from __future__ import annotations

import ssl
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

import httpcore
import httpx

from assistant.errors import SourceError
from assistant.public_addresses import Resolve, resolve
from assistant.settings.sources import SourcesSetting
from ingest.sources.web.allowed_addresses import allowed_addresses


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only.

    Args:
        private_hosts: Hosts that may have addresses of the own network.
        resolve: The resolver.
    """

    def __init__(self, private_hosts: Collection[str], resolve: Resolve = resolve) -> None:
        self._private_hosts = private_hosts
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Returns a connection to the first checked address of a host that answers. Raises ``SourceError``."""
        addresses = allowed_addresses(host, port, self._private_hosts, self._resolve)
        for address in addresses[:-1]:
            try:
                return self._plain.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._plain.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """Raises ``SourceError``: no source lies behind a socket of this machine."""
        raise SourceError(f"{path}: sources are not read from sockets of this machine.")


class GuardedTransport(httpx.HTTPTransport):
    """Carries requests over guarded connections, or through the proxy of the settings.

    A proxy resolves names itself: the host of a request is then checked here before it is handed over, and where it
    leads is the proxy's to guard.

    Args:
        setting: Proxy, certificate authorities and allowed hosts.
        resolve: The resolver.
    """

    def __init__(self, setting: SourcesSetting, resolve: Resolve = resolve) -> None:
        context = ssl_context(setting)
        super().__init__(verify=context, trust_env=False, retries=0)
        self._private_hosts = setting.private_hosts
        self._resolve = resolve
        self._has_proxy = setting.proxy is not None
        self._pool: httpcore.ConnectionPool
        if setting.proxy is None:
            backend = GuardedBackend(setting.private_hosts, resolve)
            self._pool = httpcore.ConnectionPool(
                ssl_context=context, network_backend=backend, max_connections=4, keepalive_expiry=15.0
            )
        else:
            proxy = httpx.Proxy(setting.proxy.get_secret_value())
            self._pool = httpcore.HTTPProxy(
                proxy_url=str(proxy.url),
                proxy_auth=proxy.raw_auth,
                ssl_context=context,
                max_connections=4,
                keepalive_expiry=15.0,
            )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Returns the response to a request. Raises ``SourceError`` for a host that is not public."""
        if self._has_proxy:
            parts = urlsplit(str(request.url))
            allowed_addresses(
                parts.hostname or "", parts.port or 443, self._private_hosts, self._resolve_or_leave_to_proxy
            )
        return super().handle_request(request)

    def _resolve_or_leave_to_proxy(self, host: str, port: int) -> tuple[str, ...]:
        """Returns the addresses of a host; where only the proxy can resolve names, one that counts as public."""
        try:
            return tuple(self._resolve(host, port))
        except OSError:
            return ("1.1.1.1",)


def ssl_context(setting: SourcesSetting) -> ssl.SSLContext:
    """Returns what checks certificates: the authorities of the system and those of the settings. Raises ``SourceError``."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if setting.ca_file is not None:
        try:
            context.load_verify_locations(cafile=setting.ca_file)
        except (OSError, ssl.SSLError) as error:
            fix = "Give a file in PEM format in the setting sources.ca_file"
            raise SourceError(f"{setting.ca_file}: no certificate authority can be read from it. {fix}.") from error
    return context
