"""Publishing one small document: the code of another checkout and of this one in turn (``python -m evals bench-publish``)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from evals.bench.benchmark import machine

HERE = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("publish_one.py")


def measure(base: Path, passages: int, rounds: int) -> dict[str, Any]:
    """Returns what each publication took, in seconds, with the code of both checkouts over copies of the same library.

    The first publication of each is left out: an index of an earlier release is made anew by it.
    """
    folder, here = Path(tempfile.mkdtemp(prefix="bench-publish-")), machine()
    try:
        sys.stderr.write(f"filling {passages:,} passages\n")
        _run(base, ["-m", "evals", "measure-fill", str(passages), str(folder / "base")])
        shutil.copytree(folder / "base", folder / "here")
        trees, rows = {"base": base.resolve(), "here": HERE}, []
        for number in range(rounds + 1):
            for name, tree in trees.items():
                found = json.loads(_run(tree, [str(PROGRAM), str(folder / name), str(number)]))
                rows += [{"code": name, **found}] if number else []
    finally:
        shutil.rmtree(folder)
    return {"machine": here, "passages": passages, "rows": rows}


def _run(tree: Path, words: list[str]) -> str:
    """Returns what a program printed that imports the packages of a checkout. Raises ``SystemExit`` where it failed."""
    command = ["env", f"PYTHONPATH={tree}", sys.executable, *words]
    done = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: failed with exit code {done.returncode}")
    return done.stdout.strip().splitlines()[-1]


def table(found: dict[str, Any]) -> str:
    """Returns the medians as markdown."""
    where = found["machine"]
    figures = {
        name: {key: median(row[key] for row in found["rows"] if row["code"] == name) for key in ("wall_s", "cpu_s")}
        for name in ("base", "here")
    }
    lines = [
        f"Measured on {where['date']}, {where['cores']} cores (load {where['load']:.1f} before the start): one document of one "
        f"passage over {found['passages']:,} passages.",
        "",
        "| | base | here | share |",
        "| --- | --- | --- | --- |",
    ]
    for key, name in (("wall_s", "wall s"), ("cpu_s", "processor s")):
        before, now = figures["base"][key], figures["here"][key]
        lines.append(f"| {name} | {before:.2f} | {now:.2f} | {now / before:.2f} |")
    return "\n".join(lines) + "\n"
