"""Progress bars in media minutes, with speed and time left."""

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
    TimeRemainingColumn,
)
from rich.progress import Task as BarTask
from rich.text import Text

from subtitles.span import MS_PER_MINUTE


class _MediaMinutes(TextColumn):
    """``12.5/44.0 min`` while there is something to measure, then the note it ended with."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: BarTask) -> Text:
        note = str(task.fields.get("note", ""))
        if note or not task.total:
            return Text(note)
        return Text(f"{task.completed / MS_PER_MINUTE:.1f}/{task.total / MS_PER_MINUTE:.1f} min")


class BarProgress:
    """One bar a stage, on the terminal's error stream."""

    def __init__(self) -> None:
        self._bars = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            _MediaMinutes(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {}

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
        if label not in self._tasks:
            self._tasks[label] = self._bars.add_task(escape(label), total=total_ms or None)

    def advanced(self, label: str, done_ms: int) -> None:
        """Move the bar."""
        self._bars.update(self._tasks[label], completed=done_ms)

    def finished(self, label: str, note: str) -> None:
        """Fill the bar and show how it ended."""
        self.started(label, 1)
        self._bars.update(self._tasks[label], total=1, completed=1, note=note)

    def warned(self, message: str) -> None:
        """Print above the bars."""
        self._bars.console.print(f"[yellow]warning:[/] {escape(message)}", highlight=False)
