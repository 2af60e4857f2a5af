"""The people of a story: first names only, with name groups equally likely for every part, and plausible ages."""

from __future__ import annotations

from collections.abc import Collection

from assistant.errors import UsageError
from assistant.model.scenario import Band, Person
from assistant.scenarios.grammar.fragments import pronoun
from assistant.scenarios.grammar.seeded_random import SeededRandom
from assistant.scenarios.grammar.themes import AdultRole, Grammar, NameGroup, Theme
from assistant.scenarios.story.days import school_year
from assistant.text.number_words import ONES

AGES = {Band.UNDER_1: (0, 0), Band.FROM_1: (2, 4), Band.FROM_5: (5, 10), Band.FROM_11: (11, 15), Band.FROM_16: (16, 17)}
"""First and last age of a band, in years; stories of the second band do not fit a one-year-old."""
MONTHS = (2, 10)
"""Youngest and oldest baby, in months."""
PARENTS = (
    ("mother", True), ("father", False), ("mother", True), ("father", False), ("grandmother", True), ("grandfather", False),
)  # fmt: skip
"""Who the child may live with, and whether it is a woman; a parent twice as often as a grandparent."""
YOUNGEST_WITH_YOUNGER = 8
"""Least age of a child with a younger sibling, who must be old enough to talk and walk in the stories."""


def people_of(
    theme: Theme, band: Band, grammar: Grammar, chance: SeededRandom, avoided: Collection[str] = ()
) -> dict[str, Person]:
    """Returns the people of a story by part.

    A name group is drawn for each person independently of the part, so that no group is linked with a role.

    Args:
        theme: The theme, with the possible adults of concern.
        band: Age of the child.
        grammar: Holds the names.
        chance: Draws.
        avoided: Names that must not be used again.

    Raises:
        UsageError: No unused names are left.
    """
    girl = chance.number(2, "child") == 0
    age = _age(band, chance)
    taken = set(avoided)
    child = _person("child", _age_words(age, band, chance), girl, grammar, chance, taken)
    concern = chance.one(theme.adults, "adult")
    adult_is_woman = concern.sex == "f" or (concern.sex == "any" and chance.number(2, "adult sex") == 0)
    relation, parent_is_woman = chance.one(_parents(concern), "parent")
    his = pronoun("his", child)
    parent = _person("parent", f"{his} {relation}", parent_is_woman, grammar, chance, taken)
    sister = chance.number(2, "sibling") == 0
    kin = f"{his} {'sister' if sister else 'brother'}, {_sibling_age(theme, age, chance)}"
    sibling = _person("sibling", kin, sister, grammar, chance, taken)
    friend_role = _role_words(chance.one(theme.friend_roles, "friend"), child)
    friend = _person("friend", friend_role, chance.number(2, "friend sex") == 0, grammar, chance, taken)
    adult = _person("adult", _role_words(concern.role, child), adult_is_woman, grammar, chance, taken)
    return {each.part: each for each in (child, parent, sibling, friend, adult)}


def _parents(concern: AdultRole) -> tuple[tuple[str, bool], ...]:
    """Returns the possible parents with an adult of concern: never the same person, or the one whose partner it is."""
    words = concern.role.replace("{his}", "").replace("'s", " ").split()
    named = [each for each in PARENTS if each[0] in words]
    if named and len(words) > 1 and words[0] == named[0][0] and words[-1] != named[0][0]:
        return tuple(named)
    return tuple(each for each in PARENTS if each[0] not in words)


def _age(band: Band, chance: SeededRandom) -> int:
    first, last = AGES[band]
    return first + chance.number(last - first + 1, "age")


def _age_words(age: int, band: Band, chance: SeededRandom) -> str:
    if band is Band.UNDER_1:
        youngest, oldest = MONTHS
        months = youngest + chance.number(oldest - youngest + 1, "months")
        return f"{ONES[months]} months old"
    first, _ = AGES[band]
    has_had_birthday = chance.number(2, "birthday") == 0 and age > first
    year = school_year(age - 1 if has_had_birthday else age)
    return f"{age}, {year}" if year and age > 4 else f"{age}"


def _sibling_age(theme: Theme, age: int, chance: SeededRandom) -> str:
    is_older = (
        theme.sibling == "older"
        or age < YOUNGEST_WITH_YOUNGER
        or (theme.sibling == "either" and chance.number(2, "older") == 0)
    )
    if is_older and age < 17:
        return str(min(age + 2 + chance.number(3, "sibling age"), 17))
    return str(age - 2 - chance.number(3, "sibling age"))


def _role_words(role: str, child: Person) -> str:
    for word in ("he", "him", "his"):
        role = role.replace(f"{{{word}}}", pronoun(word, child))
    return role.replace("{child}", child.name)


def _person(part: str, role: str, is_girl: bool, grammar: Grammar, chance: SeededRandom, taken: set[str]) -> Person:
    groups = [each for each in grammar.names.group if _names(each, is_girl, taken)]
    if not groups:
        raise UsageError("There are not enough names for so many scenarios without repeats. Ask for fewer at a time.")
    group = chance.one(groups, "group", part)
    name = chance.one(_names(group, is_girl, taken), "name", part)
    taken.add(name)
    return Person(part, name, group.id, role, is_girl)


def _names(group: NameGroup, is_girl: bool, taken: Collection[str]) -> list[str]:
    initials = {name[:1] for name in taken if len(taken) < 12}
    free = [name for name in (group.girls if is_girl else group.boys) if name not in taken]
    return [name for name in free if name[0] not in initials] or free
