"""``python -m evals COMMAND``: benchmarks, ablations and training; ``assistant eval`` measures answers.

Each command imports what it needs when it runs, so that help comes at once. The ``measure-…`` commands are the processes of
their own in which ``bench``, ``bench-api`` and ``bench-words`` take their figures.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import typer

from assistant import extras
from assistant.data_folder import keep_private
from assistant.errors import AssistantError, UsageError
from evals.dataset.shared import shared_folder
from evals.trials.cli import app as trial_app

app = typer.Typer(
    name="evals",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="""Measures and trains what the assistant is made of. `assistant eval` measures its answers.

    The tables go to standard output as Markdown. `make` fills the data folders that a command needs and runs it:
    make bench, bench-api, bench-words, ablation, ablation-models, coverage, scenarios, walkthrough, train-reranker.

    For example:

      python -m evals bench --sizes 10000

      python -m evals screening --failures

    Exit codes: 0 done, 1 fault or missed limit, 2 usage.""",
)


def main() -> None:
    """Runs one command; a fault of ours is one message on standard error."""
    keep_private()
    try:
        app(prog_name="python -m evals")
    except AssistantError as error:
        typer.echo(f"evals: {error}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except ImportError as error:
        absent = extras.of_import(error)
        if absent is None:
            raise
        typer.echo(f"evals: {absent}", err=True)
        sys.exit(1)


DataFolder = Annotated[Path, typer.Option("--data", metavar="DIR", help="Data folder with the documents indexed.")]
Training = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Training material (default: ASSISTANT_SHARED/training).", show_default=False),
]


def _training(folder: Path | None) -> Path:
    return folder or shared_folder() / "training"


def _print_json(figures: dict[str, Any]) -> None:
    typer.echo(json.dumps(figures))


def _save_json(figures: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


Sizes = Annotated[
    list[int] | None,
    typer.Option(
        "--sizes",
        min=1,
        metavar="N",
        help="Passages of a library; may be repeated (default: 1000, 10000 and 100000).",
        show_default=False,
    ),
]
SIZES = (1_000, 10_000, 100_000)
Figures = Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the figures go as JSON.")]
Workers = Annotated[
    list[int] | None,
    typer.Option(
        "--workers",
        min=1,
        metavar="N",
        help="Worker processes of the server; may be repeated (default: 1 and 2).",
        show_default=False,
    ),
]


@app.command("bench")
def bench(
    sizes: Sizes = None,
    out: Figures = Path("eval-out/bench.json"),
    skip_cold: Annotated[
        bool, typer.Option("--skip-cold", help="Leave out the cold start of the command line.")
    ] = False,
) -> None:
    """Measures ingest, latency and cold start.

    Exits 1 where a limit of the project is passed. Needs no documents: with the shared corpus (ASSISTANT_SHARED)
    real documents are used first. Some minutes with 10,000 passages, much longer with 100,000. Leave the machine
    alone meanwhile.

    For example:

      python -m evals bench --sizes 10000 --skip-cold
    """
    from evals.bench.benchmark import measure
    from evals.bench.report import tables

    figures = measure(sizes or SIZES, skip_cold=skip_cold)
    _save_json(figures, out)
    typer.echo(tables(figures), nl=False)
    if not all(limit["held"] for limit in figures["limits"]):
        raise typer.Exit(1)


@app.command("bench-api")
def bench_api(
    passages: Annotated[int, typer.Option(min=1, help="Passages of the library that is served.")] = 10_000,
    askers: Annotated[int, typer.Option(min=1, help="Askers at the same time.")] = 50,
    seconds: Annotated[float, typer.Option(min=1, help="How long they ask.")] = 60.0,
    workers: Workers = None,
    base: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Checkout of another commit, measured before this one.", show_default=False),
    ] = None,
    out: Figures = Path("eval-out/bench-api.json"),
) -> None:
    """Measures the server under load.

    Exits 1 where a limit is passed. Needs no documents; takes some minutes. Askers on loopback ask one question
    after another, and a third of the way through another process publishes a document. The askers share the
    machine's cores with the server.

    For example:

      python -m evals bench-api --workers 1 --seconds 30

      python -m evals bench-api --workers 1 --base ../main
    """
    from evals.bench.serving import measure, table

    figures = measure(passages, askers, seconds, workers or (1, 2), base)
    _save_json(figures, out)
    typer.echo(table(figures), nl=False)
    if not all(row["held"] for row in figures["rows"]):
        raise typer.Exit(1)


@app.command("bench-publish")
def bench_publish(
    base: Annotated[Path, typer.Option(metavar="PATH", help="Checkout of another commit.")],
    passages: Annotated[int, typer.Option(min=1, help="Passages of the library that is published to.")] = 10_000,
    rounds: Annotated[int, typer.Option(min=1, help="Publications of each, in turn.")] = 3,
    out: Figures = Path("eval-out/bench-publish.json"),
) -> None:
    """Measures publishing one small document, with the code of another checkout and of this one in turn.

    Over a library of generated passages with generated vectors. Prints the median of wall time and of processor time, and
    their ratios. Needs no documents, only the other checkout. Takes a minute for 10,000 passages and several for 100,000.

    For example:

      git worktree add ../main main

      python -m evals bench-publish --base ../main --passages 10000
    """
    from evals.bench.publishing import measure, table

    figures = measure(base, passages, rounds)
    _save_json(figures, out)
    typer.echo(table(figures), nl=False)


@app.command("bench-mcp")
def bench_mcp(data: DataFolder, out: Figures = Path("eval-out/bench-mcp.json")) -> None:
    """Measures what a call of the tool `ask` adds to `POST /v1/ask`.

    Exits 1 where it is more than 10 ms at p95. Needs the extra `mcp` and a data folder with the documents indexed; takes a
    minute. The questions go both ways in turn, to a server of its own on loopback.

    For example:

      python -m evals bench-mcp --data data
    """
    from evals.bench.tool_calls import measure, table

    figures = measure(data)
    _save_json(figures, out)
    typer.echo(table(figures), nl=False)
    if not figures["held"]:
        raise typer.Exit(1)


@app.command("bench-words")
def bench_words(sizes: Sizes = None) -> None:
    """Compares three engines for the word index.

    SQLite FTS5, tantivy and bm25s, with build time, memory and latency. Needs the extra `dev`; takes some minutes.
    See docs/adr/0002-words.md.

    For example:

      python -m evals bench-words --sizes 1000
    """
    from evals.bench.words import table

    for line in table(sizes or SIZES):
        typer.echo(line)


Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Data folder.")]


@app.command("measure-ingest")
def measure_ingest(folder: Folder) -> None:
    """Measures an ingest and a repeat of it.

    Into an empty folder; the repeat finds its files unchanged. Prints JSON.

    For example:

      python -m evals measure-ingest data/ingest
    """
    from evals.bench.ingesting import measure_ingest as measure

    _print_json(measure(folder))


@app.command("measure-fill")
def measure_fill(
    count: Annotated[int, typer.Argument(metavar="COUNT", min=1, help="Passages, the real ones first.")], folder: Folder
) -> None:
    """Fills a library with generated passages.

    Into an empty folder, of a given size, with generated vectors. Prints JSON.

    For example:

      python -m evals measure-fill 10000 data/filled
    """
    from evals.bench.filling import fill_library

    _print_json(fill_library(count, folder))


@app.command("measure-latency")
def measure_latency(folder: Folder) -> None:
    """Measures questions over a filled library.

    Needs a folder that `measure-fill` filled. Prints JSON.

    For example:

      python -m evals measure-latency data/filled
    """
    from evals.bench.latency import measure_latency as measure

    _print_json(measure(folder))


@app.command("measure-words")
def measure_words(
    what: Annotated[Literal["build", "search"], typer.Argument(metavar="WHAT", help="What is measured.")],
    engine: Annotated[str, typer.Argument(metavar="ENGINE", help='"SQLite FTS5", tantivy or bm25s.')],
    count: Annotated[int, typer.Argument(metavar="COUNT", min=1, help="Passages.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the index; `search` needs one built.")],
) -> None:
    """Measures a word index: build or search.

    One build, or the searches of one process over a built index. Prints JSON.

    For example:

      python -m evals measure-words build tantivy 1000 data/index
    """
    from evals.bench.words import measure_build, measure_search

    _print_json((measure_build if what == "build" else measure_search)(engine, count, folder))


@app.command("ablation")
def ablation(training: Training = None, data: DataFolder = Path("data/calibration-tuned")) -> None:
    """Shows what each group of features is worth.

    That is, for telling answerable questions from near-misses. Needs the training material (ASSISTANT_SHARED) and
    the data folder that `make calibrate` fills; takes some minutes.

    For example:

      python -m evals ablation

      ASSISTANT_EMBEDDER=minilm python -m evals ablation --data data/calibration
    """
    from assistant.bootstrap import Assistant
    from assistant.settings import Settings
    from evals.ablation.evidence import measure, table

    for line in table(measure(_training(training), Assistant(Settings(data=data)))):
        typer.echo(line)


@app.command("ablation-models")
def ablation_models(
    minilm: Annotated[Path, typer.Option(metavar="DIR", help="Data folder ingested with ASSISTANT_EMBEDDER=minilm.")],
    tuned: Annotated[Path, typer.Option(metavar="DIR", help="The same documents with ASSISTANT_EMBEDDER=tuned.")],
    split: Annotated[
        str, typer.Option(metavar="NAME", help="Which questions; opening the report split is logged.")
    ] = "development",
    without_reranker: Annotated[
        bool, typer.Option("--without-reranker", help="Leave out the rows of the reranker.")
    ] = False,
) -> None:
    """Shows what each model is worth.

    From words alone to the whole pipeline, on the same questions. Needs the real documents in two data folders, and
    some minutes: each row runs in a process of its own.

    For example:

      python -m evals ablation-models --minilm data/minilm --tuned data/tuned
    """
    from evals.ablation.models import table

    for line in table(split, {"minilm": minilm, "tuned": tuned}, without_reranker=without_reranker):
        typer.echo(line)


@app.command("coverage")
def coverage(
    data: DataFolder,
    times: Annotated[int, typer.Option(min=0, help="Measure time at so many times the passages as well.")] = 0,
) -> None:
    """Measures the coverage report.

    Duties, proposals, topic map and themes against labels by hand, and seconds by part. Needs a data folder with
    the real documents, corpus and tests/data (`make coverage` fills it), run from the repository. Some minutes;
    --times 10 takes longer.

    For example:

      python -m evals coverage --data data/coverage
    """
    from evals.coverage.report import report

    for line in report(data, times):
        typer.echo(line)


@app.command("metadata")
def metadata(
    name: Annotated[
        Literal["shared", "invented", "invented_2", "report"],
        typer.Argument(
            metavar="SET", help="shared (real documents), invented (60 files), invented_2 or report (50 each)."
        ),
    ] = "shared",
    failures: Annotated[bool, typer.Option("--failures", help="List each wrong value.")] = False,
) -> None:
    """Measures the metadata that are proposed from covers.

    Titles, kinds, dates, publishers, areas and layers against labels by hand, pairs of editions, and how many corrections a
    drafted catalogue needs. The rules were written with the shared documents (ASSISTANT_SHARED) and the
    invented ones in sight, so those figures are of development; the files of the report are by another hand and no rule was
    changed after they were run. Needs the shared folder for the first, nothing for the others.

    For example:

      python -m evals metadata invented --failures
    """
    from evals.metadata.report import report

    for line in report(name, failures=failures):
        typer.echo(line)


@app.command("scenarios")
def scenarios(
    data: DataFolder,
    reviews: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Data folder with learning reviews, for closeness.", show_default=False),
    ] = None,
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Print the pairs to label as YAML, without any score.")
    ] = False,
) -> None:
    """Measures training scenarios.

    How distinct, apt, well cited and fast they are, and how close to learning reviews. Needs a data folder with the
    real documents and corpus (`make scenarios` fills it). Some minutes.

    For example:

      python -m evals scenarios --data data/scenarios --reviews data/scenarios-reviews
    """
    from evals.scenarios.report import report
    from evals.scenarios.report import sheet as sheet_lines

    for line in sheet_lines(data) if sheet else report(data, reviews):
        typer.echo(line)


@app.command("twins")
def twins(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files of twins (JSONL).")],
    data: DataFolder,
) -> None:
    """Shows what is answered and refused by kind of answer.

    Asks twins, pairs of which a document answers one and not the other, and prints one table each by kind of answer,
    by what stands around the question, by author and by document. Needs a data folder with the documents; about a
    quarter of a second a question. Twins are for development: no figure over those that were trained on is reported.

    For example:

      python -m evals twins evals/training/questions/twins-*.jsonl --data data/twins
    """
    from assistant.bootstrap import Assistant
    from assistant.settings import Settings
    from evals.reporting.by_kind import measure, table

    for line in table(measure(files, Assistant(Settings(data=data)))):
        typer.echo(line)


@app.command("answers")
def answers(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder of a set (evals/answers/planted.py has the form).")
    ],
    data: DataFolder,
    failures: Annotated[
        bool, typer.Option("--failures", help="List what failed; not for a set that is reported.")
    ] = False,
) -> None:
    """Measures whether answers are whole, and nothing else.

    Planted lists, definitions, table rows, steps and exceptions whole in the first statement; headings, lead-ins, examples
    and the like never alone; texts that differ marked as differing; another area's contact never without a word. Needs a
    data folder with the documents of the set; a quarter of a second a question.

    For example:

      assistant --data data/planted ingest evals/answers/development/documents

      python -m evals answers evals/answers/development --data data/planted --failures
    """
    from assistant.settings import Settings
    from evals.answers import measure as measured

    graded = measured.measure(folder, Settings(data=data))
    for line in (*measured.table(graded), *(measured.failures(graded) if failures else ())):
        typer.echo(line)


@app.command("spelling")
def spelling(data: DataFolder) -> None:
    """Measures the repair of mistyped words.

    How many mistyped words become what was meant, and how many right ones are changed, with the words of the documents
    in a data folder. Needs a data folder of documents like those that people ask about; takes seconds. The questions are for
    reporting: nobody who changes the repair reads them.

    For example:

      python -m evals spelling --data data/real
    """
    from assistant.bootstrap import Assistant
    from assistant.settings import Settings
    from evals.reporting.spelling import measure

    with Assistant(Settings(data=data)).opened() as snapshot:
        for name, share in measure(snapshot):
            typer.echo(f"{name}: {share.count} of {share.of} ({share.value:.1%}, {share.low:.1%} to {share.high:.1%})")


@app.command("reading")
def reading(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders (default: the shared corpus and local documents)."),
    ] = None,
) -> None:
    """Measures reading: what of each file can be quoted, beside the words that PDFium finds on its pages.

    "Lost" are words on the pages that were neither read nor left out for a reason; "strange" are words of the text that
    stand on no page so: put together or cut apart. Needs the shared documents (ASSISTANT_SHARED), or files of your
    own; no data folder; takes about a second for every twenty pages.

    For example:

      python -m evals reading

      python -m evals reading our-documents/ procedure.docx
    """
    from evals.reading.measure import measured, table

    typer.echo(table(measured(paths or [shared_folder() / "corpus", shared_folder() / "local"])))


@app.command("ocr")
def ocr(
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="clean, note marks, aslant, coarse, stamped, two columns, table; may be repeated.",
        ),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keeps the pages here as PDFs.", show_default=False)
    ] = None,
) -> None:
    """Measures OCR: forty scanned pages of known words, clean, aslant, coarse, stamped, in columns and with tables.

    Word errors count everything that differs from what stands on the page. A number that a quote would show and that does
    not stand there is a fault; numbers that are not read for certain are held back. Needs Tesseract.

    For example:

      python -m evals ocr

      python -m evals ocr --kind stamped
    """
    from evals.ocr.measure import measured, table
    from evals.ocr.pages import scanned_pages

    pages = scanned_pages(None, tuple(kinds or ()))
    for page in pages if save is not None else ():
        assert save is not None
        save.mkdir(parents=True, exist_ok=True)
        page.save(save)
    readings = measured(pages, lambda line: typer.echo(line, err=True))
    typer.echo(table(readings))
    if any(each.wrong for each in readings):
        raise typer.Exit(1)


@app.command("reading-sheets")
def reading_sheets(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the sheets go.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PDF]...", help="PDF files (default: the shared corpus and local documents)."),
    ] = None,
    count: Annotated[int, typer.Option(metavar="N", help="How many quotes.", min=1)] = 300,
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed draws the same quotes.")] = 1,
) -> None:
    """Draws quotes above the pictures of their places, to judge reading by eye.

    For each of the quotes, drawn at random, a reader writes down whether it is right, or runs across cells, columns or
    boxes. Needs the shared documents (ASSISTANT_SHARED), or PDF files of your own; no data folder; takes a minute.

    For example:

      python -m evals reading-sheets sheets/ --count 60

      python -m evals reading-sheets sheets/ our-thresholds.pdf
    """
    from evals.reading.sheets import draw, write_sheets

    files = paths or sorted([*(shared_folder() / "corpus").glob("*.pdf"), *(shared_folder() / "local").glob("*.pdf")])
    typer.echo(f"{write_sheets(draw(files, count, seed), out)} sheets in {out}")


@app.command("screening")
def screening(
    split: Annotated[
        Literal["development", "report"], typer.Option(metavar="NAME", help="development, or report (never tuned on).")
    ] = "development",
    failures: Annotated[bool, typer.Option("--failures", help="List what failed; not for the report split.")] = False,
    labelled: Annotated[
        Path | None,
        typer.Option(
            "--set", metavar="PATH", help="Folder of JSONL files, or one, with labelled messages.", show_default=False
        ),
    ] = None,
) -> None:
    """Measures screening: levels, judgement, masking.

    On phrasings that were fixed before its code, with exact intervals; with --set on messages by other hands, by hand
    and by kind of writer (docs/evaluation.md has the format). Needs no data folder; takes some seconds.

    For example:

      python -m evals screening --failures

      python -m evals screening --set report-door
    """
    from evals.screening.table import set_table, table

    if labelled is not None:
        for line in set_table(labelled, with_failures=failures):
            typer.echo(line)
        return
    for line in table(split, with_failures=failures and split == "development"):
        typer.echo(line)


@app.command("approved")
def approved(
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--set", metavar="FILE", help="Pairs to measure (default: the development set).", show_default=False
        ),
    ] = None,
    failures: Annotated[bool, typer.Option("--failures", help="List what was missed or falsely matched.")] = False,
    calibrate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fit on the development set and write the calibration.", show_default=False),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option("--bench", min=1, help="Time questions with so many approved answers.", show_default=False),
    ] = None,
) -> None:
    """Measures how questions are matched to approved answers.

    A set is JSON lines: answer, wordings, audience, area, asked, match, differs. Prints how many of the wordings to be
    matched are, how many near ones are falsely, by what differs, with 95 % intervals. Needs nothing but the package; half a
    minute, `--bench` two minutes. The packaged calibration is made with
    `--calibrate assistant/answering/approved/data/matching.json`.

    For example:

      python -m evals approved --set evals/approved/development.jsonl --failures

      python -m evals approved --bench 500
    """
    from evals.approved.command import calibrated, measured_set, timed

    if calibrate is not None:
        typer.echo(calibrated(calibrate))
    elif count is not None:
        typer.echo(timed(count), nl=False)
    else:
        typer.echo(measured_set(pairs, failures=failures), nl=False)


@app.command("restricted-walk")
def restricted_walk(
    minutes: Annotated[float, typer.Option(min=1, help="Longest time; the walk stops itself then.")] = 20.0,
    out: Figures = Path("eval-out/restricted-walk.json"),
) -> None:
    """Looks for traces of restricted documents.

    Sends every request of the OpenAPI document and to every page, as everybody outside a group, to two servers on
    loopback that differ by documents for that group alone (waiting, published, replaced, removed), and compares every
    response but for ids and times. Exits 1 for a difference. Needs no documents; takes some minutes.

    For example:

      python -m evals restricted-walk
    """
    from evals.restricted.report import measure, table

    figures = measure(minutes * 60)
    _save_json(figures, out)
    typer.echo(table(figures), nl=False)
    if figures["findings"]:
        raise typer.Exit(1)


@app.command("walkthrough")
def walkthrough(
    data: DataFolder,
    questions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Question file (default: the forty of the walk-through).", show_default=False
        ),
    ] = None,
) -> None:
    """Asks the forty walk-through questions.

    Prints a row for each, and sums. Needs the strategy, Working Together 2023 and the information-sharing advice in
    the data folder; about a minute. The questions are for reading along: neither tuned on nor part of the report
    split.

    For example:

      python -m evals walkthrough --data data/walkthrough
    """
    from evals.reporting.walkthrough import QUESTION_FILE, walk_through

    typer.echo(walk_through(data, questions or QUESTION_FILE), nl=False)


app.add_typer(trial_app)


@app.command("measure-disk")
def measure_disk(folder: Folder) -> None:
    """Tries a full disk in this mount namespace.

    Only for `trial disk`, which makes the namespace. Prints JSON.

    For example:

      python -m evals measure-disk data/trial
    """
    from evals.trials.disk import measure

    typer.echo(json.dumps(measure(folder, "mount").to_json()))


Checkpoints = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder of checkpoints and fp32 models.")]
Weights = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Folder that models are served from (default: that of the package).", show_default=False
    ),
]
ModelName = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Name with version (default: policy-ROLE-1).", show_default=False),
]
GivenOnly = Annotated[bool, typer.Option("--given-only", help="Leave out our own questions and texts.")]
Start = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Go on from this model of the role (default: the tuned embedder).", show_default=False
    ),
]
Rounds = Annotated[
    int | None,
    typer.Option(min=1, help="Times that each question or claim is seen (default: the recipe's).", show_default=False),
]
LearningRate = Annotated[float | None, typer.Option(help="At its highest (default: the recipe's).", show_default=False)]
Gpu = Annotated[bool, typer.Option("--gpu", help="Train on the accelerator that torch finds.")]
Twins = Annotated[bool, typer.Option("--twins", help="Train the served reranker on with near questions (on the CPU).")]


def _train_details(shared: Path, weights: Path | None) -> None:
    from evals.training.detail_trainer import train as train_details

    for line in train_details(shared, weights):
        typer.echo(line)


def _train_door(shared: Path, weights: Path | None) -> None:
    from evals.training.door_classifier import train as train_door

    for line in train_door(shared, weights):
        typer.echo(line)


@app.command("shrink")
def shrink_model(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="An encoder as ONNX: in fp32, or as it is served.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The file to write.")],
    arithmetic: Annotated[
        Literal["fp32", "int8"], typer.Option(metavar="KIND", help="What it multiplies in: fp32 or int8.")
    ] = "fp32",
) -> None:
    """Shrinks a model to 8 bits.

    In int8 it also multiplies in 8 bits, which changes its scores: calibrate with it before it is served. Needs the extra
    `train`; takes seconds.

    For example:

      python -m evals shrink data/training/reranker/fp32.onnx model.onnx --arithmetic int8
    """
    from evals.training.shrink import shrink

    shrink(source, target, arithmetic)
    typer.echo(f"{target}: {target.stat().st_size / 1e6:.1f} MB, computes in {arithmetic}")


@app.command("train")
def train(
    role: Annotated[
        Literal["embedder", "reranker", "verifier", "door", "details"],
        typer.Argument(metavar="ROLE", help="Which model."),
    ],
    training: Training = None,
    out: Checkpoints = Path("data/training"),
    weights: Weights = None,
    name: ModelName = None,
    given_only: GivenOnly = False,
    start: Start = None,
    rounds: Rounds = None,
    learning_rate: LearningRate = None,
    gpu: Gpu = False,
    twins: Twins = False,
) -> None:
    """Trains a model of our own and serves it.

    It is shrunk to 8 bits and put where it is served. Needs the training material (ASSISTANT_SHARED) and the extra `train`.
    The embedder takes an hour or two on two cores, `door` and `details` some minutes, the others hours. A stopped run
    goes on from its last checkpoint when started again with the same --out. See docs/models-of-our-own.md.

    For example:

      python -m evals train reranker --name policy-reranker-3 --gpu

      python -m evals train reranker --twins --weights data/trial
    """
    if role in ("details", "door"):
        (_train_details if role == "details" else _train_door)(_training(training).parent, weights)
        return
    from evals.training.train import Plan, Role
    from evals.training.train import train as train_model

    folder, full_name = _training(training), name or f"policy-{role}-1"
    plan = Plan(
        cast(Role, role), folder, out, full_name, weights, given_only, start, rounds, learning_rate, not gpu, twins
    )
    path, fp32 = train_model(plan)
    typer.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB, served from now on; fp32: {fp32}")
