"""What is said of the edition that a source stands in: in one line that its notices never contradict."""

from __future__ import annotations

from api.web.labels import day
from assistant.editions.areas import layer_of
from assistant.editions.notices import first_day
from assistant.editions.source_marks import mark_words
from assistant.editions.status import EditionStatus, EditionWithStatus
from assistant.model import Form, Layer
from assistant.outcomes.citation_text import form_words

_STATUSES = {
    EditionStatus.SUPERSEDED: "Replaced",
    EditionStatus.NOT_YET_IN_FORCE: "Not yet in force",
}


def edition_line(found: EditionWithStatus | None, edition_id: str) -> str:
    """Returns which edition it is and from when to when it holds, as one sentence without a full stop."""
    if found is None:
        return f"Edition {edition_id}, no longer in the library"
    edition, successor = found.edition, found.replaced_by
    said = [f"Edition {edition.edition_id}"]
    if found.status is EditionStatus.NOT_YET_IN_FORCE:
        said.append(f"in force only from {first_day(edition)}")
    elif edition.in_force_from:
        said.append(f"in force from {day(edition.in_force_from)}")
    elif edition.published:
        said.append(f"published {day(edition.published)}")
    if successor is not None:
        said[-1] += f" until {first_day(successor)}, when {successor.title} replaced it"
    elif found.is_past_review:
        said.append(f"due for review by {day(edition.review_by)}, which has passed")
    return ", ".join(said)


def source_tags(found: EditionWithStatus | None, form: Form) -> tuple[tuple[str, bool], ...]:
    """Returns the marks of a source, each with whether it is a warning: replaced, draft, summary, past review, local.

    Args:
        found: The edition with its status; None for one that is not in the library any more.
        form: The form that its citation names.
    """
    form_name = form_words(form).capitalize()
    if found is None:
        return tuple((each, True) for each in (form_name, "Not in the library") if each)
    at_source = mark_words(found.edition.source_mark).capitalize()
    past = "Review date passed" if found.is_past_review else ""
    warnings = [at_source, _STATUSES.get(found.status, ""), form_name, past]
    layer = layer_of(found.edition)
    own = layer.value.capitalize() if layer in (Layer.LOCAL, Layer.REGIONAL) else ""
    return (*((each, True) for each in warnings if each), *((each, False) for each in (own,) if each))
