"""A review queue with people around it, for tests: always in a real database."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from review_drafts import SteppingClock
from sqlalchemy import Engine

from review.people import People
from review.store import ReviewStore
from review.tasks import Lease, ReviewTask, Role, User

_ENGINES: dict[str, Engine] = {}
PASSWORD = "correct horse battery"
LEASE = timedelta(minutes=15)


@dataclass(slots=True)
class ReviewDesk:
    """The store under test, its clock, and one person of every role."""

    store: ReviewStore
    people: People
    clock: SteppingClock
    ana: User  # linguist
    ben: User  # linguist
    lea: User  # lead
    vic: User  # viewer

    def claimed(self, task: ReviewTask, user: User | None = None) -> Lease:
        """``user`` (or Ana) takes the task."""
        return self.store.claim(task.task_id, (user or self.ana).user_id)

    def project(self, **switches: bool) -> None:
        """Set the project without a name up: ``two_stages``, ``source_first``."""
        from review.sql.database import writing
        from review.sql.schema import ProjectRow

        with writing(self.store._engine) as session:
            for name, value in switches.items():
                setattr(session.get_one(ProjectRow, ""), name, value)

    def kinds(self, task: ReviewTask) -> list[str]:
        """What the log of a task tells, oldest first."""
        return [event.kind.value for event in self.store.events(task.task_id)]

    def write(self, task: ReviewTask, text: str, *, cue: int = 0, user: User | None = None):
        """``user`` (or Ana), who holds the task, gives a cue a text."""
        now = self.store.cues(task.task_id)[cue]
        return self.store.edit_cue(
            task.task_id,
            now.cue_id,
            user_id=(user or self.ana).user_id,
            epoch=self.claimed(task, user).epoch,
            version=now.version,
            text=text,
        )

    def tick(self, task: ReviewTask, *, confirmed=True, cue: int = 0, user: User | None = None):
        """``user`` (or Ana), who holds the task, ticks a cue off."""
        return self.store.confirm_cue(
            task.task_id,
            self.store.cues(task.task_id)[cue].cue_id,
            user_id=(user or self.ana).user_id,
            epoch=self.claimed(task, user).epoch,
            confirmed=confirmed,
        )

    def submitted(self, task: ReviewTask, user: User | None = None) -> ReviewTask:
        """``user`` (or Ana) claims, ticks everything off and submits."""
        for number in range(task.cue_count):
            self.tick(task, cue=number, user=user)
        epoch = self.claimed(task, user).epoch
        return self.store.submit(task.task_id, user_id=(user or self.ana).user_id, epoch=epoch)

    def approved(self, task: ReviewTask, user: User | None = None):
        """``user`` (or Ana) claims and approves."""
        epoch = self.claimed(task, user).epoch
        return self.store.approve(task.task_id, user_id=(user or self.ana).user_id, epoch=epoch)


def staffed(store: ReviewStore, people: People, clock: SteppingClock) -> ReviewDesk:
    """A desk with its people."""
    cast = {"Ana": Role.LINGUIST, "Ben": Role.LINGUIST, "Lea": Role.LEAD, "Vic": Role.VIEWER}
    ana, ben, lea, vic = (people.add_user(name, PASSWORD, role) for name, role in cast.items())
    return ReviewDesk(store, people, clock, ana, ben, lea, vic)


def fresh_sqlite(template: Path) -> str:
    """The URL of a copy of an SQLite file; the next copy has the same name, and is another file."""
    path = template.with_name("copy.db")
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(template, path)
    return f"sqlite:///{path}"


def engine_of(url: str) -> Engine:
    """One engine for all tests of a URL: it keeps the statements it has compiled.

    Whoever is done with it disposes of it, which closes its connections and nothing more.
    """
    from review.sql.database import open_database

    if url not in _ENGINES:
        _ENGINES[url] = open_database(url)
    return _ENGINES[url]


@contextmanager
def sql_desk(url: str) -> Iterator[ReviewDesk]:
    """Everything in a database that has its tables."""
    from review.passwords import argon2id
    from review.sql.people import SqlPeople
    from review.sql.store import SqlReviewStore

    clock, engine = SteppingClock(), engine_of(url)
    people = SqlPeople(engine, clock, argon2id(memory_kib=8, iterations=1, parallelism=1))
    try:
        yield staffed(SqlReviewStore(engine, clock, LEASE), people, clock)
    finally:
        engine.dispose()
