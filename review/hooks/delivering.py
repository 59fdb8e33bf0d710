"""Brings what is due to its webhooks, round by round."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from review.hooks.errors import NotDeliveredError
from review.hooks.port import Delivery, DeliveryQueue
from review.hooks.signing import body_of, headers_of
from subtitles.errors import PolycueError

EVERY_S = 5.0
"""How often the server looks for what is due."""

_GRACE_S = 2.0
_log = logging.getLogger(__name__)


class Sender(Protocol):
    """The way to a webhook; `review.hooks.sending.HttpSender` is the real one."""

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Return once the receiver has taken it; NotDeliveredError when it has not."""
        ...


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of it."""

    delivered: int = 0
    failed: int = 0


def deliver_due(
    queue: DeliveryQueue,
    sender: Sender,
    clock: Callable[[], datetime],
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Tally:
    """Send everything that is due, the oldest first for each webhook, until nothing is or ``stop``.

    Raises:
        ReviewDatabaseError: the queue does not answer.
    """
    tally = Tally()
    while not stop() and (due := queue.take_due()):
        for delivery in due:
            if _delivered(queue, sender, delivery, clock()):
                tally.delivered += 1
            else:
                tally.failed += 1
    return tally


def _delivered(queue: DeliveryQueue, sender: Sender, delivery: Delivery, now: datetime) -> bool:
    body = body_of(delivery.notice)
    try:
        sender.send(delivery.url, headers_of(delivery, body, now), body)
    except NotDeliveredError as error:
        queue.failed(delivery, str(error))
        return False
    queue.delivered(delivery)
    return True


class Courier:
    """Delivers in a thread of its own, for as long as it is entered.

    What it is sending when it is left is sent again by the next one.
    """

    def __init__(
        self,
        queue: DeliveryQueue,
        sender: Sender,
        clock: Callable[[], datetime],
        *,
        every_s: float = EVERY_S,
    ) -> None:
        self._queue, self._sender, self._clock = queue, sender, clock
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=_GRACE_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                deliver_due(self._queue, self._sender, self._clock, stop=self._stop.is_set)
            except PolycueError as error:  # the database is away: it may come back
                _log.warning("webhooks wait: %s", error)
            self._stop.wait(self._every_s)
