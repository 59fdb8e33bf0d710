"""A queue with people around it, and tasks made in one line each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from review_desks import PASSWORD, engine_of
from review_drafts import SteppingClock, draft_of, finding_on

from review.backend import Backend
from review.passwords import argon2id
from review.queueing.filters import Filters
from review.queueing.port import Cursor, Plan, QueuePage
from review.sql.backend import sql_backend
from review.tasks import ReviewTask, Role, User

CAST = {"Ana": Role.LINGUIST, "Ben": Role.LINGUIST, "Lea": Role.LEAD, "Vic": Role.VIEWER}


@dataclass(slots=True)
class QueueHouse:
    """A backend, its clock and its people."""

    backend: Backend
    clock: SteppingClock
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        return self.people[name.capitalize()]

    def hire(self, name: str, role: Role) -> User:
        """One more person."""
        self.people[name] = self.backend.people.add_user(name, PASSWORD, role)
        return self.people[name]

    def park(
        self, title: str = "The Gate", *, language: str = "de", project: str = "", risky: int = 0
    ) -> ReviewTask:
        """A task of four cues, ``risky`` of them with a warning; a minute after the last one."""
        self.clock.pass_(minutes=1)
        texts = ("Eins.", "Zwei.", "Drei.", "Vier.")
        draft = draft_of(*texts, title=title, language=language, media=title)
        found = tuple(finding_on(cue.cue_id) for cue in draft.cues[:risky])
        return self.backend.store.park(replace(draft, findings=found, project=project))[0]

    def page(
        self, who: User | None = None, cursor: Cursor | None = None, **filters: object
    ) -> QueuePage:
        """What Ana, or somebody else, sees."""
        reach = self.backend.members.reach(who or self.ana)
        return self.backend.queue.page(Filters(**filters), reach, cursor)

    def titles(self, who: User | None = None, **filters: object) -> list[str]:
        """Of the tasks on the first page."""
        return [task.title for task in self.page(who, **filters).tasks]

    def plan(self, *tasks: ReviewTask, by: User | None = None, **plan: object):
        """Lea, or somebody else, plans tasks."""
        ids = [task.task_id for task in tasks]
        return self.backend.queue.plan(ids, Plan(**plan), user_id=(by or self.lea).user_id)


@contextmanager
def queue_house(url: str) -> Iterator[QueueHouse]:
    """On a database that has its tables."""
    clock, engine = SteppingClock(), engine_of(url)
    backend = sql_backend(engine, clock, argon2id(memory_kib=8, iterations=1, parallelism=1))
    made = QueueHouse(backend, clock, {})
    for name, role in CAST.items():
        made.hire(name, role)
    try:
        yield made
    finally:
        engine.dispose()
