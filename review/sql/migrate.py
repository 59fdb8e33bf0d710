"""Brings the tables of the review database to what `review.sql.schema` says."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, text

from review.errors import ReviewDatabaseError
from review.sql.database import open_database, reading, writing

# Any number that no other program takes for its own advisory lock ("poly" in ASCII).
_ADVISORY_LOCK = 0x706F6C79


def upgrade_database(url: str) -> None:
    """Make or upgrade the tables; returns at once when they are current.

    Safe when several processes start together: the first upgrades, the others wait for it.

    Raises:
        ReviewDatabaseError: when the database cannot be reached, or is of a newer version.
    """
    engine = open_database(url)
    if engine.dialect.name == "sqlite":
        # Alembic alters a SQLite table by copying it, and dropping the old one would empty every
        # table that refers to it. The switch has no effect inside a transaction, so it stands here.
        event.listen(engine, "connect", _ignore_references)
    try:
        if not _is_current(engine):
            with writing(engine) as session:
                connection = session.connection()
                wait_for_others(connection)
                command.upgrade(alembic_config(connection), "head")
                _require_references(connection)
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings, in code: its commands then run on ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


def wait_for_others(connection: Connection) -> None:
    """Let one process upgrade at a time; SQLite's BEGIN IMMEDIATE has seen to it already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def _ignore_references(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")


def _require_references(connection: Connection) -> None:
    """Refuse (and so roll back) an upgrade that left a row without the row it refers to."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise ReviewDatabaseError(
                f"the upgrade would orphan rows of table {broken[0]}; nothing was changed"
            )


def _is_current(engine: Engine) -> bool:
    with reading(engine) as session:
        connection = session.connection()
        revision = MigrationContext.configure(connection).get_current_revision()
        scripts = ScriptDirectory.from_config(alembic_config(connection))
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise ReviewDatabaseError(
            f"the review database is of a newer version ({revision}): upgrade Polycue"
        )
    return revision == scripts.get_current_head()
