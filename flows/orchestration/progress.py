"""Progress of a flow run as Prefect progress artifacts, for whoever watches from afar."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.pace import minutes_text, pace
from flows.progress import Progress
from flows.quality_table import slug

# Every update is a request to the server, and nobody looks more often.
_PAUSE_S = 5.0
_ALL = 100.0

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class _Shown:
    total_ms: int
    since_s: float
    told_s: float
    artifact: UUID | None = None


class PrefectProgress:
    """Tells another listener everything, and Prefect now and then how far long work is.

    It never fails a run: after the first refusal of the server it says nothing more there.

    Args:
        listener: Such as the terminal.
        title: Part of the artifacts' keys.
        now_s: The time, for measuring.
    """

    def __init__(
        self, listener: Progress, title: str, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._listener = listener
        self._title = title
        self._now_s = now_s
        self._shown: dict[str, _Shown] = {}
        self._refused = False
        self._lock = threading.Lock()

    def started(self, label: str, total_ms: int) -> None:
        """Remember when; work that ends soon needs no artifact."""
        self._listener.started(label, total_ms)
        now_s = self._now_s()
        with self._lock:
            if total_ms:
                self._shown[label] = _Shown(total_ms=total_ms, since_s=now_s, told_s=now_s)

    def advanced(self, label: str, done_ms: int, *, stored_ms: int = 0) -> None:
        """Tell the server when it was not told for a while."""
        self._listener.advanced(label, done_ms, stored_ms=stored_ms)
        now_s = self._now_s()
        with self._lock:
            shown = self._shown.get(label)
            if shown is None or now_s - shown.told_s < _PAUSE_S:
                return
            shown.told_s = now_s
            going = pace(
                total_ms=shown.total_ms,
                done_ms=done_ms,
                stored_ms=stored_ms,
                elapsed_s=now_s - shown.since_s,
            )
            said = f"{label}: {minutes_text(done_ms, shown.total_ms)}"
            share = min(_ALL, _ALL * done_ms / shown.total_ms)
            self._tell(label, shown, share, f"{said}, {going}" if going else said)

    def finished(self, label: str, note: str) -> None:
        """Fill what was begun there."""
        self._listener.finished(label, note)
        with self._lock:
            shown = self._shown.pop(label, None)
            if shown is not None and shown.artifact is not None:
                self._tell(label, shown, _ALL, f"{label}: {note}")

    def warned(self, message: str) -> None:
        """Pass it on."""
        self._listener.warned(message)

    def _tell(self, label: str, shown: _Shown, percent: float, said: str) -> None:
        if self._refused:
            return
        try:
            if shown.artifact is None:
                key = f"{slug(label)}-{slug(self._title)}"
                made = create_progress_artifact(percent, key=key, description=said)
                shown.artifact = cast(UUID, made)  # a coroutine only where an event loop runs
            else:
                update_progress_artifact(shown.artifact, percent, description=said)
        except Exception as error:  # noqa: BLE001 - whatever a server may answer
            self._refused = True
            logger.warning("Prefect takes no progress: %s", error)
