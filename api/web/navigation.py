"""The menu of the pages: one list, by role. A new page that people look for gets a line here."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.model.people import Asker, Role


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of the menu."""

    address: str
    words: str

    def current(self, path: str) -> str:
        """Returns the value of ``aria-current`` on a page: "page", "true" on pages below it, else ""."""
        if path == self.address:
            return "page"
        return "true" if self.address != "/" and path.startswith(f"{self.address}/") else ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links that stand together, for those with a role; None: for everybody."""

    title: str
    role: Role | None
    links: tuple[PageLink, ...]


START = PageLink("/", "New conversation")
"""Always in reach, beside the menu."""
GROUPS: tuple[LinkGroup, ...] = (
    LinkGroup("Read", None, (PageLink("/history", "History"), PageLink("/documents", "Documents"))),
    LinkGroup(
        "Policy team",
        Role.POLICY,
        (
            PageLink("/publishing", "Publishing"),
            PageLink("/sources", "Sources"),
            PageLink("/approved-answers", "Approved answers"),
            PageLink("/questions", "Questions asked"),
            PageLink("/quality", "Quality"),
            PageLink("/coverage", "Coverage"),
            PageLink("/evidence", "Evidence"),
        ),
    ),
    LinkGroup("Trainers", Role.TRAINER, (PageLink("/scenarios", "Scenarios"),)),
    LinkGroup("You", None, (PageLink("/me", "Your data"), PageLink("/help", "Help"))),
)


def groups_for(asker: Asker) -> tuple[LinkGroup, ...]:
    """Returns the groups of links that an asker may follow, in order."""
    return tuple(each for each in GROUPS if each.role is None or asker.may(each.role))
