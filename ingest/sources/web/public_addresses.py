"""Which IP addresses a request may go to: public ones, unless the operator allows a host of the own network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence

from assistant.errors import SourceError

Resolve = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses of a host; raises ``OSError`` where it has none."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
FIX = "If it belongs to your own network and may be read, name its host in the setting sources.private_hosts"


class NotPublic(SourceError):
    """An address is none of the public internet, and nobody allowed its host."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Returns the IP addresses that the system's resolver gives for a host, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def allowed_addresses(host: str, port: int, private_hosts: Collection[str], resolve: Resolve) -> tuple[str, ...]:
    """Returns the addresses that a connection to a host may be made to, in the resolver's order.

    Args:
        host: Name or address, as it stands in the request.
        port: Port of the connection.
        private_hosts: Hosts that may have addresses of the own network; those of links and of no network never count.
        resolve: The resolver.

    Raises:
        NotPublic: One of its addresses is not public: a name that mixes both is not trusted.
        SourceError: It has no address.
    """
    plain = host.strip("[]").rstrip(".").lower()
    try:
        found = resolve(plain, port)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{plain}: the name has no address ({error}). Check the name and the network.") from error
    is_own = plain in {each.strip("[]").rstrip(".").lower() for each in private_hosts}
    refused = [each for each in found if not (is_own and _is_reachable(each)) and not is_public(each)]
    if refused or not found:
        raise NotPublic(f"{plain}: is at {', '.join(refused) or 'no address'}, which is not public. {FIX}.")
    return tuple(found)


def is_public(address: str) -> bool:
    """Returns whether an IP address is one of the public internet, also those that stand in another (mapped, 6to4, NAT64)."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner = _inner(ip)
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def _inner(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _is_reachable(address: str) -> bool:
    """Returns whether an address of the own network may be allowed: none of a link, where clouds serve their secrets."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = _inner(ip) or ip
    return not (ip.is_link_local or ip.is_multicast or ip.is_unspecified)
