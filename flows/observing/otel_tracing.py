"""Spans through OpenTelemetry; the one home of its SDK (the extra ``otel``)."""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from flows.observing.tracing import Attribute, Span, Tracer
from subtitles.errors import PolycueError

logger = logging.getLogger(__name__)

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@lru_cache(maxsize=1)
def tracer_of_environment() -> Tracer | None:
    """A tracer that sends spans by OTLP over HTTP; None unless the environment names where to.

    One for the process: it sends in the background and at its end. OpenTelemetry's own variables
    say the rest (headers, sampling, the service's name, which is ``polycue`` otherwise). Where the
    extra is not installed a warning says so, and there are no spans.
    """
    if not any(os.environ.get(name) for name in _ENDPOINTS):
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ModuleNotFoundError as error:
        logger.warning("no spans are sent: %s is missing; install the extra `otel`", error.name)
        return None
    name = os.environ.get("OTEL_SERVICE_NAME", "polycue")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return OtelTracer(provider.get_tracer("polycue"))


@dataclass(frozen=True, slots=True)
class _OtelSpan:
    span: object

    def tell(self, **attributes: Attribute) -> None:
        """See `Span.tell`."""
        for key, value in attributes.items():
            self.span.set_attribute(f"polycue.{key}", value)  # type: ignore[attr-defined]


class OtelTracer:
    """Implements `flows.observing.tracing.Tracer`.

    Args:
        tracer: OpenTelemetry's.
    """

    def __init__(self, tracer: object) -> None:
        self._tracer = tracer

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, Attribute]) -> Iterator[Span]:
        """See `Tracer.span`; what ends the block in error is told by its kind and exit code."""
        start = self._tracer.start_as_current_span  # type: ignore[attr-defined]
        with start(name, attributes=dict(attributes)) as drawn:
            try:
                yield _OtelSpan(drawn)
            except PolycueError as error:
                drawn.set_attribute("polycue.exit_code", error.exit_code)
                raise
