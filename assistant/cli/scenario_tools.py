"""``assistant scenario themes | prepare | check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.coverage_output import view_of
from assistant.cli.options import AsJson, Data, SettingsFile, assistant_of


def themes(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the themes, agencies, settings, age bands and aims that there are.

    Examples:

      assistant scenario themes

      assistant scenario themes --json
    """
    from assistant.scenarios.grammar.choices import offered_object

    offered = offered_object(assistant_of(data, settings).grammar)
    if as_json:
        print(json.dumps(offered, ensure_ascii=False, indent=2))
        return
    for each in offered["themes"]:
        print(f"{each['id']}\n  {each['title']}: {each['about']}\n  age bands: {', '.join(each['age_bands'])}")
    for name in ("agencies", "settings", "aims"):
        print(f"\n{name}:")
        for each in offered[name]:
            ages = f" ({', '.join(each['age_bands'])})" if "age_bands" in each else ""
            print(f"  {each['id']}: {each['title']}{ages}")


def prepare_all(data: Data = None, settings: SettingsFile = None) -> None:
    """Asks the documents everything that scenarios may ask, so that each takes a moment; says what every theme finds.

    A minute or so after an ingest that changed documents. A run that is stopped keeps what was asked.

    Example:

      assistant scenario prepare
    """
    from assistant.cli.progress import progress_bars
    from assistant.scenarios.prepare import prepare

    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot, progress_bars() as bars:
        found = prepare(assistant.maker(view_of(snapshot), bars))
    for each in found:
        told = f"{each.answered} of {each.expectations} expectations answered, {each.pitfalls} pitfalls from reviews"
        print(f"{each.theme_id}: {told}")


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of themes, or general.toml.")],
) -> None:
    """Says what is wrong in files of themes: form, placeholders, counts, words that no scenario says.

    Example:

      assistant scenario check my-theme.toml
    """
    from assistant.scenarios.grammar.check import faults_in

    count = 0
    for path in files:
        faults = faults_in(path)
        count += len(faults)
        for each in faults:
            print(f"{path}: {each}")
        print(f"{path}: {len(faults)} faults")
    if count:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Adds the commands to ``assistant scenario``."""
    app.command("themes")(themes)
    app.command("prepare")(prepare_all)
    app.command("check")(check)
