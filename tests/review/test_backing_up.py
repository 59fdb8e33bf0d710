"""Copies of the review database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from review_desks import sql_desk
from review_drafts import draft_of

from review.errors import ReviewDatabaseError
from review.sql.backing_up import back_up
from review.sql.database import open_database, writing
from review.sql.store import SqlReviewStore
from review.tasks import TaskState


def test_a_copy_holds_everything_also_what_somebody_is_just_about_to_change(sqlite_url, tmp_path):
    with sql_desk(sqlite_url) as desk:
        task = desk.store.park(draft_of("Guten Tag."))[0]
        desk.write(task, "Guten Abend.")
        engine = desk.store._engine
        with writing(engine) as session:  # a write unit is open meanwhile
            session.connection().exec_driver_sql("UPDATE tasks SET title = 'Unsaved'")
            back_up(engine, tmp_path / "new" / "copy.db")
        copied = open_database(f"sqlite:///{tmp_path}/new/copy.db")
        store = SqlReviewStore(copied, desk.clock)
        assert store.task(task.task_id).title == "The Gate"
        assert store.cues(task.task_id)[0].text == "Guten Abend."
        assert store.task(task.task_id).state is TaskState.IN_REVIEW
        copied.dispose()
    assert [one.name for one in (tmp_path / "new").glob("*.part")] == []


def test_nothing_is_overwritten(sqlite_url, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(ReviewDatabaseError, match="there already"):
        back_up(open_database(sqlite_url), tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_named_and_nothing_stays(sqlite_url, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReviewDatabaseError, match="cannot write"):
        back_up(open_database(sqlite_url), tmp_path / "file" / "copy.db")


def test_where_there_is_no_database_none_is_made(tmp_path):
    with pytest.raises(ReviewDatabaseError, match="nothing to back up"):
        back_up(open_database(f"sqlite:///{tmp_path}/none.db"), tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_server_is_left_to_its_own_tool():
    with pytest.raises(ReviewDatabaseError, match="pg_dump"):
        back_up(open_database("postgresql://nobody@localhost/none"), None)


def test_a_damaged_database_makes_no_copy_and_is_said_to_be_damaged(sqlite_url, tmp_path):
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name='cues'"
        ).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    with Path(path).open("r+b") as file:  # nobody has looked there yet
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    engine = open_database(sqlite_url)
    with pytest.raises(ReviewDatabaseError, match=r"copy\.db is damaged"):
        back_up(engine, tmp_path / "safe.db")
    engine.dispose()
    assert list(tmp_path.iterdir()) == []
