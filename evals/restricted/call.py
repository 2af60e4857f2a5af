"""One request of the walk, whose path and values may name what earlier responses gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Known = dict[str, Any]
"""What earlier responses of the same caller gave: ids, and a recipe of a scenario."""
Options = Mapping[str, Any]
Place = tuple[str | int, ...]
"""Names and numbers that lead to a value of a response."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request."""

    operation: str
    """As in the OpenAPI document: method and path with its parameters' names."""
    path: Callable[[Known], str]
    options: Callable[[Known], Options] = lambda known: {}
    """What httpx sends besides: json, params, data, files, headers."""
    keeps: Mapping[str, Place] = field(default_factory=dict)
    """Name to the place in the response of what later requests need."""
    is_unordered: bool = False
    """Whether lines of its response stand in the order of random ids."""

    @property
    def method(self) -> str:
        """Returns the method."""
        return self.operation.split()[0]


def call_of(operation: str, *, keeps: Mapping[str, Place] | None = None, **options: Any) -> Call:
    """Returns a request; a text in braces, in the path or as a whole option, stands for what is known by then."""
    return replace(call_at(operation, operation.split()[1], **options), keeps=keeps or {})


def call_at(operation: str, path: str, **options: Any) -> Call:
    """Returns a request of an operation at a path of its own."""
    return Call(operation, lambda known: _filled(path, known), lambda known: _filled_all(options, known))


def _filled(text: str, known: Known) -> Any:
    if text.startswith("{") and text.endswith("}") and text[1:-1] in known:
        return known[text[1:-1]]
    for name, value in known.items():
        if isinstance(value, str):
            text = text.replace("{" + name + "}", value)
    return text.replace("{", "").replace("}", "")


def _filled_all(value: Any, known: Known) -> Any:
    if isinstance(value, dict):
        return {name: _filled_all(each, known) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled_all(each, known) for each in value]
    if isinstance(value, str) and value.startswith("{"):
        return _filled(value, known)
    return value
