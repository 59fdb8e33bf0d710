"""What the queue is searched by stays what the database says."""

import shutil
from pathlib import Path

from queue_house import queue_house
from sqlalchemy import text

from review.queueing.filters import Risk
from review.sql.database import writing


def test_what_left_no_line_in_the_log_is_found_in_passing(sqlite_url: str):
    with queue_house(sqlite_url) as house:
        house.park(risky=4)
        assert house.page(risk=Risk.HIGH).total == 1
        with writing(house.backend.store._engine) as session:
            session.execute(text("UPDATE tasks SET risk = 0"))
        assert house.page(risk=Risk.HIGH).total == 0


def test_a_log_that_has_become_shorter_is_another_database(sqlite_url: str, tmp_path):
    with queue_house(sqlite_url) as house:
        path = Path(house.backend.store._engine.url.database)
        house.park("kept")
        house.backend.store._engine.dispose()
        shutil.copy(path, tmp_path / "backup.db")
        house.park("lost")
        assert house.titles() == ["kept", "lost"]
        house.backend.store._engine.dispose()
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copy(tmp_path / "backup.db", path)
        assert house.titles() == ["kept"]
