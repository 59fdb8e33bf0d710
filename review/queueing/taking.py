"""The next task for somebody."""

from review.access.roles import Reach
from review.errors import NotAllowedError, TaskHeldError
from review.queueing.filters import Filters
from review.queueing.port import Queue
from review.store import ReviewStore

_AT_ONCE = 16
"""How many free tasks are looked up together: so many others may be faster before a new look."""


def take_next(queue: Queue, store: ReviewStore, filters: Filters, reach: Reach) -> str | None:
    """Claim the first task that matches and is free; its id, or None when there is none."""
    refused: set[str] = set()
    while True:
        found = queue.free(filters, reach, _AT_ONCE + len(refused))
        fresh = [task_id for task_id in found if task_id not in refused]
        if not fresh:
            return None
        for task_id in fresh:
            try:
                store.claim(task_id, reach.user.user_id)
            except (TaskHeldError, NotAllowedError):
                refused.add(task_id)  # somebody was faster, or has just got it first
            else:
                return task_id
