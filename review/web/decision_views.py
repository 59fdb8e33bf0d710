"""What somebody may decide about a task: one button that leads on, and others beside it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from review.guards import EDITORS, Circumstances
from review.tasks import ReviewTask, Role, TaskState, User
from review.workflow import HELD, Action, refusal

_HOUR = timedelta(hours=1)


class Primary(StrEnum):
    """What leads on from here, for one person."""

    CLAIM = "claim"
    CHECK = "check"
    SUBMIT = "submit"
    APPROVE = "approve"
    START = "start"
    RESTORE = "restore"
    NEXT = "next"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What one person may decide about a task.

    Attributes:
        primary: The one button that stands out.
        waits_for: Why this person cannot take the task; empty when that is no question.
        may_reopen: Whether the approved text can be sent back.
        may_cancel: Whether the task can be taken out of the queue.
        may_override: Whether this person lets errors stay, and without holding the task.
    """

    primary: Primary
    waits_for: str
    may_reopen: bool
    may_cancel: bool
    may_override: bool


def decision_view(task: ReviewTask, user: User, now: datetime) -> DecisionView:
    """What ``user``, with their role on this task, may decide at ``now``."""
    facts = _facts(task, user)

    def may(action: Action) -> bool:
        return not refusal(task.state, action, facts)

    return DecisionView(
        primary=_primary(task, user, facts),
        waits_for=waits_for(task, user, now),
        may_reopen=may(Action.REOPEN),
        may_cancel=task.state is not TaskState.CANCELLED and may(Action.CANCEL),
        may_override=may(Action.OVERRIDE),
    )


def is_free(task: ReviewTask, user: User) -> bool:
    """Whether an editor in the place of ``user`` could claim the task now."""
    if task.lease is not None:
        return task.lease.user_id == user.user_id
    return not refusal(task.state, Action.CLAIM, _facts(task, user, at_least=Role.LINGUIST))


def waits_for(task: ReviewTask, user: User, now: datetime) -> str:
    """What the task waits for while this person cannot take it; empty when it does not wait."""
    kept = task.kept_for
    match task.state:
        case TaskState.DRAFT:
            return "It waits for the transcript of this title to be approved."
        case TaskState.QC_PENDING if task.submitted_by == user.user_id:
            return "You submitted this text; somebody else checks it now."
        case TaskState.QC_PENDING:
            return "The text is submitted; a second person has to check it."
        case _ if kept is not None and kept.user_id != user.user_id:
            hours = None if kept.until is None else -(-(kept.until - now) // _HOUR)
            after = "" if hours is None else f" for {hours} h more, then for anybody"
            return f"It is kept for {kept.user_name}{after}."
        case _:
            return ""


def _primary(task: ReviewTask, user: User, facts: Circumstances) -> Primary:
    if task.state in HELD:
        if not facts.holds:
            return Primary.NOTHING
        submits = task.two_stages and task.state is TaskState.IN_REVIEW
        return Primary.SUBMIT if submits else Primary.APPROVE
    if user.role in EDITORS and task.is_decided:
        return Primary.NEXT
    check = task.state is TaskState.QC_PENDING
    for action, primary in (
        (Action.CLAIM, Primary.CHECK if check else Primary.CLAIM),
        (Action.OPEN, Primary.START),
        (Action.RESTORE, Primary.RESTORE),
    ):
        if not refusal(task.state, action, facts):
            return primary
    return Primary.NOTHING


def _facts(task: ReviewTask, user: User, *, at_least: Role = Role.GUEST) -> Circumstances:
    """What decides whether a button is shown; what stands in its way is told when it is pressed."""
    kept, lease = task.kept_for, task.lease
    return Circumstances(
        task_id=task.task_id,
        role=user.role if user.role in EDITORS else at_least,
        holds=lease is not None and lease.user_id == user.user_id,
        two_stages=task.two_stages,
        is_submitter=task.submitted_by == user.user_id,
        kept_for="" if kept is None or kept.user_id == user.user_id else kept.user_name,
    )
