"""Swaps who does it to whom: a direction that a sentence has without a word such as *before*."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ARTICLE = r"(?:[Tt]he|[Aa]n?|[Tt]heir|[Aa]ny|[Ee]ach|[Ee]very|[Aa]ll|[Oo]ur|[Ii]ts)"
_HEADS = (
    "authority", "authorities", "agency", "agencies", "adopter", "adopters", "provider", "providers", "person", "people",
    "teacher", "teachers", "worker", "workers", "panel", "child", "children", "parent", "parents", "carer", "carers",
    "adviser", "advisers", "school", "schools", "police", "governors", "inspector", "inspectors", "commissioner",
    "department", "manager", "managers", "chair", "decision-maker", "referee", "referees", "applicant", "applicants",
    "guardian", "relative", "relatives", "court", "tribunal", "board", "partner", "partners", "practitioner",
    "practitioners", "nurse", "doctor", "headteacher", "staff", "family", "families", "employer", "employers", "leaver",
    "leavers", "pupil", "pupils", "visitor", "solicitor", "body", "bodies", "secretary", "officer", "officers", "trust",
    "home", "service", "council", "partnership", "professional", "professionals", "coordinator", "lead", "owner",
)  # fmt: skip
_PARTY = rf"(?:{_ARTICLE} (?:[\w’'-]+ ){{0,2}}?(?:{'|'.join(_HEADS)})|Ofsted|HMCI)(?![\w’'-])"
_LINKED = r"(?! (?:or|and) )"
_NO_DOING = r"(?! (?:of|is|working|in|at|on|from)\b)"
_DOING = re.compile(
    rf"^(?P<before>(?:[^,;:]{{1,90}}, )?)(?P<one>{_PARTY}){_LINKED}(?P<between>{_NO_DOING} (?:[\w’'-]+ ){{1,7}}?)"
    rf"(?P<other>{_PARTY}){_LINKED}(?P<rest>.*)$"
)


def swap_roles(text: str) -> Iterator[str]:
    """Yields a sentence whose doer and whose other party have changed places."""
    found = _DOING.match(text)
    if found and _bare(found["one"]) != _bare(found["other"]):
        one, other = found["one"], found["other"]
        first = f"{other[0].upper()}{other[1:]}" if not found["before"] and one[0].isupper() else other
        second = one if one in ("Ofsted", "HMCI") else f"{one[0].lower()}{one[1:]}"
        yield f"{found['before']}{first}{found['between']}{second}{found['rest']}"


def _bare(party: str) -> str:
    """Returns a party without its article, in the singular."""
    return party.lower().split(" ", 1)[-1].replace("children", "child").removesuffix("s")
