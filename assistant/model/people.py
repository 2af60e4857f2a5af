"""Who asks, what they may do, and what is stored about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Self

from assistant.model.library import EditionId

Groups = tuple[str, ...]
"""Groups of which somebody needs one."""


SIGN_IN_MARK = "~"
"""Between the id of a key and that of a sign-in with it, where both together own something."""
KEY_MARK = "key-"
"""What the id of every key begins with."""


class Role(StrEnum):
    """What a person or program may do; ``admin`` may do everything."""

    description: str
    """What it allows, as documentation and help say it."""

    PRACTITIONER = "practitioner", "ask, search, read documents, give feedback, see and delete what is their own"
    POLICY = (
        "policy",
        "also publish documents, undo that, see which questions were asked and what trainers said of scenarios (never who)",
    )
    TRAINER = "trainer", "the same, and draw, edit, keep and download training scenarios"
    ADMIN = "admin", "everything, and `/metrics`"

    def __new__(cls, name: str, description: str = "") -> Self:
        """Returns a role that is its name."""
        role = str.__new__(cls, name)
        role._value_ = name
        role.description = description
        return role


@dataclass(frozen=True, slots=True)
class Asker:
    """A signed-in person, a program with a key, or the one local user."""

    user_id: str
    """Stable and opaque."""
    name: str
    """For the page only; never logged or stored with questions."""
    roles: frozenset[Role]
    groups: tuple[str, ...] = ()
    """Groups that open restricted editions."""
    via: Literal["local", "key", "session"] = "local"
    session: str = ""
    """Which sign-in with a key this is: people who share a key share no history. "" for everybody else."""

    @property
    def owner(self) -> str:
        """Whose conversations and questions these are: the person's, or those of one sign-in with a key."""
        return f"{self.user_id}{SIGN_IN_MARK}{self.session}" if self.session else self.user_id

    def may(self, role: Role) -> bool:
        """Returns whether the asker has a role, or is an admin."""
        return role in self.roles or Role.ADMIN in self.roles


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions asked one after another by one person."""

    conversation_id: str
    owner: str
    title: str
    """The first question, masked and cut to 80 characters; "" before there is one."""
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """One question with its outcome, masked before it came here."""

    record_id: str
    owner: str
    conversation_id: str | None
    """None for a question asked on its own."""
    question: str
    """Masked."""
    outcome: dict[str, Any]
    """The object of ``ask --json``, without its trace's hits."""
    seconds: float
    fingerprint: str
    """Of index, calibration and settings, as traces carry it."""
    asked_at: datetime
    groups: tuple[Groups, ...] | None = ()
    """For each restricted edition that the outcome touched, the groups that may see it; None in one of an earlier release."""


class Opinion(StrEnum):
    """A reader's judgement of an outcome."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"
    WRONG_SOURCE = "wrong_source"
    UNSUPPORTED = "unsupported"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback of a reader on an outcome or on one statement in it."""

    feedback_id: str
    record_id: str
    statement: int | None
    """Number of the statement from 1, None for the whole outcome."""
    opinion: Opinion
    note: str
    """Masked; may be empty."""
    given_at: datetime


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """A question as the policy team sees it: never who asked."""

    record_id: str
    question: str
    outcome: str
    """answered, partly_answered, refused or signposted."""
    reason: str | None
    """Why it was refused."""
    editions: tuple[str, ...]
    """Edition ids cited."""
    asked_on: str
    """The day, ISO; not the minute, which might reveal who."""
    opinions: tuple[Opinion, ...] = ()
    is_restricted: bool = False
    """Whether it touched a document that is not for everybody."""
    seconds: float = 0.0
    """How long the answer took."""
    touched: tuple[str, ...] = ()
    """Edition ids cited or shown as closest."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads what others asked: only what touched no document that is hidden from them."""

    groups: tuple[str, ...] | None = None
    """None for somebody who sees everything."""
    restricted: Mapping[EditionId, Groups] = field(default_factory=dict)
    """The restricted editions of the library with their groups, which also bind questions stored before they were."""

    def may_read(self, groups: Collection[Groups], touched: Collection[str]) -> bool:
        """Returns whether the reader may see what needed these groups and touched these editions."""
        needed = self._needed(groups, touched)
        return self.groups is None or all(not set(each).isdisjoint(self.groups) for each in needed)

    def is_restricted(self, groups: Collection[Groups], touched: Collection[str]) -> bool:
        """Returns whether that is not for everybody."""
        return bool(self._needed(groups, touched))

    def _needed(self, groups: Collection[Groups], touched: Collection[str]) -> tuple[Groups, ...]:
        own = (self.restricted[EditionId(each)] for each in touched if EditionId(each) in self.restricted)
        return (*groups, *own)


EVERYTHING = Reader()
"""Whoever runs the program on its own machine."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of a program; the secret itself is never stored."""

    key_id: str
    name: str
    roles: frozenset[Role]
    groups: tuple[str, ...]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    last_used: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser, identified by the hash of an opaque token."""

    asker: Asker
    csrf: str
    created: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what and when; never the words."""

    at: datetime
    user_id: str
    action: str
    """Such as ask, publish, key_created, sign_in, sign_in_failed, forbidden, feedback, export, erase."""
    what: str = ""
    """Outcome and reason, key id, or edition id."""
    editions: tuple[str, ...] = ()
