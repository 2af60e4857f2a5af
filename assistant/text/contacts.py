"""Contacts in a text: telephone numbers, e-mail and web addresses, postal addresses, named teams and officers."""

from __future__ import annotations

import re

_NUMBER = r"(?<![\w£.])(?:\+44|\(?0)(?:[\s().-]{0,2}\d){8,11}(?!\d)"
_SHORT = (
    r"\b(?:ring|call|phone|telephone|tel|dial|text|contact)\b[^.\n]{0,30}?\b\d{5,6}\b|\bext(?:ension|\.)? ?\d{2,5}\b"
)
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_WEB = r"\bhttps?://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|org|nhs|police|co|sch|ac)\.uk\b"
_POSTCODE = r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
_STREET = (
    r"\b(?:\d+[A-Za-z]?|Floor|Room|House|Hall|Centre),? (?:[A-Z][\w'’-]+ ){1,3}"
    r"(?:Street|Road|Lane|Avenue|Square|Place|Way|Close|Court|Drive|Row|Hill|Park)\b"
)
_TEAM_WORD = (
    r"(?:[Tt]eam|[Hh]ub|[Hh]elpline|[Ll]ine|[Dd]esk|[Uu]nit|[Oo]ffice|[Oo]fficer|[Ff]ront [Dd]oor|[Ss]ervice|[Cc]entre|[Pp]anel|"
    r"[Mm]anager|[Cc]o-?ordinator|[Aa]dvis[eo]r|[Nn]urse|[Dd]octor|[Ll]ead|[Cc]lerk|[Ss]ecretary|[Ii]nbox|[Mm]ailbox|[Ss]witchboard)"
)
_NAMED_TEAM = rf"\b(?:[A-Z][\w'’&-]+,? (?:and |of |for |& )?){{1,6}}{_TEAM_WORD}s?\b"
_KNOWN = (
    r"\b(?:MASH|LADO|EDT|MARAC|MAST|ICS|CADS|SPOC|SPA|SPoA|IFD|designated officer|duty (?:team|desk|line|social worker|officer|"
    r"manager|worker)|emergency duty|out[- ]of[- ]hours|front door|single point of (?:access|contact)|contact (?:centre|point)|"
    r"(?:advice|consultation|referral|duty|help|initial response|first response|first contact|early help|safeguarding) "
    r"(?:team|line|service|desk|hub|unit|number)|multi-?agency (?:safeguarding )?hub)\b"
)
_CONTACT = re.compile("|".join((_NUMBER, _SHORT, _MAIL, _WEB, _POSTCODE, _STREET, _NAMED_TEAM)))
_PRECISE = re.compile("|".join((_NUMBER, _MAIL, _WEB, _POSTCODE)))
_TEAM = re.compile(_KNOWN, re.IGNORECASE)


def has_contact(text: str) -> bool:
    """Returns whether a text holds a contact: somebody to turn to by name, number, address or mail."""
    return _CONTACT.search(text) is not None or _TEAM.search(text) is not None


def contacts_in(text: str) -> tuple[str, ...]:
    """Returns the telephone numbers, mail and web addresses and postcodes of a text, in order, without spaces."""
    return tuple(re.sub(r"[\s().-]+", "", match.group()).lower() for match in _PRECISE.finditer(text))
