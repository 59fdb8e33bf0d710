"""The log and the snapshots can be added to, and nothing else: the database itself refuses."""

import pytest
from review_desks import sql_desk
from review_drafts import draft_of
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from review.sql.database import reading, writing


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        task = staffed.store.park(draft_of("Guten Tag."))[0]
        staffed.approved(task)
        yield staffed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'somebody else'",
        "UPDATE events SET detail = detail",
        "DELETE FROM events",
        "DELETE FROM events WHERE event_id = 1",
        "UPDATE snapshots SET srt = 'other text'",
        "DELETE FROM snapshots",
    ],
)
def test_no_statement_changes_what_was_written(desk, statement):
    engine = desk.store._engine

    def rows():
        with reading(engine) as session:
            return [
                session.execute(text(f"SELECT * FROM {table}")).all()
                for table in ("events", "snapshots")
            ]

    before = rows()
    assert all(before)
    with pytest.raises(DBAPIError, match="can only be added to"), writing(engine) as session:
        session.execute(text(statement))
    assert rows() == before


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["events", "snapshots"])
def test_nor_does_truncate(postgres_url, table):
    with (
        sql_desk(postgres_url) as desk,
        pytest.raises(DBAPIError, match="can only be added to"),
        writing(desk.store._engine) as session,
    ):
        session.execute(text(f"TRUNCATE {table} CASCADE"))


def test_one_task_has_one_active_assignment_whatever_a_program_tries(desk):
    task = desk.store.park(draft_of("Hallo.", media="other"))[0]
    desk.claimed(task)
    copy = (
        "INSERT INTO assignments (task_id, user_id, epoch, claimed_at, lease_until)"
        " SELECT task_id, user_id, epoch + 1, claimed_at, lease_until FROM assignments"
        " WHERE released_at IS NULL"
    )
    with (
        pytest.raises(DBAPIError, match=r"(?i)unique"),
        writing(desk.store._engine) as session,
    ):
        session.execute(text(copy))
