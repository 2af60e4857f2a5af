"""Refuses to serve the network without access set up."""

from __future__ import annotations

from ipaddress import ip_address

from assistant.errors import ConfigurationError
from assistant.settings.serving import AccessSetting

HOW = """Serve on 127.0.0.1 for yourself, or set up who may come in. In the settings file:

  [access]
  keys = true
  public_url = "https://policy.example.org"

and make a key: assistant keys create NAME --role practitioner
(access.oidc sets up sign-in with your organisation's accounts: docs/security.md.)"""


def check_exposure(access: AccessSetting, host: str) -> None:
    """Looks whether a server at an address keeps out who has no business there.

    Raises:
        ConfigurationError: The address is not loopback, and no access is set up or nothing says by which name
            browsers come.
    """
    if _is_loopback(host):
        return
    if access.is_open:
        raise ConfigurationError(f"{host}: not loopback, and no access is configured. {HOW}")
    if access.public_url is None and not access.trusted_hosts:
        raise ConfigurationError(
            f"{host}: nothing says by which name browsers and programs come. Set access.public_url, "
            'such as "https://policy.example.org", or access.trusted_hosts in the settings file.'
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
