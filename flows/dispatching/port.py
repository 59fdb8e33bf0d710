"""The port of whoever starts work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

PUBLISH = "publish-approved/local"
LOCALIZE = "localize-title/local"
REDO = "redo-stale/local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One piece of work.

    Attributes:
        deployment: Which; as Prefect names it, flow and deployment.
        parameters: Of its flow, plain JSON values.
        idempotency_key: The same key never starts the work twice.
    """

    deployment: str
    parameters: Mapping[str, object]
    idempotency_key: str


class Starter(Protocol):
    """Starts work elsewhere, or does it at once."""

    def start(
        self, deployment: str, parameters: Mapping[str, object], idempotency_key: str
    ) -> bool:
        """Return once the work is accepted, somewhere where it outlives us, or done.

        True when it is done.

        The same key again is a success that starts nothing, as far as the starter can tell; all
        work is such that doing it twice changes nothing.

        Raises:
            StarterDownError: nothing can be started now.
            StartRefusedError: not this.
            WorkPutOffError: the work was done at once, failed, and has put its notices off.
            PolycueError: the work was done at once, and failed.
        """
        ...
