"""The queue: what waits, who holds what, why there may be nothing to do, and what leads plan."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from review.access.roles import Reach, reaches
from review.queueing.port import MAX_PLANNED, Plan, Planned
from review.queueing.taking import take_next as claim_next
from review.tasks import Role, User
from review.web.access import CurrentReach, CurrentUser
from review.web.problems import status_of
from review.web.queue_fields import FilterFields, PageFields, PlanForm
from review.web.queue_views import (
    PRIORITY_NAMES,
    filter_views,
    row_view,
    why_empty,
    why_nothing_free,
)
from review.web.rendering import page, see
from review.web.services import Parts, Services
from subtitles.errors import ReviewError

router = APIRouter()

_AT_ONCE = 100
"""How many tasks are planned in one transaction: people who save wait for no more than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a plan, for the page that says so."""

    planned: Planned | None = None
    problem: ReviewError | None = None


@router.get("/")
def queue_page(
    request: Request, parts: Parts, reach: CurrentReach, fields: Annotated[PageFields, Query()]
) -> Response:
    """The tasks that match the filters, in the order in which they are to be done."""
    return _queue(request, parts, reach, fields, Outcome())


@router.post("/next")
def take_next(
    parts: Parts, reach: CurrentReach, fields: Annotated[FilterFields, Form()]
) -> Response:
    """Claim the first free task that matches and open it."""
    backend = parts.backend
    task_id = claim_next(backend.queue, backend.store, fields.filters, reach)
    if task_id is not None:
        return see(f"/tasks/{task_id}")
    query = PageFields(**fields.model_dump()).turned_to(None)
    return see(f"/?{query}" if query else "/", "none-free")


@router.post("/plan")
def plan(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    reach: CurrentReach,
    form: Annotated[PlanForm, Form()],
) -> Response:
    """Give tasks to somebody, a date or a priority; the page says what was done and what not."""
    fields = PageFields.of(form.query)
    queue = parts.backend.queue
    try:
        wanted = queue.matching(fields.filters, reach, MAX_PLANNED) if form.every else form.task
        planned = _planned(parts, user, wanted, form.plan)
    except ReviewError as problem:
        return _queue(request, parts, reach, fields, Outcome(problem=problem))
    return _queue(request, parts, reach, fields, Outcome(planned=planned))


def _planned(parts: Services, user: User, task_ids: tuple[str, ...], plan: Plan) -> Planned:
    """What came of a plan, some tasks at a time."""
    batches = [task_ids[n : n + _AT_ONCE] for n in range(0, len(task_ids) or 1, _AT_ONCE)]
    done = [parts.backend.queue.plan(ids, plan, user_id=user.user_id) for ids in batches]
    return Planned(
        changed=tuple(task_id for one in done for task_id in one.changed),
        same_count=sum(one.same_count for one in done),
        refused=tuple(refused for one in done for refused in one.refused),
    )


def _queue(
    request: Request, parts: Services, reach: Reach, fields: PageFields, outcome: Outcome
) -> Response:
    found = parts.backend.queue.page(fields.filters, reach, fields.cursor)
    projects, now = parts.backend.projects.names(), parts.clock()
    is_lead = reaches(reach.highest_role, Role.LEAD)
    context = {
        "rows": [row_view(task, reach, projects, now) for task in found.tasks],
        "found": found,
        "last": found.first + len(found.tasks) - 1,
        "filters": filter_views(fields, found.counts, projects),
        "fields": fields,
        "has_projects": any(projects.get(one) for one in found.counts.projects),
        "query": fields.turned_to(fields.cursor),
        "before": None if found.before is None else fields.turned_to(found.before),
        "after": None if found.after is None else fields.turned_to(found.after),
        "why_empty": why_empty(found, fields, reach),
        "nothing_free": why_nothing_free(found.standstill),
        "is_lead": is_lead,
        "people": _assignable(parts) if is_lead else (),
        "priorities": {one.name.lower(): name for one, name in PRIORITY_NAMES.items()},
        "max_planned": MAX_PLANNED,
        "planned": outcome.planned,
        "problem": outcome.problem,
    }
    status = status_of(outcome.problem) if outcome.problem else 200
    return page(request, "queue.html", context, status_code=status)


def _assignable(parts: Services) -> list[User]:
    """People whom tasks may be given to; where is asked when one is."""
    return sorted(
        (user for user in parts.people.users() if user.is_active), key=lambda user: user.name
    )
