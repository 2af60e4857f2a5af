"""Asks a policy assistant from Python: typed, sync and async, with retries.

    with PolicyAssistant("https://policy.example.org", key="pak_...") as assistant:
        outcome = assistant.ask("How long may an assessment take?")["outcome"]

A refusal and an emergency card are outcomes, not errors: look at ``outcome["outcome"]`` first ("signposted" carries a card,
to be shown before anything else).
"""

from policy_assistant_client import models
from policy_assistant_client._async_client import AsyncPolicyAssistant
from policy_assistant_client._client import PolicyAssistant
from policy_assistant_client._errors import (
    Conflict,
    Forbidden,
    Incomplete,
    Invalid,
    NotAuthenticated,
    NotFound,
    PolicyAssistantError,
    ProblemError,
    TooManyRequests,
    Unavailable,
    UnknownEdition,
    Unreachable,
)
from policy_assistant_client._retries import Retries
from policy_assistant_client._stream import AskEvent

__version__ = "0.1.0"
__all__ = [
    "AskEvent",
    "AsyncPolicyAssistant",
    "Conflict",
    "Forbidden",
    "Incomplete",
    "Invalid",
    "NotAuthenticated",
    "NotFound",
    "PolicyAssistant",
    "PolicyAssistantError",
    "ProblemError",
    "Retries",
    "TooManyRequests",
    "Unavailable",
    "UnknownEdition",
    "Unreachable",
    "models",
]
