"""How a task moves: one table of (state, action) → state, which every store obeys.

 draft ─open─► pending ─claim─► in_review ───────approve──────► approved ─publish─► published
                                   └submit► qc_pending ─claim─► in_qc ─approve─► approved

 in_review, in_qc     ─release, expire─►  pending, qc_pending
 in_review, in_qc     ─request changes─►  changes_requested  ─claim─► in_review
 approved, published  ─reopen──────────►  changes_requested
 approved, published, qc_pending  ─supersede─►  pending
 any  ─cancel─►  cancelled  ─restore─►  draft

Where a project has one stage, approval follows review; where it has two, the text is submitted and
a second person approves. A translation is a *draft* while its project wants the transcript approved
first.

A task is *held* by at most one person, for as long as the lease runs. Holding is no state of its
own: a task in review whose lease has run out counts as pending (`state_now`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from review import guards
from review.errors import LeaseLostError, NotAllowedError
from review.guards import Circumstances, Guard
from review.tasks import TaskState


class Action(StrEnum):
    """What can be done to a task."""

    OPEN = "start"
    CLAIM = "claim"
    RENEW = "renew"
    EDIT = "edit"
    CONFIRM = "confirm"
    RELEASE = "release"
    EXPIRE = "expire"
    SUBMIT = "submit"
    APPROVE = "approve"
    REQUEST_CHANGES = "request changes to"
    REOPEN = "reopen"
    PUBLISH = "publish"
    SUPERSEDE = "replace the draft of"
    CANCEL = "cancel"
    RESTORE = "restore"
    WAIVE = "waive a warning of"
    OVERRIDE = "waive an error of"
    COMMENT = "comment on"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Transition:
    """Where an action leads, and what must hold first."""

    target: TaskState
    guards: tuple[Guard, ...] = ()


HELD = MappingProxyType(
    {TaskState.IN_REVIEW: TaskState.PENDING, TaskState.IN_QC: TaskState.QC_PENDING}
)
"""The states in which somebody works on the task, and where it is once nobody does."""

RESERVABLE = frozenset({TaskState.PENDING, TaskState.CHANGES_REQUESTED})
"""The states in which a task may be kept for somebody."""

_WORK = (guards.linguist, guards.holder)
_APPROVABLE = (guards.no_errors, guards.nothing_blocks)


def _moves() -> dict[tuple[TaskState, Action], Transition]:
    """The moves from one state to another that are decisions."""
    take = (guards.linguist, guards.not_kept)
    return {
        (TaskState.DRAFT, Action.OPEN): Transition(TaskState.PENDING, (guards.lead_or_ready,)),
        (TaskState.PENDING, Action.CLAIM): Transition(TaskState.IN_REVIEW, take),
        (TaskState.CHANGES_REQUESTED, Action.CLAIM): Transition(TaskState.IN_REVIEW, take),
        (TaskState.QC_PENDING, Action.CLAIM): Transition(
            TaskState.IN_QC, (guards.linguist, guards.second_person)
        ),
        (TaskState.IN_REVIEW, Action.SUBMIT): Transition(
            TaskState.QC_PENDING, (*_WORK, guards.two_stages, guards.complete, guards.no_errors)
        ),
        (TaskState.IN_REVIEW, Action.APPROVE): Transition(
            TaskState.APPROVED, (*_WORK, guards.one_stage, *_APPROVABLE)
        ),
        (TaskState.IN_QC, Action.APPROVE): Transition(
            TaskState.APPROVED, (*_WORK, guards.second_person, guards.complete, *_APPROVABLE)
        ),
        **{
            (state, Action.REOPEN): Transition(
                TaskState.CHANGES_REQUESTED, (guards.lead_or_pipeline,)
            )
            for state in (TaskState.APPROVED, TaskState.PUBLISHED)
        },
        **{
            (state, Action.CANCEL): Transition(TaskState.CANCELLED, (guards.lead,))
            for state in TaskState
        },
        (TaskState.CANCELLED, Action.RESTORE): Transition(TaskState.DRAFT, (guards.lead,)),
    }


def _work_on(held: TaskState, free: TaskState) -> dict[tuple[TaskState, Action], Transition]:
    """What the holder does, and how holding ends without a decision."""
    return {
        **{
            (held, action): Transition(held, _WORK)
            for action in (Action.RENEW, Action.EDIT, Action.CONFIRM)
        },
        (held, Action.RELEASE): Transition(free, _WORK),
        (held, Action.EXPIRE): Transition(free),
        (held, Action.REQUEST_CHANGES): Transition(TaskState.CHANGES_REQUESTED, _WORK),
    }


def _newer_drafts() -> dict[tuple[TaskState, Action], Transition]:
    """Where a task goes whose cues a newer machine draft has changed."""
    stays = (TaskState.DRAFT, TaskState.PENDING, TaskState.CHANGES_REQUESTED)
    begins_again = (TaskState.QC_PENDING, TaskState.APPROVED, TaskState.PUBLISHED)
    targets = {
        **{state: state for state in stays},
        **dict.fromkeys(begins_again, TaskState.PENDING),
    }
    return {
        (state, Action.SUPERSEDE): Transition(target, (guards.pipeline,))
        for state, target in targets.items()
    }


def _publications() -> dict[tuple[TaskState, Action], Transition]:
    """Where a task goes when a text that was approved is published.

    It may have been reopened meanwhile: the text approved before stays in force all the same.
    """
    approved = Transition(TaskState.PUBLISHED, (guards.pipeline,))
    return {
        **{
            (state, Action.PUBLISH): Transition(state, (guards.pipeline,))
            for state in TaskState
            if state is not TaskState.CANCELLED
        },
        (TaskState.APPROVED, Action.PUBLISH): approved,
    }


def _remarks() -> dict[tuple[TaskState, Action], Transition]:
    """What is said about a task and moves it nowhere."""
    is_open = (TaskState.PENDING, TaskState.QC_PENDING, TaskState.CHANGES_REQUESTED, *HELD)
    return {
        **{(state, Action.WAIVE): Transition(state, (guards.holder_or_lead,)) for state in is_open},
        **{
            (state, Action.OVERRIDE): Transition(state, (guards.linguist, guards.lead))
            for state in is_open
        },
        **{(state, Action.COMMENT): Transition(state, (guards.linguist,)) for state in TaskState},
        **{(state, Action.PLAN): Transition(state, (guards.lead,)) for state in TaskState},
    }


TRANSITIONS: Mapping[tuple[TaskState, Action], Transition] = MappingProxyType(
    {
        **_moves(),
        **_work_on(TaskState.IN_REVIEW, HELD[TaskState.IN_REVIEW]),
        **_work_on(TaskState.IN_QC, HELD[TaskState.IN_QC]),
        **_publications(),
        **_newer_drafts(),
        **_remarks(),
    }
)
"""Every move there is; what is not here is refused."""

_NEEDS_LEASE = frozenset(
    action for (_, action), transition in TRANSITIONS.items() if guards.holder in transition.guards
)

_STATE_WORDS: Mapping[TaskState, str] = MappingProxyType(
    {
        TaskState.DRAFT: "waiting for its transcript to be approved",
        TaskState.QC_PENDING: "waiting to be checked",
        TaskState.IN_QC: "being checked",
        TaskState.CHANGES_REQUESTED: "waiting for changes",
    }
)


def next_state(state: TaskState, action: Action, facts: Circumstances) -> TaskState:
    """Where ``action`` leads.

    Raises:
        NotAllowedError: when the role, the state or something open on the task forbids it.
        LeaseLostError: when it is work on the task by somebody who does not hold it.
    """
    transition = TRANSITIONS.get((state, action))
    if transition is None:
        if action in _NEEDS_LEASE and facts.role in guards.EDITORS:
            # Whatever state the task is in by now, what its former holder must know is this.
            raise LeaseLostError(facts.task_id)
        words = _STATE_WORDS.get(state, state.replace("_", " "))
        raise NotAllowedError(f"you cannot {action} a task that is {words}")
    for guard in transition.guards:
        guard(facts)
    return transition.target


def refusal(state: TaskState, action: Action, facts: Circumstances) -> str:
    """Why ``action`` is not possible, for people to read; empty when it is."""
    try:
        next_state(state, action, facts)
    except (NotAllowedError, LeaseLostError) as error:
        return str(error)
    return ""


def state_now(stored: TaskState, *, lease_runs: bool) -> TaskState:
    """The state people see: a task whose lease has run out is back where it was taken from."""
    return stored if lease_runs else HELD.get(stored, stored)
