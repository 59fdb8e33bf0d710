"""Progress in the terminal: bars for a person, plain lines for a log."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TextIO

from flows.pace import minutes_text, pace
from flows.progress import Progress, SilentProgress, current_progress

# A log is told of long work now and then: after a tenth of it, but not more often than this…
_LEAST_PAUSE_S = 10.0
# …and when so much time has gone by, however little was done.
_LONGEST_PAUSE_S = 30.0
_TELLING_SHARE = 0.1


@dataclass(slots=True, kw_only=True)
class _Work:
    """Something that goes on, and what was last said of it."""

    total_ms: int
    since_s: float
    said_ms: int
    said_s: float


class LineProgress:
    """A line when something ends or needs saying, and now and then while it goes on.

    For logs and pipes: an hour of recognition is not an hour without a word.

    Args:
        out: Where the lines go.
        now_s: The time, for measuring.
    """

    def __init__(self, out: TextIO, *, now_s: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._now_s = now_s
        self._work: dict[str, _Work] = {}
        self._lock = threading.Lock()

    def started(self, label: str, total_ms: int) -> None:
        """Remember when; nothing to say yet."""
        now_s = self._now_s()
        with self._lock:
            self._work[label] = _Work(total_ms=total_ms, since_s=now_s, said_ms=0, said_s=now_s)

    def advanced(self, label: str, done_ms: int, *, stored_ms: int = 0) -> None:
        """Say how far it is when there is something new to say."""
        now_s = self._now_s()
        with self._lock:
            work = self._work.get(label)
            if work is None or not _is_telling(work, done_ms, now_s):
                return
            work.said_ms, work.said_s = done_ms, now_s
            going = pace(
                total_ms=work.total_ms,
                done_ms=done_ms,
                stored_ms=stored_ms,
                elapsed_s=now_s - work.since_s,
            )
            said = minutes_text(done_ms, work.total_ms)
            self._out.write(f"{label}: {said}{f' ({going})' if going else ''}\n")
            self._out.flush()

    def finished(self, label: str, note: str) -> None:
        """Say how it ended."""
        with self._lock:
            self._work.pop(label, None)
            self._out.write(f"{label}: {note}\n")

    def warned(self, message: str) -> None:
        """Say it."""
        with self._lock:
            self._out.write(f"warning: {message}\n")


def _is_telling(work: _Work, done_ms: int, now_s: float) -> bool:
    quiet_s = now_s - work.said_s
    if not work.total_ms or done_ms >= work.total_ms or quiet_s < _LEAST_PAUSE_S:
        return False
    return quiet_s >= _LONGEST_PAUSE_S or done_ms - work.said_ms >= _TELLING_SHARE * work.total_ms


class SilentButWarning(SilentProgress):
    """No progress; warnings still reach the person."""

    def warned(self, message: str) -> None:
        """Say it."""
        sys.stderr.write(f"warning: {message}\n")


@contextmanager
def terminal_progress(out: TextIO, *, quiet: bool) -> Iterator[None]:
    """Tell people of the work of a block: bars on a terminal, lines elsewhere.

    When quiet, only what they should know (`Progress.warned`).
    """
    with ExitStack() as stack:
        listener: Progress
        if quiet:
            listener = SilentButWarning()
        elif not out.isatty():
            listener = LineProgress(out)
        else:
            from flows.cli.progress_bars import BarProgress

            listener = stack.enter_context(BarProgress())
        stack.callback(current_progress.reset, current_progress.set(listener))
        yield
