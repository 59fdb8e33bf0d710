"""How every task is run, and how it ends; loads no stage of any title."""

from typing import Any

from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.tasks import Task

from flows.artifacts.errors import StoreUnreachableError
from subtitles.errors import PolycueError


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry what another moment may cure (a locked database, a network), not our other errors."""
    return isinstance(state.data, StoreUnreachableError) or not isinstance(state.data, PolycueError)


OPTIONS: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "retries": 2,
    "retry_delay_seconds": [1.0, 5.0],
    "retry_condition_fn": _may_pass,
}
"""Of every task."""


def ended(*, cached: bool, data: object) -> State[Any]:
    """How a task ends; what was stored already shows by the state's name."""
    return Completed(name="Cached" if cached else "Completed", data=data)
