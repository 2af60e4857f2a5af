"""The settings choose the embedder."""

from __future__ import annotations

from pathlib import Path

from assistant.adapters.embedders.choose import open_embedder
from assistant.adapters.embedders.minilm import MiniLmEmbedder
from assistant.adapters.embedders.tuned import TunedEmbedder
from assistant.bootstrap import Assistant
from assistant.settings import Settings


def test_our_own_model_is_the_default_and_the_one_it_was_made_from_stays_available(tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path / "cache", data=tmp_path / "data")
    assert isinstance(open_embedder(settings), TunedEmbedder)
    assert isinstance(Assistant(settings).embedder, TunedEmbedder)
    assert isinstance(open_embedder(settings.model_copy(update={"embedder": "minilm"})), MiniLmEmbedder)


def test_choosing_an_embedder_writes_nothing(tmp_path: Path) -> None:
    open_embedder(Settings(cache=tmp_path / "cache"))
    assert list(tmp_path.iterdir()) == []
