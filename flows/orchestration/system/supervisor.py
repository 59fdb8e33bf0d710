"""Starts the parts in order, starts again what ends by itself, and stops them all."""

import logging
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import replace

from flows.orchestration.system.marks import MARK, end_marked
from flows.orchestration.system.parts import Part, Plan
from flows.orchestration.system.running import RunningPart
from flows.orchestration.system.settings import Site
from flows.orchestration.system.state import PartState, Phase, SystemState, read_state, write_state

_LOOK_S = 0.25
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
_HEALTHY_AFTER_S = 60.0
_SWEEP_S = 5.0

logger = logging.getLogger(__name__)


class StartFailedError(RuntimeError):
    """A part that did not become ready; says where its log is."""


class Supervisor:
    """One system.

    Args:
        site: Where it lives.
        plan: What is to run.
        stop: Set when the system is to end.
    """

    def __init__(self, site: Site, plan: Plan, stop: threading.Event) -> None:
        self._site, self._plan, self._stop = site, plan, stop
        self._parts = {part.name: part for part in (plan.first, *plan.rest)}
        self._mark = uuid.uuid4().hex
        self._environment = {**site.environment(), MARK: self._mark}
        self._running: dict[str, RunningPart] = {}
        self._known: dict[str, PartState] = {}
        self._pauses: dict[str, tuple[float, float]] = {}
        self._pid = 0
        self._phase = Phase.STARTING

    def run(self, pid: int) -> None:
        """Until ``stop`` is set; whatever happens, nothing is left behind.

        Raises:
            StartFailedError: a part did not become ready in time.
        """
        self._pid = pid
        self._sweep_the_last()
        reaper = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "flows.orchestration.system.reaper", self._mark],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            self._start_all()
            self._watch()
        except StartFailedError as error:
            self._tell(Phase.FAILED, str(error))
            raise
        finally:
            self._stop_all()
            # Its input closes: it ends what the parts have left, and then itself.
            reaper.communicate()

    def _sweep_the_last(self) -> None:
        """End what a system that was killed together with its reaper has left."""
        last = read_state(self._site.layout)
        if last is not None and (left := end_marked(last.mark, grace_s=_SWEEP_S)):
            logger.warning("ended %d processes of a system that was killed", left)

    def _start_all(self) -> None:
        self._known = {name: PartState(name=name) for name in self._parts}
        self._tell(Phase.STARTING)
        self._start(self._plan.first)
        self._await((self._plan.first,))
        self._prepare()
        for part in self._plan.rest:
            self._start(part)
        self._await(self._plan.rest)
        if not self._stop.is_set():
            self._tell(Phase.RUNNING)

    def _start(self, part: Part) -> None:
        log = self._site.layout.logs / f"{part.name}.log"
        self._running[part.name] = RunningPart(part, self._environment, log)
        self._note(part.name, state="starting", pid=self._running[part.name].pid)

    def _await(self, parts: tuple[Part, ...]) -> None:
        deadline = time.monotonic() + self._site.settings.start_seconds
        waiting = {part.name: part for part in parts}
        while waiting and not self._stop.is_set():
            for name in [name for name, part in waiting.items() if part.ready()]:
                del waiting[name]
                self._note(name, state="ready")
            for name in waiting:
                how = self._running[name].ended
                if how or time.monotonic() > deadline:
                    log = self._site.layout.logs / f"{name}.log"
                    raise StartFailedError(f"{name} {how or 'is not ready in time'}: see {log}")
            self._stop.wait(_LOOK_S)

    def _prepare(self) -> None:
        if self._stop.is_set():
            return
        done = subprocess.run(  # noqa: S603 - our own command
            self._plan.prepare,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or [f"code {done.returncode}"]
            raise StartFailedError(f"{self._plan.first.name} could not be prepared: {last[0]}")

    def _watch(self) -> None:
        """Start again what ends by itself, each time after a longer pause."""
        while not self._stop.wait(_LOOK_S):
            for name, running in list(self._running.items()):
                if how := running.ended:
                    self._down(name, how)
            for name, known in list(self._known.items()):
                if known.state == "down" and time.monotonic() >= self._pauses[name][1]:
                    self._start(self._parts[name])
                    self._note(name, state="ready", restarts=known.restarts + 1)

    def _down(self, name: str, how: str) -> None:
        self._running.pop(name).stop(grace_s=1)
        now = time.monotonic()
        pause_s, last = self._pauses.get(name, (0.0, 0.0))
        was_healthy = now - last > _HEALTHY_AFTER_S
        pause_s = _FIRST_PAUSE_S if was_healthy else min(2 * pause_s, _LONGEST_PAUSE_S)
        self._pauses[name] = (pause_s, now + pause_s)
        logger.warning("%s %s; starting it again in %.0f s", name, how, pause_s)
        self._note(name, state="down", pid=0, problem=how)

    def _stop_all(self) -> None:
        if self._known and self._phase is not Phase.FAILED:
            self._tell(Phase.STOPPING)
        # The server last: the others tell it how their work ended.
        for name in list(self._running)[::-1]:
            self._running.pop(name).stop(grace_s=self._site.settings.stop_seconds)
            self._known[name] = replace(self._known[name], state="down", pid=0)

    def _note(self, name: str, **changes: object) -> None:
        self._known[name] = replace(self._known[name], **changes)  # type: ignore[arg-type]
        self._tell(self._phase)

    def _tell(self, phase: Phase, message: str = "") -> None:
        self._phase = phase
        write_state(
            self._site.layout,
            SystemState(
                pid=self._pid,
                mark=self._mark,
                phase=phase,
                prefect_url=self._site.prefect_url,
                form_url=self._site.form_url,
                parts=tuple(self._known.values()),
                message=message,
            ),
        )
