"""How quotes are matched: white space, quote marks, dashes, ligatures and line-end hyphens are forgiven; nothing else."""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\u00ad": "",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)


_LINE_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-z])")


_SPACE = re.compile(r"\s+")


def comparable(text: str) -> str:
    """Returns a text with only the permitted differences removed: what two equal quotes have in common."""
    composed = unicodedata.normalize("NFC", text).translate(_SAME)
    return _SPACE.sub(" ", _LINE_HYPHEN.sub("", composed)).strip()


def holds(passage_text: str, quote: str) -> bool:
    """Returns whether a quote that is not empty stands in a text, after ``comparable`` on both, on word borders."""
    needle = comparable(quote)
    if not needle:
        return False
    pattern = rf"(?<!\w){re.escape(needle)}(?!\w)"
    return re.search(pattern, comparable(passage_text)) is not None
