"""Settings of the sources that the library follows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from assistant.settings.certificates import CaFile


class SourcesSetting(BaseModel):
    """How sources are followed that keep themselves current."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    contact: str = ""
    """Web or e-mail address of whoever runs this assistant; sites that are followed read it in the user agent."""
    private_hosts: tuple[str, ...] = ()
    """Hosts that may lie in your own network, such as `intranet.example.org`; every other one must have a public address."""
    folders: tuple[Path, ...] = ()
    """Folders below which the page and the API may add watched folders; the command line may add any."""
    proxy: SecretStr | None = None
    """Proxy for every request, such as `http://proxy.example.org:3128`; it then resolves the names of hosts itself."""
    ca_file: CaFile | None = None
    """File with the certificate authorities of your network (PEM), besides those of the system."""
    gov_uk: str = "https://www.gov.uk"
    """Site whose content API publications of GOV.UK are followed by."""
    timeout_s: Annotated[float, Field(gt=0)] = 30.0
    """Longest wait for a connection or the next bytes, in seconds."""
    page_s: Annotated[float, Field(gt=0)] = 120.0
    """Longest time for one page or file, in seconds."""
    delay_s: Annotated[float, Field(ge=0)] = 1.0
    """Least time between two requests to a site, in seconds; a longer crawl delay of the site counts instead."""
    retry_minutes: Annotated[float, Field(gt=0)] = 30.0
    """Wait after a sync that failed; each further one in a row doubles it, up to a day."""
    in_serve: bool = True
    """Whether `assistant serve` syncs sources that are due; else `assistant sources sync` does it, by cron or systemd."""
    tell_after_days: Annotated[float, Field(ge=0)] = 3.0
    """A source that has failed for longer is shown as a warning."""
    history_days: Annotated[int, Field(ge=1)] = 365
    """Syncs and decided changes older than this are removed."""

    @field_validator("gov_uk")
    @classmethod
    def _is_a_site(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ValueError("gov_uk is scheme and host alone, such as https://www.gov.uk")
        return value.rstrip("/")
