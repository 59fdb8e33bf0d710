"""Spans of runs and stages, for whoever collects them; without a collector, nothing."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Protocol

Attribute = str | int | bool


class Span(Protocol):
    """A piece of work on a timeline."""

    def tell(self, **attributes: Attribute) -> None:
        """What became known while it was done."""
        ...


class Tracer(Protocol):
    """Draws spans; `flows.observing.otel_tracing` hands them to OpenTelemetry."""

    def span(self, name: str, attributes: dict[str, Attribute]) -> AbstractContextManager[Span]:
        """A span for the length of the block, below the one around it; an error in it is told."""
        ...


class _NoSpan:
    def tell(self, **attributes: Attribute) -> None:
        """To nobody."""


current_tracer: ContextVar[Tracer | None] = ContextVar("current_tracer", default=None)
"""Who draws the spans of this context, if anybody."""


@contextmanager
def span(name: str, **attributes: Attribute) -> Iterator[Span]:
    """A span for the length of the block, when somebody draws; empty attributes are left out."""
    tracer = current_tracer.get()
    if tracer is None:
        yield _NoSpan()
        return
    told = {f"polycue.{key}": value for key, value in attributes.items() if value}
    with tracer.span(name, told) as drawn:
        yield drawn
