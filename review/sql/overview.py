"""The overview straight from the database's own driver.

What is looked at every minute, or from a shell, has to answer at once: loading SQLAlchemy and the
tables takes longer than all the rest of ``polycue status``. Nothing is written here, not even the
tables, so that a look at a workspace leaves it as it was.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from review.errors import ReviewDatabaseError
from review.overview import QueueStanding, TaskStanding
from review.tasks import CLOSED, TaskState
from review.workflow import state_now
from subtitles.language import LanguageTag

_SHORTEST_ID = 6

_TASKS = """
SELECT t.task_id, t.media_id, t.title, t.media_path, t.language, t.source_language, t.state,
       a.lease_until, h.name, p.name, t.created_at, t.updated_at, t.published_sha256,
       t.cue_count, t.confirmed_count, t.error_count, t.stale_count,
       (SELECT max(e.at) FROM events e WHERE e.task_id = t.task_id AND e.kind = 'task.published'),
       (SELECT max(e.at) FROM events e WHERE e.task_id = t.task_id
           AND e.kind IN ('draft.parked', 'draft.replaced', 'draft.merged'))
FROM tasks t
LEFT JOIN assignments a ON a.task_id = t.task_id AND a.released_at IS NULL
LEFT JOIN users h ON h.user_id = a.user_id
LEFT JOIN users p ON p.user_id = t.assigned_to
WHERE lower(t.title) = lower(?) OR t.media_path = ? OR (? <> '' AND t.media_id LIKE ?)
ORDER BY t.title, t.media_id, t.language
"""
_COUNTS = """
SELECT t.language, t.state, a.lease_until IS NULL OR a.lease_until <= ? AS lapsed, count(*),
       min(t.updated_at)
FROM tasks t
LEFT JOIN assignments a ON a.task_id = t.task_id AND a.released_at IS NULL
GROUP BY 1, 2, 3
"""
_OUTBOX = "SELECT kind, count(*), min(created_at) FROM outbox WHERE delivered_at IS NULL GROUP BY 1"

Rows = Sequence[Sequence[Any]]


class SqlOverview:
    """Implements `review.overview.Overview`.

    Args:
        url: Of the review database.
        clock: For leases that have run out.
    """

    def __init__(self, url: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._url, self._clock = url, clock

    def tasks_of(self, text: str) -> tuple[TaskStanding, ...]:
        """See `Overview.tasks_of`."""
        if not text.strip():
            return ()
        is_id = len(text) >= _SHORTEST_ID and not set(text) - set("0123456789abcdef")
        path = str(Path(text).expanduser().absolute())
        prefix = text if is_id else ""
        now = self._clock()
        rows = self._rows(_TASKS, (text, path, prefix, f"{prefix}%"))
        return tuple(_standing(row, now) for row in rows)

    def queue(self) -> QueueStanding:
        """See `Overview.queue`."""
        tasks: dict[tuple[str, TaskState], int] = {}
        oldest: dict[tuple[str, TaskState], datetime] = {}
        for language, stored, lapsed, count, since in self._rows(_COUNTS, (self._now(),)):
            key = (language, state_now(TaskState(stored), lease_runs=not lapsed))
            tasks[key] = tasks.get(key, 0) + count
            if key[1] not in CLOSED:
                oldest[key] = min(_time(since), oldest.get(key, _time(since)))
        outbox = self._rows(_OUTBOX, ())
        return QueueStanding(
            tasks=tasks,
            oldest=oldest,
            outbox={kind: count for kind, count, _ in outbox},
            outbox_oldest={kind: _time(since) for kind, _, since in outbox},
        )

    def _now(self) -> object:
        """As the database keeps times: SQLite as text without a zone (`review.sql.schema_base`)."""
        now = self._clock().astimezone(UTC)
        return now.strftime("%Y-%m-%d %H:%M:%S.%f") if self._url.startswith("sqlite") else now

    def _rows(self, query: str, values: Sequence[object]) -> Rows:
        if self._url.startswith("sqlite"):
            return _from_sqlite(self._url, query, values)
        return _from_postgresql(self._url, query, values)


def _from_sqlite(url: str, query: str, values: Sequence[object]) -> Rows:
    """Nothing where there is no database yet."""
    path = Path(unquote(url.removeprefix("sqlite:///").partition("?")[0]))
    if not path.exists():
        return ()
    # Read-write, since a reader of a write-ahead log has to make its index where there is none.
    where = f"{path.absolute().as_uri()}?mode=rw"
    with _explained(sqlite3.Error), closing(sqlite3.connect(where, uri=True)) as database:
        return database.execute(query, values).fetchall()


def _from_postgresql(url: str, query: str, values: Sequence[object]) -> Rows:
    try:
        import psycopg  # noqa: PLC0415 - the extra `postgres`
    except ModuleNotFoundError as error:
        raise ReviewDatabaseError(
            f"PostgreSQL needs the driver {error.name}: install the extra `postgres`"
        ) from error
    plain = "postgresql://" + url.partition("://")[2]
    with _explained(psycopg.Error), psycopg.connect(plain, autocommit=True) as connection:
        return connection.execute(query.replace("?", "%s"), values).fetchall()


@contextmanager
def _explained(kind: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kind as error:
        what = str(error).strip().partition("\n")[0]
        raise ReviewDatabaseError(
            f"the review database cannot be read ({what}): check its URL and permissions; one of "
            "an older version is brought up to date by `polycue review` or the next run"
        ) from error


def _standing(row: Sequence[Any], now: datetime) -> TaskStanding:
    lease_until = _time(row[7]) if row[7] is not None else None
    lease_runs = lease_until is not None and lease_until > now
    return TaskStanding(
        task_id=row[0],
        media_id=row[1],
        title=row[2],
        media_path=row[3],
        language=LanguageTag(row[4]),
        is_source=row[4] == row[5],
        state=state_now(TaskState(row[6]), lease_runs=lease_runs),
        holder=(row[8] if lease_runs else row[9]) or "",
        parked_at=_time(row[18] or row[10]),
        updated_at=_time(row[11]),
        published_at=_time(row[17]) if row[17] is not None else None,
        published_sha256=row[12],
        cue_count=row[13],
        confirmed_count=row[14],
        error_count=row[15],
        stale_count=row[16],
    )


def _time(value: str | datetime) -> datetime:
    """As kept by SQLite in UTC without a zone, or by PostgreSQL."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
