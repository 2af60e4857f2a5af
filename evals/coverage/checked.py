"""What proposals of the duty register were worth to a reader who did not see them."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import yaml


def checked() -> Counter[tuple[str, str]]:
    """Returns (what the reader holds it to be, what was proposed) to number, of ``checked.yaml``."""
    rows: list[dict[str, str]] = yaml.safe_load((files("evals.coverage") / "checked.yaml").read_text(encoding="utf-8"))
    return Counter((row["label"], row["proposed"]) for row in rows)
