"""The port of the queue as people see it; `review.sql.queueing` has it on a database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, Literal, Protocol

from review.access.roles import Reach
from review.queueing.filters import Due, Filters, Risk, Whose
from review.tasks import Priority, ReviewTask, TaskState
from subtitles.language import LanguageTag

PAGE_TASKS = 100
"""How many tasks a page of the queue holds."""

MAX_PLANNED = 500
"""How many tasks one call of `Queue.plan` takes: they are locked together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where a page begins: after a task's place in the queue or, backwards, where it ends."""

    place: str
    backwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many tasks each choice of a filter would show, all other filters as they are.

    Values that no task has are left out. Of the due dates each counts within the next one.
    """

    states: Mapping[TaskState, int]
    languages: Mapping[LanguageTag, int]
    projects: Mapping[str, int]
    priorities: Mapping[Priority, int]
    dues: Mapping[Due, int]
    risks: Mapping[Risk, int]
    whose: Mapping[Whose, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who stands in the way, of how many tasks.

    Attributes:
        until: When the first of their leases runs out; None for whom tasks are merely kept.
    """

    name: str
    count: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """Why somebody can take none of the tasks that match, by how many each reason counts.

    Attributes:
        holders: Whoever holds most comes first; only the first few.
        held_count: How many tasks others hold.
        mine_count: How many this person holds already.
        keepers: For whom tasks are kept; whoever has most comes first, a few only.
        kept_count: How many tasks are kept for others.
        draft_count: Translations that wait until their transcript is approved.
        own_count: Texts this person has submitted, which somebody else checks.
        closed_count: Approved, published or cancelled.
        look_count: Open ones that this person may only look at.
    """

    holders: tuple[Person, ...] = ()
    held_count: int = 0
    mine_count: int = 0
    keepers: tuple[Person, ...] = ()
    kept_count: int = 0
    draft_count: int = 0
    own_count: int = 0
    closed_count: int = 0
    look_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """Some of the tasks that match, in their order, and what there is beside them.

    Attributes:
        tasks: At most `PAGE_TASKS`.
        first: Which of those that match is the first of these, from 1; 0 when there is none.
        total: How many tasks match.
        free_count: How many of these the person who asks could take now.
        seen: How many tasks this person sees at all.
        counts: What each choice of each filter would show.
        standstill: None while this person could take one of those that match, or none matches.
        before: Where the page before this one ends; None on the first.
        after: Where the next page begins; None on the last.
    """

    tasks: tuple[ReviewTask, ...]
    first: int
    total: int
    free_count: int
    seen: int
    counts: Counts
    standstill: Standstill | None = None
    before: Cursor | None = None
    after: Cursor | None = None


class Keep(Enum):
    """What a plan leaves as it is."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a lead decides about when and by whom tasks are done.

    Attributes:
        assigned_to: The id of a person who has them first; None for nobody.
        due_at: When they have to be approved; None for no date.
    """

    assigned_to: str | Literal[Keep.KEEP] | None = field(default=KEEP)
    due_at: datetime | Literal[Keep.KEEP] | None = field(default=KEEP)
    priority: Priority | Literal[Keep.KEEP] = field(default=KEEP)

    @property
    def is_empty(self) -> bool:
        """Whether it leaves everything as it is."""
        return {self.assigned_to, self.due_at, self.priority} == {KEEP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A task that a plan left as it was, and why; the title is empty where it is unknown."""

    task_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What came of a plan.

    Attributes:
        changed: Ids of the tasks that are otherwise now.
        same_count: How many were as planned already.
    """

    changed: tuple[str, ...]
    same_count: int
    refused: tuple[Refused, ...]


class Queue(Protocol):
    """Tasks in the order in which they are to be done.

    Open ones first; of these by priority, by when they are due (those without a date last), by age.
    Nobody sees, counts, takes or plans what is not opened to them.
    """

    def page(self, filters: Filters, reach: Reach, cursor: Cursor | None = None) -> QueuePage:
        """One page of the tasks that match: the first, or the one at a cursor."""
        ...

    def matching(self, filters: Filters, reach: Reach, limit: int) -> tuple[str, ...]:
        """Ids of tasks that match, in their order."""
        ...

    def free(self, filters: Filters, reach: Reach, limit: int) -> tuple[str, ...]:
        """Ids of tasks that match and that this person could claim now, in their order.

        Those kept for this person come first, those kept for others only with their leads.
        """
        ...

    def plan(self, task_ids: Collection[str], plan: Plan, *, user_id: str) -> Planned:
        """Plan tasks; one event for each that this changes.

        A task is refused, and the others are planned all the same, where there is none of that id,
        where the person does not lead it, and where the assignee may not work on it.

        Raises:
            UnknownTaskError: without such an assignee.
            InvalidEditError: for a plan that leaves everything as it is, for no task, and for more
                than `MAX_PLANNED`.
        """
        ...
