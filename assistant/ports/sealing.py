"""The key that evidence files are sealed with, as a Protocol."""

from __future__ import annotations

from typing import Protocol


class SealKey(Protocol):
    """A key pair of a data folder; the private half never leaves the adapter."""

    @property
    def public_pem(self) -> bytes:
        """The public key, as PEM (SubjectPublicKeyInfo)."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key as DER, 64 hexadecimal digits."""

    def sign(self, message: bytes) -> bytes:
        """Returns the signature of a message (Ed25519, 64 bytes)."""


class SealCheck(Protocol):
    """Checks seals; it needs no key of its own."""

    def fingerprint(self, public_pem: bytes) -> str | None:
        """Returns the fingerprint of a public key, None where it is no Ed25519 key as PEM."""

    def is_signed(self, public_pem: bytes, message: bytes, signature: bytes) -> bool:
        """Returns whether the owner of a key signed a message; False for something that is no key."""
