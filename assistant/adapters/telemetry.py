"""Telemetry by OpenTelemetry: spans and metrics to a collector that speaks OTLP over HTTP, set up by the standard variables.

Providers are our own, never the global ones: libraries that trace by themselves once there is a global provider (FastAPI,
Chroma) would send addresses with their query, and messages of exceptions.
"""

from __future__ import annotations

import atexit
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from opentelemetry.metrics import Counter, Histogram, Meter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.trace import Span as SdkSpan
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from assistant.errors import ConfigurationError
from assistant.ports.telemetry import Fact, Span, TelemetryId
from assistant.program_version import PACKAGE, program_version
from assistant.settings.telemetry_variables import EXTRA, Signals

PREFIX = "assistant."
STANDARD = {"route": "http.route", "method": "http.request.method", "status": "http.response.status_code"}
"""Facts that OpenTelemetry's conventions have a name for; any other stands below ``PREFIX``."""
ID = re.compile(r"[A-Za-z0-9_./{}:+-]{1,200}")
"""What the text of a fact may be: no space, so no sentence and no name of two words, whatever a caller hands over."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
CLOSE_S = 2.0
"""Longest wait for the collector when the program ends; a collector that is down would be tried for ten."""


@dataclass(frozen=True, slots=True)
class Providers:
    """What makes spans and instruments."""

    tracers: TracerProvider
    meters: MeterProvider

    def shut_down(self) -> None:
        """Sends what is waiting and ends their threads."""
        self.tracers.shutdown()
        self.meters.shutdown()


class OpenTelemetry:
    """Spans and metrics by OpenTelemetry's SDK; nothing is started before the first of them.

    Args:
        processors: Makes what spans go to.
        readers: Makes what reads the metrics.
    """

    def __init__(
        self, processors: Callable[[], list[SpanProcessor]], readers: Callable[[], list[MetricReader]]
    ) -> None:
        self._processors = processors
        self._readers = readers
        self._lock = threading.Lock()
        self._made: Providers | None = None
        self._is_shut_down = False
        self._instruments: dict[str, Any] = {}

    @contextmanager
    def span(self, name: TelemetryId, parent: Mapping[str, str] | None = None, **facts: Fact) -> Iterator[Span]:
        """Yields a span around some work; of an exception it has the type alone."""
        context = None if parent is None else TraceContextTextMapPropagator().extract(_trace_parent(parent))
        kind = SpanKind.INTERNAL if parent is None else SpanKind.SERVER
        with self._tracer.start_as_current_span(
            name, context, kind, _attributes(facts), record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield OpenSpan(span)
            except BaseException as error:
                span.set_status(Status(StatusCode.ERROR))
                span.set_attribute("error.type", type(error).__name__)
                raise

    def count(self, name: TelemetryId, **facts: Fact) -> None:
        """Adds one to a counter."""
        counter: Counter = self._instrument(name, lambda meter: meter.create_counter(name))
        counter.add(1, _attributes(facts))

    def measure(self, name: TelemetryId, seconds: float, **facts: Fact) -> None:
        """Adds a length of time to a histogram."""
        histogram: Histogram = self._instrument(
            name,
            lambda meter: meter.create_histogram(name, "s", explicit_bucket_boundaries_advisory=SECONDS),
        )
        histogram.record(seconds, _attributes(facts))

    def close(self) -> None:
        """Sends what is waiting, for a few seconds at most; what is told afterwards goes nowhere."""
        made = self._made
        if made is None or self._is_shut_down:
            return
        self._is_shut_down = True
        sending = threading.Thread(target=made.shut_down, daemon=True, name="telemetry-close")
        sending.start()
        sending.join(CLOSE_S)

    @cached_property
    def _tracer(self) -> Tracer:
        return self._providers.tracers.get_tracer(PACKAGE, program_version())

    @property
    def _providers(self) -> Providers:
        with self._lock:
            if self._made is None:
                resource = _resource()
                tracers = TracerProvider(resource=resource, shutdown_on_exit=False)
                for processor in self._processors():
                    tracers.add_span_processor(processor)
                meters = MeterProvider(self._readers(), resource, shutdown_on_exit=False)
                self._made = Providers(tracers, meters)
                atexit.register(self.close)
            return self._made

    def _instrument(self, name: str, make: Callable[[Meter], Any]) -> Any:
        if name not in self._instruments:
            meter = self._providers.meters.get_meter(PACKAGE, program_version())
            with self._lock:
                if name not in self._instruments:
                    self._instruments[name] = make(meter)
        return self._instruments[name]


class OpenSpan:
    """A span of OpenTelemetry."""

    def __init__(self, span: SdkSpan) -> None:
        self._span = span

    def tell(self, **facts: Fact) -> None:
        """Adds facts."""
        self._span.set_attributes(_attributes(facts))

    def rename(self, name: TelemetryId) -> None:
        """Gives it another name."""
        self._span.update_name(name)


def open_telemetry(signals: Signals) -> OpenTelemetry:
    """Returns telemetry to the collector that the standard variables (``OTEL_...``) name.

    The SDK itself reads endpoint, headers, certificates, time limits, sampling, ``OTEL_SERVICE_NAME``,
    ``OTEL_RESOURCE_ATTRIBUTES`` and ``OTEL_SDK_DISABLED``.

    Raises:
        ConfigurationError: The exporter is not installed; names the extra.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError as error:
        raise ConfigurationError(EXTRA) from error
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return OpenTelemetry(
        lambda: [BatchSpanProcessor(OTLPSpanExporter())] if signals.has_traces else [],
        lambda: [PeriodicExportingMetricReader(OTLPMetricExporter())] if signals.has_metrics else [],
    )


def _resource() -> Resource:
    """Returns what the variables say of this service, under the program's own name unless they name another."""
    named = Resource.create({SERVICE_VERSION: program_version()})
    if str(named.attributes[SERVICE_NAME]).startswith("unknown_service"):
        return named.merge(Resource({SERVICE_NAME: PACKAGE}))
    return named


def _trace_parent(headers: Mapping[str, str]) -> dict[str, str]:
    """Returns the ``traceparent`` of a caller; ``tracestate`` and ``baggage`` may hold any words, and stay outside."""
    return {"traceparent": headers["traceparent"]} if "traceparent" in headers else {}


def _attributes(facts: Mapping[str, Fact]) -> dict[str, bool | int | float | str]:
    return {STANDARD.get(name, f"{PREFIX}{name}"): _value(fact) for name, fact in facts.items()}


def _value(fact: Fact) -> bool | int | float | str:
    """Returns a fact as it is sent; text that could be words is "withheld"."""
    if isinstance(fact, StrEnum):
        return fact.value
    if isinstance(fact, str):
        return fact if ID.fullmatch(fact) else "withheld"
    return fact
