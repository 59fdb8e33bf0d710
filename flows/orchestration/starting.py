"""Starts work as flow runs of deployments."""

from collections.abc import Mapping

from prefect.deployments import run_deployment

from flows.orchestration.patience import TROUBLES, what_it_means


class PrefectStarter:
    """Implements `flows.dispatching.port.Starter` on the server that the environment names.

    A run is accepted when the server has it, whether or not a worker is there to do it.
    """

    def start(
        self, deployment: str, parameters: Mapping[str, object], idempotency_key: str
    ) -> bool:
        """See the port."""
        try:
            # No subflow: who starts it neither waits for it nor owns it.
            run_deployment(
                deployment,
                parameters=dict(parameters),
                timeout=0,
                idempotency_key=idempotency_key,
                as_subflow=False,
            )
        except TROUBLES as error:
            raise what_it_means(error, deployment) from error
        return False
