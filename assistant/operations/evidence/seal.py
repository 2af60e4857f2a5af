"""The sealed file: a ZIP whose manifest names the sha256 of every member, signed; the same members make the same bytes.

Members are stored without compression, under one date and in the order of the manifest, so that nothing but the members
decides the bytes. The manifest is one that ``sha256sum -c`` reads, the signature one that ``openssl`` checks.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from assistant.ports.sealing import SealKey

MANIFEST, SIGNATURE, KEY = "manifest.sha256", "manifest.sha256.sig", "public-key.pem"
ANCIENT = (1980, 1, 1, 0, 0, 0)
"""The one date of every member: the earliest that a ZIP can say."""
REGULAR_FILE = 0o100644
UNIX = 3


def sealed(members: Mapping[str, bytes], key: SealKey) -> bytes:
    """Returns the sealed file.

    Args:
        members: Content by name, in the order of the file.
        key: Signs the manifest; its public half becomes a member.
    """
    whole = {**members, KEY: key.public_pem}
    manifest = manifest_of(whole)
    return packed({MANIFEST: manifest, SIGNATURE: key.sign(manifest), **whole})


def manifest_of(members: Mapping[str, bytes]) -> bytes:
    """Returns a line for each member, in order: sha256, two spaces, name."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items())
    return "".join(lines).encode()


def packed(members: Mapping[str, bytes]) -> bytes:
    """Returns members as a ZIP whose bytes follow from names, order and content alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, ANCIENT)
            entry.create_system, entry.external_attr = UNIX, REGULAR_FILE << 16
            archive.writestr(entry, content)
    return out.getvalue()
