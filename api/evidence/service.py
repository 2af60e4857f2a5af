"""Makes and checks evidence files for an asker; API and page both use it."""

from __future__ import annotations

from datetime import UTC, datetime

from api.http.problems import Problem
from api.state import State
from assistant.bootstrap.stores import seal_check
from assistant.model.people import Asker, AuditLine
from assistant.operations.evidence.make import EvidenceFile, make_evidence
from assistant.operations.evidence.values import EvidenceKind, EvidenceRequest
from assistant.operations.evidence.verify import Verified, verify

ZIP, PEM = "application/zip", "application/x-pem-file"


def made(state: State, asker: Asker, request: EvidenceRequest) -> EvidenceFile:
    """Returns an evidence file, which is noted in the audit log.

    Raises:
        Problem: There is no such stored outcome for the asker (404).
        AssistantError: What is asked for is not one thing, or nothing can be made of it now.
    """
    now = datetime.now(UTC)
    if request.kind is EvidenceKind.RECORD:
        reader = state.assistant.reader(asker.groups)
        if state.assistant.records.record_for(request.record_id.strip(), reader) is None:
            detail = "There is no such stored outcome. It may have been deleted, or purged after its time."
            raise Problem(404, "not_found", detail)
    file = make_evidence(state.assistant, request, asker.groups, now)
    state.assistant.access_store.audit(AuditLine(now, asker.user_id, "evidence", file.what, tuple(file.editions)))
    return file


def checked(state: State, content: bytes) -> Verified:
    """Returns what is wrong with a file, which must be sealed with the key of this data folder."""
    return verify(content, seal_check(), state.assistant.seal_key.fingerprint)
