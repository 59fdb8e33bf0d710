"""Asking Prefect's server again while it is away: restarted, updated, or busy."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeVar

import httpx
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from flows.dispatching.errors import StarterDownError, StartRefusedError

T = TypeVar("T")

PATIENCE_S = 600.0
"""Longer than a server takes to come back after a crash, its database checked and migrated."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 15.0


async def patiently(
    ask: Callable[[], Awaitable[T]], what: str, *, patience_s: float = PATIENCE_S
) -> T:
    """What the server answers, asked again and again while it does not.

    Args:
        ask: Asks once; must do no harm when it is done twice.
        what: A deployment or another thing of the server's, for people.
        patience_s: For how long.

    Raises:
        StarterDownError: it did not answer all that time.
        StartRefusedError: it knows no such thing, or does not take what it was told.
    """
    deadline = time.monotonic() + patience_s
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            return await ask()
        except ObjectNotFound as error:
            why = "the server does not know it: run `prefect deploy --all`"
            raise StartRefusedError(what, why) from error
        except PrefectHTTPStatusError as error:
            status = error.response.status_code
            if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise StartRefusedError(what, f"the server answers {status}") from error
            problem = f"answers {status}"
        except (httpx.TransportError, OSError) as error:
            problem = f"does not answer ({str(error) or type(error).__name__})"
        if time.monotonic() > deadline:
            raise StarterDownError(f"the Prefect server {problem}")
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
