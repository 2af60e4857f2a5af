"""How a sentence shows that it needs the one before it, or takes that one back."""

from __future__ import annotations

import re

LEANS = re.compile(
    r"(?:this|that|these|those|it|its|they|their|he|she|his|her|such|both|here|there|otherwise|if so|where so)\b",
    re.IGNORECASE,
)
"""Opens a sentence that leans on the one before it."""
TURNS = re.compile(
    r"(?:however|but|except|unless|although|though|nor|neither|in the case of|only|in exceptional|"
    r"(?:this|these|that|it|they)\b[^.]{0,40}\bnot\b|"
    r"an exception|the (?:only )?exceptions?)\b",
    re.IGNORECASE,
)
"""Opens a sentence that takes the one before it back in part."""
EXCEPTS = re.compile(
    rf"{TURNS.pattern}|[^.]{{0,60}}\b(?:do(?:es)? not apply|(?:is|are) (?:exempt|an? exception)|need not|not required)\b",
    re.IGNORECASE,
)
"""Opens a sentence that says where the rule before it does not hold."""
FOLLOWING = re.compile(r"\b(?:following|below|as follows|these|this list)\b[^.!?]*[.:]?$", re.IGNORECASE)
"""Ends a sentence that announces a list."""
NOTE = re.compile(
    r"\W*(?:note|nb|n\.b\.|please note|important|timescale|time ?limit|deadline|when|by when)\b\s*[:.–—-]", re.I
)
"""Opens a note to what stands before it."""
