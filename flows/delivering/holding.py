"""One process at a time in the room of a set, by a lock that the kernel lets go of."""

import hashlib
import logging
import shutil
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from typing import IO

from flows.delivering.journal import ROOM_SUFFIX, Room
from flows.flocks import is_in_place, lock_or_wait

_LOG = logging.getLogger(__name__)

_LOCK = "lock"


def room_of(folder: Path, name: str) -> Room:
    """The room of a set; the same name is the same room."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return Room(folder=folder, place=folder / f".polycue-{digest}{ROOM_SUFFIX}")


def enter(room: Room) -> IO[bytes]:
    """The lock of the room, held; closing it lets go."""
    path = room.place / _LOCK
    while True:
        _make(room.place)
        try:
            file = path.open("ab")
        except FileNotFoundError:
            continue  # who was here before has just left
        lock_or_wait(file)
        if is_in_place(path, file):
            return file
        file.close()


def _make(place: Path) -> None:
    """Have the folder, which somebody else may be making or removing at this moment.

    `Path.mkdir(exist_ok=True)` looks again after it found something, and takes a folder that has
    gone by then for a file.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.mkdir()
    except FileExistsError:
        with suppress(FileNotFoundError):
            if not S_ISDIR(place.lstat().st_mode):
                raise


def leave(room: Room) -> None:
    """Take the room away, unless the next one has to go on with what is in it."""
    if room.is_busy():
        return
    try:
        clear(room)
        (room.place / _LOCK).unlink()
        room.place.rmdir()
    except OSError as error:
        # The set is as it should be; somebody else may be waiting here already.
        _LOG.debug("%s stays: %s", room.place, error)


def clear(room: Room) -> None:
    """Remove everything in the room but its lock."""
    for path in room.place.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != _LOCK:
            path.unlink()
