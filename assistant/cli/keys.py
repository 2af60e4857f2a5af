"""``assistant keys``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import AsJson, Data, SettingsFile, assistant_of
from assistant.model.people import Role
from assistant.text.enumerations import alternatives

if TYPE_CHECKING:
    from assistant.model.people import ApiKey

SHARED = (
    "Several people may sign in to the page with one key and still share no history: each sees what they asked since they "
    "signed in, and no longer than that. Whoever needs a history that stays signs in with an account (access.oidc)."
)
app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Creates, lists and revokes API keys, for programs and for people who sign in with a key.

    Examples:

      assistant keys create "Intranet search" --role practitioner

      assistant keys create "Policy team" --role practitioner --role policy --group designated-leads --days 365

      assistant keys list

      assistant keys revoke key-1a2b3c4d""",
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Who or what uses it.")]
Roles = Annotated[list[Role], typer.Option("--role", metavar="ROLE", help=f"{alternatives([*Role])}; may be repeated.")]
Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="GROUP", help="Group that opens restricted documents; may be repeated."),
]
Days = Annotated[
    int | None, typer.Option("--days", min=1, max=3650, metavar="N", help="Days until it expires (default: never).")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the key, as the list shows it.")]


@app.command("create")
def create(
    name: Name,
    role: Roles,
    group: Groups = None,
    days: Days = None,
    as_json: AsJson = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Creates a key and prints its secret, once: only its hash is stored.

    Examples:

      assistant keys create "Open WebUI" --role practitioner

      assistant keys create "Dr A. Example" --role trainer --days 90
    """
    from assistant.operations.api_keys import create_key

    assistant = assistant_of(data, settings)
    now = datetime.now(UTC)
    expires = now + timedelta(days=days) if days else None
    key, secret = create_key(
        assistant.access_store, name, frozenset(role), now, groups=tuple(group or ()), expires=expires
    )
    if as_json:
        print(json.dumps({**_shown(key, now), "secret": secret}, ensure_ascii=False, indent=2))
        return
    print(secret)
    print(f"{key.key_id}: store the line above now; it cannot be shown again.", file=sys.stderr)
    print(SHARED, file=sys.stderr)
    if not assistant.settings.access.keys:
        print("The settings do not require keys yet: set access.keys = true in the settings file.", file=sys.stderr)


@app.command("list")
def listing(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the keys, never their secrets.

    Example:

      assistant keys list --json
    """
    now = datetime.now(UTC)
    rows = [_shown(each, now) for each in assistant_of(data, settings).access_store.keys()]  # noqa: SIM118
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        groups = f", groups {', '.join(row['groups'])}" if row["groups"] else ""
        used = f"last used {row['last_used'] or 'never'}"
        ends = f", ends {row['expires']}" if row["expires"] else ""
        print(f"{row['key_id']}  {row['state']:<8} {row['name']}: {', '.join(row['roles'])}{groups}; {used}{ends}")
    if not rows:
        print("no keys; create one: assistant keys create NAME --role practitioner")


@app.command("revoke")
def revoke(key_id: Id, data: Data = None, settings: SettingsFile = None) -> None:
    """Revokes a key at once, and ends the browser sessions that were started with it.

    Example:

      assistant keys revoke key-1a2b3c4d
    """
    from assistant.operations.api_keys import revoke_key

    ended = revoke_key(assistant_of(data, settings).access_store, key_id, datetime.now(UTC))
    print(f"revoked {key_id} and ended {ended} sessions")


def _shown(key: ApiKey, now: datetime) -> dict[str, Any]:
    from assistant.operations.api_keys import state_of

    return {
        "key_id": key.key_id,
        "name": key.name,
        "state": state_of(key, now),
        "roles": sorted(role.value for role in key.roles),
        "groups": list(key.groups),
        "created": key.created.isoformat(timespec="seconds"),
        "expires": key.expires.isoformat(timespec="seconds") if key.expires else None,
        "last_used": key.last_used.isoformat(timespec="minutes") if key.last_used else None,
    }
