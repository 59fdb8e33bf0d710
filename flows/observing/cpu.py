"""Processor time of this process, shared out among what is at work in it."""

import threading
import time
from collections.abc import Callable


class CpuMeter:
    """Shares out processor time: what goes by while several are at work is divided evenly.

    Engines compute in threads of their own, so that the time of the thread that asks says nothing,
    and that of the process says too much as soon as two stages overlap. Like this the parts add up
    to what was really used. Safe for several threads; one for each run, so that two runs at once in
    one process both count what both use.

    Args:
        now_s: Processor time of all threads so far.
    """

    def __init__(self, now_s: Callable[[], float] = time.process_time) -> None:
        self._now_s = now_s
        self._at_s = now_s()
        self._used_s: dict[int, float] = {}
        self._active: set[int] = set()
        self._next = 0
        self._lock = threading.Lock()

    def start(self) -> int:
        """Somebody begins to work; gives a number to stop by."""
        with self._lock:
            self._share()
            self._next += 1
            self._used_s[self._next] = 0.0
            self._active.add(self._next)
            return self._next

    def pause(self, number: int) -> None:
        """It waits for work that is counted apart."""
        with self._lock:
            self._share()
            self._active.discard(number)

    def resume(self, number: int) -> None:
        """It works again."""
        with self._lock:
            self._share()
            self._active.add(number)

    def stop(self, number: int) -> float:
        """It has ended; seconds it used."""
        with self._lock:
            self._share()
            self._active.discard(number)
            return self._used_s.pop(number)

    def _share(self) -> None:
        now_s = self._now_s()
        for number in self._active:
            self._used_s[number] += (now_s - self._at_s) / len(self._active)
        self._at_s = now_s
