"""Checks a file of the grammar and reports each fault with its place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.errors import ConfigurationError
from assistant.model.scenario import Slot
from assistant.scenarios.grammar.fragments import PLACEHOLDERS, braced
from assistant.scenarios.grammar.safety import forbidden_words
from assistant.scenarios.grammar.themes import POOLS, STORY, Fragment, General, Theme, read_file
from assistant.text.calendar_words import MONTHS, WEEKDAYS
from assistant.text.words import runs

WORDS = {
    Slot.OPENING: (38, 76), Slot.SIGNS: (32, 66), Slot.VOICE: (32, 66), Slot.DILEMMA: (32, 70), Slot.TURN: (32, 66),
    Slot.LATER: (32, 66), Slot.HOUSEHOLD: (18, 42), Slot.HISTORY: (22, 50), Slot.PRESSURE: (16, 40),
}  # fmt: skip
"""Fewest and most words of a fragment."""
RUN = 6
"""Length in words of a run that no two fragments of a file may share."""
OPTIONS = 11
"""Least fragments of each slot, for every age band and difficulty."""
TIMES_USED = 1
"""Least uses of an expectation."""
_CAPITALS = frozenset("GP A&E I I'm I’m I'd I’d I'll I’ll I've I’ve SENCO EHC CCTV TV PE ID NHS".split())
"""Capitalised words allowed inside a sentence."""
_DATES = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)})s?\b|\b(?:{'|'.join(month for month in MONTHS if month not in ('march', 'may'))}|"
    r"christmas|easter|weekends?|half[- ]term|summer|winter|spring|autumn|year (?:\d+|one|two))\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\{(?:p_|a_)?his\}(?=[.,;:?!’”]|\s(?:and|or|but|to|is|are|was|in|on|at|that|when)\b)")
_SPLIT = re.compile(r"[^\w'’&]+")


def theme_faults(theme: Theme) -> list[str]:
    """Returns the faults of a theme, in file order; [] for none."""
    known = {each.id for each in theme.expectation}
    faults = [fault for slot in STORY for each in theme.fragments(slot) for fault in _story_faults(slot, each, known)]
    faults += [fault for slot in STORY for fault in _too_few(theme, slot)]
    used = Counter(name for slot in STORY for each in theme.fragments(slot) for name in each.expects)
    faults += [f"expectation {each}: used {used[each]} times" for each in sorted(known) if used[each] < TIMES_USED]
    faults += _duplicates([each.id for each in theme.expectation], "expectation")
    fragments = [each for slot in STORY for each in theme.fragments(slot)]
    questions = [question.strip().casefold() for each in fragments for question in each.questions]
    return [*faults, *shared_runs(fragments), *_duplicates(questions, "question")]


def general_faults(general: General) -> list[str]:
    """Returns the faults of the pools; [] for none."""
    faults = [fault for slot in POOLS for each in general.fragments(slot) for fault in _faults(slot, each)]
    return [*faults, *shared_runs([each for slot in POOLS for each in general.fragments(slot)])]


def faults_in(path: Path) -> list[str]:
    """Returns the faults of a theme file or of the pools file; [] for none."""
    try:
        if path.name == "general.toml":
            return general_faults(read_file(path, General))
        theme = read_file(path, Theme)
    except ConfigurationError as error:
        return [str(error)]
    return theme_faults(theme)


def shared_runs(fragments: Sequence[Fragment]) -> list[str]:
    """Returns a fault for each run of ``RUN`` words that fragments share."""
    ids_by_run: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for each in fragments:
        words = [word for word in _SPLIT.split(each.text.casefold()) if word]
        for run in set(runs(words, RUN)):
            ids_by_run[run].append(each.id)
    return [f"{' and '.join(sorted(ids))} share “{' '.join(run)}”" for run, ids in ids_by_run.items() if len(ids) > 1]


def _story_faults(slot: Slot, each: Fragment, known: set[str]) -> Iterator[str]:
    yield from _faults(slot, each)
    if len(each.questions) < 1:
        yield f"{each.id}: no discussion question"
    for question in each.questions:
        yield from (f"{each.id}: in a question, {fault}" for fault in _text_faults(question))
        if "|" in question:
            yield f"{each.id}: alternatives in a question are not supported: {question}"
        if not question.rstrip().endswith("?"):
            yield f"{each.id}: a question that does not end with a question mark: {question}"
    yield from (f"{each.id}: no expectation called {name}" for name in each.expects if name not in known)
    if not each.expects:
        yield f"{each.id}: no expectation"


def _faults(slot: Slot, each: Fragment) -> Iterator[str]:
    count = len(each.text.split())
    fewest, most = WORDS[slot]
    if not fewest <= count <= most:
        yield f"{each.id}: {count} words; a {slot.value} has {fewest} to {most}"
    yield from (f"{each.id}: {fault}" for fault in _text_faults(each.text))


def _text_faults(text: str) -> Iterator[str]:
    for inside in braced(text):
        if "|" not in inside and inside not in PLACEHOLDERS:
            yield f"{{{inside}}} is not a placeholder"
        if "|" in inside and any(not each.strip() for each in inside.split("|")):
            yield f"{{{inside}}} has an empty alternative"
    if text.count("{") != len(braced(text)) or text.count("}") != len(braced(text)):
        yield "braces that do not match"
    yield from (f"“{word}” is not allowed in a scenario" for word in forbidden_words(text))
    yield from (f"“{match.group()}” names a day or a season" for match in _DATES.finditer(text))
    yield from (f"“{word}” has a capital inside a sentence: a name?" for word in _capitals(text))
    if re.search(r"\b(an?) \{(?:worker|other|lead|place)", text):
        yield "an article before a placeholder that already has one"
    if re.search(r"\b(\w+) \1\b", text.casefold()) and not re.search(r"\b(had had|that that)\b", text.casefold()):
        yield "a word twice in a row"
    if _BARE.search(text):
        yield "“his” without a noun: for a girl it becomes “her”, not “hers”"
    if not re.search(r"[.?!][’”\"']?$", text.strip()):
        yield "no full stop at the end"
    if re.search(r"\b(aged? )?\d{1,2}[- ]years?[- ]old\b|\baged \d", text):
        yield "an age in figures: the program adds it"


def _capitals(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<=[a-z,;:})] )([A-Z][\w'’&]*)", text):
        if match.group(1) not in _CAPITALS:
            yield match.group(1)


def _too_few(theme: Theme, slot: Slot) -> Iterator[str]:
    for band in theme.bands:
        fitting = [e for e in theme.fragments(slot) if (not e.bands or band in e.bands) and not e.needs]
        for levels in ((1, 2), (1, 2, 3), (2, 3)):
            count = sum(each.level in levels for each in fitting)
            if count < OPTIONS:
                yield f"{slot.value}, {band.value}, levels {levels}: {count} fragments, fewer than {OPTIONS}"


def _duplicates(names: Sequence[str], what: str) -> list[str]:
    return [f"{what} {name}: occurs {count} times" for name, count in Counter(names).items() if count > 1]
