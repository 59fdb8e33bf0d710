"""The review database of this process: its queue, its memory, its people, tables up to date.

Apart from `flows.wiring`, which imports it on use: a transcript needs no database, and loading what
talks to one takes half a second.
"""

from pathlib import Path

from sqlalchemy import Engine

from flows.settings import Settings
from review.backend import Backend
from review.errors import UnknownTaskError
from review.passwords import argon2id
from review.sql.backend import sql_backend
from review.sql.database import open_database
from review.sql.glossaries import SqlGlossaries
from review.sql.memory import SqlTranslationMemory
from review.sql.migrate import upgrade_database
from review.sql.outbox import SqlOutbox
from review.sql.people import SqlPeople
from review.sql.projects import SqlProjects, derive_project_id
from review.sql.store import SqlReviewStore
from review.sql.timelines import SqlTimelines
from review.sql.titles import SqlTitles
from review.sql.transcripts import SqlApprovedTranscripts
from review.store import utc_now
from translate.glossary.glossary import Glossary, glossary_of


def existing_database(settings: Settings) -> Engine | None:
    """The review database, its tables brought up to date; None where there is none yet."""
    engine = open_database(settings.review_database_url)
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return None
    upgrade_database(settings.review_database_url)
    return engine


def open_review(settings: Settings | None = None) -> SqlReviewStore:
    """The review queue, its tables brought up to date."""
    return SqlReviewStore(_database(settings or Settings()), utc_now)


def memory_of(settings: Settings) -> SqlTranslationMemory | None:
    """What was approved in this workspace; None where no review database has been made yet."""
    engine = existing_database(settings)
    return None if engine is None else SqlTranslationMemory(engine)


def approved_transcripts(settings: Settings) -> SqlApprovedTranscripts | None:
    """What was approved as the text spoken; None where no review database has been made yet."""
    engine = existing_database(settings)
    return None if engine is None else SqlApprovedTranscripts(engine)


def existing_titles(settings: Settings) -> SqlTitles | None:
    """The titles in review; None where no review database has been made yet."""
    engine = existing_database(settings)
    return None if engine is None else SqlTitles(engine)


def project_id_of(settings: Settings, name: str) -> str:
    """The id of a project; UnknownTaskError for none of that name."""
    engine = existing_database(settings)
    if engine is None:
        raise UnknownTaskError("project", name)
    return SqlProjects(engine, utc_now).project(derive_project_id(name)).project_id


def open_outbox(settings: Settings) -> SqlOutbox:
    """What review tells, its tables brought up to date."""
    return SqlOutbox(_database(settings), utc_now)


def project_words(settings: Settings, project: str) -> Glossary:
    """The words of a project; without any, or where no review database has been made, none."""
    engine = existing_database(settings)
    stored = None if engine is None else SqlGlossaries(engine, utc_now).latest_of(project)
    return glossary_of(()) if stored is None else stored.glossary


def open_memory(settings: Settings | None = None) -> SqlTranslationMemory:
    """The translation memory, its tables brought up to date."""
    return SqlTranslationMemory(_database(settings or Settings()))


def open_backend(settings: Settings | None = None) -> Backend:
    """Everything the reviewer form stands on, its tables brought up to date."""
    return sql_backend(_database(settings or Settings()), utc_now, argon2id())


def open_timelines(settings: Settings | None = None) -> SqlTimelines:
    """What films sound and cut like, its table brought up to date."""
    return SqlTimelines(_database(settings or Settings()), utc_now)


def open_people(settings: Settings | None = None) -> SqlPeople:
    """Accounts and sessions, their tables brought up to date."""
    return SqlPeople(_database(settings or Settings()), utc_now, argon2id())


def _database(settings: Settings) -> Engine:
    upgrade_database(settings.review_database_url)
    return open_database(settings.review_database_url)
