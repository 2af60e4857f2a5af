"""Those standard variables of OpenTelemetry that its SDK leaves to a program: which signals are sent, and how."""

from __future__ import annotations

import os
from dataclasses import dataclass

from assistant.errors import ConfigurationError

PROTOCOL = "http/protobuf"
EXTRA = "telemetry: the OTLP exporter is not installed. Install it with `pip install 'policy-assistant[telemetry]'`."


@dataclass(frozen=True, slots=True)
class Signals:
    """Which signals are sent."""

    has_traces: bool
    has_metrics: bool


def telemetry_signals() -> Signals:
    """Returns which signals the environment asks for; both unless a variable says none.

    Raises:
        ConfigurationError: A variable asks for another exporter or protocol.
    """
    for variable in ("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"):
        protocol = os.environ.get(variable) or PROTOCOL
        if protocol != PROTOCOL:
            raise ConfigurationError(f"{variable}={protocol}: only {PROTOCOL} is sent. Unset it.")
    return Signals(_is_sent("OTEL_TRACES_EXPORTER"), _is_sent("OTEL_METRICS_EXPORTER"))


def _is_sent(variable: str) -> bool:
    exporter = (os.environ.get(variable) or "otlp").strip().lower()
    if exporter not in ("otlp", "none"):
        raise ConfigurationError(f"{variable}={exporter}: there are otlp and none. Set one of them, or unset it.")
    return exporter == "otlp"
