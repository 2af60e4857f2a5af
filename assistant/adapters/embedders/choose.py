"""Chooses the embedder that the settings name."""

from __future__ import annotations

from assistant.ports import Embedder, Progress
from assistant.settings import Settings

PACKAGED = "minilm"
TUNED = "tuned"


def open_embedder(settings: Settings, progress: Progress | None = None) -> Embedder:
    """Returns the embedder of the settings; the others are not imported.

    Args:
        settings: ``embedder``, ``embed_threads`` and ``cache`` are read.
        progress: Called while a model is converted, which happens once.

    Raises:
        ExtraMissing: It needs the extra [models], which is not installed.
        ModelMissing: The model is not on this machine, or not the pinned one.
    """
    if settings.embedder == PACKAGED:
        from assistant.adapters.embedders.minilm import MiniLmEmbedder

        return MiniLmEmbedder(settings.cache, settings.embed_threads, progress)
    if settings.embedder == TUNED:
        from assistant.adapters.embedders.tuned import TunedEmbedder

        return TunedEmbedder(settings.embed_threads)
    from assistant.adapters.embedders.conversion import converted

    folder = converted(settings.embedder, settings.cache, progress)
    if folder is not None:
        from assistant.adapters.embedders.converted import ConvertedEmbedder

        return ConvertedEmbedder(folder, settings.embed_threads)
    from assistant.adapters.embedders.sentence_transformers import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(settings.embedder, settings.embed_threads)
