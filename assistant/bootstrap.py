"""The composition root: builds the adapters that the settings ask for, each when it is first needed."""

from __future__ import annotations

from functools import cached_property

from assistant.answerable import Calibration, load_calibration
from assistant.ask import Tools, ask
from assistant.model import CUT, Outcome, Question
from assistant.ports import Embedder, Library, Progress
from assistant.settings import Settings


class Assistant:
    """Everything that a program needs to ingest and to ask.

    Args:
        settings: The settings; nothing else is read from outside.
        progress: Told of long one-time work, such as preparing the embedding model.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
        self._progress = progress

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder of the settings. Raises ``ModelMissing``."""
        from assistant.adapters.embedders import open_embedder

        return open_embedder(self.settings, self._progress)

    @cached_property
    def library(self) -> Library:
        """The library in the data folder. Raises ``LibraryError``."""
        from assistant.adapters.index_chroma import ChromaIndex
        from assistant.adapters.lexical_tantivy import TantivyIndex
        from assistant.adapters.library_sql import SqlLibrary

        data = self.settings.data
        return SqlLibrary(
            data,
            self.embedder.fingerprint,
            self.embedder.dimension,
            ChromaIndex(data / "vectors"),
            TantivyIndex(data / "words"),
            self.settings.lock_wait_s,
            cut=f"{CUT}/{self.settings.passage_tokens}",
        )

    @cached_property
    def calibration(self) -> Calibration:
        """The calibration of the settings, the packaged one unless set."""
        return load_calibration(self.settings.calibration)

    @cached_property
    def tools(self) -> Tools:
        """What the ask line works with."""
        return Tools(self.embedder, self.settings, self.calibration)

    def ask(self, question: Question) -> Outcome:
        """Returns the outcome of a question over the current generation."""
        with self.library.open() as snapshot:
            return ask(question, snapshot, self.tools)
