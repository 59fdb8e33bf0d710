"""The ports of webhooks: who wants to be told, and what is on its way to them."""

import base64
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from review.outbox import Notice, NoticeKind

BACKOFF = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long to wait after each failure; after the last one a message is given up, some two days
after it was first sent: long enough for a receiver that fails on a Friday night."""

SENDING = timedelta(minutes=1)
"""For how long a message that somebody is sending is nobody else's: longer than a send may take."""

_SECRET_BYTES = 32
_SECRET_PREFIX = "whsec_"  # noqa: S105 (as Standard Webhooks marks a secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where somebody wants to hear of what happens in review.

    Attributes:
        kinds: Of what; never empty.
        waiting_count: Messages on their way.
        problem: What went wrong last; empty once a later message has arrived.
    """

    webhook_id: str
    url: str
    kinds: frozenset[NoticeKind]
    is_active: bool
    created_by: str
    created_at: datetime
    waiting_count: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to one webhook, for whoever sends it.

    Attributes:
        secret: Signs it (`review.hooks.signing`).
        attempts: How often it has failed so far.
    """

    webhook_id: str
    url: str
    secret: str
    notice: Notice
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryState:
    """How far one message has come, for people.

    Attributes:
        delivered_at: None while it has not arrived.
        next_try_at: None once it has arrived, or was given up.
        problem: What went wrong last.
    """

    notice: Notice
    attempts: int
    delivered_at: datetime | None
    next_try_at: datetime | None
    problem: str


class Webhooks(Protocol):
    """Who wants to be told. A webhook is told of what happens from when it was added on."""

    def add(self, url: str, kinds: Collection[NoticeKind], *, by: str) -> tuple[Webhook, str]:
        """A new webhook, and the secret with which its messages are signed, shown this once.

        The address is stored as it is: `review.hooks.destinations` says which may be.
        InvalidHookError without a kind.
        """
        ...

    def webhooks(self) -> tuple[Webhook, ...]:
        """All of them, in the order in which they were added."""
        ...

    def set_active(self, webhook_id: str, *, active: bool, by: str) -> Webhook:
        """Switch one off, which gives up what is on its way, or on again; UnknownTaskError."""
        ...

    def deliveries(self, webhook_id: str, *, limit: int = 100) -> tuple[DeliveryState, ...]:
        """Its latest messages, newest first; UnknownTaskError."""
        ...


class DeliveryQueue(Protocol):
    """What is on its way: one row for each webhook and message, written with the message."""

    def take_due(self) -> tuple[Delivery, ...]:
        """The oldest message that is due of each webhook, for the caller alone (`SENDING`).

        Whoever takes one says how it went; when he dies before, it is due again.
        """
        ...

    def delivered(self, delivery: Delivery) -> None:
        """It has arrived."""
        ...

    def failed(self, delivery: Delivery, problem: str) -> None:
        """It has not: it waits as `BACKOFF` says, or is given up.

        What else is on its way to that webhook waits as long, so that a receiver that is down is
        asked once and not for every message.
        """
        ...


def new_secret() -> str:
    """A secret in the form of Standard Webhooks."""
    return _SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def secret_bytes(secret: str) -> bytes:
    """The key in a secret."""
    return base64.b64decode(secret.removeprefix(_SECRET_PREFIX), validate=True)
