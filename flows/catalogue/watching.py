"""A folder that is watched: files are taken once they have stopped growing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DONE_AFTER_S = 10.0
"""A file that has neither grown nor been touched for so long is whole."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a file was at one look."""

    size: int
    changed_ns: int
    since_s: float


class Settling:
    """Tells which files have come to rest; each once for every content.

    It remembers nothing beyond this process: whether a title was made before is what the pipeline
    itself knows, and finding everything stored costs a moment.
    """

    def __init__(self, *, rest_s: float = DONE_AFTER_S) -> None:
        self._rest_s = rest_s
        self._looks: dict[Path, _Look] = {}
        self._taken: dict[Path, tuple[int, int]] = {}

    def settled(self, paths: Iterable[Path], now_s: float) -> tuple[Path, ...]:
        """Those of the files that came to rest since the last look.

        Args:
            paths: All files that are there now.
            now_s: A clock that never goes back.
        """
        ready, looks = [], {}
        for path in paths:
            try:
                stat = path.stat()
            except OSError:  # gone between two looks
                continue
            last = self._looks.get(path)
            now = (stat.st_size, stat.st_mtime_ns)
            is_still = last is not None and (last.size, last.changed_ns) == now
            looks[path] = last if last is not None and is_still else _Look(*now, now_s)
            rested = now_s - looks[path].since_s >= self._rest_s
            if rested and stat.st_size and self._taken.get(path) != now:
                self._taken[path] = now
                ready.append(path)
        self._looks = looks
        return tuple(ready)
