"""Sentences of the project's own documents, and what must or must not be made of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
INVENTED = (
    "The school must tell the local authority within ten school days if a pupil has not returned.",
    "Where a carer asks for a review, the agency should hold one within four weeks.",
    "A doctor may see the file only if the young person has agreed.",
    "Unless the court decides otherwise, the social worker must visit the child every six weeks.",
    "All staff should be trained before they start work and at least once every three years after that.",
    "The chair must not share the report with any person outside the panel without the consent of the family.",
    "Some providers may keep the record for up to 12 months after the child has left.",
    "The nurse should inform the head teacher when a parent refuses treatment.",
    "The police must not interview the child before the strategy discussion, except where there is immediate danger.",
    "Each partner must send the plan to the chair no later than 31 March.",
    "In an emergency, the manager may place the child with a relative for a maximum of seven days.",
    "Foster carers can agree to a school trip, provided that the care plan says so.",
)  # fmt: skip


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the project's own documents of at least seven words, and invented ones."""
    found: list[str] = []
    for path in sorted(CORPUS.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            plain = re.sub(r"^\s*(?:[-*]|\d+(?:\.\d+)*\.?)\s+|\*\*|\*|\[\^\d+\]:?", "", line)
            if line.startswith(("#", "|", ">")):
                continue
            found += [each for each in re.split(r"(?<=[.!?])\s+(?=[A-Z])", plain) if len(each.split()) >= 7]
    return (*INVENTED, *found)
