"""Opening the database, writing it, and what is said when it does not answer."""

import sqlite3
import sys
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from review.errors import ReviewDatabaseError
from review.sql.database import _switch_to_wal, explained, open_database, reading, writing
from review.sql.schema_log import OutboxRow
from subtitles.errors import StorageError


def outbox_row() -> OutboxRow:
    from review_drafts import SteppingClock

    return OutboxRow(kind="test", payload={}, created_at=SteppingClock()())


def count(engine) -> int:
    with reading(engine) as session:
        return session.scalar(text("SELECT count(*) FROM outbox"))


def count_for_writing(engine) -> int:
    with writing(engine) as session:
        return session.scalar(text("SELECT count(*) FROM outbox"))


def _store_one_by_one(session, rows) -> None:
    for row in rows:
        session.add(row)
        session.flush()


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "review.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "mysql://user:secret@host/reviews",
        "https://example.org",
    ],
)
def test_a_url_that_cannot_hold_reviews_is_refused_without_telling_its_password(url):
    with pytest.raises(ReviewDatabaseError, match="sqlite:///path") as refusal:
        open_database(url)
    assert "secret" not in str(refusal.value)
    assert isinstance(refusal.value, StorageError)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_every_postgresql_url_uses_the_one_driver(scheme):
    engine = open_database(f"{scheme}://user@nowhere.invalid/reviews")
    assert engine.dialect.driver == "psycopg"


def test_a_missing_driver_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ReviewDatabaseError, match="psycopg: install the extra `postgres`"):
        open_database("postgresql://user@host/reviews")


class BusyFile:
    """A connection that refuses a number of statements, as SQLite does for a moment."""

    def __init__(self, refusals):
        self.refusals = refusals

    def execute(self, _statement):
        if self.refusals:
            self.refusals -= 1
            raise sqlite3.OperationalError("database is locked")


def test_the_switch_to_write_ahead_logging_is_tried_again_while_another_process_does_it(
    monkeypatch,
):
    monkeypatch.setattr("review.sql.database._WAL_PAUSE_S", 0)
    file = BusyFile(refusals=7)
    _switch_to_wal(file)
    assert file.refusals == 0
    with pytest.raises(sqlite3.OperationalError):
        _switch_to_wal(BusyFile(refusals=1000))


def test_sqlite_is_set_up_for_many_readers_and_one_writer(sqlite_url):
    engine = open_database(sqlite_url)
    with reading(engine) as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    engine.dispose()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 1,
        "busy_timeout": 15_000,
        "foreign_keys": 1,
    }


def test_the_folder_of_a_new_database_is_made(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path}/a/b/review.db")
    with reading(engine) as session:
        assert session.scalar(text("SELECT 1")) == 1
    engine.dispose()
    assert (tmp_path / "a" / "b" / "review.db").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ReviewDatabaseError, match="file"):
        open_database(f"sqlite:///{tmp_path}/file/review.db")


def test_a_write_unit_is_all_or_nothing(engine):
    rows = [outbox_row(), OutboxRow(kind=None, payload={}, created_at=outbox_row().created_at)]
    with pytest.raises(IntegrityError), writing(engine) as session:
        _store_one_by_one(session, rows)
    assert count(engine) == 0
    with writing(engine) as session:
        session.add(outbox_row())
    assert count(engine) == 1


def test_a_reader_sees_one_moment_however_long_it_reads(engine):
    with reading(engine) as session:
        assert session.scalar(text("SELECT count(*) FROM outbox")) == 0
        with writing(engine) as other:
            other.add(outbox_row())
        assert session.scalar(text("SELECT count(*) FROM outbox")) == 0
    assert count(engine) == 1


@pytest.mark.postgres
def test_a_reader_on_postgresql_cannot_write(postgres_url):
    engine = open_database(postgres_url)
    with pytest.raises(Exception, match="read-only"), reading(engine) as session:
        session.add(outbox_row())
    engine.dispose()


def test_a_writer_that_reads_first_waits_for_its_turn(sqlite_url):
    """With a plain BEGIN the second writer would fail at once, whatever the busy timeout."""
    from threading import Event, Thread

    engine, inside = open_database(sqlite_url), Event()
    failures = []

    def second():
        try:
            with writing(engine) as session:
                session.scalar(text("SELECT count(*) FROM outbox"))
                session.add(outbox_row())
        except ReviewDatabaseError as error:
            failures.append(error)

    with writing(engine) as session:
        session.scalar(text("SELECT count(*) FROM outbox"))
        thread = Thread(target=lambda: (inside.set(), second()))
        thread.start()
        inside.wait(5)
        thread.join(0.2)
        assert thread.is_alive()  # it waits
        session.add(outbox_row())
    thread.join(10)
    assert failures == []
    assert count(engine) == 2
    engine.dispose()


def test_a_database_that_stays_locked_is_told_in_one_line(sqlite_url, monkeypatch):
    monkeypatch.setattr("review.sql.database.BUSY_TIMEOUT_MS", 50)
    engine = open_database(sqlite_url)
    blocker = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(ReviewDatabaseError, match="locked") as refusal:
        count_for_writing(engine)
    assert "\n" not in str(refusal.value)
    blocker.close()
    engine.dispose()


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path):
    path = tmp_path / "review.db"
    path.write_text("dear diary " * 1000)
    engine = open_database(f"sqlite:///{path}")
    with pytest.raises(ReviewDatabaseError, match="not a database") as refusal:
        count(engine)
    assert "\n" not in str(refusal.value)
    engine.dispose()


@pytest.mark.parametrize(
    ("free_bytes", "told"), [(60_000, "the disk is full"), (10**9, "does not answer")]
)
def test_an_index_that_found_no_room_is_a_full_disk(sqlite_url, monkeypatch, free_bytes, told):
    monkeypatch.setattr(
        "review.sql.database.shutil.disk_usage", lambda _: SimpleNamespace(free=free_bytes)
    )
    engine = open_database(sqlite_url)
    with pytest.raises(ReviewDatabaseError, match=told), explained(engine):
        raise OperationalError("SELECT 1", None, sqlite3.OperationalError("disk I/O error"))
    engine.dispose()


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_told_in_one_line(tmp_path):
    engine = open_database(f"postgresql://polycue:secret@/reviews?host={tmp_path}")
    with pytest.raises(ReviewDatabaseError, match="does not answer") as refusal:
        count(engine)
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_broken_reference_is_refused_by_the_database(engine):
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(
            text(
                "INSERT INTO findings (task_id, cue_id, rule, severity, measured, allowed, unit,"
                " source) VALUES ('no such task', '', 'r', 'error', 1, 0, 'u', 's')"
            )
        )


def test_a_time_without_a_zone_is_refused(engine):
    from datetime import datetime

    with pytest.raises(Exception, match="no time zone"), writing(engine) as session:
        session.add(OutboxRow(kind="k", payload={}, created_at=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_times_come_back_in_utc_whatever_zone_they_were_given_in(engine):
    from datetime import UTC, datetime, timedelta, timezone

    tokyo = timezone(timedelta(hours=9))
    at = datetime(2026, 1, 1, 8, 30, 0, 123456, tzinfo=tokyo)
    with writing(engine) as session:
        session.add(OutboxRow(kind="k", payload={}, created_at=at))
    with reading(engine) as session:
        back = session.query(OutboxRow).one().created_at
    assert back == at
    assert back.tzinfo is UTC
