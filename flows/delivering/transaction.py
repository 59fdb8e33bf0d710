"""A set of files that appears as one: whole, or not at all, whatever happens meanwhile.

Everything new is written into a hidden folder beside the set and flushed to disk, and what it takes
the place of is kept there, too; then a journal is written, and only then files are renamed, one by
one. Killed before the journal, nothing has happened; killed after it, the next transaction on the
set completes it. What the system refuses in between (a disk that fills up, a permission) is taken
back.

Other programs see each file whole at every moment. That a set is whole they see by its manifest: it
goes before the first file changes and comes after the last one.
"""

import logging
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.delivering.holding import clear, enter, leave, room_of
from flows.delivering.journal import Journal, Room, Step, sync_folder, write_synced
from flows.errors import write_failure

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """A set of files, this process's alone until the block ends; see `transaction`."""

    room: Room

    def commit(
        self, files: Mapping[str, bytes], *, manifest: str = "", obsolete: Collection[str] = ()
    ) -> bool:
        """Put the files in their places; False when everything stood there already.

        Args:
            files: By their paths below the folder, with ``/``; one that is already so is left
                alone.
            manifest: Which of them tells that the set is whole; empty for none.
            obsolete: Paths of files that go.

        Raises:
            CannotWriteError: full disk, missing permission, a folder where a file is needed; what
                was there before is there still.
        """
        journal = self._changes(files, manifest, obsolete)
        if not journal.steps:
            return False
        place = self.room.folder / journal.steps[0].path
        try:
            self._prepare(journal, files)
            try:
                _complete(self.room, journal)
            except OSError:
                self.room.turn_back()
                _take_back(self.room, journal)
                self.room.end()
                raise
        except OSError as error:
            raise write_failure(error.filename or place, error) from error
        try:
            self.room.end()
        except OSError as error:
            _LOG.warning("%s is complete; its record stays: %s", place, error)
        return True

    def _changes(
        self, files: Mapping[str, bytes], manifest: str, obsolete: Collection[str]
    ) -> Journal:
        folder = self.room.folder
        changed = [path for path in files if not _stands(folder / path, files[path])]
        gone = [path for path in obsolete if path not in files and os.path.lexists(folder / path)]
        if manifest in files and (changed or gone):
            # Last, and even if it stays as it is: it is away while the others change.
            changed = [*(path for path in changed if path != manifest), manifest]
        return Journal(
            steps=(
                *(self._step(path, is_put=False) for path in gone),
                *(self._step(path, is_put=True) for path in changed),
            ),
            has_manifest=bool(changed) and changed[-1] == manifest,
        )

    def _step(self, path: str, *, is_put: bool) -> Step:
        return Step(path=path, is_put=is_put, had_old=os.path.lexists(self.room.folder / path))

    def _prepare(self, journal: Journal, files: Mapping[str, bytes]) -> None:
        self.room.make()
        for number, step in enumerate(journal.steps):
            target = self.room.target(step)
            if target.is_dir():
                raise IsADirectoryError(None, "there is a folder of this name", str(target))
            if step.had_old:
                _keep(target, self.room.old(number))
            if step.is_put:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_synced(self.room.new(number), files[step.path])
        self.room.begin(journal)


@contextmanager
def transaction(folder: Path, name: str) -> Iterator[Transaction]:
    """Have a set of files for oneself, after whatever was interrupted on it is settled.

    Who comes meanwhile waits; the kernel lets go of what a killed process held.

    Args:
        folder: In which the files are; made when it is not there.
        name: Of the set, among those of the folder.

    Raises:
        CannotWriteError: the folder cannot be written, or an interrupted set cannot be settled.
    """
    room = room_of(folder, name)
    try:
        lock = enter(room)
    except OSError as error:
        raise write_failure(folder, error) from error
    with lock:
        try:
            _settle(room)
            yield Transaction(room=room)
        finally:
            leave(room)


def write_set(folder: Path, name: str, files: Mapping[str, bytes], *, manifest: str = "") -> bool:
    """`Transaction.commit` of a set of which nothing has to be known before.

    A set that stands there already is not touched, and needs no permission to write.

    Raises:
        CannotWriteError: see `Transaction.commit`.
    """
    is_settled = not room_of(folder, name).place.exists()
    if is_settled and all(_stands(folder / path, data) for path, data in files.items()):
        return False
    with transaction(folder, name) as files_of_set:
        return files_of_set.commit(files, manifest=manifest)


def _settle(room: Room) -> None:
    """Complete or take back what a killed process left behind."""
    try:
        undo, journal = room.turned_back(), room.begun()
        if undo is not None:
            _take_back(room, undo)
        elif journal is not None:
            _complete(room, journal)
        room.end()
        clear(room)
    except OSError as error:
        raise write_failure(error.filename or room.folder, error) from error


def _complete(room: Room, journal: Journal) -> None:
    """Do all steps that are not done yet."""
    last = len(journal.steps) - 1
    if journal.has_manifest and room.new(last).exists():
        room.target(journal.steps[last]).unlink(missing_ok=True)
    for number, step in enumerate(journal.steps):
        if not step.is_put:
            room.target(step).unlink(missing_ok=True)
        elif room.new(number).exists():
            room.new(number).replace(room.target(step))
    _sync_targets(room, journal)


def _take_back(room: Room, journal: Journal) -> None:
    """Have every file as it was before; the manifest last, as it is the last of the steps."""
    for number, step in enumerate(journal.steps):
        if not step.had_old:
            room.target(step).unlink(missing_ok=True)
        elif os.path.lexists(room.old(number)):
            room.old(number).replace(room.target(step))
    _sync_targets(room, journal)


def _sync_targets(room: Room, journal: Journal) -> None:
    for folder in sorted({room.target(step).parent for step in journal.steps}):
        if folder.is_dir():
            sync_folder(folder)


def _keep(target: Path, kept: Path) -> None:
    """A second name for a file; a copy where the file system has no second names."""
    try:
        os.link(target, kept, follow_symlinks=False)
    except OSError:
        shutil.copy2(target, kept, follow_symlinks=False)


def _stands(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
