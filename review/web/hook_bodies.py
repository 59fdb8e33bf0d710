"""What the interface and the forms say of webhooks."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from review.hooks.port import DeliveryState, Webhook
from review.outbox import NoticeKind
from review.web.bodies import StrictBody


class HookForm(BaseModel):
    """A new webhook, as the plain form sends it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    url: str = Field(max_length=5000)
    kinds: frozenset[NoticeKind] = frozenset()


class HookBody(StrictBody):
    """A new webhook."""

    url: str = Field(max_length=5000)
    kinds: frozenset[NoticeKind]


class HookAnswer(BaseModel):
    """Where somebody wants to hear of what happens."""

    webhook_id: str
    url: str
    kinds: tuple[NoticeKind, ...]
    is_active: bool
    created_by: str
    created_at: datetime
    waiting_count: int
    problem: str


class NewHookAnswer(HookAnswer):
    """A webhook that was just made, with the secret that is shown this once."""

    secret: str


class DeliveryAnswer(BaseModel):
    """How far one message has come."""

    message_id: int
    kind: NoticeKind
    task_id: str
    created_at: datetime
    attempts: int
    delivered_at: datetime | None
    next_try_at: datetime | None
    problem: str


def hook_answer(webhook: Webhook) -> HookAnswer:
    """A webhook as programs read it."""
    return HookAnswer(
        webhook_id=webhook.webhook_id,
        url=webhook.url,
        kinds=tuple(sorted(webhook.kinds)),
        is_active=webhook.is_active,
        created_by=webhook.created_by,
        created_at=webhook.created_at,
        waiting_count=webhook.waiting_count,
        problem=webhook.problem,
    )


def delivery_answer(state: DeliveryState) -> DeliveryAnswer:
    """A message on its way as programs read it."""
    return DeliveryAnswer(
        message_id=state.notice.notice_id,
        kind=state.notice.kind,
        task_id=state.notice.task_id,
        created_at=state.notice.created_at,
        attempts=state.attempts,
        delivered_at=state.delivered_at,
        next_try_at=state.next_try_at,
        problem=state.problem,
    )
