"""A title that another run works on: the run of a deployment waits for its turn."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect import runtime
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import Abort
from prefect.states import AwaitingRetry

from flows.errors import TitleBusyError

MOST_TRIES = 200
"""About a day and a half; a title that is held for longer needs somebody to look at it."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 20.0, 600.0


def pause_s(tries: int) -> float:
    """How long a run waits that has found its title busy so many times: longer and longer."""
    return float(min(_FIRST_PAUSE_S * 2 ** min(tries - 1, 16), _LONGEST_PAUSE_S))


def wait_for_turn(busy: TitleBusyError) -> None:
    """End this process and have a worker start the run again later; the queue goes on meanwhile.

    Does nothing where no worker would (a run that somebody started from a terminal) and after
    `MOST_TRIES`: then the run fails with ``busy``.

    Raises:
        Abort: what Prefect ends the process by, without touching the run's state.
    """
    tries = int(runtime.flow_run.run_count or 1)
    if not runtime.deployment.id or tries >= MOST_TRIES:
        return
    again_at = datetime.now(UTC) + timedelta(seconds=pause_s(tries))
    waiting: State[None] = AwaitingRetry(scheduled_time=again_at, message=str(busy))
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(UUID(str(runtime.flow_run.id)), waiting)
    raise Abort(str(busy))
