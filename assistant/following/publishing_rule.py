"""The rule that publishes minor changes of a source by itself, and why it leaves others to a person."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from assistant.coverage.edition_diff.edition_units import units_of
from assistant.coverage.edition_diff.held_changes import Held, held_changes
from assistant.errors import AssistantError
from assistant.model import Document
from assistant.model.people import AuditLine
from assistant.model.sources import ChangeState, FollowedSource, PublishingRule, StagedChange
from assistant.ports import Sources

logger = logging.getLogger(__name__)
RULE = "rule"
"""Who decided, of changes that the rule published."""
Audit = Callable[[AuditLine], None]


def held_in(before: Document, after: Document) -> tuple[Held, ...]:
    """Returns why a changed document has to be read first; () for a minor change."""
    return held_changes(units_of(before), units_of(after))


def publish_minor(sources: Sources, source: FollowedSource, audit: Audit) -> tuple[StagedChange, ...]:
    """Returns the waiting changes of a source that the rule published, in one step; () where its rule is off.

    New, withdrawn, moved and suspicious documents always wait for a person, and so does a change that cannot be read.
    """
    if source.rule is not PublishingRule.MINOR:
        return ()
    waiting = sources.changes(None, source.source_id)
    minor = tuple(each for each in waiting if each.state is ChangeState.CHANGED and _is_minor(sources, each))
    if not minor:
        return ()
    generation = sources.accept(None, [each.change_id for each in minor], by=RULE)
    editions = tuple(each.edition_id for each in minor if each.edition_id is not None)
    what = f"rule of source {source.source_id}: {len(minor)} minor, generation {generation.number}"
    audit(AuditLine(datetime.now(UTC), "", "publish", what, editions))
    return minor


def _is_minor(sources: Sources, change: StagedChange) -> bool:
    try:
        texts = sources.texts(None, change.change_id)
    except AssistantError as error:
        logger.warning("a staged change of %s cannot be judged: %s", change.source_id, type(error).__name__)
        return False
    return texts.before is not None and texts.after is not None and not held_in(texts.before, texts.after)
