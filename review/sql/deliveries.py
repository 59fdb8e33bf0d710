"""What is on its way to webhooks, in SQLite or PostgreSQL."""

from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from review.errors import UnknownTaskError
from review.hooks.port import BACKOFF, SENDING, Delivery
from review.sql.database import writing
from review.sql.outbox import notice_of
from review.sql.schema_log import OutboxRow, WebhookDeliveryRow, WebhookRow
from review.store import Clock

_AT_ONCE = 5
"""So many, at ten seconds each at most, are sent before `SENDING` has passed for the last."""


class SqlDeliveryQueue:
    """Implements `review.hooks.port.DeliveryQueue`; safe to share between processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def take_due(self) -> tuple[Delivery, ...]:
        """See the port."""
        with writing(self._engine) as session:
            now = self._clock()
            taken = [
                (hook, delivery)
                for hook in _hooks_with_something_due(session, now)
                if (delivery := _oldest_due(session, hook, now)) is not None
            ]
            for _, delivery in taken:
                delivery.next_try_at = now + SENDING
            return tuple(_delivery_of(session, hook, delivery) for hook, delivery in taken)

    def delivered(self, delivery: Delivery) -> None:
        """See the port."""
        with writing(self._engine) as session:
            row = _require_delivery(session, delivery)
            row.delivered_at, row.next_try_at, row.problem = self._clock(), None, ""

    def failed(self, delivery: Delivery, problem: str) -> None:
        """See the port."""
        with writing(self._engine) as session:
            row, now = _require_delivery(session, delivery), self._clock()
            row.attempts += 1
            row.problem = problem
            # None: it was given up while it was on its way.
            goes_on = row.next_try_at is not None and row.attempts <= len(BACKOFF)
            row.next_try_at = now + BACKOFF[row.attempts - 1] if goes_on else None
            session.flush()
            if row.next_try_at is not None:
                others = update(WebhookDeliveryRow).where(
                    WebhookDeliveryRow.webhook_id == delivery.webhook_id,
                    WebhookDeliveryRow.next_try_at < row.next_try_at,
                )
                session.execute(others.values(next_try_at=row.next_try_at))


def _hooks_with_something_due(session: Session, now: datetime) -> list[WebhookRow]:
    due = select(WebhookDeliveryRow.webhook_id).where(WebhookDeliveryRow.next_try_at <= now)
    hooks = select(WebhookRow).where(WebhookRow.is_active, WebhookRow.webhook_id.in_(due))
    # Who sends for a webhook is alone with it; another sender takes what is left.
    locked = hooks.order_by(WebhookRow.webhook_id).limit(_AT_ONCE).with_for_update(skip_locked=True)
    return list(session.scalars(locked))


def _oldest_due(session: Session, hook: WebhookRow, now: datetime) -> WebhookDeliveryRow | None:
    oldest = (
        select(WebhookDeliveryRow)
        .where(
            WebhookDeliveryRow.webhook_id == hook.webhook_id,
            WebhookDeliveryRow.next_try_at <= now,
        )
        .order_by(WebhookDeliveryRow.message_id)
        .limit(1)
    )
    return session.scalars(oldest).first()


def _delivery_of(session: Session, hook: WebhookRow, row: WebhookDeliveryRow) -> Delivery:
    return Delivery(
        webhook_id=hook.webhook_id,
        url=hook.url,
        secret=hook.secret,
        notice=notice_of(session.get_one(OutboxRow, row.message_id)),
        attempts=row.attempts,
    )


def _require_delivery(session: Session, delivery: Delivery) -> WebhookDeliveryRow:
    key = delivery.webhook_id, delivery.notice.notice_id
    row = session.get(WebhookDeliveryRow, key, with_for_update=True)
    if row is None:
        raise UnknownTaskError("delivery", f"{key[0]}/{key[1]}")
    return row
