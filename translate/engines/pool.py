"""One loaded model for the whole process, and no more of them than memory allows."""

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from subtitles.signature import EngineSignature
from translate.engines.mixing import Item, translate_items
from translate.translator import PLAIN, Ask, LanguagePair, Sentence, Translation, Translator

_BYTES_PER_MB = 1_000_000

T = TypeVar("T")


def folder_size_mb(folder: Path) -> float:
    """Size of a model's files: what it takes in memory when loaded in the type it was saved in."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) / _BYTES_PER_MB


@dataclass(slots=True)
class _Place:
    """One engine of the pool, loaded or on its way."""

    size_mb: float
    users: int = 0
    engine: Future[Any] = field(default_factory=Future)


class EnginePool:
    """Engines by key, each loaded once however many threads want it; safe to share.

    When the engines together grow beyond the limit, those unused for longest are dropped. One in
    use is never dropped: several in use at once may exceed the limit, until they are given back.
    """

    def __init__(self, limit_mb: float) -> None:
        """An empty pool.

        Args:
            limit_mb: Size of all engines together from which unused ones are dropped, in MB.
        """
        self._limit_mb = limit_mb
        self._lock = threading.Lock()
        self._places: dict[Hashable, _Place] = {}  # the one unused for longest comes first

    @property
    def size_mb(self) -> float:
        """Size of what is loaded or loading."""
        with self._lock:
            return self._total()

    @contextmanager
    def get(self, key: Hashable, load: Callable[[], T], size_mb: float) -> Iterator[T]:
        """The engine of that key, for as long as the context lasts.

        Args:
            key: What tells engines apart.
            load: Makes the engine; called when it is not there. An error meets every caller that
                waited for this load, and the next caller tries again.
            size_mb: What it takes in memory.
        """
        place, is_new = self._entered(key, size_mb)
        if is_new:
            self._load(key, place, load)
        try:
            yield place.engine.result()
        finally:
            with self._lock:
                place.users -= 1
                if key in self._places and self._places[key] is place:
                    self._places[key] = self._places.pop(key)
                self._make_room()

    def _entered(self, key: Hashable, size_mb: float) -> tuple[_Place, bool]:
        with self._lock:
            place = self._places.get(key)
            is_new = place is None
            if place is None:
                place = self._places[key] = _Place(size_mb)
            place.users += 1
            self._make_room()
            return place, is_new

    def _load(self, key: Hashable, place: _Place, load: Callable[[], T]) -> None:
        try:
            place.engine.set_result(load())
        except BaseException as error:
            with self._lock:
                del self._places[key]
            place.engine.set_exception(error)
            raise

    def _make_room(self) -> None:
        for key, place in list(self._places.items()):
            if self._total() <= self._limit_mb:
                return
            if place.users == 0:
                del self._places[key]

    def _total(self) -> float:
        return sum(place.size_mb for place in self._places.values())


class PooledTranslator:
    """The Translator port on an engine of a pool: loaded when asked, dropped for others in need."""

    def __init__(
        self,
        pool: EnginePool,
        load: Callable[[], Translator],
        *,
        signature: EngineSignature,
        supports: Callable[[LanguagePair], bool],
        size_mb: float,
    ) -> None:
        """Knows of the engine what can be known without loading it.

        Args:
            pool: Keeps the engine, under its signature.
            load: Makes it; one that does not use context.
            signature: Of the engine.
            supports: Which pairs it serves.
            size_mb: What it takes in memory.
        """
        self._pool, self._load_engine, self._size_mb = pool, load, size_mb
        self._signature, self._supports = signature, supports

    @property
    def signature(self) -> EngineSignature:
        """Of the engine."""
        return self._signature

    @property
    def uses_context(self) -> bool:
        """Engines of a pool see each sentence by itself."""
        return False

    def supports(self, pair: LanguagePair) -> bool:
        """Whether the engine serves this pair; loads nothing."""
        return self._supports(pair)

    def translate(
        self, sentences: Sequence[Sentence], pair: LanguagePair, ask: Ask = PLAIN
    ) -> tuple[Translation, ...]:
        """As the engine translates."""
        with self._pool.get(self._signature, self._load_engine, self._size_mb) as engine:
            return engine.translate(sentences, pair, ask)

    def translate_mixed(self, items: Sequence[Item], ask: Ask = PLAIN) -> tuple[Translation, ...]:
        """The same for sentences of several pairs."""
        with self._pool.get(self._signature, self._load_engine, self._size_mb) as engine:
            return translate_items(engine, items, ask)
