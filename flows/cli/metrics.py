"""``polycue metrics``: runs, stages and the review queue in numbers, for Prometheus."""

from pathlib import Path
from typing import Annotated

import typer


def metrics(
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            show_default=False,
            help="Serve /metrics on this port until Ctrl-C (9322 is free by custom).",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to serve on; it asks nobody for a password.")
    ] = "127.0.0.1",
    textfile: Annotated[
        Path | None,
        typer.Option(show_default=False, help="Write NAME.prom for the node exporter, and end."),
    ] = None,
) -> None:
    """Print metrics once, write them to a file, or serve them.

    Exit codes: 0 done; 7 when the file cannot be written or the port is taken.
    """
    from flows.observing.exposing import metrics_text, served, write_metrics
    from flows.settings import Settings

    settings = Settings()
    if textfile is not None:
        write_metrics(textfile, settings)
    if port is not None:
        with served(settings, host=host, port=port) as address:
            typer.echo(f"metrics at {address}")
            _wait()
    if textfile is None and port is None:
        typer.echo(metrics_text(settings).decode(), nl=False)


def _wait() -> None:
    """Until a stop signal ends this process."""
    import threading

    threading.Event().wait()
