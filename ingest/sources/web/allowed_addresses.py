"""Which IP addresses a request may go to: public ones, unless the operator allows a host of the own network."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from assistant.errors import SourceError
from assistant.public_addresses import Resolve, inner_address, is_public

FIX = "If it belongs to your own network and may be read, name its host in the setting sources.private_hosts"


class NotPublic(SourceError):
    """An address is none of the public internet, and nobody allowed its host."""


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


def _is_reachable(address: str) -> bool:
    """Returns whether an address of the own network may be allowed: none of a link, where clouds serve their secrets."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = inner_address(ip) or ip
    return not (ip.is_link_local or ip.is_multicast or ip.is_unspecified)
