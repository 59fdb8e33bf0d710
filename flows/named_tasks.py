"""Review tasks as people name them on a command line."""

from review.tasks import ReviewTask

_SHORTEST_ID_PREFIX = 6


def is_named(task: ReviewTask, wanted: str) -> bool:
    """Whether a task is meant by its title, or by its id or the first six letters of it or more."""
    is_id = len(wanted) >= _SHORTEST_ID_PREFIX and task.task_id.startswith(wanted)
    return task.title == wanted or is_id
