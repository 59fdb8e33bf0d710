"""Tables of what happened: the log, what was approved, and messages to the outside."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from review.sql.schema_base import SERIAL, Base


class EventRow(Base):
    """One line of the log; triggers refuse to change or delete it."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "task_id", "cue_id"),)

    event_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    cue_id: Mapped[str | None]
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("users.user_id"))
    actor: Mapped[str]  # the name as it was then
    kind: Mapped[str]
    detail: Mapped[str]
    at: Mapped[datetime]
    # A side effect of another event, not what somebody set out to do.
    is_implicit: Mapped[bool] = mapped_column(default=False, server_default=false())
    request_id: Mapped[str] = mapped_column(default="", server_default="")


class SnapshotRow(Base):
    """Approved text; triggers refuse to change or delete it."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("task_id", "epoch"),)

    snapshot_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    epoch: Mapped[int]
    sha256: Mapped[str]
    language: Mapped[str]
    srt: Mapped[str]
    vtt: Mapped[str]
    approved_by_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    approved_by: Mapped[str]
    approved_at: Mapped[datetime]
    # JSON texts, frozen with it: the cues as released, and where each of them came from.
    document: Mapped[str] = mapped_column(default="", server_default="")
    manifest: Mapped[str] = mapped_column(default="", server_default="")


class OutboxRow(Base):
    """A message to the outside, written with the change it tells of."""

    __tablename__ = "outbox"
    # What waits of a kind, found without walking through all that was ever told: of most kinds
    # nobody ticks anything off.
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "kind",
            "message_id",
            sqlite_where=text("delivered_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL"),
        ),
    )

    message_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    kind: Mapped[str]
    payload: Mapped[dict[str, str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    starts: Mapped[int] = mapped_column(default=0, server_default="0")
    next_try_at: Mapped[datetime | None] = mapped_column(default=None)


class WebhookRow(Base):
    """Where somebody wants to hear of events; ``secret`` signs what is sent."""

    __tablename__ = "webhooks"

    webhook_id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    secret: Mapped[str]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    created_by: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    created_at: Mapped[datetime]
    is_active: Mapped[bool] = mapped_column(default=True)


class WebhookDeliveryRow(Base):
    """One message on its way to one webhook."""

    __tablename__ = "webhook_deliveries"

    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.webhook_id"), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox.message_id"), primary_key=True)
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)  # None: done or given up
    attempts: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
    problem: Mapped[str] = mapped_column(default="")
