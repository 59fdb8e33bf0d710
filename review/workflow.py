"""How a task moves: one table of (state, action) → state, which every store obeys.

    park ─► pending ──claim──► in_review ──approve──► approved
               ▲                │  │ ▲ ▲                  │
               └─release/expire─┘  │ │ └─claim─┐          │
                                   │ └─edit, confirm      │
                                   └─request changes─► changes_requested ◄─reopen─┘

A task is *held* by at most one person, for as long as the lease runs. Holding is no state of its
own: a task in review whose lease has run out counts as pending (`state_now`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from review.errors import LeaseLostError, NotAllowedError
from review.tasks import Role, TaskState


class Action(StrEnum):
    """What can be done to a task."""

    CLAIM = "claim"
    RENEW = "renew"
    EDIT = "edit"
    CONFIRM = "confirm"
    RELEASE = "release"
    EXPIRE = "expire"
    APPROVE = "approve"
    REQUEST_CHANGES = "request changes to"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the guards look at.

    Attributes:
        task_id: For the error.
        role: Of the person who acts.
        holds: Whether that person's lease, by its epoch, is the one in force.
        error_count: Open findings of severity error.
    """

    task_id: str
    role: Role
    holds: bool = False
    error_count: int = 0


Guard = Callable[[Circumstances], None]
"""Raises when the action must not happen."""


@dataclass(frozen=True, slots=True)
class Transition:
    """Where an action leads, and what must hold first."""

    target: TaskState
    guards: tuple[Guard, ...] = ()


def _linguist(facts: Circumstances) -> None:
    if facts.role is Role.VIEWER:
        raise NotAllowedError("viewers may look only: ask an administrator for the role linguist")


def _lead(facts: Circumstances) -> None:
    if facts.role not in {Role.LEAD, Role.ADMIN}:
        raise NotAllowedError("only a lead may reopen what was approved: ask one")


def _holder(facts: Circumstances) -> None:
    if not facts.holds:
        raise LeaseLostError(facts.task_id)


def _no_errors(facts: Circumstances) -> None:
    if facts.error_count:
        raise NotAllowedError(
            f"{facts.error_count} error finding(s) are open: correct those cues, then approve"
        )


_WORK = (_linguist, _holder)

TRANSITIONS: Mapping[tuple[TaskState, Action], Transition] = MappingProxyType(
    {
        (TaskState.PENDING, Action.CLAIM): Transition(TaskState.IN_REVIEW, (_linguist,)),
        (TaskState.CHANGES_REQUESTED, Action.CLAIM): Transition(TaskState.IN_REVIEW, (_linguist,)),
        (TaskState.IN_REVIEW, Action.RENEW): Transition(TaskState.IN_REVIEW, _WORK),
        (TaskState.IN_REVIEW, Action.EDIT): Transition(TaskState.IN_REVIEW, _WORK),
        (TaskState.IN_REVIEW, Action.CONFIRM): Transition(TaskState.IN_REVIEW, _WORK),
        (TaskState.IN_REVIEW, Action.RELEASE): Transition(TaskState.PENDING, _WORK),
        (TaskState.IN_REVIEW, Action.EXPIRE): Transition(TaskState.PENDING),
        (TaskState.IN_REVIEW, Action.APPROVE): Transition(TaskState.APPROVED, (*_WORK, _no_errors)),
        (TaskState.IN_REVIEW, Action.REQUEST_CHANGES): Transition(
            TaskState.CHANGES_REQUESTED, _WORK
        ),
        (TaskState.APPROVED, Action.REOPEN): Transition(TaskState.CHANGES_REQUESTED, (_lead,)),
    }
)
"""Every move there is; what is not here is refused."""

_NEEDS_LEASE = frozenset(
    action for (_, action), transition in TRANSITIONS.items() if _holder in transition.guards
)


def next_state(state: TaskState, action: Action, facts: Circumstances) -> TaskState:
    """Where ``action`` leads.

    Raises:
        NotAllowedError: when the role, the state or an open finding forbids it.
        LeaseLostError: when it is work on the task by somebody who does not hold it.
    """
    transition = TRANSITIONS.get((state, action))
    if transition is None:
        if action in _NEEDS_LEASE and facts.role is not Role.VIEWER:
            # Whatever state the task is in by now, what its former holder must know is this.
            raise LeaseLostError(facts.task_id)
        raise NotAllowedError(f"you cannot {action} a task that is {state.replace('_', ' ')}")
    for guard in transition.guards:
        guard(facts)
    return transition.target


def state_now(stored: TaskState, *, lease_runs: bool) -> TaskState:
    """The state people see: a task whose lease has run out is back in the queue."""
    if stored is TaskState.IN_REVIEW and not lease_runs:
        return TRANSITIONS[stored, Action.EXPIRE].target
    return stored


def may_replace_draft(state: TaskState, *, human_work: bool) -> bool:
    """Whether a newer machine draft may take the place of the cues.

    Args:
        state: As `state_now` tells it, so never while somebody holds the task.
        human_work: Whether a person changed or ticked off any cue, or ever decided on the task.
    """
    return state is TaskState.PENDING and not human_work
