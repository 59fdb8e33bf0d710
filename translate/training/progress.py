"""How far a run is, and how fast it goes."""

import time
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is.

    Attributes:
        steps: Batches trained on.
        pieces: Target pieces trained on.
        epoch: The current one, from 0.
        batch: The next batch of that epoch.
    """

    steps: int = 0
    pieces: int = 0
    epoch: int = 0
    batch: int = 0


class Pace:
    """Speed and mean loss since the last line; a stopped process makes one line slow, no more."""

    def __init__(self) -> None:
        self._loss = 0.0
        self._pieces = 0
        self._since = time.monotonic()

    def add(self, pieces: int, loss: float) -> None:
        """Count a step: its target pieces and its mean loss."""
        self._pieces += pieces
        self._loss += pieces * loss

    def line(self, progress: Progress, wanted_pieces: int) -> str:
        """What to log, and a new beginning."""
        now = time.monotonic()
        speed = self._pieces / max(1e-9, now - self._since)
        left = timedelta(seconds=round(max(0, wanted_pieces - progress.pieces) / max(1.0, speed)))
        loss = self._loss / max(1, self._pieces)
        self._loss, self._pieces, self._since = 0.0, 0, now
        return (
            f"step {progress.steps}, epoch {progress.epoch}: loss {loss:.3f}, "
            f"{progress.pieces:,} of {wanted_pieces:,} pieces, {speed:,.0f} a second, {left} left"
        )
