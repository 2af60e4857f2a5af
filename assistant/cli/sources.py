"""``assistant sources``."""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import TypeAdapter

from assistant.cli.options import AsJson, Data, SettingsFile, writing_assistant
from assistant.errors import SourceBusy, UsageError
from assistant.following.schedule import EXAMPLES, Schedule, schedule_of, schedule_words
from assistant.model import Kind, Layer
from assistant.model.sources import (
    DocumentDefaults,
    FollowOptions,
    NewSource,
    PublishingRule,
    RunEnding,
    SourceKind,
    SyncRun,
    Terms,
)
from assistant.text.enumerations import alternatives

if TYPE_CHECKING:
    from assistant.following.digest_mail import DigestMail
    from assistant.following.publishing_rule import Audit
    from assistant.model.sources import FollowedSource, SourceState, StagedChange
    from assistant.ports import SourceWithState
    from ingest.sources.service import SourceService

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Follows sources that keep themselves current: watched folders, websites, GOV.UK publications, feeds.

    Examples:

      assistant sources add https://www.gov.uk/government/publications/keeping-children-safe-in-education--2

      assistant sources sync

      assistant sources changes

      assistant sources publish --all""",
)
LICENCES = "such as 'Open Government Licence v3.0' or 'with written permission'"
WAIT_S = 2.0
Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the source, as the list shows it.")]
SomeId = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="Id of the source; every source unless given.", show_default=False)
]
Address = Annotated[
    str, typer.Argument(metavar="ADDRESS", help="Start page, sitemap, publication or feed; or the path of a folder.")
]
Licence = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help=f"Licence of its documents, {LICENCES}; asked for.", show_default=False),
]
Owner = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Who owns its documents; asked for.", show_default=False)
]
KindOf = Annotated[
    SourceKind | None,
    typer.Option("--kind", help=f"{alternatives([*SourceKind])}; from the address unless given.", show_default=False),
]
Name = Annotated[str, typer.Option("--name", metavar="NAME", help="Its name; from the address unless given.")]
When = Annotated[
    str,
    typer.Option("--schedule", metavar="WORDS", help=f"When it is synced, in words, such as: {EXAMPLES}."),
]
Depth = Annotated[int, typer.Option("--depth", metavar="N", help="Most links from the start page to a page.")]
Include = Annotated[
    list[str] | None,
    typer.Option("--include", metavar="PATTERN", help="Only addresses or files that fit (* for any); may be repeated."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="PATTERN", help="No addresses or files that fit; may be repeated."),
]
Delay = Annotated[float, typer.Option("--delay-s", metavar="SECONDS", help="Least time between two requests.")]
MaxPages = Annotated[int, typer.Option("--max-pages", metavar="N", help="Most addresses or files.")]
MaxMb = Annotated[int, typer.Option("--max-mb", metavar="MB", help="Most megabytes of one sync.")]
MaxMinutes = Annotated[float, typer.Option("--max-minutes", metavar="MINUTES", help="Longest time of one sync.")]
DocumentKind = Annotated[Kind, typer.Option("--document-kind", help="What its documents are.")]
Publisher = Annotated[str, typer.Option(metavar="NAME", help="Publisher of its documents; the owner unless given.")]
Area = Annotated[str, typer.Option(metavar="AREA", help="Area that its documents are for.")]
Audience = Annotated[str, typer.Option(metavar="TEXT", help="Whom its documents are written for.")]
LayerOf = Annotated[Layer | None, typer.Option("--layer", help="For how wide an area they are.", show_default=False)]
Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="GROUP", help="Group that may see it and its documents; may be repeated."),
]
Rule = Annotated[
    PublishingRule,
    typer.Option(help="by_hand: somebody publishes each change; minor: small changes publish by themselves."),
]
Due = Annotated[bool, typer.Option("--due", help="Only sources whose time has come; for cron and systemd timers.")]
Watch = Annotated[
    bool, typer.Option("--watch", help="Go on until stopped: sync what is due, and folders when something changes.")
]
All = Annotated[bool, typer.Option("--all", help="Every change that waits, those to be looked at aside.")]
Changes = Annotated[
    list[str] | None, typer.Argument(metavar="[CHANGE]...", help="Ids of changes, as `changes` shows them.")
]


@app.command("add")
def add(
    address: Address,
    licence: Licence = None,
    owner: Owner = None,
    kind: KindOf = None,
    name: Name = "",
    schedule: When = "daily",
    depth: Depth = 5,
    include: Include = None,
    exclude: Exclude = None,
    delay_s: Delay = 1.0,
    max_pages: MaxPages = 1000,
    max_mb: MaxMb = 500,
    max_minutes: MaxMinutes = 120.0,
    document_kind: DocumentKind = Kind.GUIDANCE,
    publisher: Publisher = "",
    area: Area = "",
    audience: Audience = "",
    layer: LayerOf = None,
    group: Groups = None,
    rule: Rule = PublishingRule.BY_HAND,
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Adds a source. Nothing is fetched yet; its licence and owner are asked for on a terminal unless given.

    Examples:

      assistant sources add https://www.example.org/procedures/ --name "Aldmoor procedures" --area Aldmoor

      assistant sources add "/srv/share/Briefings" --licence "own documents" --owner "Aldmoor Council" --schedule "daily at 06:00"
    """
    often, patterns = schedule_of(schedule), (tuple(include or ()), tuple(exclude or ()))
    options = FollowOptions(often.every_hours, depth, *patterns, delay_s, max_pages, max_mb, max_minutes, often.at)
    terms = Terms(_asked(licence, "Licence of its documents"), _asked(owner, "Owner of its documents"))
    documents = DocumentDefaults(document_kind, publisher, area, audience, layer, tuple(group or ()))
    new = NewSource(kind or kind_of(address), address, name, terms, options, documents, rule)
    source = _service(data, settings).add(None, new)
    print(f"added {source.source_id}: {source.name} ({_words(source.kind)}, {source.address})")
    print(f"next: assistant sources sync {source.source_id}")


@app.command("list")
def listing(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the sources: when each was synced, when it is next, and what waits to be published.

    Examples:

      assistant sources list

      assistant sources list --json
    """
    rows = _service(data, settings).listed(None)
    if as_json:
        print(json.dumps([source_object(each) for each in rows], ensure_ascii=False, indent=2))
        return
    for each in rows:
        print(f"{each.source.source_id}\n    {each.source.name}\n    {_words(each.source.kind)}: {each.source.address}")
        print(f"    {_how_it_goes(each.state)}")
    if not rows:
        print("No source is followed. Add one: assistant sources add ADDRESS --licence TEXT --owner NAME")


@app.command("status")
def status(source_id: Id, as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Shows one source: its terms, how it goes with it, its last syncs, and what waits.

    Example:

      assistant sources status aldmoor-procedures
    """
    service = _service(data, settings)
    one = service.one(None, source_id)
    runs, changes = service.history(None, source_id, 10), service.changes(None, source_id)
    if as_json:
        more = {"runs": [_plain(each) for each in runs], "waiting": [_plain(each) for each in changes]}
        print(json.dumps({**source_object(one), **more}, ensure_ascii=False, indent=2))
        return
    _print_source(one.source)
    print(f"state: {_how_it_goes(one.state)}\n\nLast syncs:")
    for run in runs:
        _print_run(run)
    print(f"\nWaiting: {_counted(len(changes), 'change')}" + (" (assistant sources changes)" if changes else ""))


@app.command("sync")
def sync(
    source_id: SomeId = None,
    due: Due = False,
    watch: Watch = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> int:
    """Fetches what is new into staging; published documents stay as they are until somebody, or the source's rule, publishes.

    Without an id: every source that is not paused. Exit code 1 if a source failed or somebody has to look at it.

    Examples:

      assistant sources sync

      assistant sources sync aldmoor-procedures

      assistant sources sync --due
    """
    if sum((source_id is not None, due, watch)) > 1:
        raise UsageError("Give an id, or --due, or --watch: one of them.")
    service, audit, mail = _opened(data, settings)
    if watch:
        return _watched(service, audit, mail)
    if source_id is not None:
        return 0 if _synced(service, source_id, audit) else 1
    names = service.due(datetime.now(UTC)) if due else _all(service)
    is_whole = all([_synced(service, each, audit) for each in names])
    if due and mail is not None and mail.send_due():
        print("the digest was sent")
    return 0 if is_whole else 1


@app.command("changes")
def changes(
    source_id: SomeId = None, as_json: AsJson = False, data: Data = None, settings: SettingsFile = None
) -> None:
    """Lists what syncs found and nobody decided yet.

    Example:

      assistant sources changes aldmoor-procedures
    """
    found = _service(data, settings).changes(None, source_id)
    if as_json:
        print(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        _print_change(each)
    print(
        f"waiting: {_counted(len(found), 'change')}"
        + ("; publish them: assistant sources publish ID... or --all" if found else "")
    )


@app.command("publish")
def publish(change: Changes = None, every: All = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Publishes changes that wait, in one step; `--all` leaves out what looks like no content.

    Examples:

      assistant sources publish 1f0c6a2b9d3e4f5061728394

      assistant sources publish --all
    """
    service = _service(data, settings)
    ids = _chosen(service, change, every)
    generation = service.accept(None, ids)
    print(
        f"published {_counted(len(ids), 'change')}; generation {generation.number} has {generation.edition_count} editions"
    )


@app.command("discard")
def discard(change: Changes = None, every: All = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Discards changes that wait. The same content is not offered again.

    Example:

      assistant sources discard 1f0c6a2b9d3e4f5061728394
    """
    service = _service(data, settings)
    print(f"discarded {_counted(service.discard(None, _chosen(service, change, every)), 'change')}")


@app.command("pause")
def pause(source_id: Id, data: Data = None, settings: SettingsFile = None) -> None:
    """Stops syncing a source by itself; a sync by hand still works.

    Example:

      assistant sources pause aldmoor-procedures
    """
    _service(data, settings).pause(None, source_id)
    print(f"paused {source_id}; its documents stay published")


@app.command("resume")
def resume(source_id: Id, data: Data = None, settings: SettingsFile = None) -> None:
    """Syncs a paused source by itself again; it is due at once.

    Example:

      assistant sources resume aldmoor-procedures
    """
    _service(data, settings).resume(None, source_id)
    print(f"resumed {source_id}; it is due now")


@app.command("remove")
def remove(source_id: Id, data: Data = None, settings: SettingsFile = None) -> None:
    """Stops following a source and removes what waits of it. Its published documents stay.

    Example:

      assistant sources remove aldmoor-procedures
    """
    service = _service(data, settings)
    documents = service.edition_ids(None, source_id)
    service.remove(None, source_id)
    print(
        f"removed {source_id}; still published: {_counted(len(documents), 'document')} of it (assistant documents remove ID)"
    )


def kind_of(address: str) -> SourceKind:
    """Returns what kind of source an address most likely is."""
    lower = address.lower().rstrip("/")
    if "://" not in address:
        return SourceKind.FOLDER
    host, _, path = lower.partition("://")[2].partition("/")
    if host in ("www.gov.uk", "gov.uk") and not path.endswith((".atom", ".xml")):
        return SourceKind.GOV_UK
    last = path.partition("?")[0].rsplit("/", 1)[-1]
    is_feed = last.endswith((".rss", ".atom", ".rdf")) or last in (
        "feed",
        "rss",
        "atom",
        "rss.xml",
        "atom.xml",
        "feed.xml",
    )
    return SourceKind.FEED if is_feed else SourceKind.WEBSITE


def _service(data: Path | None, settings: Path | None) -> SourceService:
    return _opened(data, settings)[0]


def _opened(data: Path | None, settings: Path | None) -> tuple[SourceService, Audit, DigestMail | None]:
    """Returns the sources of a data folder, what writes to its audit log, and the digest by mail."""
    from assistant.following.digest_mail import digest_mail
    from assistant.following.touched import touched_answers
    from ingest.sources.service import SourceService
    from ingest.uploads.publisher import UploadPublisher

    assistant = writing_assistant(data, settings)
    publisher = UploadPublisher(
        assistant.library, assistant.embedder, assistant.settings, assistant.files, assistant.telemetry
    )
    service = SourceService(assistant.source_store, publisher, assistant.settings)
    return (
        service,
        assistant.access_store.audit,
        digest_mail(assistant.mail, service, assistant.settings, touched_answers(assistant.approved_store)),
    )


def _asked(given: str | None, what: str) -> str:
    """Returns what was given, else what is typed; "" without a terminal, which is told as a fault."""
    if given is not None or not sys.stdin.isatty():
        return given or ""
    return str(typer.prompt(what))


def _all(service: SourceService) -> list[str]:
    return [str(each.source.source_id) for each in service.listed(None) if not each.state.is_paused]


def _synced(service: SourceService, source_id: str, audit: Audit) -> bool:
    """Prints how a sync went, and what the source's rule published; returns whether it brought everything."""
    from assistant.following.publishing_rule import publish_minor

    is_shown = sys.stderr.isatty()

    def tell(address: str, count: int) -> None:
        if is_shown:
            print(f"\r{count:6}  {address[:100]:100}", end="", file=sys.stderr, flush=True)

    try:
        run = service.sync(None, source_id, tell)
    except SourceBusy as error:
        print(f"{source_id}: {error}", file=sys.stderr)
        return True
    if is_shown:
        print(f"\r{'':108}\r", end="", file=sys.stderr)
    print(f"{source_id}:")
    _print_run(run)
    published = publish_minor(service, service.one(None, source_id).source, audit)
    if published:
        print(f"    {len(published)} minor changes published by the rule (assistant audit tells which)")
    return run.ending in (RunEnding.DONE, RunEnding.UNFINISHED)


def _watched(service: SourceService, audit: Audit, mail: DigestMail | None) -> int:
    from ingest.sources.watching import folder_events

    stop = threading.Event()
    sources = [each.source for each in service.listed(None) if not each.state.is_paused]
    print(f"watching {_counted(len(sources), 'source')} (stop with Ctrl-C)", flush=True)
    try:
        for changed in folder_events(sources, stop, WAIT_S):
            for each in changed:
                service.touched(each)
            for name in service.due(datetime.now(UTC)):
                _synced(service, name, audit)
            if mail is not None:
                mail.send_due()
    except KeyboardInterrupt:
        stop.set()
    return 0


def _chosen(service: SourceService, given: list[str] | None, every: bool) -> list[str]:
    """Returns the ids of changes. Raises ``UsageError`` for none."""
    if bool(given) == every:
        raise UsageError("Name changes by their ids, as `assistant sources changes` shows them, or give --all.")
    if given:
        return given
    found = [each.change_id for each in service.changes(None, limit=100_000) if each.state != "suspicious"]
    if not found:
        raise UsageError("No change waits. `assistant sources sync` looks for some.")
    return found


def source_object(each: SourceWithState) -> dict[str, Any]:
    """Returns a source with its state as plain JSON values."""
    source: dict[str, Any] = _plain(each.source)
    return {**source, "state": _plain(each.state)}


def _plain(value: object) -> Any:
    return TypeAdapter(type(value)).dump_python(value, mode="json")


def _print_source(source: FollowedSource) -> None:
    documents, options = source.documents, source.options
    print(f"{source.source_id}: {source.name}\n{_words(source.kind)}: {source.address}")
    print(f"licence: {source.terms.licence}\nowner: {source.terms.owner}")
    facts = (
        documents.publisher,
        documents.area,
        documents.audience,
        documents.layer or "",
        ", ".join(documents.groups),
    )
    print(f"documents: {_words(documents.kind)}; {'; '.join(str(each) for each in facts if each)}")
    print(f"synced {schedule_words(Schedule(options.every_hours, options.at))}; publishing: {_words(source.rule)}")


def _print_run(run: SyncRun) -> None:
    counts = run.counts
    named = ("new", "changed", "withdrawn", "moved", "suspicious", "unchanged", "skipped")
    said = ", ".join(f"{getattr(counts, name)} {name}" for name in named if getattr(counts, name))
    ending = "runs" if run.ending is None else _words(run.ending)
    print(f"    {run.started:%Y-%m-%d %H:%M} UTC  {ending}: {said or 'nothing'}; {counts.body_bytes / 1e6:.2f} MB")
    for problem in run.problems[:10]:
        print(f"      {problem}")
    if len(run.problems) > 10:
        print(f"      and {len(run.problems) - 10} more (--json lists them)")


def _print_change(change: StagedChange) -> None:
    print(f"{change.change_id}  {change.state}  {change.title}\n    {change.address}")
    if change.previous_address:
        print(f"    before: {change.previous_address}")
    if change.why:
        print(f"    {change.why}")


def _how_it_goes(state: SourceState) -> str:
    parts = ["paused"] if state.is_paused else ["running now"] if state.is_running else []
    if state.last_run is not None and state.last_run.ending is not None:
        parts.append(f"last sync {state.last_run.started:%Y-%m-%d %H:%M} UTC: {_words(state.last_run.ending)}")
    elif state.last_run is None:
        parts.append("never synced")
    if state.next_run is not None:
        parts.append(f"next {state.next_run:%Y-%m-%d %H:%M} UTC")
    if state.failing_since is not None:
        parts.append(f"FAILS since {state.failing_since:%Y-%m-%d %H:%M} UTC ({_counted(state.failures, 'sync')})")
    counts = f"{_counted(state.documents, 'document')} published", f"waiting: {_counted(state.waiting, 'change')}"
    return "; ".join([*parts, *counts])


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _words(name: object) -> str:
    return "GOV.UK" if name == SourceKind.GOV_UK else str(name).replace("_", " ")
