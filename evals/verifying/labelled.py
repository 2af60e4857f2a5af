"""Labelled pairs: our own, in the YAML files beside this module, and anybody's in JSONL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import DocumentError, UsageError

FAITHFUL = ("verbatim", "reordered", "synonym", "paraphrase")
ALTERED = ("negation", "duty", "number", "actor", "scope", "condition", "addition", "splice", "direction")
LONGEST_QUOTE = 30
"""Words; a quote of ours is a short one."""
Split = Literal["report", "development"]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair, whether its claim is faithful, and what kind of claim it is."""

    id: str
    claim: str
    quote: str
    is_faithful: bool
    kind: str


class _Item(BaseModel):
    """A quote with the claims of each kind over it."""

    model_config = ConfigDict(extra="forbid")
    quote: str
    verbatim: tuple[str, ...] = ()
    reordered: tuple[str, ...] = ()
    synonym: tuple[str, ...] = ()
    paraphrase: tuple[str, ...] = ()
    negation: tuple[str, ...] = ()
    duty: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    addition: tuple[str, ...] = ()
    splice: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    split: Split
    edition: str
    items: tuple[_Item, ...]


class PairFileError(DocumentError):
    """A file of labelled pairs is wrong; names the file and the fix."""


def own_pairs(split: Split) -> tuple[LabelledPair, ...]:
    """Returns our own pairs of a split, file by file. Raises ``PairFileError``."""
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    return tuple(pair for file in files for pair in _of_file(file, split))


def _of_file(path: Path, split: Split) -> Iterator[LabelledPair]:
    try:
        file = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise PairFileError(path, f"{error}".splitlines()[0], "See README.md beside it") from error
    for number, item in enumerate(file.items if file.split == split else (), start=1):
        for kind in (*FAITHFUL, *ALTERED):
            for place, claim in enumerate(getattr(item, kind), start=1):
                name = f"{file.edition}-{number}-{kind}-{place}"
                yield LabelledPair(name, claim, item.quote, kind in FAITHFUL, kind)


def labelled_lines(path: Path) -> tuple[LabelledPair, ...]:
    """Returns the pairs of a JSONL file of {"id", "claim", "quote", "supported"}, with "kind" where it is given.

    "label", faithful or altered, may stand in the place of "supported".

    Raises:
        UsageError: It cannot be read, or a line is wrong; names the line and the fix.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as UTF-8 text. Name a JSONL file of labelled pairs.") from error
    return tuple(_labelled(path, number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _labelled(path: Path, number: int, line: str) -> LabelledPair:
    try:
        facts: dict[str, Any] = json.loads(line)
        label = facts.get("label")
        is_faithful = facts["supported"] if label is None else {"faithful": True, "altered": False}.get(label)
        kind = facts.get("kind") or ("faithful" if is_faithful else "altered")
        if isinstance(is_faithful, bool) and isinstance(facts["claim"], str) and isinstance(facts["quote"], str):
            return LabelledPair(str(facts["id"]), facts["claim"], facts["quote"], is_faithful, str(kind))
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
        pass
    fix = 'Write {"id", "claim", "quote", "supported": true or false}, or "label": "faithful" or "altered"'
    raise UsageError(f"{path}, line {number}: is not a labelled pair. {fix}.")
