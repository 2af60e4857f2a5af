"""SealKey: an Ed25519 key in the data folder, made once; and the check of what it signed."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from assistant.data_folder import FILE_MODE, make_private_folder
from assistant.errors import LibraryError

FILE = "seal-key.pem"


class StoredSealKey:
    """The private key of a data folder; a file for its owner alone.

    Args:
        folder: Where it lies; made with the key.

    Raises:
        LibraryError: There is none and none can be stored, or what is there is no Ed25519 key.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        if not self._path.exists():
            _make(self._path)
        self._key = _read(self._path)

    @property
    def public_pem(self) -> bytes:
        """The public key, as PEM (SubjectPublicKeyInfo)."""
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key as DER, 64 hexadecimal digits."""
        return _fingerprint(self._key.public_key())

    def sign(self, message: bytes) -> bytes:
        """Returns the signature of a message (Ed25519, 64 bytes)."""
        return self._key.sign(message)


class Ed25519Check:
    """Checks seals by the ``cryptography`` package."""

    def fingerprint(self, public_pem: bytes) -> str | None:
        """Returns the fingerprint of a public key, None where it is no Ed25519 key as PEM."""
        key = _public(public_pem)
        return None if key is None else _fingerprint(key)

    def is_signed(self, public_pem: bytes, message: bytes, signature: bytes) -> bool:
        """Returns whether the owner of a key signed a message; False for something that is no key."""
        key = _public(public_pem)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def is_stored(folder: Path) -> bool:
    """Returns whether a data folder has a key already."""
    return (folder / FILE).exists()


def _make(path: Path) -> None:
    """Stores a new key whole or not at all; of two processes that make one at once, one wins and both use its key."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    unfinished = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    try:
        make_private_folder(path.parent)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(unfinished)  # never over a key that is there
    except OSError as error:
        fix = "Make room on the disk or make the data folder writable"
        raise LibraryError(f"{path}: the key for evidence cannot be stored ({error.strerror}). {fix}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _read(path: Path) -> Ed25519PrivateKey:
    fix = "Restore it from a backup; without it, new files cannot be told to come from this data folder"
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise LibraryError(f"{path}: the key for evidence cannot be read ({error.strerror}). {fix}.") from error
    except (ValueError, TypeError) as error:
        raise LibraryError(f"{path}: this is no private key ({type(error).__name__}). {fix}.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LibraryError(f"{path}: this is no Ed25519 key. {fix}.")
    return key


def _public(pem: bytes) -> Ed25519PublicKey | None:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _fingerprint(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
