"""From the claims of an ID token to an asker with roles and groups."""

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
    """Returns the asker: an opaque id, the roles that the settings map the roles claim to, the groups of the claim."""
    person = hashlib.sha256(f"{claims['iss']}|{claims['sub']}".encode()).hexdigest()[:32]
    mapped = {Role(oidc.roles[each]) for each in claim_words(claims.get(oidc.roles_claim)) if each in oidc.roles}
    roles = mapped or ({Role(oidc.default_role)} if oidc.default_role else set())
    groups = tuple(
        dict.fromkeys(each for each in claim_words(claims.get(oidc.groups_claim)) if not each.startswith("role:"))
    )
    return Asker(f"oidc-{person}", _name(claims), frozenset(roles), groups, "session")


def claim_words(value: object) -> list[str]:
    """Returns the words of a claim: a list, or a text separated by spaces or commas; [] for anything else."""
    if isinstance(value, str):
        return [each for each in re.split(r"[\s,]+", value) if each]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _name(claims: Mapping[str, Any]) -> str:
    name = next((claims[key] for key in NAMES if isinstance(claims.get(key), str) and claims[key].strip()), "")
    return "".join(char for char in name if char.isprintable()).strip()[:NAME_CHARS] or "Signed in"
