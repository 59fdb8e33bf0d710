"""Progress in the terminal: bars for a person, plain lines for a log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from flows.progress import Progress, SilentProgress


class LineProgress:
    """One line when something ends or needs saying; for logs and pipes."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def started(self, label: str, total_ms: int) -> None:
        """Nothing to say yet."""

    def advanced(self, label: str, done_ms: int) -> None:
        """Nothing to say yet."""

    def finished(self, label: str, note: str) -> None:
        """Say how it ended."""
        self._out.write(f"{label}: {note}\n")

    def warned(self, message: str) -> None:
        """Say it."""
        self._out.write(f"warning: {message}\n")


class SilentButWarning(SilentProgress):
    """No progress; warnings still reach the person."""

    def warned(self, message: str) -> None:
        """Say it."""
        sys.stderr.write(f"warning: {message}\n")


@contextmanager
def terminal_progress(out: TextIO, *, quiet: bool) -> Iterator[Progress]:
    """Bars when ``out`` is a terminal, lines when it is not, warnings only when quiet."""
    if quiet:
        yield SilentButWarning()
    elif not out.isatty():
        yield LineProgress(out)
    else:
        from flows.cli.progress_bars import BarProgress

        with BarProgress() as bars:
            yield bars
