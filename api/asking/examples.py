"""Questions that the indexed documents answer, for the first visit: asked in the background, once for each generation."""

from __future__ import annotations

import itertools
import json
import os
import re
import threading
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from api.http.problems import logged_problem
from assistant.bootstrap import Assistant
from assistant.editions.in_force import excluded_at
from assistant.model import Answered, Question
from assistant.ports import Snapshot

MOST_EXAMPLES = 6
PLAIN = re.compile(r"[A-Za-z’' -]+")
NO_TOPIC = re.compile(
    r"^(about|aim|what|who|when|where|why|how|if|and|introduction|principle)\b"
    r"|\b(this|document|guidance|summary|review date|annex|appendix|contents|glossary|key)\b",
    re.IGNORECASE,
)
"""Headings that are no topic: questions, and what a document says about itself."""
MOST_TRIED = 12
"""Most questions from headings that are tried."""
HOPELESS = 15
"""Everyday questions after which no more are tried if the documents have answered none."""
NAME = "page_examples.json"
"""Where they are kept in the data folder, for the next start."""
_known: dict[str, tuple[str, ...]] = {}
"""The questions of each generation and day that this process knows."""


class Examples:
    """Finds the examples of one worker without holding anybody up.

    They are asked as somebody asks who sees no restricted document, so that they are the same for everybody.

    Args:
        assistant: Answers questions; none of these is stored.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._thread: threading.Thread | None = None
        self._is_over = threading.Event()
        self._hurry = threading.Event()

    def now(self) -> tuple[str, ...]:
        """Returns the examples: those of the settings, else those that are known; () while they are being found."""
        chosen = self._assistant.settings.page.examples
        if chosen:
            return chosen
        with self._assistant.opened(()) as snapshot:
            key = self._key(snapshot)
        if key not in _known and not self._read(key):
            self._hurry.set()
            self.begin()
        return _known.get(key, ())

    def begin(self, after_s: float = 0.0) -> None:
        """Begins to find them in the background, after a while or as soon as somebody opens the page."""
        is_needed = not self._assistant.settings.page.examples
        if is_needed and (self._thread is None or not self._thread.is_alive()):
            self._thread = threading.Thread(target=self._try, args=(after_s,), name="examples", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stops finding, after the question that is being asked."""
        self._is_over.set()
        self._hurry.set()
        if self._thread is not None:
            self._thread.join()

    def find(self) -> None:
        """Asks until there are enough, and keeps them."""
        with self._assistant.opened(()) as snapshot:
            key = self._key(snapshot)
            if key in _known or self._read(key):
                return
            found = tuple(self._found(snapshot))
            if not self._is_over.is_set():
                _known[key] = found
                self._write(key, found)

    def _try(self, after_s: float) -> None:
        self._hurry.wait(after_s)
        try:
            if not self._is_over.is_set():
                self.find()
        except Exception as error:  # noqa: BLE001  # the page does without them
            logged_problem(error)

    def _key(self, snapshot: Snapshot) -> str:
        resources = self._assistant.resources
        return f"{resources.fingerprint(snapshot)} {resources.today().isoformat()}"

    def _found(self, snapshot: Snapshot) -> Iterator[str]:
        """Yields everyday questions that different passages answer, then questions made from headings."""
        everyday: list[str] = []
        shown: set[str] = set()
        for tried, text in enumerate(everyday_questions(), start=1):
            if self._is_over.is_set() or len(everyday) == MOST_EXAMPLES or (tried > HOPELESS and not everyday):
                break
            passage = self._answer(text, snapshot)
            if passage and passage not in shown:
                shown.add(passage)
                everyday.append(text)
        yield from everyday
        candidates = itertools.islice(_from_headings(self._assistant, snapshot), MOST_TRIED)
        answered = (each for each in candidates if not self._is_over.is_set() and self._answer(each, snapshot))
        yield from itertools.islice(answered, MOST_EXAMPLES - len(everyday))

    def _answer(self, text: str, snapshot: Snapshot) -> str:
        """Returns the place of the passage that answers a question best; "" where it is not answered whole."""
        outcome = self._assistant.ask_over(Question(text, groups=()), snapshot)
        if not isinstance(outcome, Answered) or outcome.unanswered:
            return ""
        first = outcome.citations[0]
        return f"{first.edition.edition_id} {first.parts[0].span}"

    def _read(self, key: str) -> bool:
        try:
            stored = json.loads(self._file.read_text(encoding="utf-8"))
            if stored["key"] != key:
                return False
            _known[key] = tuple(str(each) for each in stored["questions"])
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return True

    def _write(self, key: str, found: tuple[str, ...]) -> None:
        """Keeps them for the next start; without room or leave to write, they are found again then."""
        if self._assistant.is_read_only:
            return
        partial = self._file.with_suffix(f".{os.getpid()}")
        try:
            partial.write_text(json.dumps({"key": key, "questions": found}, ensure_ascii=False), encoding="utf-8")
            partial.replace(self._file)
        except OSError:
            partial.unlink(missing_ok=True)

    @property
    def _file(self) -> Path:
        return self._assistant.settings.data / NAME


@cache
def everyday_questions() -> tuple[str, ...]:
    """Returns the questions that are tried, the most everyday first."""
    text = files("api.asking").joinpath("everyday.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["questions"])


def _from_headings(assistant: Assistant, snapshot: Snapshot) -> Iterator[str]:
    editions, known = snapshot.editions(), snapshot.known()
    excluded = excluded_at(editions, known, assistant.resources.today())
    answering = [edition for edition in editions if edition.edition_id not in excluded]
    answering.sort(key=lambda edition: edition.kind.authority)
    topics_by_edition = [
        [topic for section in snapshot.sections(edition.edition_id) if (topic := _topic(section.headings))]
        for edition in answering
    ]
    for topics in itertools.zip_longest(*topics_by_edition):
        yield from dict.fromkeys(f"What do the documents say about {topic}?" for topic in topics if topic)


def _topic(headings: tuple[str, ...]) -> str | None:
    name = headings[-1].split(":")[-1].strip().rstrip(".?") if len(headings) > 1 else ""
    if not 12 <= len(name) <= 60 or not PLAIN.fullmatch(name) or NO_TOPIC.search(name):
        return None
    return name if name.split()[0].isupper() else name[0].lower() + name[1:]
