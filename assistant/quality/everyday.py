"""The everyday questions that are tried before a document is published: those packaged, as the policy team changed them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from assistant.model.quality import EverydayQuestion

FILE = files("assistant.quality") / "data" / "everyday.toml"
OWN_THEME = "Our own"
MOST = 300
"""Questions of a set: more take longer than anybody waits."""


@cache
def packaged() -> tuple[EverydayQuestion, ...]:
    """Returns the questions that come with the program, by theme, in file order."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))["theme"]
    return tuple(EverydayQuestion(id_of(text), text, table["title"]) for table in tables for text in table["questions"])


def everyday(edits: Iterable[EverydayQuestion]) -> tuple[EverydayQuestion, ...]:
    """Returns the questions with what the policy team changed, added and removed; removed ones are among them, and say so."""
    changed = {each.question_id: each for each in edits}
    known = [changed.pop(each.question_id, each) for each in packaged()]
    return (*known, *changed.values())


def in_use(edits: Iterable[EverydayQuestion]) -> tuple[EverydayQuestion, ...]:
    """Returns the questions that are tried."""
    return tuple(each for each in everyday(edits) if not each.is_removed)


def id_of(text: str) -> str:
    """Returns the id of a question that is new: it follows from its first words' digest, so that edits find it again."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:16]
