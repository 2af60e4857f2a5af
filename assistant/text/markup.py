"""Signs that are no words: markup, and bullets before the items of a list."""

from __future__ import annotations

import re

MARKUP = re.compile(r"[<>{}\[\]`*_|\\^~#@]|://|\bwww\.")
"""Characters that could be rendered as markup or a link; no plain sentence needs them."""
BULLETS = "•▪●◦○■❖➢►✓‣·"
"""Signs before an item of a list; "*", "o" and dashes may be, but are more often something else."""
