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
        recognition_limit: Prefect's limit of titles that are recognised at a time; empty for none.
        translation_limit: The same of titles that are translated.
    """

    pipeline: Pipeline
    ended: Abandon
    recognition_limit: str = ""
    translation_limit: str = ""


# Prefect copies the context into its task threads; a pipeline must not travel as a parameter.
current_work: ContextVar[FlowWork] = ContextVar("current_work")
