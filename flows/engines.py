"""Engines that say who they are at once and load their model only when work needs it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from subtitles.signature import EngineSignature

E = TypeVar("E")


class LazyEngine(Generic[E]):
    """An engine's signature now, the engine itself (its model verified and loaded) on demand.

    A run that finds everything stored thus never reads a model. Loaded once, whatever the number
    of threads that ask.
    """

    def __init__(self, signature: EngineSignature, load: Callable[[], E]) -> None:
        self.signature = signature
        self._load = load
        self._lock = threading.Lock()
        self._engine: E | None = None

    def get(self) -> E:
        """The loaded engine."""
        with self._lock:
            if self._engine is None:
                self._engine = self._load()
            return self._engine
