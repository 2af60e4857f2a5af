"""``assistant webhooks``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from assistant.cli.options import AsJson, Data, SettingsFile, assistant_of
from assistant.cli.printing import counted
from assistant.model.webhooks import DeliveryState

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.model.webhooks import Delivery

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Shows, tries out and repeats webhooks: signed requests that tell other programs of events.

    Webhooks are named in the settings ([webhooks.NAME], docs/integrate.md); a running server sends them.

    Examples:

      assistant webhooks secret

      assistant webhooks list

      assistant webhooks test intranet

      assistant webhooks deliveries --state failed

      assistant webhooks retry intranet""",
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the webhook in the settings.")]
State = Annotated[
    DeliveryState | None, typer.Option("--state", help="Only deliveries in this state.", show_default=False)
]
Webhook = Annotated[
    str | None, typer.Option("--webhook", metavar="NAME", help="Only those of one webhook.", show_default=False)
]
Most = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most N deliveries, the newest.")]


@app.command("list")
def listing(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the webhooks of the settings, with what waits and what was given up; never the secrets or whole addresses.

    Example:

      assistant webhooks list --json
    """
    rows = webhook_facts(assistant_of(data, settings))
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        last = f", last {row['last_at']}: {row['last_result']}" if row["last_at"] else ""
        print(f"{row['name']}  {row['host']}: {', '.join(row['events'])}")
        print(f"  {row['waiting']} waiting, {row['delivered']} delivered, {row['failed']} given up{last}")
    if not rows:
        print("no webhooks; name one in the settings: [webhooks.NAME] with url and secret (docs/integrate.md)")


@app.command("secret")
def secret() -> None:
    """Prints a new secret for a webhook. Put it into a file of its own and give it to the receiver.

    Example:

      assistant webhooks secret > /etc/policy-assistant/secrets/webhooks__intranet__secret
    """
    from assistant.operations.webhooks import new_secret

    print(new_secret())


@app.command("test")
def try_out(name: Name, data: Data = None, settings: SettingsFile = None) -> int:
    """Sends an event of no meaning (webhook.test) now, and says what came of it. Exits 1 where it did not arrive.

    Example:

      assistant webhooks test intranet
    """
    from assistant.operations.webhooks import tried_out

    sent = tried_out(assistant_of(data, settings), name, datetime.now(UTC))
    has_arrived = sent.status is not None and 200 <= sent.status < 300
    print(f"{name}: {'arrived' if has_arrived else 'not taken'} ({sent.what or sent.status})")
    return 0 if has_arrived else 1


@app.command("deliveries")
def deliveries(
    webhook: Webhook = None,
    state: State = None,
    limit: Most = 50,
    as_json: AsJson = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Lists deliveries of the last 30 days, the newest first: event, state, attempts and what the last one came to.

    Examples:

      assistant webhooks deliveries

      assistant webhooks deliveries --webhook intranet --state waiting --json
    """
    assistant = assistant_of(data, settings)
    store = assistant.webhook_store if assistant.has_records else None
    found = store.deliveries(webhook=webhook, state=state, limit=limit) if store else ()
    if as_json:
        print(json.dumps([_shown(each) for each in found], ensure_ascii=False, indent=2))
        return
    for row in map(_shown, found):
        then = f", next {row['next_at']}" if row["next_at"] else ""
        tried = f"{counted(row['attempts'], 'attempt')}{', ' if row['last_result'] else ''}{row['last_result']}"
        print(f"{row['created']}  {row['webhook']}  {row['type']}  {row['state']} ({tried}){then}  {row['event_id']}")
    if not found:
        print("no deliveries")


@app.command("retry")
def retry(name: Name, data: Data = None, settings: SettingsFile = None) -> None:
    """Has every delivery of a webhook that was given up tried again; the server sends them within seconds.

    Example:

      assistant webhooks retry intranet
    """
    from assistant.operations.webhooks import named

    assistant = assistant_of(data, settings)
    named(assistant, name)
    count = assistant.webhook_store.retry(name, datetime.now(UTC)) if assistant.has_records else 0
    print(f"{name}: {counted(count, 'event')} will be sent again")


def webhook_facts(assistant: Assistant) -> list[dict[str, Any]]:
    """Returns each webhook of the settings with its counts and what its last attempt came to; [] for none."""
    if not assistant.settings.webhooks:
        return []
    store = assistant.webhook_store if assistant.has_records else None
    counts = store.counts() if store else {}
    rows = []
    for name, setting in sorted(assistant.settings.webhooks.items()):
        found = store.deliveries(webhook=name) if store else ()
        last = max(
            (each for each in found if each.last_at), key=lambda each: each.last_at or each.created, default=None
        )
        rows.append(
            {
                "name": name,
                "host": urlsplit(setting.url).hostname,
                "events": [each.value for each in setting.events],
                **{state.value: counts.get((name, state), 0) for state in DeliveryState},
                "last_at": last.last_at.isoformat(timespec="seconds") if last and last.last_at else None,
                "last_result": last.last_result if last else None,
            }
        )
    return rows


def _shown(each: Delivery) -> dict[str, Any]:
    return {
        "event_id": each.event_id,
        "webhook": each.webhook,
        "type": each.type.value,
        "state": each.state.value,
        "attempts": each.attempts,
        "created": each.created.isoformat(timespec="seconds"),
        "last_at": each.last_at.isoformat(timespec="seconds") if each.last_at else None,
        "last_result": each.last_result,
        "next_at": each.next_at.isoformat(timespec="seconds") if each.next_at else None,
    }
