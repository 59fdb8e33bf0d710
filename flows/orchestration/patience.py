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

TROUBLES = (ObjectNotFound, PrefectHTTPStatusError, httpx.TransportError, RuntimeError, OSError)
"""What a question to the server ends in when it has no answer; Prefect's client adds the
``RuntimeError``."""

_DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_NOT_NOW = _DENIED | {HTTPStatus.TOO_MANY_REQUESTS}

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
        except TROUBLES as error:
            if not _passes(error) or time.monotonic() > deadline:
                raise what_it_means(error, what) from error
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


def _passes(error: Exception) -> bool:
    """Whether asking again may help without anybody doing anything."""
    if isinstance(error, PrefectHTTPStatusError):
        status = error.response.status_code
        busy = status == HTTPStatus.TOO_MANY_REQUESTS
        return busy or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return not isinstance(error, ObjectNotFound)


def what_it_means(error: Exception, what: str) -> StarterDownError | StartRefusedError:
    """One of `TROUBLES` in our words: the server is away, or does not want this at all.

    Args:
        error: What the question ended in.
        what: A deployment or another thing of the server's, for people.
    """
    if isinstance(error, ObjectNotFound):
        return StartRefusedError(what, "the server does not know it: run `prefect deploy --all`")
    if not isinstance(error, PrefectHTTPStatusError):
        problem = str(error) or type(error).__name__
        return StarterDownError(f"the Prefect server does not answer ({problem})")
    status = error.response.status_code
    if status in _NOT_NOW:
        return StarterDownError(
            f"the Prefect server answers {status}: check PREFECT_API_AUTH_STRING and its limits"
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return StarterDownError(f"the Prefect server answers {status}")
    return StartRefusedError(what, f"the Prefect server answers {status}")
