"""Every program of `evals` is a command of one app that says what it needs, and none parses arguments on its own."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from assistant.errors import ConfigurationError, UsageError
from evals import cli

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(get_command(cli.app).commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example_that_names_it(name):
    shown = CliRunner().invoke(cli.app, [name, "--help"])
    assert shown.exit_code == 0
    assert f"python -m evals {name}" in " ".join(shown.output.split())
    assert "Needs" in shown.output or name.startswith("measure-")


@pytest.mark.parametrize("name", ["bench", "bench-api", "bench-words", "ablation", "ablation-models", "walkthrough"])
def test_the_makefile_runs_a_command_of_the_same_name(name):
    assert f"-m evals {name}" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_no_other_program_of_evals_parses_arguments():
    for path in (ROOT / "evals").rglob("*.py"):
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [each.name for each in node.names]
                if isinstance(node, ast.Import)
                else [getattr(node, "module", "") or ""]
            )
        }
        assert not names & {"argparse", "optparse", "getopt"}, path
        assert "typer" not in names or path.name == "cli.py", path


def test_help_loads_no_model_library():
    code = "import sys; from evals import cli; sys.exit(bool({'torch', 'numpy', 'sklearn', 'chromadb'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("fault", "code"), [(ConfigurationError("absent"), 1), (UsageError("unknown"), 2)])
def test_a_fault_is_one_message_with_its_exit_code(monkeypatch, capsys, fault, code):
    app = typer.Typer()

    @app.command()
    def fails() -> None:
        raise fault

    monkeypatch.setattr(cli, "app", app)
    monkeypatch.setattr(sys, "argv", ["evals"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == code
    assert capsys.readouterr().err == f"evals: {fault}\n"


def test_a_measurement_in_a_process_of_its_own_takes_the_same_arguments(tmp_path):
    from evals.bench.subprocess_run import Measurement

    with pytest.raises(SystemExit, match=r"measure-fill 0 .*: failed with exit code 2"):
        Measurement("measure-fill", 0, tmp_path).figures()
