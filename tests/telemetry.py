"""Telemetry that stays in this process, and all that it was told as one text."""

from __future__ import annotations

from dataclasses import dataclass

from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.adapters.telemetry import OpenTelemetry


@dataclass(frozen=True, slots=True)
class InMemory:
    """Telemetry with what was sent."""

    telemetry: OpenTelemetry
    exporter: InMemorySpanExporter
    reader: InMemoryMetricReader

    @property
    def spans(self) -> dict[str, ReadableSpan]:
        """Returns the finished spans by name; of several of a name, the last."""
        return {each.name: each for each in self.exporter.get_finished_spans()}

    @property
    def sent(self) -> str:
        """Returns everything that would be sent, as one text."""
        metrics = self.reader.get_metrics_data()
        spans = [each.to_json() for each in self.exporter.get_finished_spans()]
        return "\n".join([*spans, metrics.to_json() if metrics else ""])


def in_memory() -> InMemory:
    """Returns telemetry that keeps what it is told."""
    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    telemetry = OpenTelemetry(lambda: [SimpleSpanProcessor(exporter)], lambda: [reader])
    return InMemory(telemetry, exporter, reader)
