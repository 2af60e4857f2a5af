"""Times the stages of one question."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

log = logging.getLogger(__name__)
OnStage = Callable[[str], AbstractContextManager[object]]
"""Called with the name of each stage; what it returns is open while the stage runs."""
_NOTHING: AbstractContextManager[object] = nullcontext()


@dataclass(slots=True)
class Stopwatch:
    """Collects seconds per stage; the only mutable value of the pipeline, and it never leaves it."""

    seconds: dict[str, float] = field(default_factory=dict)
    on_stage: OnStage = lambda name: _NOTHING

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times a stage; the same name twice adds up."""
        start = time.perf_counter()
        try:
            with self.on_stage(name):
                yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
            log.debug("stage %s took %.4f s", name, spent)
