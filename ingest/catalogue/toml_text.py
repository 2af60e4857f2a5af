"""Values as TOML writes them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any


def toml_value(value: Any) -> str:
    """Returns a text, a date or a sequence of texts as TOML; characters that TOML does not allow become spaces."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(toml_value(each) for each in value)}]"
    plain = "".join(each if each.isprintable() or each in "\n\t" else " " for each in str(value))
    return json.dumps(plain, ensure_ascii=False)


def comment(text: str) -> str:
    """Returns a text for a comment: one line of printable characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
