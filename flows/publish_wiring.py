"""What publishing needs of this process, and not a table more: it starts in a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flows.settings import Settings
from review.access.projects import Projects
from review.outbox import Outbox
from review.release.port import Releases
from review.sql.database import open_database
from review.sql.migrate import upgrade_database
from review.sql.outbox import SqlOutbox
from review.sql.projects import SqlProjects
from review.sql.releases import SqlReleases
from review.sql.store import SqlReviewStore
from review.store import ReviewStore, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The ports of review that publishing stands on, and the settings.

    Attributes:
        store: Tasks, and what is decided about them.
        releases: What was approved.
        projects: Give folders their names.
        outbox: Tells what waits.
        settings: Name the folder, and how its files are called.
    """

    store: ReviewStore
    releases: Releases
    projects: Projects
    outbox: Outbox
    settings: Settings


@contextmanager
def open_publisher(settings: Settings) -> Iterator[Publisher]:
    """A publisher on the review database, its tables brought up to date; closed after the block."""
    upgrade_database(settings.review_database_url)
    engine = open_database(settings.review_database_url)
    try:
        yield Publisher(
            store=SqlReviewStore(engine, utc_now),
            releases=SqlReleases(engine, utc_now),
            projects=SqlProjects(engine, utc_now),
            outbox=SqlOutbox(engine, utc_now),
            settings=settings,
        )
    finally:
        engine.dispose()
