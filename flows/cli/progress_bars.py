"""Progress bars in media minutes, with speed and time left."""

import threading
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Task as BarTask
from rich.text import Text

from flows.pace import Pace, minutes_text, pace, time_text


class _MediaMinutes(TextColumn):
    """``12.5/44.0 min`` while there is something to measure, then the note it ended with."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: BarTask) -> Text:
        note = str(task.fields.get("note", ""))
        if note or not task.total:
            return Text(note)
        return Text(minutes_text(round(task.completed), round(task.total)))


class _SpeedAndTimeLeft(TextColumn):
    """``14.2× 3 min left``.

    Not rich's own column: that one takes what was stored for fast work, and guesses from the last
    half minute, in which no chunk may have ended.
    """

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: BarTask) -> Text:
        going = task.fields.get("going")
        if not isinstance(going, Pace) or task.finished:
            return Text("")
        passed_s = time.monotonic() - float(task.fields["at_s"])
        left_s = max(0.0, going.left_s - passed_s)
        return Text(f"{going.speed:.1f}× {time_text(left_s)} left")


class BarProgress:
    """One bar a stage.

    Args:
        console: The terminal's error stream when not given.
    """

    def __init__(self, console: Console | None = None) -> None:
        self._bars = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            _MediaMinutes(),
            TimeElapsedColumn(),
            _SpeedAndTimeLeft(),
            console=console or Console(stderr=True),
        )
        self._tasks: dict[str, tuple[TaskID, int, float]] = {}  # bar, media in ms, since when
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def started(self, label: str, total_ms: int) -> None:
        """Show a bar; a pulsing one when there is nothing to measure."""
        with self._lock:
            if label not in self._tasks:
                bar = self._bars.add_task(escape(label), total=total_ms or None)
                self._tasks[label] = (bar, total_ms, time.monotonic())

    def advanced(self, label: str, done_ms: int, *, stored_ms: int = 0) -> None:
        """Move the bar."""
        bar, total_ms, since_s = self._tasks[label]
        now_s = time.monotonic()
        going = pace(
            total_ms=total_ms, done_ms=done_ms, stored_ms=stored_ms, elapsed_s=now_s - since_s
        )
        self._bars.update(bar, completed=done_ms, going=going, at_s=now_s)

    def finished(self, label: str, note: str) -> None:
        """Fill the bar and show how it ended."""
        self.started(label, 1)
        self._bars.update(self._tasks[label][0], total=1, completed=1, note=note)

    def warned(self, message: str) -> None:
        """Print above the bars."""
        self._bars.console.print(f"[yellow]warning:[/] {escape(message)}", highlight=False)
