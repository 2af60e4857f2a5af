"""The area that a question is about: its documents come first among local ones, and another area's say whose they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.answerability.judge import Answerability
from assistant.answering.resources import Resources
from assistant.answering.retrieval.retrieve import is_same_text
from assistant.answering.search_plan import SearchPlan, hits_of
from assistant.editions.areas import areas_named, areas_of
from assistant.messages import other_area_notice
from assistant.model import Citation, EditionId, Hit, Notice
from assistant.ports import Snapshot
from assistant.text.contacts import has_contact
from assistant.text.english_words import english_words

DEMOTION = 2.0
"""How many logits better a sentence of another area may be than one of the area asked for, and still come after it."""
OWN_HITS = 3
"""Passages of the area's own documents that are looked at in any case."""
_OF_PLACE = re.compile(
    r"\b(?:in|for|from|at|of|near|around|across|within) ([A-Za-z][\w'’-]{4,})|\b([A-Z][\w-]{4,})['’]s\b"
)


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of a library, and those that a question is about."""

    mine: tuple[str, ...]
    """Asked for, else set; () for none."""
    of: Mapping[EditionId, str]
    """Of each edition that has one."""

    def is_mine(self, edition_id: EditionId) -> bool:
        """Returns whether an edition is of an area that the question is about."""
        return self.of.get(edition_id) in self.mine

    def is_other(self, edition_id: EditionId) -> bool:
        """Returns whether an edition is of another area than the question is about."""
        return bool(self.mine) and edition_id in self.of and not self.is_mine(edition_id)


NO_AREAS = Areas((), {})


def areas_asked(question: str, plan: SearchPlan | None, snapshot: Snapshot, settings_area: Sequence[str]) -> Areas:
    """Returns the areas of the library with those that a question names, else those of the settings.

    A place that no document is of counts as well where no document mentions it.
    """
    of = areas_of(snapshot.editions(), tuple(settings_area))
    known = tuple(dict.fromkeys((*settings_area, *of.values())))
    named = areas_named(question, known) or _unknown_place(question, plan, snapshot)
    if named or not settings_area:
        return Areas(named, of)
    own = [areas_named(each, tuple(dict.fromkeys(of.values()))) or (each,) for each in settings_area]
    return Areas(tuple(dict.fromkeys((*settings_area, *(area for each in own for area in each)))), of)


def _unknown_place(question: str, plan: SearchPlan | None, snapshot: Snapshot) -> tuple[str, ...]:
    """Returns the place that a question is about and no document mentions; () for none."""
    mentioned = None
    for match in _OF_PLACE.finditer(question):
        word = (match[1] or match[2]).replace("’", "'").removesuffix("'s")
        if word.lower() in english_words() and not (plan and word in plan.analysis.unmentioned):
            continue
        mentioned = snapshot.vocabulary() if mentioned is None else mentioned
        if word.lower() not in mentioned and not word.isupper():
            return (word[:1].upper() + word[1:],)
    return ()


def with_own_hits(
    hits: tuple[Hit, ...], plan: SearchPlan, areas: Areas, snapshot: Snapshot, resources: Resources
) -> tuple[Hit, ...]:
    """Returns the hits with the best of the area's own documents among them, which stay before the same text of another area."""
    own = tuple(each for each in areas.of if areas.is_mine(each) and each not in plan.scope.excluded)
    own = tuple(each for each in own if each in plan.scope.editions) if plan.scope.editions else own
    if not own or not any(areas.is_other(each.passage.edition_id) for each in hits):
        return hits
    best = hits_of(replace(plan, scope=replace(plan.scope, editions=own)), snapshot, resources, OWN_HITS)
    used = {each.passage.passage_id for each in hits if each.rejected is None}
    added = [each for each in best if each.rejected is None and each.passage.passage_id not in used]
    of_own = [each for each in (*hits, *added) if each.rejected is None and areas.is_mine(each.passage.edition_id)]
    new = {each.passage.passage_id for each in added}
    rest = [_behind_own(each, of_own, areas) for each in hits if each.passage.passage_id not in new]
    kept = [each for each in rest if each.rejected is None]
    return (*kept, *added, *(each for each in rest if each.rejected is not None))


def _behind_own(hit: Hit, own: Sequence[Hit], areas: Areas) -> Hit:
    """Returns a hit of another area, rejected where the area's own document says the same in the same words."""
    is_same = areas.is_other(hit.passage.edition_id) and any(
        is_same_text(hit.passage.text, each.passage.text) for each in own
    )
    return replace(hit, rejected="near_duplicate") if is_same and hit.rejected is None else hit


def own_area_first(answerability: Answerability, areas: Areas) -> Answerability:
    """Returns the answerability with sentences of other areas' documents ranked after those of the area's own.

    Where the area's own documents have none that answers nearly as well, all stays as it is.
    """
    own = [logit for each, logit in answerability.ranked if areas.is_mine(each.hit.passage.edition_id)]
    others = [logit for each, logit in answerability.ranked if areas.is_other(each.hit.passage.edition_id)]
    if not own or not others or own[0] < others[0] - DEMOTION:
        return answerability
    ranked = [
        (each, logit - DEMOTION if areas.is_other(each.hit.passage.edition_id) else logit)
        for each, logit in answerability.ranked
    ]
    return replace(answerability, ranked=tuple(sorted(ranked, key=lambda pair: -pair[1])))


def area_notices(citations: Sequence[Citation], areas: Areas) -> tuple[Notice, ...]:
    """Returns a notice for each citation of another area's document.

    Where no area is asked for or set, contacts say whose they are if the library has documents of several areas.
    """
    has_several = len(set(areas.of.values())) > 1
    notices = []
    for each in citations:
        area = areas.of.get(each.edition.edition_id)
        is_contact = has_contact(f"{' '.join(each.headings[-1:])}\n{each.quote}")
        is_due = areas.is_other(each.edition.edition_id) or (not areas.mine and has_several and is_contact)
        if area and is_due:
            notices.append(other_area_notice(each.edition, each.number, area, areas.mine, is_contact=is_contact))
    return tuple(notices)
