"""What the database of people keeps, and what a login costs."""

import hashlib
from datetime import timedelta

import pytest
from review_drafts import SteppingClock
from sqlalchemy import event, text

from review.passwords import argon2id
from review.sql.database import open_database, reading
from review.sql.people import SqlPeople
from review.tasks import Role

PASSWORD = "correct horse battery"


class CountingHasher:
    """A cheap real hasher that counts how often it worked."""

    def __init__(self, **cost):
        self._hasher = argon2id(**({"memory_kib": 8, "iterations": 1, "parallelism": 1} | cost))
        self.count = 0

    def hash(self, password):
        self.count += 1
        return self._hasher.hash(password)

    def verify_and_update(self, password, hash):  # noqa: A002
        self.count += 1
        return self._hasher.verify_and_update(password, hash)


@pytest.fixture
def engine(database_url):
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def hasher():
    return CountingHasher()


@pytest.fixture
def clock():
    return SteppingClock()


@pytest.fixture
def people(engine, clock, hasher):
    return SqlPeople(engine, clock, hasher)


def column(engine, statement):
    with reading(engine) as session:
        return session.scalars(text(statement)).all()


def test_neither_password_nor_token_is_stored(engine, people):
    ana = people.add_user("Ana", PASSWORD, Role.ADMIN)
    token = people.open_session(ana.user_id, lifetime=timedelta(hours=1))
    with reading(engine) as session:
        rows = [
            repr(session.execute(text(f"SELECT * FROM {table}")).all())
            for table in ("users", "sessions")
        ]
    assert "argon2id" in rows[0]
    assert PASSWORD not in rows[0]
    assert token not in rows[1]
    assert hashlib.sha256(token.encode()).hexdigest() in rows[1]


def test_two_people_with_one_password_have_different_hashes(engine, people):
    for name in ("Ana", "Ben"):
        people.add_user(name, PASSWORD, Role.LINGUIST)
    assert len(set(column(engine, "SELECT password_hash FROM users"))) == 2


@pytest.mark.parametrize("name", ["Ana", "Nobody", "", "\x00", "x" * 999])
@pytest.mark.parametrize("password", [PASSWORD, "wrong password", "", "x" * 5000])
def test_every_attempt_to_log_in_costs_one_hash(people, hasher, name, password):
    people.add_user("Ana", PASSWORD, Role.LINGUIST)
    hasher.count = 0
    assert (people.authenticate(name, password) is not None) == (
        (name, password) == ("Ana", PASSWORD)
    )
    assert hasher.count == 1


def test_a_closed_account_costs_as_much_and_stays_closed(people, hasher):
    people.add_user("Ana", PASSWORD, Role.LINGUIST)
    people.set_active("Ana", active=False)
    hasher.count = 0
    assert people.authenticate("Ana", PASSWORD) is None
    assert hasher.count == 1


def test_a_raised_cost_is_taken_up_at_the_next_login(engine, clock, people):
    people.add_user("Ana", PASSWORD, Role.LINGUIST)
    stronger = SqlPeople(engine, clock, CountingHasher(memory_kib=16))
    assert stronger.authenticate("Ana", "wrong password") is None
    assert "m=8," in column(engine, "SELECT password_hash FROM users")[0]
    assert stronger.authenticate("Ana", PASSWORD)
    assert "m=16," in column(engine, "SELECT password_hash FROM users")[0]
    assert stronger.authenticate("Ana", PASSWORD)


def test_the_hash_of_the_house_is_argon2id_with_64_mib_3_passes_and_4_lanes():
    assert argon2id().hash(b"x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_busy_session_is_written_once_a_minute_at_most(engine, clock, people):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    token = people.open_session(ana.user_id, lifetime=timedelta(hours=1))
    updates = []

    def listen(_connection, _cursor, statement, *_):
        if statement.startswith("UPDATE sessions"):
            updates.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    for _ in range(180):
        clock.pass_(seconds=1)
        assert people.session_user(token) == ana
    assert len(updates) == 3


def test_ended_sessions_are_forgotten_at_the_next_login(engine, clock, people):
    ana = people.add_user("Ana", PASSWORD, Role.LINGUIST)
    ben = people.add_user("Ben", PASSWORD, Role.LINGUIST)
    hour = timedelta(hours=1)
    closed = people.open_session(ana.user_id, lifetime=hour)
    people.close_session(closed)
    people.open_session(ana.user_id, lifetime=hour)
    people.open_session(ben.user_id, lifetime=hour)
    clock.pass_(hours=1)
    people.open_session(ana.user_id, lifetime=hour)
    owners = column(engine, "SELECT user_id FROM sessions")
    assert sorted(owners) == sorted([ana.user_id, ben.user_id])
