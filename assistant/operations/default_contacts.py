"""Which contacts of cards and refusals are still the defaults, so that nobody local would be named to somebody in need."""

from __future__ import annotations

from assistant.settings import Settings, TodayCardSetting


def default_contact_warnings(settings: Settings) -> tuple[str, ...]:
    """Returns one sentence per contact that is still a default, () where the operator has set them all."""
    found = []
    if settings.card_today.contacts == TodayCardSetting().contacts:
        found.append(
            "The card of act today names only national helplines. Set card_today.contacts to your children's social care "
            "team, its out-of-hours number and Childline (docs/settings.md)."
        )
    if settings.contact == Settings.model_fields["contact"].default:
        found.append(
            "Refusals name no local contact. Set contact to your safeguarding lead or team (docs/settings.md)."
        )
    return tuple(found)
