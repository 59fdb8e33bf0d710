"""Starts work as flow runs of deployments."""

from collections.abc import Mapping
from http import HTTPStatus

import httpx
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from flows.dispatching.errors import StarterDownError, StartRefusedError

_NOT_NOW = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})


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
        except ObjectNotFound as error:
            raise StartRefusedError(
                deployment, "the server does not know it: run `prefect deploy --all`"
            ) from error
        except PrefectHTTPStatusError as error:
            raise _refusal(deployment, error) from error
        except (httpx.TransportError, RuntimeError, OSError) as error:
            what = str(error) or type(error).__name__
            raise StarterDownError(f"the Prefect server does not answer ({what})") from error
        return False


def _refusal(
    deployment: str, error: PrefectHTTPStatusError
) -> StarterDownError | StartRefusedError:
    status = error.response.status_code
    if status in _NOT_NOW:
        return StarterDownError(
            f"the Prefect server answers {status}: check PREFECT_API_AUTH_STRING and its limits"
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return StarterDownError(f"the Prefect server answers {status}")
    return StartRefusedError(deployment, f"the Prefect server answers {status} to its parameters")
