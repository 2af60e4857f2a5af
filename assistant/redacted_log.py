"""A log without words of people: of an exception only its type and frames, of other libraries only where they logged.

A message of an exception may quote what somebody asked, so none is printed: not by ``logging.exception``, not by the
server's own traceback, not by what is printed of an exception that nobody caught. Our own messages stay, with the type
of an exception where one is among their arguments.
"""

from __future__ import annotations

import errno
import logging
import sys
import threading
import traceback
import warnings
from collections import deque
from collections.abc import Iterator
from types import TracebackType
from typing import Any, TextIO

OWN = ("assistant", "api", "ingest", "evals", "uvicorn")
"""Loggers whose messages are fixed sentences with counts, ids and names of settings."""
TRACEBACK = "Traceback (most recent call last)"
"""How a traceback begins that somebody formatted himself, as Starlette does where the start of an application fails."""
FRAMES = 50
"""Frames of an exception that are told, the innermost: one of too deep a recursion has thousands."""

logger = logging.getLogger(__name__)


def install() -> None:
    """Keeps words out of everything that this process logs or prints of exceptions from now on."""
    logging.setLogRecordFactory(RedactedRecord)
    warnings.showwarning = _show_warning
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _uncaught_of_thread


class RedactedRecord(logging.LogRecord):
    """A log record whose message is final and whose exception is already written without messages."""

    def __init__(self, name: str, level: int, *rest: Any, **more: Any) -> None:
        super().__init__(name, level, *rest, **more)
        error = self.exc_info[1] if self.exc_info else None
        self.msg, self.args, told = self._words(error)
        self.exc_info, self.exc_text, self.stack_info = None, told or None, None

    def _words(self, error: BaseException | None) -> tuple[str, None, str]:
        """Returns the message, no arguments, and what is told of the exception."""
        told = describe(error) if error is not None else ""
        if str(self.name).partition(".")[0] not in OWN:
            return f"{self.name} logged at {self.module}.py:{self.lineno}, in {self.funcName}", None, told
        self.msg, self.args = _named(self.msg), _without_errors(self.args)
        try:
            message = self.getMessage()
        except (TypeError, ValueError, KeyError):
            message = f"a message that fits no arguments, at {self.module}.py:{self.lineno}"
        if TRACEBACK not in message:
            return message, None, told
        handled = sys.exc_info()[1]
        return "an exception", None, told or (describe(handled) if handled is not None else "")


def describe(error: BaseException) -> str:
    """Returns types and frames of an exception and of all that it was raised from or among, without their messages."""
    return "\n".join(_lines(error, "", set()))


def _lines(error: BaseException, how: str, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    yield f"{how}{_kind(error)}"
    yield from _frames(error.__traceback__)
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _lines(each, "with ", seen)
    if error.__cause__ is not None:
        yield from _lines(error.__cause__, "caused by ", seen)
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _lines(error.__context__, "while handling ", seen)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, line in deque(traceback.walk_tb(trace), maxlen=FRAMES):
        code = frame.f_code
        yield f'  File "{code.co_filename}", line {line}, in {code.co_name}'


def _kind(error: BaseException) -> str:
    """Returns the type of an exception; of a fault of the system its short name too, such as ENOSPC."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    code = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    return f"{name} {code}" if code else name


def _named(value: Any) -> Any:
    return _kind(value) if isinstance(value, BaseException) else value


def _without_errors(args: Any) -> Any:
    if isinstance(args, tuple):
        return tuple(_named(each) for each in args)
    return {key: _named(each) for key, each in args.items()} if isinstance(args, dict) else args


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None, line: str | None = None
) -> None:  # fmt: skip
    if issubclass(category, FutureWarning):
        logger.warning("%s at %s:%d", category.__name__, filename, lineno)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logger.critical("nobody caught an exception", exc_info=error)


def _unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    logger.error("an exception could not be raised", exc_info=unraisable.exc_value)


def _uncaught_of_thread(caught: threading.ExceptHookArgs) -> None:
    if not issubclass(caught.exc_type, SystemExit):
        logger.error("an exception ended a thread", exc_info=caught.exc_value)
