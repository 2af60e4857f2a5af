"""The project's own models: which there are, and whether their files are the ones that were measured."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from assistant.errors import ModelMissing

_FIX = "Install the project again; the file is part of it"


@dataclass(frozen=True, slots=True)
class OwnModel:
    """One entry of ``assistant/weights/weights.toml``."""

    name: str
    """Name with version."""
    path: Path
    sha256: str


@cache
def own_model(role: str) -> OwnModel:
    """Returns the model of a role, such as ``embedder``; ``tokenizer`` are the word pieces of all of them.

    Raises:
        ModelMissing: There is none of this role.
    """
    folder = Path(str(files("assistant") / "weights"))
    entry = tomllib.loads((folder / "weights.toml").read_text(encoding="utf-8")).get(role)
    if entry is None:
        raise ModelMissing(f"{folder}: has no model for the role of {role}. {_FIX}.")
    return OwnModel(entry["name"], folder / role / entry.get("file", "model.onnx"), entry["sha256"])


def checked_file(model: OwnModel) -> Path:
    """Returns the file of a model after its sha256 was checked, which takes some 20 ms for 23 MB.

    Raises:
        ModelMissing: It is absent, or not the file that was measured.
    """
    try:
        with model.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelMissing(f"{model.path}: cannot be read ({error.strerror}). {_FIX}.") from error
    if found != model.sha256:
        raise ModelMissing(f"{model.path}: sha256 is {found}, expected {model.sha256}. {_FIX}.")
    return model.path
