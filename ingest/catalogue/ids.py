"""Edition ids, and the names of works, that follow from file names and titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 100
"""Characters of an edition id."""
VALID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What an edition id is made of."""


def id_of(name: str) -> str:
    """Returns the edition id that follows from a file's name without its ending; a valid name stays as it is."""
    joined = "-".join(name.split())
    if VALID.fullmatch(joined):
        return joined
    plain = unicodedata.normalize("NFKD", joined.replace("&", "-and-").replace("’", "").replace("'", ""))
    ascii_only = "".join(each for each in plain if not unicodedata.combining(each))
    return (
        re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only)).strip("-._")[:LONGEST].rstrip("-._")
        or "document"
    )


def unused(name: str, taken: Collection[str], *more: str) -> str:
    """Returns a name that is not taken: itself, else with one of ``more`` before it, else with a number after it."""
    for other in (name, *(id_of(f"{each}-{name}") for each in more if each)):
        if other not in taken:
            return other
    return next(
        f"{name[: LONGEST - 4]}-{count}"
        for count in range(2, len(taken) + 3)
        if f"{name[: LONGEST - 4]}-{count}" not in taken
    )


def slug(text: str) -> str:
    """Returns the words of a title in lower case with hyphens, as the name of a work."""
    return id_of(" ".join(re.findall(r"[\w’']+", text.lower().replace("’", "'").replace("'s", "s")))).lower()
