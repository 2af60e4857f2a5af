"""Measures training scenarios (``python -m evals scenarios``; ``make_scenario scenarios`` fills the data folders first)."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import mean, median

import yaml

from assistant.bootstrap import Assistant
from assistant.editions.library_view import LibraryView
from assistant.model.scenario import MOST_SEEDS, Difficulty, Length, Scenario, ScenarioRequest
from assistant.scenarios.expectations import citations_in
from assistant.scenarios.files.sheet import sheet_of
from assistant.scenarios.grammar.themes import Grammar, read_grammar
from assistant.scenarios.make import ScenarioContext, make_scenario
from assistant.settings import Settings
from assistant.text.quote_matching import holds
from evals.scenarios import apt
from evals.scenarios.close import closeness
from evals.scenarios.distinct import names_of, narrative, similarity, stories
from evals.scenarios.reading import reading_age
from evals.scoring.metrics import Share, readers_agree, share

SEEDS = 1000


def distinct_lines(grammar: Grammar) -> Iterator[str]:
    """Yields a row a theme: the most similar of 1,000 seeds in a row, and of 1,000 drawn at random."""
    drawn = random.Random(13).sample(range(MOST_SEEDS), SEEDS)  # noqa: S311
    yield "| theme | most similar (0 to 999) | mean | most similar (drawn) | short, easy | brief, easy | reading age, median |"
    yield "|---|---|---|---|---|---|---|"
    for theme in grammar.themes:
        request = ScenarioRequest(theme.theme_id)
        row = stories(request, range(SEEDS), grammar)
        easy = (replace(request, length=each, difficulty=Difficulty.EASY) for each in (Length.SHORT, Length.BRIEF))
        others = (stories(request, drawn, grammar), *(stories(each, range(SEEDS), grammar) for each in easy))
        first, *more = (
            similarity([narrative(e) for e in each], [names_of(e) for e in each]) for each in (row, *others)
        )
        most = " | ".join(f"{each.most:.2f}" for each in more)
        age = median(reading_age(narrative(each)) for each in row[:100])
        yield f"| {theme.title} | {first.most:.2f} | {first.mean:.3f} | {most} | {age:.1f} |"


def make_timed(maker: ScenarioContext) -> tuple[list[Scenario], list[float]]:
    """Returns the scenarios that are measured with the seconds that each took."""
    found: list[Scenario] = []
    seconds: list[float] = []
    for request in apt.requests([each.theme_id for each in maker.grammar.themes]):
        started = time.perf_counter()
        found.append(make_scenario(request, maker))
        seconds.append(time.perf_counter() - started)
    return found, seconds


def wrong_citations(scenarios: Sequence[Scenario], maker: ScenarioContext) -> int:
    """Returns how many citations do not stand, word for word, on the pages that they name."""
    wrong = 0
    for scenario in scenarios:
        for citation in citations_in(scenario.expectations, scenario.pitfalls):
            text = maker.snapshot.text(citation.edition.edition_id)
            pages = maker.snapshot.pages(citation.edition.edition_id)
            for part in citation.parts:
                on = [page for page in pages if page.number in part.pages]
                whole = text[min(page.start for page in on) : max(page.end for page in on)]
                wrong += not holds(whole, part.quote)
    return wrong


def report(data: Path, reviews: Path | None) -> Iterator[str]:
    """Yields the lines of the report over a data folder, closeness over one that holds learning reviews."""
    grammar = read_grammar()
    yield from distinct_lines(grammar)
    assistant = Assistant(Settings(data=data))
    with assistant.opened() as snapshot:
        maker = assistant.scenario_context(LibraryView(snapshot, None, date.today()))
        scenarios, seconds = make_timed(maker)
        again = make_timed(maker)[1]
        wrong = wrong_citations(scenarios, maker)
    pairs = apt.shown_expectations(scenarios)
    sample = apt.to_label(pairs)
    first, second = apt.labels(), apt.labels(apt.SECOND)
    right, count = apt.precision(sample, first)
    twice = [(first[each.key], second[each.key]) for each in sample if each.key in first and each.key in second]
    cited = sum(len(each.expectations) + len(each.pitfalls) for each in scenarios)
    stages = [stage for each in scenarios for stage in each.stages]
    yield ""
    yield "| figure | value |"
    yield "|---|---|"
    yield f"| scenarios, stages, citations | {len(scenarios)}, {len(stages)}, {cited} |"
    yield f"| citations that do not stand on their page | {wrong} of {cited} |"
    yield f"| expectations apt for their stage, labelled by hand | {_as_share(share(right, count))} |"
    yield f"| the same by a second reader | {_as_share(share(*apt.precision(sample, second)))} |"
    yield f"| pairs that both labelled the same | {readers_agree(twice)} |"
    yield f"| of the sample not labelled: the documents answer otherwise now | {len(sample) - count} |"
    yield f"| stages without an expectation | {sum(not stage.expectations for stage in stages)} |"
    yield f"| expectations of a stage, mean | {mean(len(stage.expectations) for stage in stages):.2f} |"
    yield f"| gaps named per scenario | {mean(len(each.gaps) for each in scenarios):.2f} |"
    yield f"| scenarios with two open questions | {sum(len(each.open_points) == 2 for each in scenarios)} |"
    yield f"| seconds a scenario, first time: median, most | {median(seconds):.2f}, {max(seconds):.2f} |"
    yield f"| seconds a scenario, asked before: median, most | {median(again):.2f}, {max(again):.2f} |"
    yield f"| reading age of the stories, median | {median(reading_age(_story(each)) for each in scenarios):.1f} |"
    if reviews is not None:
        yield from _close_lines(reviews)
    yield f"| blocks of a facilitator's sheet, median | {median(len(sheet_of(each, 'facilitator')) for each in scenarios)} |"


def _close_lines(data: Path) -> Iterator[str]:
    assistant = Assistant(Settings(data=data))
    with assistant.opened() as snapshot:
        found = closeness(assistant.scenario_context(LibraryView(snapshot, None, date.today())))
    if found is None:
        yield "| closeness to learning reviews | none is indexed |"
        return
    stories_like = max(each.likeness for each in found.stories)
    copies_like = min(each.likeness for each in found.copies)
    caught = sum(each.is_too_close for each in found.copies)
    alarms = sum(each.is_too_close for each in found.stories)
    yield f"| stories too close to a review, largest cosine | {alarms} of {len(found.stories)}, {stories_like:.2f} |"
    yield f"| near copies of a review caught, smallest cosine | {caught} of {len(found.copies)}, {copies_like:.2f} |"


def _as_share(found: Share) -> str:
    if found.low is None or found.high is None:
        return "none labelled"
    return f"{found.count} of {found.of} ({found.low:.1%} to {found.high:.1%})"


def _story(scenario: Scenario) -> str:
    return " ".join(stage.text for stage in scenario.stages)


def sheet(data: Path) -> Iterator[str]:
    """Yields the pairs to label as rows of YAML, without any score."""
    assistant = Assistant(Settings(data=data))
    with assistant.opened() as snapshot:
        maker = assistant.scenario_context(LibraryView(snapshot, None, date.today()))
        for each in apt.to_label(apt.shown_expectations(apt.make_scenarios(maker))):
            citation = each.said.citation
            row = {
                "theme": each.theme, "fragment": each.fragment, "expectation": each.expectation,
                "quote_digest": each.digest, "stage_text": each.stage.text, "questions": list(each.stage.questions),
                "title": each.said.title, "asks": each.said.asks, "quote": citation.quote,
                "edition_id": str(citation.edition.edition_id), "kind": citation.edition.kind.value, "apt": None,
            }  # fmt: skip
            yield yaml.safe_dump([row], allow_unicode=True, sort_keys=False, width=120).rstrip()
