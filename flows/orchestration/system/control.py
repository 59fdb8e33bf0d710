"""Up, down, and what runs: what people ask of a system from their terminal."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from flows.orchestration.system.marks import end_marked
from flows.orchestration.system.parts import plan_of
from flows.orchestration.system.room import memory_mb, titles_that_fit
from flows.orchestration.system.settings import Layout, Site, SystemSettings, queues_of
from flows.orchestration.system.state import (
    AlreadyUpError,
    Phase,
    SystemState,
    is_up,
    read_state,
    secret_of,
    sole,
)
from flows.orchestration.system.supervisor import StartFailedError, Supervisor
from flows.settings import Settings
from subtitles.errors import StorageError

_LOOK_S = 0.2
_SWEEP_S = 5.0
# Of each part, one after the other, and some for the sweep.
_PARTS = 4


class NotStartedError(StorageError):
    """A system that did not come up; nothing of it runs."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"the system did not start: {self.why}"


def site_of(settings: Settings) -> Site:
    """The system of a workspace; CannotWriteError when that cannot be written."""
    layout = Layout(workspace=settings.workspace)
    room = titles_that_fit(
        memory_mb=memory_mb(),
        processors=os.cpu_count() or 1,
        threads=settings.threads,
        models_mb=settings.engine_memory_mb,
        queues=len(queues_of(settings.device)),
    )
    return Site(
        settings=SystemSettings(),
        layout=layout,
        secret=secret_of(layout),
        device=settings.device,
        # What the models of the other tiers take was not measured.
        room=room if settings.tier == "starter" else 1,
    )


def supervise(settings: Settings) -> None:
    """Be the supervisor of this workspace's system until SIGTERM or Ctrl-C.

    Raises:
        AlreadyUpError: there is one.
        NotStartedError: a part did not become ready; everything is stopped again.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    site = site_of(settings)
    with sole(site.layout):
        try:
            Supervisor(site, plan_of(site), stop).run(os.getpid())
        except StartFailedError as error:
            raise NotStartedError(str(error)) from error


def bring_up(settings: Settings, told: Callable[[SystemState], None]) -> SystemState:
    """Start a system that goes on after this process; returns once all of it is ready.

    Args:
        settings: Of this process; the system has the same environment.
        told: Hears of every change on the way.

    Raises:
        AlreadyUpError: there is one.
        NotStartedError: with what its supervisor said.
    """
    site = site_of(settings)
    if is_up(site.layout):
        raise AlreadyUpError(str(settings.workspace))
    site.layout.state.unlink(missing_ok=True)
    site.layout.logs.mkdir(parents=True, exist_ok=True)
    log = site.layout.logs / "system.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.orchestration.system"],
            env={**os.environ, "POLYCUE_HOME": str(settings.workspace)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    last: SystemState | None = None
    while True:
        state = read_state(site.layout)
        if state is not None and state != last:
            last = state
            told(state)
            if state.phase is Phase.RUNNING:
                return state
        if process.poll() is not None:
            state = read_state(site.layout)
            why = state.message if state else ""
            raise NotStartedError(why or f"see {log}")
        time.sleep(_LOOK_S)


def bring_down(settings: Settings) -> bool:
    """Stop the system of this workspace and whatever it left; False when there was nothing.

    Returns once every process is gone.
    """
    layout = Layout(workspace=settings.workspace)
    state = read_state(layout)
    if state is None:
        return False
    was_up = is_up(layout)
    if was_up:
        os.kill(state.pid, signal.SIGTERM)
        deadline = time.monotonic() + (_PARTS + 1) * SystemSettings().stop_seconds
        while is_up(layout) and time.monotonic() < deadline:
            time.sleep(_LOOK_S)
    left = end_marked(state.mark, grace_s=_SWEEP_S)
    layout.state.unlink(missing_ok=True)
    return was_up or left > 0


def running(settings: Settings) -> SystemState | None:
    """The system of this workspace; None when none runs."""
    layout = Layout(workspace=settings.workspace)
    return read_state(layout) if is_up(layout) else None


def main() -> int:
    """The supervisor as a process; its words go to its log."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        supervise(Settings())
    except (AlreadyUpError, NotStartedError) as error:
        logging.getLogger(__name__).error("%s", error)  # noqa: TRY400 - it is no fault of ours
        return error.exit_code
    return 0
