"""Addresses of the web in one spelling each, and which of them belong to a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LONGEST = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|phpsessid|jsessionid|sid|sessionid)$", re.IGNORECASE)
"""Parameters that name a visit and not a page."""
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/?]*", re.IGNORECASE)
_SAFE = "/%:@!$&'()*+,;=~-._"


def normalised(address: str) -> str:
    """Returns an address in one spelling: scheme and host in lower case, no fragment, default port, session or dot parts.

    Raises:
        ValueError: It is no address of the web, or too long; says which.
    """
    if len(address) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    parts = urlsplit(re.sub(r"[\t\r\n]", "", address))
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError("not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address with a user name or password is not followed")
    host = _host(parts.hostname)
    port = parts.port  # raises ValueError for one out of range
    place = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _PATH_SESSION.sub("", urlsplit(urljoin(f"{scheme}://{place}/", parts.path or "/")).path)
    query = "&".join(each for each in parts.query.split("&") if each and not _TRACKING.match(each.split("=")[0]))
    return urlunsplit((scheme, place, quote(path or "/", safe=_SAFE), quote(query, safe=f"{_SAFE}?"), ""))


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name.lower()}]"
    try:
        return name.rstrip(".").lower().encode("idna").decode()
    except UnicodeError as error:
        raise ValueError("its host is not a valid name") from error


def joined(base: str, link: str) -> str | None:
    """Returns where a link of a page leads, normalised; None for one that is no address of the web."""
    try:
        return normalised(urljoin(base, link.strip()))
    except ValueError:
        return None


def origin_of(address: str) -> str:
    """Returns scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(address: str) -> str:
    """Returns the host of an address without ``www.``, "" where there is none."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def folder_of(address: str) -> str:
    """Returns the start of every address that lies beside or below an address, scheme left out: ``//host/manual/``."""
    parts = urlsplit(address)
    return f"//{host_of(address)}{_port(address)}{parts.path[: parts.path.rfind('/') + 1] or '/'}"


def _port(address: str) -> str:
    port = urlsplit(address).port
    return f":{port}" if port is not None else ""


def is_below(address: str, folder: str) -> bool:
    """Returns whether an address lies in a folder as ``folder_of`` gives it."""
    parts = urlsplit(address)
    return f"//{host_of(address)}{_port(address)}{parts.path}".startswith(folder)


def is_wanted(place: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Returns whether an address or path fits the patterns of a source; one without ``*`` fits where it occurs."""
    return (not include or any(_fits(place, each) for each in include)) and not any(_fits(place, e) for e in exclude)


def _fits(place: str, pattern: str) -> bool:
    return fnmatchcase(place, pattern) if "*" in pattern else pattern in place
