"""One part as a process: in a group of its own, its output in a log of bounded size."""

import ctypes
import logging
import os
import signal
import subprocess
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from flows.orchestration.system.parts import Part

_LOG_BYTES = 5_000_000
_LOGS_KEPT = 2
_PR_SET_PDEATHSIG = 1


class RunningPart:
    """A part that was started; its group is ended with `stop`."""

    def __init__(self, part: Part, environment: dict[str, str], log: Path) -> None:
        """Start it.

        Raises:
            OSError: the log cannot be written, or the command not be run.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        self._handler = RotatingFileHandler(
            log, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8", errors="replace"
        )
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            part.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - one call into the kernel, no locks
        )
        output = self._process.stdout
        if output is None:
            raise AssertionError("its output was asked for")
        self._pump = threading.Thread(target=self._write, args=(output,), daemon=True)
        self._pump.start()

    @property
    def pid(self) -> int:
        """Of the process and of its group."""
        return self._process.pid

    @property
    def ended(self) -> str:
        """How it ended, in words; empty while it runs."""
        code = self._process.poll()
        if code is None:
            return ""
        return f"ended with code {code}" if code >= 0 else f"was ended by signal {-code}"

    def stop(self, grace_s: float) -> None:
        """Ask the group to end, and after ``grace_s`` make it."""
        for number, patience_s in ((signal.SIGTERM, grace_s), (signal.SIGKILL, grace_s)):
            if not self._tell_group(number):
                break
            try:
                self._process.wait(timeout=patience_s)
            except subprocess.TimeoutExpired:
                continue
        self._tell_group(signal.SIGKILL)  # whoever of the group outlived its leader
        self._process.wait()
        self._pump.join(timeout=1)
        self._handler.close()

    def _tell_group(self, number: signal.Signals) -> bool:
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            return False
        return True

    def _write(self, output: IO[bytes]) -> None:
        with output:
            for line in output:
                text = line.decode("utf-8", "replace").rstrip("\n")
                self._handler.emit(logging.makeLogRecord({"msg": "%s", "args": (text,)}))


def _end_with_parent() -> None:
    """In the child: be asked to end when the supervisor dies, even by ``kill -9`` (Linux)."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return  # another system: the reaper finds it
