"""``assistant scenario``."""

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
    help="""Draws a fictional training scenario; what good practice looks like is quoted from your documents.

    The same seed gives the same scenario. What the documents do not answer is said, and kept for the coverage report.

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
    typer.Option("--agency", metavar="AGENCY", help="Who is in the room; may be repeated.", show_default=False),
]
SettingName = Annotated[
    str | None, typer.Option("--setting", metavar="SETTING", help="Where it comes to light.", show_default=False)
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
        "--twist/--no-twist", help="Something changes the picture (default: in hard ones).", show_default=False
    ),
]
Seed = Annotated[
    int | None, typer.Option("--seed", metavar="N", help="0 to 9999 (default: drawn and told).", show_default=False)
]
Group = Annotated[
    int, typer.Option("--group", min=1, max=20, metavar="N", help="2 and on: the variant for another group.")
]
Count = Annotated[int, typer.Option("--set", min=1, max=40, metavar="N", help="A set for a course, nothing repeated.")]
ForWhom = Annotated[Version, typer.Option("--version", help="For whom.")]
WriteStory = Annotated[
    bool, typer.Option("--write", help="Let the language model of the settings tell the story; it is checked.")
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
    """Draws a scenario, or with a subcommand says what there is."""
    if context.invoked_subcommand is not None:
        return
    if not theme and count == 1:
        print(context.get_help())
        return
    request = _request(theme, agency, setting, age_band, difficulty, length, aim, twist, seed)
    found = _made(request, theme or [], group, count, write, data, settings)
    _give(found, version, as_json, out, count > 1)


def _request(
    theme: list[str] | None, agency: list[str] | None, setting: str | None, age_band: str | None, difficulty: str,
    length: str, aim: list[str] | None, twist: bool | None, seed: int | None,
) -> ScenarioRequest:  # fmt: skip
    from assistant.model.scenario import MOST_SEEDS, Band, Difficulty, Length
    from assistant.model.scenario import ScenarioRequest as Request
    from assistant.scenarios.grammar.lookup import named

    return Request(
        theme=theme[0] if theme else "",
        agencies=tuple(agency or ()),
        place=setting,
        band=named(Band, age_band, "--age-band") if age_band else None,
        difficulty=named(Difficulty, difficulty, "--difficulty"),
        length=named(Length, length, "--length"),
        aims=tuple(aim or ()),
        seed=secrets.randbelow(MOST_SEEDS) if seed is None else seed,
        has_twist=twist,
    )


def _made(
    request: ScenarioRequest, themes: Sequence[str], group: int, count: int, write: bool, data: Data,
    settings: SettingsFile,
) -> list[Scenario]:  # fmt: skip
    from datetime import date

    from assistant.cli.options import check_writing
    from assistant.cli.progress import progress_bars
    from assistant.scenarios.editing.retelling import written
    from assistant.scenarios.make import make, make_set, tell_coverage, variant_of

    assistant = assistant_of(data, settings)
    check_writing(assistant.settings, write)
    chosen = tuple(themes) or tuple(each.theme_id for each in assistant.grammar.themes)
    with assistant.opened() as snapshot, progress_bars() as bars:
        maker = assistant.maker(view_of(snapshot), bars)
        if count > 1:
            found = list(make_set(request, count, chosen, maker))
        else:
            first = make(request, maker)
            found = [variant_of(first, group - 1, maker)] if group > 1 else [first]
        if write and assistant.language_model is not None:
            found = [written(each, assistant.language_model, assistant.settings, maker) for each in found]
        for each in found:
            tell_coverage(each, assistant.question_store, date.today())
    return found


def _give(found: Sequence[Scenario], version: Version, as_json: bool, out: Path | None, is_set: bool) -> None:
    from assistant.scenarios.files.formats import FORMS, form_named

    if out is None:
        ending = "json" if as_json else "md"
        texts = [FORMS[ending].write(each, version).decode() for each in found]
        if as_json and is_set:
            print(json.dumps([json.loads(each) for each in texts], ensure_ascii=False, indent=2))
        else:
            print("\n\n".join(texts), end="")
        return
    if is_set:
        _give_set(found, version, out)
        return
    form = form_named(out.suffix)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(form.write(found[0], version))
    print(f"{out}: {found[0].title}; seed {found[0].request.seed}", file=sys.stderr)


def _give_set(found: Sequence[Scenario], version: Version, out: Path) -> None:
    from assistant.errors import UsageError
    from assistant.scenarios.files.formats import FORMS, file_name

    if out.suffix:
        raise UsageError(f"--out {out}: with --set, name a folder. It is filled with a file a scenario.")
    out.mkdir(parents=True, exist_ok=True)
    for place, each in enumerate(found, start=1):
        path = out / f"{place:02}-{file_name(each, version, 'docx')}"
        path.write_bytes(FORMS["docx"].write(each, version))
        print(f"{path}: {each.title}", file=sys.stderr)
