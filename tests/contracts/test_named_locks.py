"""What every lock promises, within a machine (a folder) and between machines (PostgreSQL)."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from flows.locks import FolderLocks
from review.sql.advisory_locks import AdvisoryLocks

HOLDER = """
import sys, time
from pathlib import Path
kind, place, name = sys.argv[1:]
if kind == "folder":
    from flows.locks import FolderLocks
    locks = FolderLocks(Path(place))
else:
    from review.sql.advisory_locks import AdvisoryLocks
    locks = AdvisoryLocks(place)
with locks.hold(name) as holder:
    print(holder, flush=True)
    time.sleep(120)
"""


@pytest.fixture(params=["folder", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request, tmp_path):
    if request.param == "folder":
        return "folder", str(tmp_path)
    return "postgres", request.getfixturevalue("shared_postgres_url")


@pytest.fixture
def locks(place, tmp_path):
    return FolderLocks(tmp_path) if place[0] == "folder" else AdvisoryLocks(place[1])


class TestNamedLocks:
    def test_who_comes_second_is_told_who_was_first_and_since_when(self, locks):
        began = datetime.now(UTC)
        with locks.hold("film") as first, locks.hold("film") as second:
            assert first is None
            assert (second.pid, second.host) == (os.getpid(), socket.gethostname()[:40])
            assert abs(second.since - began) < timedelta(minutes=1)

    def test_it_is_free_after_the_block_also_when_that_fails(self, locks):
        with pytest.raises(RuntimeError), locks.hold("film"):
            raise RuntimeError
        for _ in range(2):
            with locks.hold("film") as holder:
                assert holder is None

    def test_who_is_refused_takes_nothing_away(self, locks):
        with locks.hold("film"):
            with locks.hold("film") as refused:
                assert refused is not None
            with locks.hold("film") as again:
                assert again is not None

    def test_another_name_is_free(self, locks):
        with locks.hold("film"), locks.hold("other") as holder:
            assert holder is None

    def test_kill_minus_nine_of_the_holder_frees_it(self, place, locks):
        with subprocess.Popen(
            [sys.executable, "-c", HOLDER, *place, "film"], stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                assert process.stdout.readline() == "None\n"
                with locks.hold("film") as holder:
                    assert holder.pid == process.pid
            finally:
                os.kill(process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while True:
            with locks.hold("film") as holder:
                if holder is None:
                    return
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.mark.postgres
def test_a_server_that_was_restarted_meanwhile_fails_nobody_who_held_a_lock(
    shared_postgres_url, caplog
):
    from sqlalchemy import text

    from review.sql.database import open_database

    with AdvisoryLocks(shared_postgres_url).hold("film"):
        engine = open_database(shared_postgres_url)
        with engine.begin() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid IN "
            held = "(SELECT pid FROM pg_locks WHERE locktype = 'advisory')"
            connection.execute(text(others + held))
        engine.dispose()
    assert "was lost meanwhile" in caplog.text


def test_lock_files_that_nobody_needs_are_removed_and_none_that_is_held(tmp_path):
    locks = FolderLocks(tmp_path)
    later = datetime.now(UTC) + timedelta(days=1)
    with locks.hold("done"):
        pass
    with locks.hold("running"):
        assert locks.remove_unused(later, dry_run=True) == 1
        assert locks.remove_unused(datetime.now(UTC) - timedelta(days=1)) == 0
        assert locks.remove_unused(later) == 1
        assert [path.name for path in tmp_path.iterdir()] == ["running.lock"]
        with locks.hold("running") as holder:
            assert holder is not None


def test_a_lock_whose_file_was_removed_before_it_was_held_is_taken_anew(tmp_path, monkeypatch):
    locks = FolderLocks(tmp_path)
    opened = FolderLocks._open

    def open_and_lose(self, path):
        file = opened(self, path)
        monkeypatch.undo()
        path.unlink()  # the moment in which somebody clears away
        return file

    monkeypatch.setattr(FolderLocks, "_open", open_and_lose)
    with locks.hold("film") as first, locks.hold("film") as second:
        assert (first is None, second is None) == (True, False)
