"""The topics that a partnership expects its documents to cover, with questions to test them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from assistant.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic."""

    topic_id: str
    title: str
    probes: tuple[str, ...]
    """Questions that documents covering the topic can answer."""


PACKAGED = files("assistant.coverage.questions") / "data" / "topics.toml"


def read_topics(path: Path | None = None) -> tuple[Topic, ...]:
    """Returns the topics of a file, in file order; those that come with the program where none is named.

    Raises:
        ConfigurationError: There is no such file, it is not valid TOML, or a topic is incomplete or duplicated.
    """
    source = PACKAGED if path is None else path
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8")).get("topic", [])
    except FileNotFoundError:
        raise ConfigurationError(
            f"{path}: no such topics file. Change the setting `topics` (ASSISTANT_TOPICS), or leave it out for the packaged topics."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigurationError(f"{source}: {error}") from None
    topics = tuple(_topic(source, place, table) for place, table in enumerate(tables, start=1))
    ids = [each.topic_id for each in topics]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice is not None:
        raise ConfigurationError(f"{source}: two topics are called {twice}. Give one of them another topic_id.")
    if not topics:
        raise ConfigurationError(
            f"{source}: no [[topic]] in it. One has topic_id, title and probes, a list of questions."
        )
    return topics


def _topic(source: Path | Traversable, place: int, table: Mapping[str, Any]) -> Topic:
    unknown = sorted(set(table) - {"topic_id", "title", "probes"})
    topic_id, title, probes = (table.get(name) for name in ("topic_id", "title", "probes"))
    is_listed = isinstance(probes, list) and bool(probes) and all(isinstance(e, str) and e.strip() for e in probes)
    if unknown or not is_listed or not all(isinstance(each, str) and each for each in (topic_id, title)):
        raise ConfigurationError(
            f"{source}: topic {place} needs topic_id, title and probes (a list of questions)"
            f"{', and has ' + ', '.join(unknown) if unknown else ''}."
        )
    return Topic(str(topic_id), str(title), tuple(probes or ()))
