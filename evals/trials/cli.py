"""``python -m evals trial COMMAND``: faults on purpose, with a report on the promises that held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from evals.trials.promises import Promises

app = typer.Typer(
    name="trial",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Makes faults on purpose and looks whether promises hold.

    Each trial works in a temporary folder on invented documents, is bounded, and stops by itself. Needs no documents.
    Exits 1 where a promise was broken.

    For example:

      python -m evals trial clock --times 5""",
)
Seed = Annotated[int, typer.Option(help="Where random instants and days come from.")]


def _report(promises: Promises, title: str, *notes: str) -> None:
    for line in promises.table(title, notes):
        typer.echo(line)
    if not promises.are_kept():
        raise typer.Exit(1)


@app.command("crash")
def trial_crash(
    ingests: Annotated[int, typer.Option(min=0, max=1000, help="Ingests that are killed.")] = 50,
    servers: Annotated[int, typer.Option(min=0, max=1000, help="Servers that are killed under questions.")] = 10,
    seed: Seed = 1,
) -> None:
    """Kills ingests and servers at random instants.

    After each, the library is whole, the next ingest finishes, and every answer that was acknowledged is stored.
    About 15 seconds for each ingest and server.

    For example:

      python -m evals trial crash --ingests 20 --servers 5
    """
    from evals.trials.crash import trial

    _report(trial(ingests, servers, seed), "Crash trial", f"{ingests} ingests, {servers} servers, seed {seed}")


@app.command("disk")
def trial_disk(
    means: Annotated[
        Literal["mount", "limit"] | None,
        typer.Option(
            help="A small disk in a namespace of its own, or a limit on the size of files (default: what works here).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Fills the disk and mounts it for reading only.

    Ingest, commands and server; then room again. Less than two minutes.

    For example:

      python -m evals trial disk
    """
    from evals.trials.disk import trial

    promises, used = trial(means)
    _report(promises, "Disk trial", f"by {used}")


@app.command("clock")
def trial_clock(
    times: Annotated[int, typer.Option(min=1, max=1000, help="Servers that live through it.")] = 20, seed: Seed = 1
) -> None:
    """Lets the clock jump on single days.

    By up to eight years, forwards and back, over sixty days; nothing goes before its time. Some seconds for each.

    For example:

      python -m evals trial clock --times 5
    """
    from evals.trials.clock import trial

    _report(trial(times, seed), "Clock trial", f"{times} servers, seed {seed}")


@app.command("hostile")
def trial_hostile() -> None:
    """Sends hostile requests to a real server.

    Ambiguous and endless heads, broken bodies, half-sent requests, idle connections at a small limit of handles, wrong
    keys; after each an ordinary and an urgent question. About a minute.

    For example:

      python -m evals trial hostile
    """
    from evals.trials.hostile import HANDLES, trial

    _report(trial(), "Hostile requests", f"{HANDLES} handles")


@app.command("soak")
def trial_soak(
    requests: Annotated[int, typer.Option(min=100, max=100_000, help="Requests, each of them different.")] = 6000,
    seed: Seed = 1,
) -> None:
    """Sends thousands of different requests to one server and looks at its memory.

    Some minutes.

    For example:

      python -m evals trial soak --requests 6000
    """
    from evals.trials.soak import trial

    soak = trial(requests, seed)
    _report(soak.promises, "Soak", *soak.notes())


@app.command("workers")
def trial_workers(
    questions: Annotated[int, typer.Option(min=10, max=10_000, help="Questions asked meanwhile.")] = 100,
) -> None:
    """Asks two workers over one data folder while a document is published.

    About a minute.

    For example:

      python -m evals trial workers --questions 100
    """
    from evals.trials.workers import trial

    _report(trial(questions), "Two workers", f"{questions} questions")


@app.command("sources")
def trial_sources(
    pages: Annotated[int, typer.Option(min=12, max=5000, help="Pages of the manual.")] = 400,
    kills: Annotated[int, typer.Option(min=0, max=1000, help="Syncs and publications that are killed.")] = 10,
    delay_s: Annotated[float, typer.Option(min=0.0, max=10.0, help="Crawl delay of the manual, in seconds.")] = 0.2,
    seed: Seed = 1,
) -> None:
    """Follows a manual on loopback that changes, turns into something else, and whose syncs are killed.

    Less than five minutes with 400 pages, and about 20 seconds for each kill.

    For example:

      python -m evals trial sources --pages 100 --kills 2
    """
    from evals.trials.sources import trial

    found = trial(pages, kills, delay_s, seed)
    _report(found.promises, "Followed sources", *found.figures, f"{kills} kills, seed {seed}")
