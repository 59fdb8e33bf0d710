"""Bytes of a store far away, kept nearby too: what was read once is not fetched again."""

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from flows.artifacts.blobs import Blob, Blobs, FolderBlobs
from flows.artifacts.store import OBJECTS
from subtitles.errors import StorageError

logger = logging.getLogger(__name__)

# What is left when the folder has grown too large, so that this is seldom.
_KEPT_SHARE = 0.8


class CachedBlobs:
    """Implements `Blobs` on another; objects, whose name is their digest, are kept in a folder.

    Pointers are always asked for: another machine may have changed them. Nothing damaged is kept or
    given, what was not needed for longest goes first, and where the folder cannot be written
    everything still works.
    """

    def __init__(self, behind: Blobs, near: FolderBlobs, *, max_bytes: int) -> None:
        """Opens nothing.

        Args:
            behind: The store.
            near: A folder of this machine, for any number of processes.
            max_bytes: About how large it may grow.
        """
        self._behind, self._near, self._max_bytes = behind, near, max_bytes
        self._size_bytes: int | None = None
        self._warned = False

    def read(self, name: str) -> bytes:
        """See `Blobs.read`."""
        if not _is_object(name):
            return self._behind.read(name)
        near = self._kept(name)
        if near is not None:
            return near
        data = self._behind.read(name)
        self._keep(name, data)
        return data

    def write(self, name: str, data: bytes) -> None:
        """See `Blobs.write`."""
        self._behind.write(name, data)
        if _is_object(name):
            self._keep(name, data)

    def listed(self, folder: str) -> Iterator[Blob]:
        """See `Blobs.listed`."""
        return self._behind.listed(folder)

    def remove_older(self, name: str, before: datetime) -> bool:
        """See `Blobs.remove_older`; a copy nearby that was used since then goes by its own age."""
        is_removed = self._behind.remove_older(name, before)
        if is_removed and _is_object(name):
            with suppress(StorageError):
                self._near.remove_older(name, before)
        return is_removed

    def _kept(self, name: str) -> bytes | None:
        """The bytes nearby, whole; used now."""
        try:
            data = self._near.read(name)
            if _fits(name, data):
                os.utime(self._near.folder / name)
                return data
        except (KeyError, OSError):
            pass
        return None

    def _keep(self, name: str, data: bytes) -> None:
        if not _fits(name, data) or len(data) > self._max_bytes:
            return
        try:
            self._near.write(name, data)
            self._grown_by(len(data))
        except (StorageError, OSError) as error:
            if not self._warned:
                self._warned = True
                logger.warning("%s cannot be kept nearby: %s", name, error)

    def _grown_by(self, size_bytes: int) -> None:
        if self._size_bytes is None:
            self._size_bytes = sum(blob.size_bytes for blob in self._near.listed(OBJECTS))
        else:
            self._size_bytes += size_bytes
        if self._size_bytes > self._max_bytes:
            self._size_bytes = self._pruned()

    def _pruned(self) -> int:
        """Remove what was not needed for longest; how many bytes are left."""
        blobs = sorted(self._near.listed(OBJECTS), key=lambda blob: blob.changed_at)
        left = sum(blob.size_bytes for blob in blobs)
        for blob in blobs:
            if left <= self._max_bytes * _KEPT_SHARE:
                break
            (self._near.folder / blob.name).unlink(missing_ok=True)
            left -= blob.size_bytes
        return left


def _is_object(name: str) -> bool:
    return name.startswith(f"{OBJECTS}/")


def _fits(name: str, data: bytes) -> bool:
    """Whether these are the bytes that the name is the digest of."""
    return hashlib.sha256(data).hexdigest() == name.rpartition("/")[2]
