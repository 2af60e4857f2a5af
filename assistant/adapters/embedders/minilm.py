"""Embedder: the packaged all-MiniLM-L6-v2."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from assistant.adapters.embedders.minilm_files import RECIPE, WEIGHTS_SHA256, onnx_model
from assistant.adapters.embedders.onnx import WINDOW, OnnxEmbedder
from assistant.ports import Progress


class MiniLmEmbedder(OnnxEmbedder):
    """The model as it is packaged, exported to ONNX at its first use.

    Args:
        cache: Folder for the exported model.
        threads: Threads of the runtime.
        progress: Called while the model is exported.
    """

    def __init__(self, cache: Path, threads: int = 2, progress: Progress | None = None) -> None:
        fingerprint = f"minilm/{WEIGHTS_SHA256[:12]}/{RECIPE}/mean/{WINDOW}"
        super().__init__(partial(onnx_model, cache, progress), fingerprint, threads)
