"""The tables are what the code says, however and how often they are made."""

from dataclasses import replace

import pytest
from alembic import command, op
from sqlalchemy import inspect, text
from two_processes import in_two_processes

from review.errors import ReviewDatabaseError
from review.sql.database import open_database, reading, writing
from review.sql.migrate import alembic_config, upgrade_database
from review.sql.tables import METADATA


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request, tmp_path):
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/review.db"
    return request.getfixturevalue("postgres_cluster").create_database()


def run(url, what, *arguments):
    engine = open_database(url)
    try:
        with writing(engine) as session:
            what(alembic_config(session.connection()), *arguments)
    finally:
        engine.dispose()


def tables(url) -> set[str]:
    engine = open_database(url)
    with reading(engine) as session:
        found = set(inspect(session.connection()).get_table_names())
    engine.dispose()
    return found


def triggers(url) -> set[str]:
    engine = open_database(url)
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with reading(engine) as session:
        found = set(session.scalars(text(names[engine.dialect.name])))
    engine.dispose()
    return found


def test_an_upgrade_makes_every_table_and_nothing_is_left_to_do(empty_url):
    upgrade_database(empty_url)
    assert tables(empty_url) == {*METADATA.tables, "alembic_version"}
    run(empty_url, command.check)  # raises when tables and code differ


def test_down_and_up_again_gives_the_same_database(empty_url):
    upgrade_database(empty_url)
    before = tables(empty_url), triggers(empty_url)
    assert before[1]
    run(empty_url, command.downgrade, "base")
    assert tables(empty_url) == {"alembic_version"}
    assert triggers(empty_url) == set()
    upgrade_database(empty_url)
    assert (tables(empty_url), triggers(empty_url)) == before
    run(empty_url, command.check)


def test_a_current_database_is_left_alone_and_at_once(empty_url, monkeypatch):
    upgrade_database(empty_url)
    monkeypatch.setattr(command, "upgrade", None)  # calling it would fail
    upgrade_database(empty_url)


def test_processes_that_start_together_upgrade_once(empty_url):
    in_two_processes(
        "from review.sql.migrate import upgrade_database", f"upgrade_database({empty_url!r})"
    )
    run(empty_url, command.check)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty_url):
    upgrade_database(empty_url)
    engine = open_database(empty_url)
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ReviewDatabaseError, match=r"newer version \(9999\): upgrade"):
        upgrade_database(empty_url)
    with reading(engine) as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    engine.dispose()


def test_an_upgrade_that_fails_half_way_leaves_nothing_behind(empty_url, monkeypatch):
    made, create_table = [], op.create_table

    def fail_at_the_fourth(name, *columns):
        made.append(name)
        if len(made) == 4:
            raise ZeroDivisionError
        create_table(name, *columns)

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_table", fail_at_the_fourth)
        with pytest.raises(ZeroDivisionError):
            upgrade_database(empty_url)
    assert len(made) == 4
    assert tables(empty_url) == set()
    upgrade_database(empty_url)
    run(empty_url, command.check)


def test_an_upgrade_that_would_orphan_rows_is_rolled_back(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/review.db"

    def upgrade_and_orphan(config, _revision):
        connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (id INTEGER REFERENCES parent (id))")
        connection.exec_driver_sql("INSERT INTO child VALUES (7)")

    monkeypatch.setattr(command, "upgrade", upgrade_and_orphan)
    with pytest.raises(ReviewDatabaseError, match="orphan rows of table child"):
        upgrade_database(url)
    assert tables(url) == set()


def test_tasks_of_an_older_database_come_along_without_a_client(empty_url):
    # The column is left out of the newest tables, as every release before it had them.
    upgrade_database(empty_url)
    run(empty_url, command.downgrade, "0001")
    engine = open_database(empty_url)
    texts = ("task_id", "media_id", "title", "media_path", "source_language", "language")
    texts += ("audience", "kind", "draft_id", "offered_draft_id", "made_by", "reason")
    numbers = ("epoch", "cue_count", "confirmed_count", "error_count", "warning_count")
    columns = (*texts, *numbers, "state", "created_at", "updated_at")
    values = [f"'{name}'" for name in texts] + ["0"] * len(numbers)
    values += ["'pending'", "'2026-11-22 12:00:00+00:00'", "'2026-11-22 12:00:00+00:00'"]
    with writing(engine) as session:
        session.execute(
            text(f"INSERT INTO tasks ({', '.join(columns)}) VALUES ({', '.join(values)})")
        )
    upgrade_database(empty_url)
    with reading(engine) as session:
        assert session.execute(text("SELECT task_id, client FROM tasks")).all() == [("task_id", "")]
    engine.dispose()


def test_tasks_of_an_older_database_get_the_risk_that_they_would_have_had(empty_url):
    from review_drafts import SteppingClock, draft_of, finding_on

    from review.sql.store import SqlReviewStore

    upgrade_database(empty_url)
    engine = open_database(empty_url)
    store = SqlReviewStore(engine, SteppingClock())
    draft = draft_of("Eins.", "Zwei.", "Drei.", "Vier.")
    task, _ = store.park(replace(draft, findings=(finding_on(draft.cues[2].cue_id),)))
    run(empty_url, command.downgrade, "0010")
    with writing(engine) as session:
        session.execute(text("UPDATE tasks SET risk = 0"))
    upgrade_database(empty_url)
    assert (task.risk, store.task(task.task_id)) == (0.25, task)
    engine.dispose()
