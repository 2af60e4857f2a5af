"""The prompts of language models, as files beside this one; another wording is another fingerprint."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions to a language model."""

    text: str

    @property
    def digest(self) -> str:
        """Short digest of the wording."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


def prompt(name: str) -> Prompt:
    """Returns the prompt of a name, such as ``write``."""
    return Prompt((files("assistant.prompts") / f"{name}.txt").read_text(encoding="utf-8"))
