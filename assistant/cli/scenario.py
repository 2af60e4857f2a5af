"""``assistant scenario``: draws training scenarios; themes, prepare and check are its subcommands."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.coverage_output import view_of
from assistant.cli.options import AsJson, Data, SettingsFile, assistant_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.model.scenario import Scenario, ScenarioRequest

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="""Draws a fictional training scenario; good practice is quoted from your documents.

    The same seed gives the same scenario. Questions that the documents do not answer are listed, and saved for the
    coverage report.

    Examples:

      assistant scenario themes

      assistant scenario --theme neglect

      assistant scenario --theme exploitation --agency education --agency police --difficulty hard --out session.docx

      assistant scenario --theme neglect --seed 471 --version participant --out handout.pdf

      assistant scenario --theme neglect --seed 471 --group 2 --out second-group.docx

      assistant scenario --set 6 --seed 1 --out course/ """,
)
Version = Literal["facilitator", "participant"]


Themes = Annotated[
    list[str] | None,
    typer.Option(
        "--theme",
        metavar="THEME",
        help="See `assistant scenario themes`; with --set more than one.",
        show_default=False,
    ),
]
Agencies = Annotated[
    list[str] | None,
    typer.Option("--agency", metavar="AGENCY", help="Agency in the room; may be repeated.", show_default=False),
]
SettingName = Annotated[
    str | None,
    typer.Option("--setting", metavar="SETTING", help="Where the concern comes to light.", show_default=False),
]
AgeBand = Annotated[
    str | None,
    typer.Option("--age-band", metavar="BAND", help="under_1, 1_4, 5_10, 11_15 or 16_17.", show_default=False),
]
DifficultyName = Annotated[str, typer.Option("--difficulty", metavar="WORD", help="easy, medium or hard.")]
LengthName = Annotated[str, typer.Option("--length", metavar="WORD", help="brief (two stages), short, medium or long.")]
Aims = Annotated[
    list[str] | None,
    typer.Option("--aim", metavar="AIM", help="Learning aim to prefer; may be repeated.", show_default=False),
]
Twist = Annotated[
    bool | None,
    typer.Option(
        "--twist/--no-twist", help="Something changes the picture (default: in hard scenarios).", show_default=False
    ),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", help="0 to 9999 (default: random, and printed).", show_default=False),
]
Group = Annotated[
    int, typer.Option("--group", min=1, max=20, metavar="N", help="From 2: the variant for another group.")
]
Count = Annotated[
    int, typer.Option("--set", min=1, max=40, metavar="N", help="Draw a set for a course, without repeats.")
]
ForWhom = Annotated[Version, typer.Option("--version", help="Intended readers.")]
WriteStory = Annotated[
    bool, typer.Option("--write", help="Let the configured language model retell the story; its text is checked.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="FILE.docx, .pdf, .md or .json; a folder/ with --set.", show_default=False
    ),
]


@app.callback()
def scenario(
    context: typer.Context, theme: Themes = None, agency: Agencies = None, setting: SettingName = None,
    age_band: AgeBand = None, difficulty: DifficultyName = "medium", length: LengthName = "medium", aim: Aims = None,
    twist: Twist = None, seed: Seed = None, group: Group = 1, count: Count = 1, version: ForWhom = "facilitator",
    write: WriteStory = False, as_json: AsJson = False, out: Out = None, data: Data = None,
    settings: SettingsFile = None,
) -> None:  # fmt: skip
    """Draws a scenario, unless a subcommand is given."""
    if context.invoked_subcommand is not None:
        return
    if not theme and count == 1:
        print(context.get_help())
        return
    request = _request(theme, agency, setting, age_band, difficulty, length, aim, twist, seed)
    scenarios = _drawn(request, theme or [], group, count, write, data, settings)
    _write(scenarios, version, as_json, out, count > 1)


def _request(
    theme: list[str] | None, agency: list[str] | None, setting: str | None, age_band: str | None, difficulty: str,
    length: str, aim: list[str] | None, twist: bool | None, seed: int | None,
) -> ScenarioRequest:  # fmt: skip
    from assistant.model.scenario import MOST_SEEDS, Band, Difficulty, Length
    from assistant.model.scenario import ScenarioRequest as Request
    from assistant.scenarios.grammar.lookup import member_named

    return Request(
        theme=theme[0] if theme else "",
        agencies=tuple(agency or ()),
        place=setting,
        band=member_named(Band, age_band, "--age-band") if age_band else None,
        difficulty=member_named(Difficulty, difficulty, "--difficulty"),
        length=member_named(Length, length, "--length"),
        aims=tuple(aim or ()),
        seed=secrets.randbelow(MOST_SEEDS) if seed is None else seed,
        has_twist=twist,
    )


def _drawn(
    request: ScenarioRequest, themes: Sequence[str], group: int, count: int, write: bool, data: Data,
    settings: SettingsFile,
) -> list[Scenario]:  # fmt: skip
    from datetime import date

    from assistant.cli.options import check_writing
    from assistant.cli.progress import progress_bars
    from assistant.scenarios.editing.retelling import retell
    from assistant.scenarios.make import make_scenario, make_set, report_gaps, variant_for_group

    assistant = assistant_of(data, settings)
    check_writing(assistant.settings, write)
    chosen = tuple(themes) or tuple(each.theme_id for each in assistant.grammar.themes)
    with assistant.opened() as snapshot, progress_bars() as bars:
        context = assistant.scenario_context(view_of(assistant, snapshot), bars)
        if count > 1:
            scenarios = list(make_set(request, count, chosen, context))
        else:
            first = make_scenario(request, context)
            scenarios = [variant_for_group(first, group - 1, context)] if group > 1 else [first]
        if write and assistant.language_model is not None:
            scenarios = [retell(each, assistant.language_model, assistant.settings, context) for each in scenarios]
        for each in scenarios:
            report_gaps(each, assistant.question_store, date.today())
    return scenarios


def _write(scenarios: Sequence[Scenario], version: Version, as_json: bool, out: Path | None, is_set: bool) -> None:
    from assistant.scenarios.files.formats import FILE_FORMATS, file_format

    if out is None:
        ending = "json" if as_json else "md"
        texts = [FILE_FORMATS[ending].write(each, version).decode() for each in scenarios]
        if as_json and is_set:
            print(json.dumps([json.loads(each) for each in texts], ensure_ascii=False, indent=2))
        else:
            print("\n\n".join(texts), end="")
        return
    if is_set:
        _write_set(scenarios, version, out)
        return
    chosen = file_format(out.suffix)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(chosen.write(scenarios[0], version))
    print(f"{out}: {scenarios[0].title}; seed {scenarios[0].request.seed}", file=sys.stderr)


def _write_set(scenarios: Sequence[Scenario], version: Version, out: Path) -> None:
    from assistant.errors import UsageError
    from assistant.scenarios.files.formats import FILE_FORMATS, file_name

    if out.suffix:
        raise UsageError(f"--out {out}: with --set, name a folder. Each scenario is written to its own file there.")
    out.mkdir(parents=True, exist_ok=True)
    for place, each in enumerate(scenarios, start=1):
        path = out / f"{place:02}-{file_name(each, version, 'docx')}"
        path.write_bytes(FILE_FORMATS["docx"].write(each, version))
        print(f"{path}: {each.title}", file=sys.stderr)


@app.command("themes")
def themes(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists the available themes, agencies, settings, age bands and aims.

    Examples:

      assistant scenario themes

      assistant scenario themes --json
    """
    from assistant.scenarios.grammar.choices import choices_object

    choices = choices_object(assistant_of(data, settings).grammar)
    if as_json:
        print(json.dumps(choices, ensure_ascii=False, indent=2))
        return
    for each in choices["themes"]:
        print(f"{each['id']}\n  {each['title']}: {each['about']}\n  age bands: {', '.join(each['age_bands'])}")
    for name in ("agencies", "settings", "aims"):
        print(f"\n{name}:")
        for each in choices[name]:
            ages = f" ({', '.join(each['age_bands'])})" if "age_bands" in each else ""
            print(f"  {each['id']}: {each['title']}{ages}")


@app.command("prepare")
def prepare_all(data: Data = None, settings: SettingsFile = None) -> None:
    """Asks the documents every question that scenarios may ask, so that drawing one is quick; reports answers by theme.

    Takes about a minute after an ingest that changed documents. Answers are stored as they come.

    Example:

      assistant scenario prepare
    """
    from assistant.cli.progress import progress_bars
    from assistant.scenarios.prepare import prepare

    assistant = assistant_of(data, settings)
    with assistant.opened() as snapshot, progress_bars() as bars:
        answers = prepare(assistant.scenario_context(view_of(assistant, snapshot), bars))
    for each in answers:
        counts = f"{each.answered} of {each.expectations} expectations answered, {each.pitfalls} pitfalls from reviews"
        print(f"{each.theme_id}: {counts}")


@app.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Theme files, or general.toml.")],
) -> None:
    """Checks theme files: format, placeholders, counts, forbidden words.

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
