"""All ports of review on one database."""

from sqlalchemy import Engine

from review.backend import Backend
from review.passwords import PasswordHasher
from review.sql.access_log import SqlAccessLog
from review.sql.comments import SqlComments
from review.sql.deliveries import SqlDeliveryQueue
from review.sql.glossaries import SqlGlossaries
from review.sql.ledger import SqlLedger
from review.sql.memberships import SqlMemberships
from review.sql.people import SqlPeople
from review.sql.projects import SqlProjects
from review.sql.queueing import SqlQueue
from review.sql.releases import SqlReleases
from review.sql.steps import SqlSteps
from review.sql.store import SqlReviewStore
from review.sql.timelines import SqlTimelines
from review.sql.tokens import SqlTokens
from review.sql.webhooks import SqlWebhooks
from review.store import Clock


def sql_backend(engine: Engine, clock: Clock, hasher: PasswordHasher) -> Backend:
    """The ports on a database whose tables are up to date.

    Args:
        engine: Of the database.
        clock: Tells the time.
        hasher: Of passwords.
    """
    return Backend(
        store=SqlReviewStore(engine, clock),
        queue=SqlQueue(engine, clock),
        steps=SqlSteps(engine, clock),
        comments=SqlComments(engine, clock),
        releases=SqlReleases(engine, clock),
        ledger=SqlLedger(engine, clock),
        people=SqlPeople(engine, clock, hasher),
        timelines=SqlTimelines(engine, clock),
        projects=SqlProjects(engine, clock),
        members=SqlMemberships(engine, clock),
        tokens=SqlTokens(engine, clock),
        access_log=SqlAccessLog(engine),
        webhooks=SqlWebhooks(engine, clock),
        deliveries=SqlDeliveryQueue(engine, clock),
        glossaries=SqlGlossaries(engine, clock),
    )
