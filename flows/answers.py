"""What translation engines answered, kept in one SQLite file of the workspace."""

import logging
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from flows.artifacts.codec import JsonCodec
from flows.flocks import lock_or_wait
from translate.translator import Translation

logger = logging.getLogger(__name__)

T = TypeVar("T")

MAX_BYTES = 1_000_000_000
"""Of the file, by default. An answer of four renderings with their alignments takes about 1.5 kB: a
hundred feature films in four languages."""

_CODEC = JsonCodec(Translation)
_DAY_S = 86_400
_KEYS_AT_ONCE = 500
_BUSY_S = 30.0
# Rows that go when the file is full: seldom enough to be cheap, few enough to be no loss.
_PRUNED_SHARE = 0.2

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, answer BLOB NOT NULL, used_day INTEGER NOT NULL
) WITHOUT ROWID
"""


class SqliteAnswerStore:
    """The AnswerStore port on a file that any number of threads and processes share.

    It is a memory, never a source: a damaged file is put aside with a warning and begun anew, and
    where the disk is full or the folder read-only the engine is simply asked again. Answers that
    nobody has needed for longest go first when the file is full. Nothing in it names who asked:
    keys are digests, but the renderings are the title's text, as private as the workspace.
    """

    def __init__(
        self, path: Path, *, max_bytes: int = MAX_BYTES, clock: Callable[[], float] = time.time
    ) -> None:
        """Opens nothing yet.

        Args:
            path: The file; its folder is made when needed.
            max_bytes: About how large the file may grow.
            clock: Seconds since the epoch; only the day counts.
        """
        self._path, self._max_bytes, self._clock = path, max_bytes, clock
        self._lock = threading.Lock()
        self._open: sqlite3.Connection | None = None
        self._warned = False

    def read(self, keys: Sequence[str]) -> Mapping[str, Translation]:
        """See `AnswerStore.read`."""
        found = self._safely(lambda database: self._found(database, keys)) or {}
        return {key: answer for key, data in found.items() if (answer := _decoded(data))}

    def write(self, answers: Mapping[str, Translation]) -> None:
        """See `AnswerStore.write`."""
        today = self._today()
        rows = [
            (key, zlib.compress(_CODEC.encode(answer), 1), today) for key, answer in answers.items()
        ]
        if rows:
            self._safely(lambda database: self._kept(database, rows))

    def close(self) -> None:
        """Close the file; the next call opens it again."""
        with self._lock:
            self._closed()

    def _safely(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """The work's result; None where the file cannot be used."""
        with self._lock:
            try:
                return self._tried(work)
            except (sqlite3.Error, OSError) as error:
                self._closed()
                if not self._warned:
                    self._warned = True
                    logger.warning(
                        "%s cannot be used (%s): sentences translated before are translated again; "
                        "free some space or change permissions", self._path, error
                    )  # fmt: skip
                return None

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return work(self._connection())
        except sqlite3.OperationalError:
            raise  # the disk, a lock, a permission: the file itself is sound
        except sqlite3.DatabaseError as error:
            self._closed()
            _put_aside(self._path, str(error))
        return work(self._connection())

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._open = _opened(self._path)
        return self._open

    def _closed(self) -> None:
        if self._open is not None:
            with suppress(sqlite3.Error):
                self._open.close()
            self._open = None

    def _found(self, database: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        today, stale = self._today(), list[str]()
        for some in _parts(keys):
            places = ",".join("?" * len(some))
            rows = database.execute(
                f"SELECT key, answer, used_day FROM answers WHERE key IN ({places})",  # noqa: S608 - placeholders only
                some,
            )
            for key, answer, used_day in rows:
                found[key] = answer
                if used_day != today:
                    stale.append(key)
        if stale:
            with database:
                database.executemany(
                    "UPDATE answers SET used_day = ? WHERE key = ?", [(today, key) for key in stale]
                )
        return found

    def _kept(self, database: sqlite3.Connection, rows: list[tuple[str, bytes, int]]) -> None:
        with database:
            database.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)
        while _used_bytes(database) > self._max_bytes:
            with database:
                gone = database.execute(
                    "DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY used_day "
                    "LIMIT max(1, CAST(? * (SELECT count(*) FROM answers) AS INTEGER)))",
                    (_PRUNED_SHARE,),
                ).rowcount
            if not gone:
                return

    def _today(self) -> int:
        return int(self._clock() // _DAY_S)


def _decoded(data: bytes) -> Translation | None:
    """The answer; None for what is damaged or of another version."""
    try:
        return _CODEC.decode(zlib.decompress(data))
    except (ValueError, TypeError, zlib.error):
        return None


def _opened(path: Path) -> sqlite3.Connection:
    # Threads share it behind a lock of ours.
    database = sqlite3.connect(path, timeout=_BUSY_S, check_same_thread=False)
    try:
        # The switch to a write-ahead log does not wait for other processes by itself.
        with _locked(path):
            # What is committed survives the process; a power cut may cost the last answers.
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")
            database.execute(_TABLE)
            database.commit()
    except BaseException:
        database.close()
        raise
    return database


def _used_bytes(database: sqlite3.Connection) -> int:
    """Of the pages in use; those that deleted answers left are used again before the file grows."""
    (pages,), (free,), (size,) = (
        database.execute(f"PRAGMA {name}").fetchone()
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (int(pages) - int(free)) * int(size)


def _put_aside(path: Path, why: str) -> None:
    """Move a damaged file away, unless another process has done so; the last one is kept."""
    with _locked(path):
        if _is_sound(path):
            return
        aside = path.with_suffix(".damaged")
        path.replace(aside)
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    logger.warning("%s is damaged (%s): kept as %s, and begun anew", path, why, aside.name)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time makes or replaces the file."""
    with path.with_suffix(".lock").open("a") as lock:
        lock_or_wait(lock)
        yield


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_S)) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _parts(keys: Sequence[str]) -> Iterator[list[str]]:
    """The keys by so many as one statement takes."""
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        yield list(keys[start : start + _KEYS_AT_ONCE])
