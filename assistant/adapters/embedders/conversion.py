"""Converts a sentence-transformers model to ONNX, once, in a process of its own, and finds it again in the cache."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import subprocess
import sys
from pathlib import Path

from assistant import extras
from assistant.adapters.embedders.made_once import last_words, made_once
from assistant.ports import Progress

log = logging.getLogger(__name__)

RECIPE = "st-1"
"""Name of the conversion; another one means other files."""
NEEDED = ("torch", "sentence_transformers", "safetensors", "onnx", "onnxscript")
TIMEOUT_S = 1800.0
FACTS = "facts.json"
"""Written last: what the conversion found, or why there can be none."""


def converted(name: str, cache: Path, progress: Progress | None = None) -> Path | None:
    """Returns the folder of a converted model, converting it into the cache where it is not there yet.

    A converted model is served without the extra [models]. It is converted again when a file of the original changes in size or time.

    Args:
        name: A folder that holds the model, or a name that is in the local Hugging Face cache.
        cache: Folder of converted models.
        progress: Called while the model is converted.

    Returns:
        None where the model is not on this machine, or of a kind that is not converted; a warning says which.

    Raises:
        ExtraMissing: It is not converted yet, and what converts it is not installed.
        ModelMissing: The cache cannot be written.
    """
    source = _source(name)
    if source is None:
        return None
    target = cache / f"{re.sub(r'[^A-Za-z0-9.-]+', '-', Path(name).name)}-{_key(source)}-{RECIPE}"
    if not (target / FACTS).is_file():
        extras.needs(f"The embedder {name}", "models", *NEEDED)
        _convert_once(name, source, target, progress)
    reason = json.loads((target / FACTS).read_text(encoding="utf-8")).get("reason")
    if reason:
        log.warning("the model %s is served by torch: %s (delete %s to try again)", name, reason, target)
    return None if reason else target


def _source(name: str) -> Path | None:
    """Returns the folder of a model as sentence-transformers would find it without a network."""
    if Path(name).is_dir():
        return Path(name).resolve()
    from huggingface_hub import snapshot_download

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except (OSError, ValueError):
            continue
    return None


def _key(source: Path) -> str:
    """Returns a digest of names, sizes and times of a model's files."""
    files = sorted(each for each in source.rglob("*") if each.is_file())
    facts = [(str(each.relative_to(source)), each.stat().st_size, each.stat().st_mtime_ns) for each in files]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]


def _convert_once(name: str, source: Path, target: Path, progress: Progress | None) -> None:
    stage = "preparing the embedding model (once, up to a minute)"

    def make() -> None:
        if progress is not None:
            progress(stage, 0, 1)
        _convert(name, source, target)
        if progress is not None:
            progress(stage, 1, 1)

    made_once(target / "convert.lock", (target / FACTS).is_file, make, TIMEOUT_S, "converted")


def _convert(name: str, source: Path, target: Path) -> None:
    program = "from assistant.adapters.embedders.sentence_transformers_export import main; main()"
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path[:] = {sys.path!r}; {program}",
        name,
        str(source),
        str(target),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT_S)  # noqa: S603  our own program
    except subprocess.SubprocessError as error:
        (target / FACTS).write_text(json.dumps({"reason": last_words(error)[:500]}), encoding="utf-8")
