"""What sources say of published editions, read with every question, as a Protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from assistant.model import EditionId, SourceMark


class SourceMarks(Protocol):
    """The marks that syncs have noticed, whichever process ran them."""

    def current(self) -> Mapping[EditionId, SourceMark]:
        """Returns the mark of each edition that its source says is withdrawn or superseded, as stored now; {} for none.

        Questions never fail for it: where the marks cannot be read, the last ones that were read count.
        """
