"""What the tasks of one flow run share."""

from contextvars import ContextVar
from dataclasses import dataclass

from flows.aside import Abandon
from flows.pipeline import Pipeline


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
