"""How a passage is named and introduced to a language model: a token that means nothing outside the request, and what it stands under."""

from __future__ import annotations

import secrets

from assistant.model import Passage

ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
"""Letters and digits that spell no word and are not mistaken for each other."""
TOKEN_LENGTH = 5


def random_token() -> str:
    """Returns a token that nobody can predict."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def about(passage: Passage) -> str:
    """Returns what a passage stands under: title, headings and the lead-in of a list that it continues."""
    head, found, _ = passage.embed_text.rpartition(passage.text)
    return " ".join(head.split()) if found else " > ".join(passage.headings)
