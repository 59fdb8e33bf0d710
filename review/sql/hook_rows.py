"""A row for each webhook that is told of a message, written with the message."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.sql.schema_log import OutboxRow, WebhookDeliveryRow, WebhookRow


def enqueue(session: Session, message: OutboxRow) -> None:
    """Put a message that was just stored on its way to every webhook that wants its kind."""
    session.flush()  # gives the message its number
    active = select(WebhookRow).where(WebhookRow.is_active).order_by(WebhookRow.webhook_id)
    session.add_all(
        WebhookDeliveryRow(
            webhook_id=hook.webhook_id,
            message_id=message.message_id,
            next_try_at=message.created_at,
        )
        for hook in session.scalars(active)
        if message.kind in hook.kinds
    )
