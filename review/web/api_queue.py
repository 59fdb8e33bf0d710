"""The queue as JSON: the tasks one sees, page by page, the next one to work on, plans of leads."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from review.queueing.taking import take_next
from review.web.access import CurrentReach, CurrentUser
from review.web.decision_bodies import TaskAnswer, task_answer
from review.web.queue_fields import (
    FilterFields,
    PageFields,
    PlanBody,
    PlannedAnswer,
    planned_answer,
)
from review.web.services import Parts

router = APIRouter(prefix="/api/v1")


class WantedBody(FilterFields):
    """Of which tasks the next one is taken; empty for all that are open."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TasksAnswer(BaseModel):
    """A page of tasks; ``after`` is what to ask for the next one with, null on the last.

    ``total`` counts all that match, ``free_count`` those that the caller could take now.
    """

    tasks: tuple[TaskAnswer, ...]
    total: int
    free_count: int
    after: str | None


class NextAnswer(BaseModel):
    """The task that was claimed; null when none that matches is free."""

    task: TaskAnswer | None


@router.get("/tasks")
def api_tasks(
    parts: Parts, reach: CurrentReach, fields: Annotated[PageFields, Query()]
) -> TasksAnswer:
    """A page of the tasks one sees that match, in the order in which they are to be done.

    Open ones unless ``state`` says otherwise (``all``, or a state); a hundred at a time.
    """
    found = parts.backend.queue.page(fields.filters, reach, fields.cursor)
    return TasksAnswer(
        tasks=tuple(task_answer(task) for task in found.tasks),
        total=found.total,
        free_count=found.free_count,
        after=None if found.after is None else found.after.place,
    )


@router.post("/tasks/next")
def api_take_next(parts: Parts, reach: CurrentReach, body: WantedBody) -> NextAnswer:
    """Claim the first free task that matches."""
    backend = parts.backend
    task_id = take_next(backend.queue, backend.store, body.filters, reach)
    return NextAnswer(task=None if task_id is None else task_answer(parts.store.task(task_id)))


@router.post("/tasks/plan")
def api_plan(parts: Parts, user: CurrentUser, body: PlanBody) -> PlannedAnswer:
    """Give tasks to somebody, a date or a priority; each that may not be is named with why."""
    planned = parts.backend.queue.plan(body.task_ids, body.plan, user_id=user.user_id)
    return planned_answer(planned)
