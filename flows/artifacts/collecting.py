"""Clears away what no stage points at any more, while others go on writing.

Marked is everything that a pointer names; swept are objects that are not marked and were last
written before the grace. A writer puts the object there first (which makes it new, also when it
stood there) and its pointer then: an object whose pointer came too late to be marked is younger
than the grace, and stays. So nobody has to stop, and nothing is lost that a stage would find.
"""

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from flows.artifacts.blobs import Blob, Blobs
from flows.artifacts.store import (
    OBJECTS,
    STAGES,
    object_name,
    pointed_at,
)

MIN_GRACE = timedelta(hours=24)
"""Longer than any run takes between storing a result and needing it for the last time."""

_RETIRED = "retired"
"""Where pointers stand that were retired: objects they name are kept for one more grace."""

# A bucket answers in some 20 ms, and answers many at once.
_READERS = 16
_AT_ONCE = 1_000

# A file system's library keeps about a kilobyte of each.
_LISTED_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What was cleared away, or would be.

    Attributes:
        objects: How many nobody pointed at.
        size_bytes: Of these.
        retired: How many results were old enough to be forgotten; their objects go one grace later.
    """

    objects: int = 0
    size_bytes: int = 0
    retired: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """One collection.

    Attributes:
        blobs: Where results are kept.
        now: The time; clocks of the machines may differ by far less than the grace.
        grace: How old an object is before it may go; `MIN_GRACE` at least.
        forget: Age, since they were made, at which results go that are pointed at; None for never.
            A stored result is not written again when it is used, so use does not count.
        indirect: Stages whose results are references to other results.
        dry_run: Only count.
    """

    blobs: Blobs
    now: datetime
    grace: timedelta = MIN_GRACE
    forget: timedelta | None = None
    indirect: frozenset[str] = frozenset()
    dry_run: bool = False

    def __post_init__(self) -> None:
        if self.grace < MIN_GRACE or (self.forget is not None and self.forget < MIN_GRACE):
            raise ValueError(f"at least {MIN_GRACE}: a run may still need what is younger")

    def collect(self) -> Collected:
        """Clear away.

        Raises:
            StorageError: the store cannot be used; without all pointers nothing is swept.
        """
        retired = self._retire()
        marked = self._marked()
        count = size_bytes = 0
        for blob in self._unmarked(marked):
            if self.dry_run or self.blobs.remove_older(blob.name, self._before):
                count += 1
                size_bytes += blob.size_bytes
        self._bury()
        return Collected(objects=count, size_bytes=size_bytes, retired=retired)

    @property
    def _before(self) -> datetime:
        return self.now - self.grace

    def _retire(self) -> int:
        """Put pointers aside that are old enough to be forgotten."""
        if self.forget is None:
            return 0
        before, count = self.now - self.forget, 0
        for blob in self.blobs.listed(STAGES):
            if blob.changed_at < before:
                count += self.dry_run or self._put_aside(blob.name, before)
        return count

    def _put_aside(self, name: str, before: datetime) -> bool:
        try:
            pointer = self.blobs.read(name)
        except KeyError:
            return False
        # Its copy stands before it goes: what it names is pointed at all the time.
        self.blobs.write(f"{_RETIRED}/{name.removeprefix(f'{STAGES}/')}", pointer)
        return self.blobs.remove_older(name, before)

    def _bury(self) -> None:
        """Remove retired pointers after a grace: what they name may go the next time."""
        if not self.dry_run:
            for blob in self.blobs.listed(_RETIRED):
                self.blobs.remove_older(blob.name, self._before)

    def _unmarked(self, marked: set[bytes]) -> Iterator[Blob]:
        # A list of very many at once would not fit memory; each list of its own costs requests.
        is_small = len(marked) <= _LISTED_AT_ONCE
        rooms = [OBJECTS] if is_small else [f"{OBJECTS}/{number:02x}" for number in range(256)]
        for blob in (blob for room in rooms for blob in self.blobs.listed(room)):
            is_marked = _packed(blob.name.rpartition("/")[2]) in marked
            if blob.changed_at < self._before and not is_marked:
                yield blob

    def _marked(self) -> set[bytes]:
        """The digests that some pointer names, packed: 32 bytes each."""
        marked: set[bytes] = set()
        with ThreadPoolExecutor(_READERS) as pool:
            for room in (STAGES, _RETIRED):
                names = (blob.name for blob in self.blobs.listed(room))
                for some in _batches(names):
                    for digests in pool.map(self._named_by, some):
                        marked.update(digests)
        return marked

    def _named_by(self, name: str) -> tuple[bytes, ...]:
        """What a pointer names, and what that names if it is a reference itself."""
        _, stage, key = name.split("/", 2)
        try:
            ref = pointed_at(stage, key, self.blobs.read(name))
        except (KeyError, ValueError):
            return ()  # gone meanwhile, or damaged: no one finds anything by it
        if stage not in self.indirect:
            return (_packed(ref.digest),)
        return (_packed(ref.digest), *self._named_within(ref.digest))

    def _named_within(self, digest: str) -> tuple[bytes, ...]:
        try:
            fields = json.loads(self.blobs.read(object_name(digest)))
            return (_packed(fields["digest"]),)
        except (KeyError, ValueError, TypeError):
            return ()


def _packed(digest: str) -> bytes:
    """The digest in half the room; what is none comes back as something no digest is equal to."""
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return digest.encode()


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
