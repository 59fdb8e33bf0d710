"""The key by which the queue is in its order."""

from datetime import UTC, datetime

from review.tasks import CLOSED, Priority, TaskState

FIRST_CLOSED = "1"
"""Open tasks have places before this, closed ones places from here on."""

_NEVER = "9" * 14
_TO_THE_SECOND = "%Y%m%d%H%M%S"
_TO_THE_MICROSECOND = f"{_TO_THE_SECOND}%f"


def place_of(
    state: TaskState,
    priority: int,
    due_at: datetime | None,
    *,
    created_at: datetime,
    task_id: str,
) -> str:
    """Where a task stands: open ones first, then by priority, by when it is due, by age.

    Digits of fixed length and the id, which sort alike in every database and collation: one index
    holds the queue in its order, where four columns, one of them with nulls, would need a sort.
    """
    closed = FIRST_CLOSED if state in CLOSED else "0"
    rank = max(Priority) - priority
    due = _NEVER if due_at is None else due_at.astimezone(UTC).strftime(_TO_THE_SECOND)
    created = created_at.astimezone(UTC).strftime(_TO_THE_MICROSECOND)
    return f"{closed}{rank}{due}{created}{task_id}"
