"""Some work here, the rest elsewhere."""

from collections.abc import Mapping

from flows.dispatching.port import Starter


class RoutedStarter:
    """Implements `flows.dispatching.port.Starter` with a starter for each deployment.

    Args:
        usual: Starts what nobody else is named for.
        others: Starters by deployments.
    """

    def __init__(self, usual: Starter, others: Mapping[str, Starter]) -> None:
        self._usual, self._others = usual, dict(others)

    def start(
        self, deployment: str, parameters: Mapping[str, object], idempotency_key: str
    ) -> bool:
        """See the port."""
        starter = self._others.get(deployment, self._usual)
        return starter.start(deployment, parameters, idempotency_key)
