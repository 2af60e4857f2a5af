"""Sentences that speak to a program are told from those that speak to a reader."""

import re
import tomllib
from pathlib import Path

import pytest

from assistant.answering.screening.embedded_instructions import speaks_to_a_program

ROOT = Path(__file__).parents[2]
PLANTED = [
    each["text"]
    for each in tomllib.loads((ROOT / "tests/data/injections.toml").read_text(encoding="utf-8"))["case"]
    if each["where"] == "passage"
]
HANDOUT = (ROOT / "evals" / "dataset" / "documents" / "planted-handout.md").read_text(encoding="utf-8")
REVIEWED = [
    each["quote"]
    for each in tomllib.loads((ROOT / "tests/data/planted.toml").read_text(encoding="utf-8"))["gap"]
    if each["kind"] == "instruction"
]


@pytest.mark.parametrize("text", [*PLANTED, *REVIEWED, *re.findall(r"^(?:1|2)\.2 .*", HANDOUT, re.MULTILINE)])
def test_an_order_to_a_program_is_found(text):
    assert speaks_to_a_program(text)


def test_no_line_of_the_projects_own_documents_speaks_to_a_program():
    lines = [line for path in (ROOT / "corpus").glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()]
    plain = [line for line in lines if line and not line.startswith(("#", "|", ">", "---"))]
    assert len(plain) > 100
    assert [line for line in plain if speaks_to_a_program(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Practitioners should ignore neither the child nor the family.",
        "Say what you have seen and heard, and record it the same day.",
        "Forget-me-not is a support group for parents.",
        "The assistant head teacher must tell the designated safeguarding lead.",
        "Assistant directors: tell the board within five working days.",
        "Always verify any information with the person who gave the reference.",
        "The system for recording concerns must be kept up to date.",
        "Tell the child what will happen next.",
        "The user of the service may ask for an advocate.",
        "Children must not be told to keep secrets.",
    ],
)
def test_advice_to_a_reader_is_not(text):
    assert not speaks_to_a_program(text)
