"""Metrics on their way to Prometheus: over HTTP, or as a file for its node exporter."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    ProcessCollector,
    generate_latest,
    start_http_server,
)

from flows.errors import CannotWriteError
from flows.files import write_atomically
from flows.observing.metrics import PolycueCollector
from flows.runs.opening import run_log_for
from flows.settings import Settings
from review.sql.overview import SqlOverview


def registry_of(settings: Settings) -> CollectorRegistry:
    """What is told of this workspace; nothing is asked before somebody looks."""
    registry = CollectorRegistry(auto_describe=False)
    overview = SqlOverview(settings.review_database_url)
    registry.register(PolycueCollector(run_log_for(settings), overview))
    return registry


def metrics_text(settings: Settings) -> bytes:
    """All metrics now, in Prometheus' text format."""
    return generate_latest(registry_of(settings))


def write_metrics(path: Path, settings: Settings) -> None:
    """Put them into a file, in one step: the node exporter never reads half of it.

    Raises:
        CannotWriteError: the file cannot be written.
    """
    write_atomically(path, metrics_text(settings))


@contextmanager
def served(settings: Settings, *, host: str, port: int) -> Iterator[str]:
    """Serve them at ``/metrics`` for the length of the block; gives the address.

    Raises:
        CannotWriteError: the address is taken, or not one of this machine.
    """
    registry = registry_of(settings)
    ProcessCollector(registry=registry)
    try:
        server, thread = start_http_server(port, addr=host, registry=registry)
    except OSError as error:
        reason = f"{error.strerror or error}; choose another --port or --host"
        raise CannotWriteError(f"metrics to {host}:{port}", reason) from error
    try:
        yield f"http://{host}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
