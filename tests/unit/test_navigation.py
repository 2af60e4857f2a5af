from __future__ import annotations

from api.web.navigation import GROUPS, groups_for
from assistant.model.people import Asker, Role


def titles(*roles: Role) -> list[str]:
    return [each.title for each in groups_for(Asker("a", "A", frozenset(roles)))]


def test_the_menu_shows_what_a_role_may_open() -> None:
    assert titles(Role.PRACTITIONER) == ["Read", "You"]
    assert titles(Role.POLICY) == ["Read", "Policy team", "You"]
    assert titles(Role.TRAINER) == ["Read", "Trainers", "You"]
    assert titles(Role.ADMIN) == [each.title for each in GROUPS]


def test_a_link_is_current_on_its_page_and_above_the_pages_below_it() -> None:
    documents = GROUPS[0].links[1]
    assert documents.current("/documents") == "page"
    assert documents.current("/documents/kite/pages/2") == "true"
    assert documents.current("/documentary") == ""


def test_every_address_and_every_name_stands_once_in_the_menu() -> None:
    links = [link for group in GROUPS for link in group.links]
    assert len({link.address for link in links}) == len({link.words for link in links}) == len(links)
