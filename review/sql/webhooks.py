"""Webhooks in SQLite or PostgreSQL."""

import secrets
from collections.abc import Collection

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from review.access.log import AccessEventKind
from review.errors import UnknownTaskError
from review.hooks.errors import InvalidHookError
from review.hooks.port import DeliveryState, Webhook, new_secret
from review.outbox import TOLD_OUTSIDE, NoticeKind
from review.sql.access_log import record, require_user
from review.sql.database import reading, writing
from review.sql.outbox import notice_of
from review.sql.rows import require_known
from review.sql.schema_log import OutboxRow, WebhookDeliveryRow, WebhookRow
from review.sql.schema_people import UserRow
from review.store import Clock

_ID_BYTES = 9
_SWITCHED_OFF = "the webhook was switched off"


class SqlWebhooks:
    """Implements `review.hooks.port.Webhooks`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def add(self, url: str, kinds: Collection[NoticeKind], *, by: str) -> tuple[Webhook, str]:
        """See the port."""
        if not kinds:
            raise InvalidHookError("choose what it is told")
        if not TOLD_OUTSIDE.issuperset(kinds):
            untold = ", ".join(sorted(set(kinds) - TOLD_OUTSIDE))
            raise InvalidHookError(f"{untold} is told to nobody outside")
        secret, now = new_secret(), self._clock()
        row = WebhookRow(
            webhook_id=secrets.token_urlsafe(_ID_BYTES),
            url=url,
            secret=secret,
            kinds=sorted(set(kinds)),
            created_by=by,
            created_at=now,
        )
        with writing(self._engine) as session:
            name = require_user(session, by).name
            session.add(row)
            added = AccessEventKind.HOOK_ADDED
            record(session, added, url, " ".join(row.kinds), by=by, now=now)
        return _webhook_of(row, name, 0, ""), secret

    def webhooks(self) -> tuple[Webhook, ...]:
        """See the port."""
        listed = (
            select(WebhookRow, UserRow.name)
            .join(UserRow, UserRow.user_id == WebhookRow.created_by)
            .order_by(WebhookRow.created_at, WebhookRow.webhook_id)
        )
        waiting = (
            select(WebhookDeliveryRow.webhook_id, func.count())
            .where(WebhookDeliveryRow.next_try_at.is_not(None))
            .group_by(WebhookDeliveryRow.webhook_id)
        )
        with reading(self._engine) as session:
            counts = dict(session.execute(waiting).all())
            return tuple(
                _webhook_of(
                    row, name, counts.get(row.webhook_id, 0), _problem(session, row.webhook_id)
                )
                for row, name in session.execute(listed).all()
            )

    def set_active(self, webhook_id: str, *, active: bool, by: str) -> Webhook:
        """See the port."""
        with writing(self._engine) as session:
            row = _require_hook(session, webhook_id, lock=True)
            if row.is_active != active:
                row.is_active = active
                if not active:
                    _give_up(session, webhook_id)
                switched, now = AccessEventKind.HOOK_SWITCHED, self._clock()
                record(session, switched, row.url, "on" if active else "off", by=by, now=now)
        return next(one for one in self.webhooks() if one.webhook_id == webhook_id)

    def deliveries(self, webhook_id: str, *, limit: int = 100) -> tuple[DeliveryState, ...]:
        """See the port."""
        latest = (
            select(WebhookDeliveryRow, OutboxRow)
            .join(OutboxRow, OutboxRow.message_id == WebhookDeliveryRow.message_id)
            .where(WebhookDeliveryRow.webhook_id == webhook_id)
            .order_by(WebhookDeliveryRow.message_id.desc())
            .limit(limit)
        )
        with reading(self._engine) as session:
            _require_hook(session, webhook_id)
            return tuple(_state_of(row, message) for row, message in session.execute(latest))


def _give_up(session: Session, webhook_id: str) -> None:
    waiting = update(WebhookDeliveryRow).where(
        WebhookDeliveryRow.webhook_id == webhook_id, WebhookDeliveryRow.next_try_at.is_not(None)
    )
    session.execute(waiting.values(next_try_at=None, problem=_SWITCHED_OFF))


def _problem(session: Session, webhook_id: str) -> str:
    """What is wrong with the latest message that anything is known of."""
    known = (WebhookDeliveryRow.attempts > 0) | WebhookDeliveryRow.delivered_at.is_not(None)
    latest = (
        select(WebhookDeliveryRow.problem)
        .where(WebhookDeliveryRow.webhook_id == webhook_id, known)
        .order_by(WebhookDeliveryRow.message_id.desc())
        .limit(1)
    )
    return session.scalars(latest).first() or ""


def _require_hook(session: Session, webhook_id: str, *, lock: bool = False) -> WebhookRow:
    require_known("webhook", webhook_id)
    row = session.get(WebhookRow, webhook_id, with_for_update=lock)
    if row is None:
        raise UnknownTaskError("webhook", webhook_id)
    return row


def _webhook_of(row: WebhookRow, created_by: str, waiting_count: int, problem: str) -> Webhook:
    return Webhook(
        webhook_id=row.webhook_id,
        url=row.url,
        kinds=frozenset(map(NoticeKind, row.kinds)),
        is_active=row.is_active,
        created_by=created_by,
        created_at=row.created_at,
        waiting_count=waiting_count,
        problem=problem,
    )


def _state_of(row: WebhookDeliveryRow, message: OutboxRow) -> DeliveryState:
    return DeliveryState(
        notice=notice_of(message),
        attempts=row.attempts,
        delivered_at=row.delivered_at,
        next_try_at=row.next_try_at,
        problem=row.problem,
    )
