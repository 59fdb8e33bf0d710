"""The port of locks that end with the process that holds them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a lock, as far as it is told."""

    pid: int
    host: str
    since: datetime

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since:%Y-%m-%d %H:%M} UTC"


class NamedLocks(Protocol):
    """At most one holder of each name, wherever these locks reach; nobody waits."""

    def hold(self, name: str) -> AbstractContextManager[Holder | None]:
        """Hold the lock for the length of the block; gives None, or who holds it already.

        Whatever ends the process frees the lock, ``kill -9`` included. Raises a StorageError when
        locks cannot be kept.
        """
        ...
