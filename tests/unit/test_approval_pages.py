"""The pages for those who must approve the program are true: retention as in the settings, figures as in their source, proofs there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from assistant.cli.app import app
from assistant.settings import Settings
from evals.cli import app as evals_app

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "approve"
DPIA = (PAGES / "dpia.md").read_text("utf-8")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
CODE = re.compile(r"`([^`]+)`")
COUNT = re.compile(r"\b([\d,]+)(?: of |/)([\d,]+)\b")
PLACE = re.compile(r"(?:tests|evals|assistant|docs)/[\w./-]+")


def rows(page: str, columns: int) -> Iterator[list[str]]:
    """Yields the rows of a page's tables with so many columns, heads left out."""
    for line in page.splitlines():
        cells = [each.strip() for each in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == columns:
            yield cells


def setting(name: str) -> object:
    value: object = Settings()
    for part in name.split("."):
        value = getattr(value, part)
    return value


def test_the_retention_table_is_that_of_the_settings() -> None:
    told = {
        name: default
        for _, _, where, default, _ in rows(DPIA, 5)
        for name in CODE.findall(where)
        if name != "telemetry"
    }
    names = {
        f"records.{name}" for name in Settings().records.model_fields_set | set(type(Settings().records).model_fields)
    }
    kept = {each for each in names if each.endswith("days")} | {"access.session_hours"}
    assert set(told) == kept
    for name, default in told.items():
        number, unit = default.split()
        assert float(number) == setting(name), name
        assert name.endswith(unit)
    assert "| `telemetry` | off |" in DPIA
    assert setting("telemetry") is False


def test_security_says_the_same_of_how_long_things_are_stored() -> None:
    security = (ROOT / "docs" / "security.md").read_text("utf-8")
    for name in ("records.days", "records.audit_days", "records.scenario_days", "records.earlier_texts_days"):
        assert re.search(rf"{setting(name)} days[^|]*\(`{re.escape(name)}`\)", security), name
    assert f"| {setting('access.session_hours'):g} hours |" in security


def capabilities() -> list[list[str]]:
    found = list(rows((PAGES / "capabilities.md").read_text("utf-8"), 5))
    return [each for each in found if each[0] not in ("capability", "---")]


@pytest.mark.parametrize("row", capabilities(), ids=lambda row: row[0])
def test_a_capability_has_its_figures_from_their_source(row: list[str]) -> None:
    _, _, figures, source, _ = row
    (link,) = LINK.findall(source)
    page = (PAGES / link[0]).resolve().read_text("utf-8")
    counts = {(one, of) for one, of in COUNT.findall(page)}
    assert [each for each in COUNT.findall(figures) if each not in counts] == []
    others = re.findall(r"\d+\.\d+|\b\d{3,}\b", COUNT.sub("", figures.replace(",", "")))
    assert [each for each in others if each not in page.replace(",", "")] == []


@pytest.mark.parametrize("row", capabilities(), ids=lambda row: row[0])
def test_each_proof_of_a_capability_is_there(row: list[str]) -> None:
    proofs = CODE.findall(row[4])
    assert proofs
    for proof in proofs:
        assert is_there(proof), proof


def is_there(proof: str) -> bool:
    words = proof.split()
    if words[0] == "make":
        return f"\n{words[1]}:" in (ROOT / "Makefile").read_text("utf-8")
    if words[0] == "assistant":
        return has_command(get_command(app), words[1:])
    if words[:3] == ["python", "-m", "evals"]:
        return has_command(get_command(evals_app), words[3:])
    return (ROOT / proof).is_file()


def has_command(command: object, words: list[str]) -> bool:
    for word in words:
        command = getattr(command, "commands", {}).get(word)
    return command is not None


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_links_and_places_of_the_pages_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [link for link, _ in LINK.findall(text) if not (page.parent / link).resolve().exists()] == []
    assert [place for place in PLACE.findall(text) if not (ROOT / place.rstrip(".")).exists()] == []


@pytest.mark.parametrize("name", ["dpia", "transparency-record"])
def test_counts_of_the_assessment_and_the_record_are_in_the_evaluation(name: str) -> None:
    sources = "\n".join((ROOT / "docs" / each).read_text("utf-8") for each in ("evaluation.md", "security.md"))
    known = set(COUNT.findall(sources))
    told = COUNT.findall((PAGES / f"{name}.md").read_text("utf-8"))
    assert told
    assert [each for each in told if each not in known] == []
