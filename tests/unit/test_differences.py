"""Two texts that differ about the same thing are told apart from two that agree; ``tests/differences/pairs.jsonl`` plants both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.text.differences.compare import differences

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "differences" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
]


def kinds(one: str, other: str) -> set[str]:
    return {each.kind.value for each in differences(one, other)}


@pytest.mark.parametrize("pair", [each for each in PAIRS if each["differs"]], ids=lambda pair: pair["id"])
def test_texts_that_differ_are_told_in_what(pair: dict) -> None:
    assert pair["differs"] in kinds(pair["a"]["quote"], pair["b"]["quote"])
    assert kinds(pair["a"]["quote"], pair["b"]["quote"]) == kinds(pair["b"]["quote"], pair["a"]["quote"])


@pytest.mark.parametrize("pair", [each for each in PAIRS if not each["differs"]], ids=lambda pair: pair["id"])
def test_texts_that_agree_or_speak_of_something_else_do_not_differ(pair: dict) -> None:
    assert kinds(pair["a"]["quote"], pair["b"]["quote"]) == set()
    assert kinds(pair["b"]["quote"], pair["a"]["quote"]) == set()
