"""From the claims of an id token to who asks here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from assistant.model.people import Asker, Role
from assistant.settings.serving import OidcSetting

NAMES = ("name", "preferred_username", "given_name")
NAME_CHARS = 80


def asker_of_claims(claims: Mapping[str, Any], oidc: OidcSetting) -> Asker:
    """Returns the person: an opaque id, the roles that the settings give for the claim, the groups of the claim."""
    person = hashlib.sha256(f"{claims['iss']}|{claims['sub']}".encode()).hexdigest()[:32]
    named = {Role(oidc.roles[each]) for each in listed(claims.get(oidc.roles_claim)) if each in oidc.roles}
    roles = named or ({Role(oidc.default_role)} if oidc.default_role else set())
    groups = tuple(
        dict.fromkeys(each for each in listed(claims.get(oidc.groups_claim)) if not each.startswith("role:"))
    )
    return Asker(f"oidc-{person}", _name(claims), frozenset(roles), groups, "session")


def listed(value: object) -> list[str]:
    """Returns the words of a claim: a list, or a text with spaces or commas between them; [] for anything else."""
    if isinstance(value, str):
        return [each for each in re.split(r"[\s,]+", value) if each]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _name(claims: Mapping[str, Any]) -> str:
    found = next((claims[name] for name in NAMES if isinstance(claims.get(name), str) and claims[name].strip()), "")
    return "".join(each for each in found if each.isprintable()).strip()[:NAME_CHARS] or "Signed in"
