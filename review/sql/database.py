"""Opens the review database: SQLite by default, PostgreSQL by URL, one way to read and to write.

SQLite takes one writer at a time. A transaction that reads first and writes later cannot be made
to wait: it fails at once when another has written in between, whatever the busy timeout. So the
driver's own transactions are switched off and every unit of work says at its start which kind it
is: `writing` begins IMMEDIATE and queues behind other writers, `reading` sees one snapshot.
SQLite lets writers wait by sleeping and trying again, so that with fifty of them some wait for
seconds; writers of one process therefore take turns before they ask it.
On PostgreSQL a write unit locks the rows it decides upon (SELECT … FOR UPDATE).
"""

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from review.errors import ReviewDatabaseError

BUSY_TIMEOUT_MS = 15_000
"""How long a SQLite writer waits for its turn. Writers wait unfairly: measured with 8 threads the
typical wait was 7 ms and the longest over 1 s, so ample room is left before anybody is refused."""

_WRITES = "polycue_writes"
_TURN = "polycue_turn"
_POSTGRESQL = "postgresql+psycopg"
_WAL_ATTEMPTS = 50
_WAL_PAUSE_S = 0.1
# What SQLite and PostgreSQL say of it.
_DAMAGED = ("malformed", "file is not a database")
_FULL = ("disk is full", "No space left on device")
_BROKEN = "disk I/O error"
_NO_ROOM_BYTES = 128 * 1024
"""SQLite writes its log's index in steps of 32 KiB, and calls it broken where that does not fit."""


def open_database(url: str) -> Engine:
    """An engine for ``sqlite:///path`` or ``postgresql://user@host/name``; connects lazily.

    The folder of an SQLite file is made when it is missing. Nothing else is created:
    `review.sql.migrate.upgrade_database` makes the tables.

    Raises:
        ReviewDatabaseError: for a URL of another kind, or without its driver installed.
    """
    parsed = _parsed(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed)
        return create_engine(parsed.set(drivername=_POSTGRESQL), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise ReviewDatabaseError(
            f"PostgreSQL needs the driver {error.name}: install the extra `postgres`"
        ) from error


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ReviewDatabaseError(
            "not a database URL: use sqlite:///path/review.db or postgresql://user@host/name"
        ) from error
    in_file = parsed.database not in {None, "", ":memory:"} and "uri" not in parsed.query
    if parsed.get_backend_name() == "sqlite" and in_file:
        return parsed
    if parsed.get_backend_name() == "postgresql":
        return parsed
    raise ReviewDatabaseError(
        f"{parsed.render_as_string(hide_password=True)} cannot hold reviews: "
        "use sqlite:///path/review.db or postgresql://user@host/name"
    )


def _open_sqlite(url: URL) -> Engine:
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReviewDatabaseError(f"cannot make the folder {path.parent}: {error}") from error
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        # None: the driver begins nothing by itself.
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000},
        execution_options={_TURN: threading.Lock()},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Write-ahead logging, once per file: readers then never wait for the writer.

    The switch itself does not honour the busy timeout, so two processes that start at the same
    moment on a new file must try again by hand.
    """
    for _ in range(_WAL_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            time.sleep(_WAL_PAUSE_S)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")  # the last attempt may fail aloud


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One write unit: committed when the block ends, rolled back when it raises.

    Raises:
        ReviewDatabaseError: when the database cannot be reached or written.
    """
    turn = engine.get_execution_options().get(_TURN) or nullcontext()
    engine = engine.execution_options(**{_WRITES: True})
    with turn, explained(engine), _session(engine) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """One consistent view; nothing is written.

    Raises:
        ReviewDatabaseError: when the database cannot be reached.
    """
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with explained(engine), _session(engine) as session, session.begin():
        yield session


def _session(engine: Engine) -> Session:
    # Rows stay readable after the commit: what a unit read is what it answers with.
    return Session(engine, expire_on_commit=False)


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Say what a driver's error means to the person at the command line or the form."""
    try:
        yield
    except DBAPIError as error:
        if not _is_outage(error):
            raise
        raise ReviewDatabaseError(_advice(engine, str(error.orig))) from error


def _advice(engine: Engine, told: str) -> str:
    if any(words in told for words in _FULL) or (_BROKEN in told and _has_no_room(engine)):
        place = engine.url.render_as_string(hide_password=True)
        where = engine.url.database if engine.dialect.name == "sqlite" else place
        return (
            f"cannot write the review database {where}: the disk is full; "
            "free some space and try again"
        )
    if any(words in told for words in _DAMAGED):
        return damage_of(engine, told)
    what = told.strip().partition("\n")[0]
    return f"the review database does not answer ({what}): check its URL, disk and permissions"


def _has_no_room(engine: Engine) -> bool:
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    return path is not None and shutil.disk_usage(Path(path).parent).free < _NO_ROOM_BYTES


def damage_of(engine: Engine, told: str) -> str:
    """What to say of a file that SQLite cannot make sense of."""
    return (
        f"the review database {engine.url.database} is damaged ({told.strip()}): "
        "stop whatever uses it and put the newest sound copy in its place"
    )


def _is_outage(error: DBAPIError) -> bool:
    """Whether the database failed, and not what we asked of it.

    SQLite's driver reports a damaged file, or one that is no database, as its bare DatabaseError.
    """
    damaged = type(error.orig) is sqlite3.DatabaseError
    return damaged or isinstance(error, (OperationalError, InterfaceError))
