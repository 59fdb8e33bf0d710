"""What the tasks of one flow run share."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.tasks import Task

from flows.aside import Abandon
from flows.pipeline import Pipeline
from subtitles.errors import PolycueError


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowWork:
    """What the tasks of one flow run share.

    Attributes:
        pipeline: Engines and stores.
        ended: Abandoned when the run ends, since Prefect waits for every task it has started.
    """

    pipeline: Pipeline
    ended: Abandon


# Prefect copies the context into its task threads; a pipeline must not travel as a parameter.
current_work: ContextVar[FlowWork] = ContextVar("current_work")


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry what another moment may cure (a locked database, a network), never our own errors."""
    return not isinstance(state.data, PolycueError)


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
