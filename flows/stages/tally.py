"""How much of a title is recognised, whatever the order in which its chunks are done."""

import threading
from collections.abc import Collection

from asr.hearing.listening import Listening
from flows.progress import current_progress

LABEL = "Recognising speech"


class ChunkTally:
    """Adds up chunks and tells `current_progress`; called from several threads.

    What is stored from an earlier run counts as done at once, and says nothing about speed.

    Args:
        listening: The title's chunks.
        stored: Indexes of those that are stored already.
    """

    def __init__(self, listening: Listening, stored: Collection[int]) -> None:
        self._shares_ms = _shares_ms(listening)
        self._done = set(stored)
        self._stored_ms = sum(self._shares_ms[index] for index in self._done)
        self._lock = threading.Lock()

    def started(self) -> None:
        """Tell how much there is, and how much of it is stored."""
        current_progress.get().started(LABEL, sum(self._shares_ms))
        if self._done:
            self._tell()

    def done(self, index: int) -> None:
        """One more chunk; one that is known to be done counts once."""
        with self._lock:
            if index not in self._done:
                self._done.add(index)
                self._tell()

    def _tell(self) -> None:
        done_ms = sum(self._shares_ms[index] for index in self._done)
        current_progress.get().advanced(LABEL, done_ms, stored_ms=self._stored_ms)


def _shares_ms(listening: Listening) -> list[int]:
    """What of the title each chunk stands for: with the silence before it, the last to the end."""
    ends = [chunk.span.end_ms for chunk in listening.chunks]
    if ends:
        ends[-1] = max(listening.duration_ms, ends[-1])
    return [end - before for before, end in zip([0, *ends], ends, strict=False)]
