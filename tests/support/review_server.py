"""The reviewer form as people run it: a process of its own, on a workspace of its own."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from review.passwords import argon2id
from review.sql.backend import sql_backend
from review.sql.database import open_database
from review.sql.migrate import upgrade_database
from review.store import utc_now
from review.tasks import Role

SESSION = "polycue_session"


@contextmanager
def backend_of(home: Path):
    """Everything behind the form of a workspace; its database is made when there is none."""
    url = f"sqlite:///{home / 'review.db'}"
    upgrade_database(url)
    engine = open_database(url)
    try:
        # A real hash of a password takes half a second, and nobody here logs in with one.
        yield sql_backend(engine, utc_now, argon2id(memory_kib=8, iterations=1, parallelism=1))
    finally:
        engine.dispose()


def staff(backend, count: int) -> list[str]:
    """So many linguists; the cookies of their sessions."""
    people = [
        backend.people.add_user(f"Reviewer {n}", "correct horse battery", Role.LINGUIST)
        for n in range(count)
    ]
    return [backend.people.open_session(one.user_id, lifetime=timedelta(hours=1)) for one in people]


def cpu_s(pid: int) -> float:
    """Seconds that a process has worked (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def review_server(home: Path):
    """``polycue review`` on a free port; where it is, and its process id."""
    command = [sys.executable, "-m", "flows.cli", "review", "--port", "0"]
    environment = {**os.environ, "POLYCUE_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout.readline()  # "Open http://127.0.0.1:PORT/…"
        assert said.startswith("Open "), said
        yield "/".join(said.split()[1].split("/")[:3]), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
