"""``python -m tests.slow_server DATA PORT [WORKERS]``: the real server, on which every answer takes a minute."""

from __future__ import annotations

import sys
import time
from typing import Any

from assistant.bootstrap import Assistant
from assistant.cli import main, serve

ANSWER_S = 60.0
ask_over = Assistant.ask_over


def slowly(self: Assistant, question: Any, snapshot: Any, on_step: Any = None, *rest: Any) -> Any:
    """Returns an outcome, a minute after the first step was told."""
    if on_step is not None:
        on_step("screen")
    time.sleep(ANSWER_S)
    return ask_over(self, question, snapshot, on_step, *rest)


Assistant.ask_over = slowly  # type: ignore[method-assign]

if __name__ == "__main__":
    data, port, *workers = sys.argv[1:]
    sys.argv = ["assistant", "--data", data, "serve", "--port", port, "--workers", *(workers or ["1"])]
    assert serve
    main()
