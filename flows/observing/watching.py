"""A stage as those see it who count what it costs, write logs and draw spans."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flows.observing.context import at_work
from flows.observing.tracing import span
from flows.runs.recording import RunRecorder, current_run
from flows.runs.records import StageCost

logger = logging.getLogger(__name__)

_KEY_CHARS = 16
"""Of a result's key, kept with its cost: enough that no two results of a run are taken for one."""


@dataclass(slots=True, kw_only=True)
class Watched:
    """A stage at work.

    Attributes:
        cached: Whether its result was there; None as long as nobody knows.
        size_bytes: Of its result.
        elsewhere_s: Wall time of other stages that were computed on the way.
        meter_number: Under which its processor time is counted; 0 outside a run.
    """

    cached: bool | None = None
    size_bytes: int = 0
    elsewhere_s: float = 0.0
    meter_number: int = 0

    def ended(self, *, cached: bool, size_bytes: int) -> None:
        """Its result is there."""
        self.cached, self.size_bytes = cached, size_bytes


_around: ContextVar[Watched | None] = ContextVar("stage_around", default=None)


@contextmanager
def watched(stage: str, key: str, *, language: str = "", chunk: int = 0) -> Iterator[Watched]:
    """See a stage through; tells the run of this context what it cost, if it ended well.

    Args:
        stage: Its name.
        key: Of its result.
        language: That it works on, if any.
        chunk: Part of the title that it works on, from 1; 0 for all of it.
    """
    seen, run = Watched(), current_run.get()
    began_s = time.monotonic()
    with at_work(stage=stage, language=language or None, chunk=chunk or None):
        with span(f"stage {stage}", stage=stage, language=language, chunk=chunk) as drawn:
            with _counted(seen, run) as cpu_s:
                yield seen
            drawn.tell(cached=bool(seen.cached), size_bytes=seen.size_bytes)
        if seen.cached is None:
            return
        wall_s = max(0.0, time.monotonic() - began_s - seen.elsewhere_s)
        cost = StageCost(
            stage=stage,
            key=key[:_KEY_CHARS],
            language=language,
            chunk=chunk,
            cached=seen.cached,
            wall_ms=round(wall_s * 1000),
            cpu_ms=round(sum(cpu_s) * 1000),
            size_bytes=seen.size_bytes,
        )
        _log(cost)
        if run is not None:
            run.stage_ended(cost)


@contextmanager
def _counted(seen: Watched, run: RunRecorder | None) -> Iterator[list[float]]:
    """Count processor time into the list, and take it away from the stage around this one."""
    used_s: list[float] = []
    around, began_s = _around.get(), time.monotonic()
    token = _around.set(seen)
    if run is None:
        try:
            yield used_s
        finally:
            _around.reset(token)
        return
    if around is not None:
        run.meter.pause(around.meter_number)
    seen.meter_number = run.meter.start()
    try:
        yield used_s
    finally:
        used_s.append(run.meter.stop(seen.meter_number))
        _around.reset(token)
        if around is not None:
            around.elsewhere_s += time.monotonic() - began_s
            run.meter.resume(around.meter_number)


def _log(cost: StageCost) -> None:
    if cost.cached:
        logger.debug("%s stored already", cost.stage)
    else:
        logger.info(
            "%s made in %d ms (processor %d ms, %d bytes)",
            cost.stage,
            cost.wall_ms,
            cost.cpu_ms,
            cost.size_bytes,
        )
