"""What a review database needs now and then, whoever works with it meanwhile."""

import sqlite3
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from review.errors import ReviewDatabaseError
from review.events import EventKind
from review.sql.database import damage_of, reading, writing
from review.sql.leases import lease_runs
from review.sql.merging import settle
from review.sql.schema_work import AssignmentRow
from review.sql.work import pipeline_work
from review.store import Clock


def lapsed_tasks(engine: Engine, before: datetime) -> tuple[str, ...]:
    """The tasks whose holder gave no sign of life since then, and who still counts as such."""
    with reading(engine) as session:
        return _lapsed(session, before)


def release_lapsed(engine: Engine, before: datetime, clock: Clock) -> tuple[str, ...]:
    """Put them back into the queue, and take the drafts in that waited for that; their ids.

    One write unit a task. Who renews the lease just before keeps the task.
    """
    return tuple(
        task_id for task_id in lapsed_tasks(engine, before) if _released(engine, task_id, clock)
    )


def tidy(engine: Engine) -> bool:
    """Refresh what SQLite knows of its tables, and empty its write-ahead log into the file.

    False for PostgreSQL, whose autovacuum does as much by itself, and where somebody writes for so
    long that there is no gap: it is for another time.

    Raises:
        ReviewDatabaseError: the file is damaged.
    """
    if engine.dialect.name != "sqlite":
        return False
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA optimize")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError as error:
        raise ReviewDatabaseError(damage_of(engine, str(error))) from error
    finally:
        connection.close()
    return True


def _lapsed(session: Session, before: datetime) -> tuple[str, ...]:
    lapsed = select(AssignmentRow.task_id).where(
        AssignmentRow.released_at.is_(None), AssignmentRow.lease_until < before
    )
    return tuple(session.scalars(lapsed.order_by(AssignmentRow.task_id)))


def _released(engine: Engine, task_id: str, clock: Clock) -> bool:
    with writing(engine) as session:
        work = pipeline_work(session, task_id, clock)
        if work.assignment is None or lease_runs(work.assignment, work.now):
            return False
        work.log(EventKind.TASK_RELEASED, work.expire(), implicit=True)
        settle(work)
        return True
