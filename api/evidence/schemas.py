"""Requests and responses of evidence files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import UploadFile
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.http.schemas import BODY_CHARS, RequestModel
from assistant.operations.evidence.values import EvidenceKind, EvidenceRequest
from assistant.operations.evidence.verify import FaultKind, Verified

FINGERPRINT = "a88ac93b251dd5c50cac4d687f835beb53e44812d376b24a8cad141525fe4986"
ABOUT: JsonDict = {
    "kind": "answer",
    "subject": "How long may an assessment take?",
    "day": "2026-03-14",
    "made_at": "2026-11-30T17:48:34+00:00",
}
Text = Annotated[str, Field(max_length=BODY_CHARS)]


class MakeEvidenceRequest(RequestModel):
    """What to make evidence of: one of a question, a topic and a stored outcome."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "How long may an assessment take?", "as_at": "2026-03-14"}]},
    )

    question: Text = ""
    """Answered as at the day."""
    topic: Text = ""
    """Words; the passages about them."""
    record_id: Annotated[str, Field(max_length=100)] = ""
    """A stored outcome, as it was shown."""
    as_at: date | None = None
    """The day, today or earlier; defaults to today. Not with a stored outcome, which has its own day."""

    def request(self) -> EvidenceRequest:
        """Returns the request as a value."""
        return EvidenceRequest(self.question, self.topic, self.record_id, self.as_at)


class CheckEvidenceRequest(RequestModel):
    """A file to check."""

    model_config = ConfigDict(extra="forbid")

    file: UploadFile


class EvidenceFaultResponse(BaseModel):
    """One thing that is wrong with a file."""

    kind: FaultKind
    message: str
    """A sentence that names the member."""


class EvidenceAboutResponse(BaseModel):
    """What an intact file is about."""

    kind: EvidenceKind
    subject: str
    """The question or topic, masked."""
    day: date
    made_at: str


class CheckedEvidenceResponse(BaseModel):
    """Whether a file is as it was sealed with the key of this data folder."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"is_intact": True, "faults": [], "key_fingerprint": FINGERPRINT, "about": ABOUT},
                {
                    "is_intact": False,
                    "faults": [{"kind": "changed_member", "message": "outcome.json was changed."}],
                    "key_fingerprint": FINGERPRINT,
                },
            ]
        }
    )

    is_intact: bool
    faults: list[EvidenceFaultResponse]
    key_fingerprint: str | None
    """Of the key that the file says it was sealed with; null where it has none."""
    about: EvidenceAboutResponse | None = None
    """Null where it cannot be relied on."""


class EvidenceKeyResponse(BaseModel):
    """The public key that this server seals with."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "public_key": "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA…\n-----END PUBLIC KEY-----\n",
                    "key_fingerprint": FINGERPRINT,
                }
            ]
        }
    )

    public_key: str
    """Ed25519, as PEM."""
    key_fingerprint: str
    """SHA-256 of the key as DER."""


def checked_response(verified: Verified) -> CheckedEvidenceResponse:
    """Returns the response for what was found about a file."""
    faults = [EvidenceFaultResponse(kind=each.kind, message=each.words) for each in verified.faults]
    return CheckedEvidenceResponse(
        is_intact=verified.is_intact,
        faults=faults,
        key_fingerprint=verified.fingerprint,
        about=about_response(verified.facts) if verified.is_intact else None,
    )


def about_response(facts: Any) -> EvidenceAboutResponse:
    """Returns what the facts of an intact file say."""
    names = {name: facts[name] for name in ("kind", "subject", "day")}
    return EvidenceAboutResponse(**names, made_at=facts["made"]["at"])
