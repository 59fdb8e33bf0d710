"""Locks between machines: advisory locks of the PostgreSQL server that the reviews are on.

A lock belongs to a session of its own, so the server lets go of it when the process ends, its
machine is switched off (keepalives tell within two minutes) or the server itself restarts. The
session says who it is in its application name, which is how a second one names the holder: no table
and no row that could outlive anybody. A pooler that lends sessions for single transactions
(pgbouncer in transaction mode) does not keep them.
"""

import hashlib
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from review.locks import Holder
from review.sql.database import explained, open_database

logger = logging.getLogger(__name__)

# PostgreSQL keeps 63 bytes of an application's name.
_HOST_CHARS = 40
# Between being refused and asking by whom, the holder may have let go.
_TRIES = 3

_PREPARED = text("""
SELECT set_config('application_name', :who, false),
       set_config('tcp_keepalives_idle', '60', false),
       set_config('tcp_keepalives_interval', '10', false),
       set_config('tcp_keepalives_count', '6', false)
""")
# Since version 14; a server that ends idle sessions must not end this one.
_UNHURRIED = text("""
SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'
""")
_TAKEN = text("SELECT pg_try_advisory_lock(:key)")
_FREED = text("SELECT pg_advisory_unlock(:key)")
_HOLDER = text("""
SELECT activity.application_name, activity.backend_start
FROM pg_locks AS held JOIN pg_stat_activity AS activity ON activity.pid = held.pid
WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1
  AND activity.datname = current_database()
  AND ((held.classid::bigint << 32) | held.objid::bigint) = :key
""")


class AdvisoryLocks:
    """Implements `review.locks.NamedLocks` for all who use one database."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet; ``url`` names a PostgreSQL database."""
        self._url = url

    @contextmanager
    def hold(self, name: str) -> Iterator[Holder | None]:
        """See `NamedLocks.hold`; ReviewDatabaseError when the server does not answer."""
        engine = open_database(self._url).execution_options(isolation_level="AUTOCOMMIT")
        key = _key(name)
        try:
            with explained(engine):
                connection = engine.connect()
            with connection:
                with explained(engine):
                    _prepare(connection)
                    holder = _held_by(connection, key)
                yield holder
                if holder is None:
                    _free(connection, key, name)
        finally:
            engine.dispose()


def _key(name: str) -> int:
    """A number that no other name has, as far as 64 bits can tell."""
    digest = hashlib.sha256(f"polycue lock {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _prepare(connection: Connection) -> None:
    who = f"polycue {os.getpid()} {socket.gethostname()[:_HOST_CHARS]}"
    connection.execute(_PREPARED, {"who": who})
    connection.execute(_UNHURRIED)


def _held_by(connection: Connection, key: int) -> Holder | None:
    """None when the lock is this session's now."""
    for _ in range(_TRIES):
        if connection.scalar(_TAKEN, {"key": key}):
            return None
        row = connection.execute(_HOLDER, {"key": key}).first()
        if row is not None:
            _, pid, host = [*str(row.application_name).split(" ", 2), "0", "another machine"][:3]
            since = row.backend_start.astimezone(UTC)
            return Holder(pid=int(pid) if pid.isdigit() else 0, host=host, since=since)
    raise AssertionError("a lock that is refused and held by nobody, again and again")


def _free(connection: Connection, key: int, name: str) -> None:
    """Let go; a session that is gone has let go already, and then another may have begun."""
    try:
        connection.execute(_FREED, {"key": key})
    except DBAPIError as error:
        logger.warning("the lock on %s was lost meanwhile: %s", name[:24], error.orig)
        connection.invalidate()
