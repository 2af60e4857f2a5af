"""A contact on one line."""

from __future__ import annotations

from assistant.model import Contact
from assistant.outcomes.view import ContactView


def contact_line(contact: Contact | ContactView) -> str:
    """Returns name, telephone number, e-mail and hours of a contact, those that there are."""
    return ", ".join(filter(None, (contact.name, contact.phone, contact.email, contact.hours)))
