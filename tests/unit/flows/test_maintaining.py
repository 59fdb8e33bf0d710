"""A workspace is maintained while everything else goes on."""

import fcntl
import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from run_logs import NOON, run

from flows.artifacts.collecting import Collected
from flows.artifacts.opening import store_for
from flows.backups import BackedUp, back_up_daily
from flows.errors import TitleBusyError
from flows.files import remove_dead_parts
from flows.locks import title_lock
from flows.maintaining import MaintainRequest, maintain
from flows.maintenance_text import lines_of
from flows.review_wiring import open_review
from flows.runs.opening import run_log_for
from flows.runs.records import RunKind
from flows.settings import Settings
from review.sql.database import open_database

NOW = datetime.now(UTC)
LONG_AGO = (NOW - timedelta(days=9)).timestamp()
KEY = "k" * 64


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path)


def age(folder):
    """Make everything in a folder nine days old."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        os.utime(path, (LONG_AGO, LONG_AGO))


def test_a_workspace_that_was_used_is_cleared_of_what_nothing_needs(settings, tmp_path):
    open_review(settings)._engine.dispose()
    store = store_for(settings)
    for data in (b"old", b"new"):
        ref = store.write("stage", KEY, data)
    (tmp_path / "artifacts" / "objects" / ".x.part").write_bytes(b"unfinished")
    with title_lock(settings, "a" * 64, "film"):
        pass
    age(tmp_path / "artifacts")
    age(tmp_path / "locks")

    told = maintain(MaintainRequest(dry_run=True), settings, now=NOW)
    assert (told.collected, told.parts, told.locks) == (Collected(objects=1, size_bytes=3), 1, 1)
    assert not (tmp_path / "backups").exists()

    done = maintain(MaintainRequest(), settings, now=NOW)
    copy = tmp_path / "backups" / f"review-{NOW.date().isoformat()}.db"
    assert (done.collected, done.parts, done.locks) == (told.collected, told.parts, told.locks)
    assert (done.backup, done.tidied, done.failures) == (BackedUp(made=copy), True, ())
    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert store.read(store.find("stage", KEY)) == b"new"
    assert store.find("stage", KEY) == ref

    again = maintain(MaintainRequest(), settings, now=NOW)
    assert (again.collected, again.parts, again.locks) == (None, 0, 0)
    assert again.backup == BackedUp()
    assert any("not due" in line for line in lines_of(again))


def test_runs_of_long_ago_are_forgotten_once_a_day_unless_they_are_to_be_kept(settings, tmp_path):
    log = run_log_for(settings)
    log.begin(run(kind=RunKind.BATCH, title="night", media_id=""))
    age(tmp_path / "runs")
    in_two_years = NOON + timedelta(days=730)
    asked = MaintainRequest(keep_run_days=700, collect_every_hours=0)
    told = maintain(asked.model_copy(update={"dry_run": True}), settings, now=in_two_years)
    assert (told.forgotten_runs, len(log.of_title("night"))) == (1, 1)
    done = maintain(asked, settings, now=in_two_years)
    assert (done.forgotten_runs, log.of_title("night")) == (1, ())
    assert "old runs removed from the run log: 1" in lines_of(done)
    for_ever = MaintainRequest(keep_run_days=0, collect_every_hours=0)
    assert maintain(for_ever, settings, now=in_two_years).forgotten_runs == 0
    assert maintain(MaintainRequest(), settings).forgotten_runs is None


def test_an_empty_workspace_needs_nothing_and_gets_no_database(settings, tmp_path):
    done = maintain(MaintainRequest(), settings, now=NOW)
    assert (done.backup, done.tidied, done.released, done.exit_code) == (None, False, (), 0)
    assert not (tmp_path / "review.db").exists()


def test_one_maintenance_at_a_time(settings):
    with title_lock(settings, "maintenance", "x"), pytest.raises(TitleBusyError, match="process"):
        maintain(MaintainRequest(), settings)


def test_a_chore_that_fails_is_named_and_the_others_are_done(settings, tmp_path):
    open_review(settings)._engine.dispose()
    (tmp_path / "backups").write_text("a file where the folder should be")
    done = maintain(MaintainRequest(), settings, now=NOW)
    ((chore, why),) = done.failures
    assert (chore, done.exit_code, done.tidied) == ("backup", 7, True)
    assert "backups" in why
    assert done.collected == Collected()


def test_a_damaged_review_database_is_told_and_never_takes_the_place_of_a_copy(settings, tmp_path):
    open_review(settings)._engine.dispose()
    path = tmp_path / "review.db"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * (path.stat().st_size // 2))
    done = maintain(MaintainRequest(), settings, now=NOW)
    failures = dict(done.failures)
    assert "review.db is damaged" in failures["backup"]
    assert "sound copy" in failures["backup"]
    assert not list(tmp_path.glob("backups/*"))
    assert (done.exit_code, done.collected) == (7, Collected())


def test_little_room_on_the_disk_is_a_warning(settings, monkeypatch):
    monkeypatch.setattr("flows.maintaining.free_bytes", lambda folder: 1_000_000)
    assert "1 MB free" in maintain(MaintainRequest(), settings, now=NOW).warnings[0]


def test_as_many_daily_copies_stay_as_wanted_and_foreign_files_are_left_alone(sqlite_url, tmp_path):
    engine = open_database(sqlite_url)
    (tmp_path / "review-notes.db").write_text("mine")
    days = [date(2026, 1, day) for day in range(1, 6)]
    removed = [back_up_daily(engine, tmp_path, day, keep=3).removed for day in days]
    assert [len(some) for some in removed] == [0, 0, 0, 1, 1]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(f"review-2026-01-0{day}.db" for day in (3, 4, 5)),
        "review-notes.db",
    ]
    engine.dispose()


@pytest.mark.postgres
def test_a_database_on_a_server_is_left_to_its_own_tool(postgres_url, tmp_path):
    done = maintain(MaintainRequest(), Settings(home=tmp_path, database_url=postgres_url), now=NOW)
    assert (done.backup, done.tidied, done.failures) == (BackedUp(own_tool=True), False, ())
    assert any("pg_dump" in line for line in lines_of(done))


def test_only_unfinished_files_of_the_dead_are_removed(tmp_path):
    names = (".dead.part", ".alive.part", ".fresh.part", "film.srt", ".moved.gone")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    age(tmp_path)
    os.utime(tmp_path / ".fresh.part")
    with (tmp_path / ".alive.part").open("ab") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        assert remove_dead_parts(tmp_path, NOW - timedelta(days=1)) == 2
    assert {path.name for path in tmp_path.iterdir()} == {".alive.part", ".fresh.part", "film.srt"}
