"""What leads decide about when and by whom tasks are done."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from review.access.roles import reaches
from review.errors import InvalidEditError, NotAllowedError, UnknownTaskError
from review.events import EventKind
from review.queueing.port import KEEP, MAX_PLANNED, Plan, Planned, Refused
from review.sql.reaching import role_at
from review.sql.rows import require_known
from review.sql.schema_people import UserRow
from review.sql.work import Work, begin_work
from review.store import Clock
from review.tasks import Priority, Role, User
from review.workflow import Action
from subtitles.language import LanguageTag


def plan_tasks(
    session: Session, task_ids: Collection[str], plan: Plan, *, user_id: str, clock: Clock
) -> Planned:
    """`review.queueing.port.Queue.plan` in one transaction."""
    _require_sensible(task_ids, plan)
    assignee = _assignee(session, plan)
    changed, refused = [], []
    # In one order, so that two leads who plan the same tasks wait for each other and go on.
    wanted = sorted(set(task_ids))
    for task_id in wanted:
        title = ""
        try:
            work = begin_work(session, task_id, user_id, clock)
            title = work.task.title
            work.move(Action.PLAN)
            if assignee is not None:
                _require_able(work, assignee)
        except (NotAllowedError, UnknownTaskError) as error:
            refused.append(Refused(task_id=task_id, title=title, why=str(error)))
            continue
        if _carried_out(work, plan, assignee):
            changed.append(task_id)
    session.flush()
    same_count = len(wanted) - len(changed) - len(refused)
    return Planned(changed=tuple(changed), same_count=same_count, refused=tuple(refused))


def _require_sensible(task_ids: Collection[str], plan: Plan) -> None:
    if not task_ids:
        raise InvalidEditError("no task is chosen: tick some")
    if len(task_ids) > MAX_PLANNED:
        raise InvalidEditError(f"at most {MAX_PLANNED} tasks are planned at once: choose fewer")
    if plan.is_empty:
        raise InvalidEditError("nothing to plan: choose a person, a date or a priority")


def _assignee(session: Session, plan: Plan) -> User | None:
    """Whom tasks are given to; UnknownTaskError for an id that nobody has."""
    if plan.assigned_to is KEEP or plan.assigned_to is None:
        return None
    require_known("user", plan.assigned_to)
    row = session.get(UserRow, plan.assigned_to)
    if row is None:
        raise UnknownTaskError("user", plan.assigned_to)
    return User(user_id=row.user_id, name=row.name, role=row.role, is_active=row.is_active)


def _require_able(work: Work, assignee: User) -> None:
    """NotAllowedError for an assignee who could not work on the task."""
    if not assignee.is_active:
        raise NotAllowedError(f"the account of {assignee.name} is closed: choose somebody else")
    place = work.task.project_id, LanguageTag(work.task.language)
    try:
        role = role_at(work.session, assignee, work.task.task_id, *place)
    except UnknownTaskError:
        role = Role.GUEST
    if not reaches(role, Role.LINGUIST):
        raise NotAllowedError(
            f"{assignee.name} may not work on it: give them the role linguist for its project "
            "and language, or choose somebody else"
        )


def _carried_out(work: Work, plan: Plan, assignee: User | None) -> bool:
    """Whether the plan changed anything; the log tells what."""
    task, said = work.task, []
    if plan.assigned_to is not KEEP and task.assigned_to != plan.assigned_to:
        task.assigned_to = plan.assigned_to
        said.append("assigned to nobody" if assignee is None else f"assigned to {assignee.name}")
    if plan.due_at is not KEEP and task.due_at != plan.due_at:
        task.due_at = plan.due_at
        said.append("no due date" if plan.due_at is None else f"due {_utc(plan.due_at)}")
    if plan.priority is not KEEP and task.priority != plan.priority:
        task.priority = plan.priority
        said.append(f"priority {Priority(plan.priority).name.lower()}")
    if said:
        work.log(EventKind.TASK_PLANNED, ", ".join(said))
    return bool(said)


def _utc(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"
