"""The JSON interface of webhooks, for administrators."""

from fastapi import APIRouter

from review.hooks.destinations import destination
from review.web.access import CurrentUser
from review.web.access_bodies import ActiveBody
from review.web.hook_bodies import (
    DeliveryAnswer,
    HookAnswer,
    HookBody,
    NewHookAnswer,
    delivery_answer,
    hook_answer,
)
from review.web.services import Parts

router = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"])


@router.get("")
def api_hooks(parts: Parts) -> tuple[HookAnswer, ...]:
    """All webhooks, in the order in which they were added."""
    return tuple(hook_answer(one) for one in parts.backend.webhooks.webhooks())


@router.post("", status_code=201)
def api_add_hook(parts: Parts, user: CurrentUser, body: HookBody) -> NewHookAnswer:
    """A new webhook; the secret that signs its messages is in this answer and nowhere else."""
    destination(body.url, allow_private=parts.settings.hooks_to_private)
    webhook, secret = parts.backend.webhooks.add(body.url, body.kinds, by=user.user_id)
    return NewHookAnswer(**hook_answer(webhook).model_dump(), secret=secret)


@router.put("/{webhook_id}/active")
def api_switch_hook(
    parts: Parts, user: CurrentUser, webhook_id: str, body: ActiveBody
) -> HookAnswer:
    """Switch a webhook off, which gives up what is on its way, or on again."""
    switched = parts.backend.webhooks.set_active(webhook_id, active=body.is_active, by=user.user_id)
    return hook_answer(switched)


@router.get("/{webhook_id}/deliveries")
def api_deliveries(parts: Parts, webhook_id: str) -> tuple[DeliveryAnswer, ...]:
    """Its latest messages, newest first."""
    return tuple(delivery_answer(one) for one in parts.backend.webhooks.deliveries(webhook_id))
