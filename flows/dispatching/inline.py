"""Work done at once, in this process: for teams without Prefect."""

from collections.abc import Callable, Mapping

from flows.dispatching.errors import StartRefusedError

Work = Callable[[Mapping[str, object]], None]
"""One piece of work, done when it returns; takes the parameters of its flow."""


class InlineStarter:
    """Implements `flows.dispatching.port.Starter` by doing the work.

    It remembers no keys: a notice is ticked off when its work is done, and work that was done
    already changes nothing.
    """

    def __init__(self, works: Mapping[str, Work]) -> None:
        self._works = dict(works)

    def start(
        self,
        deployment: str,
        parameters: Mapping[str, object],
        idempotency_key: str,  # noqa: ARG002 - of the port
    ) -> bool:
        """See the port."""
        work = self._works.get(deployment)
        if work is None:
            raise StartRefusedError(deployment, "this process has no such work")
        work(parameters)
        return True
