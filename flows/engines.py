"""Engines that say who they are at once and load their model only when work needs it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from subtitles.signature import EngineSignature

T_co = TypeVar("T_co", covariant=True)


class Lazy(Generic[T_co]):
    """A value made when first asked for, once, whatever the number of threads that ask."""

    def __init__(self, make: Callable[[], T_co]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T_co] = []

    def get(self) -> T_co:
        """The value."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]


class LazyEngine(Lazy[T_co]):
    """An engine's signature now, the engine itself (its model verified and loaded) on demand.

    A run that finds everything stored thus never reads a model.
    """

    def __init__(self, signature: EngineSignature, load: Callable[[], T_co]) -> None:
        super().__init__(load)
        self.signature = signature
