"""Two libraries that differ by restricted documents alone: those that wait, answer, were replaced or were removed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.operations.api_keys import create_key
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from ingest.build import ingest

GROUP = "inner"
"""The group that the restricted documents are for."""
ROLES = (Role.PRACTITIONER, Role.POLICY, Role.TRAINER, Role.ADMIN)
SETTINGS = """
[access]
keys = true
asks_per_minute = 100_000
failed_per_minute = 100_000
[page]
examples = ["When must the gates be closed?"]
[serve]
ask_timeout_s = 600.0
embed_origins = ["https://intranet.example.org"]
[sources]
in_serve = false
"""
"""Settings of both servers, as their file says them: no response may depend on how busy the machine is, and nothing is fetched."""
OPEN = {
    "gates.md": "# Gates\n\n## Closing the gates\n\nThe caretaker must close the school gates by 18:00 every day.\n\n"
    "## Opening the gates\n\nThe caretaker opens the school gates at 07:30. Staff should report a broken gate.\n",
    "visitors.md": "# Visitors\n\n## Signing in\n\nEvery visitor must sign in at the school office and wear a badge.\n\n"
    "## Leaving\n\nStaff must see visitors to the gates within ten minutes of signing out.\n",
    "records.md": "# Records\n\n## Keeping records\n\nThe designated lead must keep a record of every concern for seven "
    "years. A record should name who decided, and when.\n",
    "guidance.md": "# Guidance on school sites\n\n## Duties\n\n1. Schools must have a written policy on closing gates.\n\n"
    "2. Schools must keep a record of visitors for one year.\n\n3. Staff should know who the warden is.\n",
}
CATALOGUE = """
[[edition]]
edition_id = "gates-2025"
work = "gates"
title = "Gates procedure 2025"
kind = "policy"
path = "gates.md"
in_force_from = 2025-01-01

[[edition]]
edition_id = "visitors-2025"
work = "visitors"
title = "Visitors procedure"
kind = "policy"
path = "visitors.md"
in_force_from = 2025-01-01

[[edition]]
edition_id = "records-2025"
work = "records"
title = "Records policy"
kind = "policy"
path = "records.md"

[[edition]]
edition_id = "guidance-2025"
work = "guidance"
title = "Guidance on school sites"
kind = "statutory_guidance"
path = "guidance.md"
"""
HIDDEN = {
    "old.md": "# Zanzibar\n\n## Closing the gates\n\nThe zanzibar warden must close the school gates by 16:00 every day.\n",
    "new.md": "# Zanzibar\n\n## Closing the gates\n\nThe zanzibar warden must close the school gates by 16:30 every day.\n\n"
    "## Records\n\nThe zanzibar lead must keep every record of visitors and of concerns for nine years, see the Gates "
    "procedure 2025.\n\n## Visitors\n\nVisitors, gates, records, badges and staff: the zanzibar office decides.\n",
}
HIDDEN_CATALOGUE = """
[[edition]]
edition_id = "hidden-2025"
work = "gates"
title = "Zanzibar procedure 2025"
kind = "policy"
path = "old.md"
in_force_from = 2025-06-01
supersedes = "gates-2025"
groups = ["inner"]

[[edition]]
edition_id = "hidden-2026"
work = "gates"
title = "Zanzibar procedure"
kind = "policy"
path = "new.md"
in_force_from = 2026-01-01
supersedes = "hidden-2025"
groups = ["inner"]

[[edition]]
edition_id = "hidden-known"
work = "visitors"
title = "Zanzibar procedure to come"
kind = "policy"
in_force_from = 2026-02-01
supersedes = "visitors-2025"
groups = ["inner"]
"""
HIDDEN_IDS = ("hidden-2025", "hidden-2026", "hidden-known", "hidden-removed", "hidden-waiting")
"""Every restricted edition: replaced, in force, known to the catalogue alone, removed, and waiting."""
WAITING = b"# Zanzibar waiting\n\nThe zanzibar warden of tomorrow must close the school gates by 15:15 every day.\n"
REMOVED = b"# Zanzibar removed\n\nThe zanzibar warden of yesterday must close the school gates by 14:45 every day.\n"


@dataclass(frozen=True, slots=True)
class Site:
    """A data folder with a library, and keys to it."""

    data: Path
    outside: dict[str, str]
    """Role to the secret of somebody outside the group; "nobody" has none."""
    inside: dict[str, str]
    """Role to the secret of a member of the group."""
    has_hidden: bool


def make_site(folder: Path, *, has_hidden: bool, assistant: Assistant | None = None) -> Site:
    """Returns a site in a folder, with or without the restricted documents.

    Args:
        folder: A new folder; documents and the data folder lie in it.
        has_hidden: Whether it has them.
        assistant: One whose models are loaded already, to share them.
    """
    documents = folder / "documents"
    documents.mkdir(parents=True)
    texts = {**OPEN, **(HIDDEN if has_hidden else {})}
    for name, text in {**texts, "catalogue.toml": CATALOGUE + (HIDDEN_CATALOGUE if has_hidden else "")}.items():
        (documents / name).write_text(text, encoding="utf-8")
    own = Assistant(
        Settings(data=folder / "data", access=AccessSetting.model_validate(tomllib.loads(SETTINGS)["access"]))
    )
    if assistant is not None:
        own.embedder = assistant.embedder
    ingest((documents,), own.library, own.embedder, own.settings, files=own.files)
    outside = {"nobody": "", **{role.value: _key(own, role) for role in ROLES}}
    outside["policy of another group"] = _key(own, Role.POLICY, "other")
    return Site(folder / "data", outside, {role.value: _key(own, role, GROUP) for role in ROLES}, has_hidden)


def _key(assistant: Assistant, role: Role, *groups: str) -> str:
    store, now = assistant.access_store, datetime.now(UTC)
    return create_key(store, role.value, frozenset({role}), now, groups=groups)[1]
