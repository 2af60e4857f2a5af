"""Refuses to serve on a network address without access control."""

from __future__ import annotations

from ipaddress import ip_address

from assistant.errors import ConfigurationError
from assistant.settings.serving import AccessSetting

HOW = """Serve on 127.0.0.1 for yourself, or configure access control. In the settings file:

  [access]
  keys = true
  public_url = "https://policy.example.org"

and create a key: assistant keys create NAME --role practitioner
(access.oidc sets up sign-in with your organisation's accounts: docs/security.md.)"""


def check_exposure(access: AccessSetting, host: str) -> None:
    """Checks that a server that listens on an address can be reached only by people who are allowed in.

    Raises:
        ConfigurationError: The address is not loopback, and access control is not configured or the settings do not
            say by which host name browsers reach the server.
    """
    if _is_loopback(host):
        return
    if access.is_open:
        raise ConfigurationError(f"{host}: not loopback, and access control is not configured. {HOW}")
    if access.public_url is None and not access.trusted_hosts:
        raise ConfigurationError(
            f"{host}: the settings do not say under which name the server is reached. Set access.public_url, "
            'such as "https://policy.example.org", or access.trusted_hosts in the settings file.'
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
