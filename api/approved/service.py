"""The desks of the policy team over the current library, with faults as problems and a line in the audit log for each act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends

from api.audit_log import audit
from api.deps import require_role
from api.http.problems import Problem
from api.state import State
from assistant.model import EditionId
from assistant.model.people import Asker, Role
from assistant.operations.approved.blocks import BlockDesk
from assistant.operations.approved.desk import ApprovedDesk, Busy, NotAllowed, NotThere

PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]


@contextmanager
def answers_of(state: State, asker: Asker) -> Iterator[ApprovedDesk]:
    """Yields the desk for approved answers; they are compared with the library first, if nobody has yet.

    Raises:
        Problem: There is no such answer (404), somebody approves their own draft (403), or somebody else changed
            something at the same moment (409).
    """
    state.assistant.settle_approved()
    with _problems(), state.assistant.opened(asker.groups) as snapshot:
        yield state.assistant.approved_desk(snapshot, asker.groups)


@contextmanager
def blocks_of(state: State, asker: Asker) -> Iterator[BlockDesk]:
    """Yields the desk for blocks. Raises ``Problem`` (404) where there is no such block."""
    with _problems(), state.assistant.opened(asker.groups) as snapshot:
        yield state.assistant.block_desk(snapshot, asker.groups)


@contextmanager
def _problems() -> Iterator[None]:
    try:
        yield
    except NotThere as error:
        raise Problem(404, "not_found", str(error)) from error
    except NotAllowed as error:
        raise Problem(403, "second_person", str(error)) from error
    except Busy as error:
        raise Problem(409, "busy", str(error)) from error


def audited(state: State, asker: Asker, act: str, what: str, *editions: EditionId) -> None:
    """Writes to the audit log who did what to an approved answer or a block; never its words."""
    audit(state, asker, f"approved_{act}", what, *editions)
