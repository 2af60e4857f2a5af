"""Embedder: the project's own, all-MiniLM-L6-v2 tuned on safeguarding policy."""

from __future__ import annotations

from functools import partial

from assistant.adapters.embedders.onnx import WINDOW, OnnxEmbedder
from assistant.adapters.packaged_models import checked_file, own_model


class TunedEmbedder(OnnxEmbedder):
    """The model of ``assistant/weights/embedder``; its card says what it is for and where it fails.

    Args:
        threads: Threads of the runtime.
    """

    def __init__(self, threads: int = 2) -> None:
        model = own_model("embedder")
        fingerprint = f"{model.name}/{model.sha256[:12]}/mean/{WINDOW}"
        super().__init__(partial(checked_file, model), fingerprint, threads)
