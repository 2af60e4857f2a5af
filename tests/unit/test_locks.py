"""The lock files hold what pyproject.toml asks for, each with its hash."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tools import lock

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def asked(extra: str) -> list[str]:
    """Returns the requirements of an extra, those of the extras that it names of this project included."""
    own = (Requirement(each) for each in EXTRAS[extra] if each.startswith(f"{PROJECT['name']}["))
    return [*EXTRAS[extra], *(each for requirement in own for other in requirement.extras for each in asked(other))]


ASKED = {
    "requirements.lock": PROJECT["dependencies"],
    "requirements-models.lock": [*PROJECT["dependencies"], *asked("models")],
    "requirements-dev.lock": [
        *PROJECT["dependencies"],
        *(each for extra in ("dev", "evals", "openai", "ollama") for each in asked(extra)),
    ],
}
LOCK = pytest.mark.parametrize("name", ASKED)
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s+;]+)(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)")


def blocks(text: str) -> Iterator[str]:
    """Yields what stands for each distribution, comments left out."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    yield from (block.strip() for block in re.split(r"(?<!\\)\n", lines) if block.strip())


def pins(text: str) -> dict[str, str]:
    """Returns version by name. Raises ``ValueError`` for a line without a pinned version or without a hash."""
    found: dict[str, str] = {}
    for block in blocks(text):
        pin = PIN.fullmatch(block)
        if pin is None or pin["name"] in found:
            raise ValueError(block)
        found[pin["name"]] = pin["version"]
    return found


def missing(asked: list[str], held: dict[str, str]) -> list[str]:
    """Returns the requirements that the pins do not satisfy."""
    requirements = [Requirement(each) for each in asked if not each.startswith(f"{PROJECT['name']}[")]
    return [
        str(each)
        for each in requirements
        if not each.specifier.contains(held.get(canonicalize_name(each.name), "0"), prereleases=True)
        or canonicalize_name(each.name) not in held
    ]


@LOCK
def test_the_lock_agrees_with_the_project(name: str) -> None:
    held = pins((ROOT / name).read_text(encoding="utf-8"))
    assert missing(ASKED[name], held) == [], "run `make lock`"


def test_what_is_installed_for_tests_is_what_runs() -> None:
    run, models, dev = (pins((ROOT / name).read_text(encoding="utf-8")) for name in ASKED)
    assert {name: dev.get(name) for name in run | models} == run | models


@LOCK
def test_what_is_left_out_on_purpose_is_in_no_lock(name: str) -> None:
    assert lock.LEFT_OUT.keys() & pins((ROOT / name).read_text(encoding="utf-8")).keys() == set()


HEAVY = {
    "torch",
    "transformers",
    "sentence-transformers",
    "scikit-learn",
    "scipy",
    "onnx",
    "onnxscript",
    "sympy",
    "pandas",
}


def test_the_default_installation_is_light() -> None:
    run = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert run.keys() & HEAVY == set()


def test_what_only_something_left_out_asks_for_is_left_out_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def item(*requires: str, **more: object) -> dict[str, Any]:
        return {"requested": False, "metadata": {"requires_dist": list(requires)}, **more}

    monkeypatch.setattr(lock, "LEFT_OUT", {"big": "unused"})
    items = {
        "project": item("db[fast]>=1", "seldom; extra == 'other'", requested=True, requested_extras=["dev"]),
        "db": item("Big", "small", "loop; extra == 'fast'", "never; python_version < '3'"),
        "big": item("only-of-big", "small"),
        **{name: item() for name in ("small", "loop", "only-of-big", "seldom", "never")},
    }
    assert lock.needed(items) == {"project", "db", "small", "loop"}


def test_a_build_needs_nothing_that_is_not_locked() -> None:
    assert "setuptools" in pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def refused_by(python: str, held: dict[str, str]) -> list[str]:
    """Returns what of the locked and installed a version of Python cannot install."""
    asked = {canonicalize_name(each.name): each for each in distributions()}
    locked = [asked[name] for name, version in held.items() if name in asked and asked[name].version == version]
    needs = {each.name: SpecifierSet((each.metadata["Requires-Python"] or "").strip()) for each in locked}
    return sorted(name for name, pythons in needs.items() if not pythons.contains(python))


def test_every_python_that_the_project_asks_for_can_install_what_is_locked() -> None:
    held = pins((ROOT / "requirements-dev.lock").read_text(encoding="utf-8"))
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert refused_by(f"{oldest}.0", held) == []
    assert "numpy" in refused_by("3.7.0", held)


GOOD = f"a==1.0 \\\n    --hash=sha256:{'0' * 64}\n"


@pytest.mark.parametrize(
    "text",
    ["a==1.0", f"a>=1.0 \\\n    --hash=sha256:{'0' * 64}", "a==1.0 \\\n    --hash=md5:00", GOOD + GOOD, GOOD + "b==2"],
)
def test_a_line_without_version_or_hash_is_a_fault(text: str) -> None:
    assert pins(GOOD) == {"a": "1.0"}
    with pytest.raises(ValueError, match=r"a|b"):
        pins(text)


def test_a_pin_that_moved_is_a_fault() -> None:
    assert missing(["a==1.1", "a", "b"], {"a": "1.0"}) == ["a==1.1", "b"]
