"""A copy of the review database while people work on it."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from review.errors import ReviewDatabaseError
from review.sql.database import damage_of

_UNFINISHED = ".part"


def back_up(engine: Engine, target: Path) -> None:
    """Write a whole, consistent copy of an SQLite database into a new file.

    Nobody has to stop: the copy is of one moment, and writers wait for nothing. The file appears
    when it is complete, or not at all.

    Raises:
        ReviewDatabaseError: the database is none in a file (PostgreSQL has its own tool), the
            target is there already, or it cannot be written.
    """
    if engine.dialect.name != "sqlite":
        raise ReviewDatabaseError(
            "the review database is on a PostgreSQL server: "
            "back it up with pg_dump --format=custom, and put it back with pg_restore"
        )
    if not Path(str(engine.url.database)).exists():
        raise ReviewDatabaseError("there is no review database yet: nothing to back up")
    if target.exists():
        raise ReviewDatabaseError(f"{target} is there already: name a new file")
    unfinished = target.with_name(target.name + _UNFINISHED)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        _copy(engine, unfinished)
        unfinished.rename(target)
    except OSError as error:
        raise ReviewDatabaseError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):  # where nothing could be written, there is nothing to clear away
            unfinished.unlink(missing_ok=True)


def _copy(engine: Engine, target: Path) -> None:
    # Straight on the driver's connection: VACUUM cannot run within a transaction.
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(target),))
    except sqlite3.OperationalError as error:
        raise ReviewDatabaseError(
            f"cannot write {target} ({error}): check its folder, the disk and permissions"
        ) from error
    except sqlite3.DatabaseError as error:
        raise ReviewDatabaseError(damage_of(engine, str(error))) from error
    finally:
        connection.close()
