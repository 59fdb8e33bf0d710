"""``polycue dispatch``: what people do in review starts work."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from flows.cli.run import Engine, EngineName


def dispatch(
    once: Annotated[
        bool, typer.Option("--once", help="Start what is due, and end: for cron.")
    ] = False,
    engine: EngineName = Engine.AUTO,
    publish_here: Annotated[
        bool,
        typer.Option(
            "--publish-here",
            help="Publish in this process, within a second or two; all else as --engine says.",
        ),
    ] = False,
) -> int:
    """Publish what is approved, translate from approved transcripts, redo after changed words.

    Runs until it is told to stop; several at once do no harm.
    """
    from flows.dispatching.errors import NotAllStartedError
    from flows.dispatching.wiring import open_dispatcher
    from flows.settings import Settings

    dispatcher = open_dispatcher(Settings(), engine.value, publishes_here=publish_here)
    if not once:
        typer.echo("waiting for what people do in review; stop with Ctrl-C", err=True)
        with _lost_runs_found(engine.value):
            dispatcher.run()
        return 0
    tally = dispatcher.once()
    typer.echo(f"{tally.started} started, {tally.failed} failed")
    if tally.failed:
        raise NotAllStartedError(tally.failed, tally.problem)
    return 0


@contextmanager
def _lost_runs_found(engine: str) -> Iterator[None]:
    """Beside the dispatcher, since it is there wherever runs are."""
    from flows.orchestration import environment

    if not environment.wants_prefect(engine):
        yield
        return
    from flows.orchestration.lost_runs import look_after

    stop = threading.Event()
    thread = threading.Thread(target=look_after, args=(stop,), name="lost-runs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
