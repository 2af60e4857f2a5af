"""Names of settings, options and request fields from before: they work until a named version, and warn (``docs/upgrades.md``)."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

logger = logging.getLogger(__name__)


class Named(StrEnum):
    """What a name is of."""

    SETTING = "setting"
    OPTION = "option"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class OldName:
    """A name from before, and what it is called now."""

    of: Named
    old: str
    new: str
    since: str
    """Version in which it got its new name."""
    gone: str
    """Version in which the old name does not work any more; at least two minor versions later."""


OLD_NAMES: tuple[OldName, ...] = (OldName(Named.SETTING, "reader", "reranker", since="0.1.0", gone="0.3.0"),)
"""Every name from before that still works."""


def current_names(values: Mapping[str, Any], of: Named = Named.SETTING) -> dict[str, Any]:
    """Returns values under the names of this version; a current name beats an old one. Warns of each old name."""
    changed = {each.old: each for each in OLD_NAMES if each.of is of}
    current = {name: value for name, value in values.items() if name not in changed}
    for old, name in changed.items():
        if old in values:
            current.setdefault(name.new, values[old])
            _warn(name)
    return current


def current_options(arguments: Sequence[str]) -> list[str]:
    """Returns the arguments of a command with its options under the names of this version. Warns of each old name.

    Nothing after a lone ``--`` is touched.
    """
    changed = {each.old: each for each in OLD_NAMES if each.of is Named.OPTION}
    words = list(arguments)
    for place in range(words.index("--") if "--" in words else len(words)):
        option, equals, value = words[place].partition("=")
        if option in changed:
            words[place] = f"{changed[option].new}{equals}{value}"
            _warn(changed[option])
    return words


def _warn(name: OldName) -> None:
    """Warns of an old name; Python itself shows the same warning of one place once in a process, the log has it once."""
    if name.of is Named.FIELD:
        _log_once(name)
        return
    warnings.warn(_sentence(name), FutureWarning, stacklevel=1)


def _sentence(name: OldName) -> str:
    return (
        f"The {name.of} {name.old} is called {name.new} since {name.since}; the old name stops working in {name.gone}."
    )


@cache
def _log_once(name: OldName) -> None:
    logger.warning("%s", _sentence(name))
