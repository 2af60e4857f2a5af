"""Adds the names of today's program to those that operators and programs use: ``python tools/public_names.py``.

Run before a release. ``tests/data/earlier/names.json`` only grows: a test holds every name in it against the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "data" / "earlier" / "names.json"
SETTING = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)
TABLE = re.compile(r"^## `\[([a-z_.]+)\]`", re.MULTILINE)
OPTION = re.compile(r"^  (?:-[a-zA-Z], )?(--[a-z-]+)\b", re.MULTILINE)
COMMAND = re.compile(r"^#+ `(assistant[a-z -]*)`", re.MULTILINE)


def names_of(root: Path) -> dict[str, list[str]]:
    """Returns the names of settings, options and the API, as the published pages of a checkout have them; sorted."""
    docs = root / "docs"
    settings, manual = (docs / "settings.md").read_text("utf-8"), (docs / "cli.md").read_text("utf-8")
    api = json.loads((docs / "openapi.json").read_text("utf-8"))
    outcome = json.loads((docs / "outcome.schema.json").read_text("utf-8"))
    found = {
        "settings": _by_heading(settings, TABLE, SETTING, ""),
        "options": _by_heading(manual, COMMAND, OPTION, "assistant"),
        "operations": (f"{method} {path}" for path, methods in api["paths"].items() for method in methods),
        "fields": (*_fields(api), *_fields(outcome)),
    }
    return {kind: sorted(set(names)) for kind, names in found.items()}


def _by_heading(page: str, heading: re.Pattern[str], name: re.Pattern[str], first: str) -> Iterator[str]:
    """Yields each name with the heading that it stands under."""
    parts = heading.split(page)
    for above, text in zip((first, *parts[1::2]), parts[0::2], strict=True):
        listed = text.rpartition("\nOptions:\n")[2]
        yield from (f"{above} {each}".strip() for each in name.findall(listed))


def _fields(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yields the names of all properties, wherever they stand."""
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            yield from value
        if isinstance(value, dict):
            yield from _fields(value)
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, dict):
                    yield from _fields(each)


def main() -> None:
    """Writes the file anew: what is in it, and what the program has now."""
    before = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    now = names_of(ROOT)
    whole = {kind: sorted({*before.get(kind, ()), *names}) for kind, names in now.items()}
    FILE.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
