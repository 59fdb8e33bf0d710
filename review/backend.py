"""The ports that the form stands on, together; `review.sql.backend` has them on a database."""

from dataclasses import dataclass

from review.access.log import AccessLog
from review.access.members import Memberships
from review.access.projects import Projects
from review.access.tokens import Tokens
from review.comments import Comments
from review.glossaries import Glossaries
from review.hooks.port import DeliveryQueue, Webhooks
from review.ledger.port import Ledger
from review.people import People
from review.queueing.port import Queue
from review.release.port import Releases
from review.steps.port import Steps
from review.store import ReviewStore
from review.timeline import Timelines


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """Everything behind the pages that is kept.

    Attributes:
        store: Tasks and their text.
        queue: Which tasks wait for whom, in their order.
        steps: What people do to structure and times.
        comments: What people say about them.
        releases: What was approved last, as files and as a manifest.
        ledger: How much work people had.
        people: Accounts and sessions.
        timelines: What films sound and cut like.
        projects: Titles that belong together, and how they are reviewed.
        members: What people may do in which project and language.
        tokens: Keys with which programs act for people.
        access_log: What was changed about people and projects.
        webhooks: Who wants to be told of what happens.
        deliveries: What is on its way to them.
        glossaries: The words of projects.
    """

    store: ReviewStore
    queue: Queue
    steps: Steps
    comments: Comments
    releases: Releases
    ledger: Ledger
    people: People
    timelines: Timelines
    projects: Projects
    members: Memberships
    tokens: Tokens
    access_log: AccessLog
    webhooks: Webhooks
    deliveries: DeliveryQueue
    glossaries: Glossaries
