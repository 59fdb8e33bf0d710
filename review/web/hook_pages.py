"""Webhooks, for administrators: who is told, and what became of it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.errors import UnknownTaskError
from review.hooks.destinations import destination
from review.outbox import NoticeKind
from review.web.access import CurrentUser
from review.web.hook_bodies import HookForm
from review.web.problems import status_of
from review.web.rendering import page, see
from review.web.services import Parts, Services
from subtitles.errors import ReviewError

router = APIRouter(prefix="/webhooks")

KIND_NAMES = {
    NoticeKind.TASK_PARKED: "A draft was put into the queue",
    NoticeKind.SOURCE_APPROVED: "A transcript was approved",
    NoticeKind.TASK_APPROVED: "A text was approved",
    NoticeKind.TASK_PUBLISHED: "A text was published",
}


@router.get("")
def hooks_page(request: Request, parts: Parts) -> Response:
    """All webhooks, and a form for another."""
    return _hooks(request, parts)


@router.post("")
def add_hook(
    request: Request, parts: Parts, user: CurrentUser, form: Annotated[HookForm, Form()]
) -> Response:
    """A new webhook. The answer is the page itself: the secret stands in no address."""
    try:
        destination(form.url, allow_private=parts.settings.hooks_to_private)
        _, secret = parts.backend.webhooks.add(form.url, form.kinds, by=user.user_id)
    except ReviewError as problem:
        return _hooks(request, parts, url=form.url, problem=problem)
    return _hooks(request, parts, secret=secret)


@router.get("/{webhook_id}")
def hook_page(request: Request, parts: Parts, webhook_id: str) -> Response:
    """What one webhook was told, and what became of it."""
    hooks = {one.webhook_id: one for one in parts.backend.webhooks.webhooks()}
    if webhook_id not in hooks:
        raise UnknownTaskError("webhook", webhook_id)
    context = {
        "hook": hooks[webhook_id],
        "deliveries": parts.backend.webhooks.deliveries(webhook_id),
        "kind_names": KIND_NAMES,
    }
    return page(request, "webhook.html", context)


@router.post("/{webhook_id}/active")
def switch_hook(
    parts: Parts, user: CurrentUser, webhook_id: str, active: Annotated[bool, Form()]
) -> Response:
    """Switch a webhook off, which gives up what is on its way, or on again."""
    parts.backend.webhooks.set_active(webhook_id, active=active, by=user.user_id)
    return see(f"/webhooks/{webhook_id}", "saved")


def _hooks(
    request: Request,
    parts: Services,
    *,
    secret: str = "",
    url: str = "",
    problem: ReviewError | None = None,
) -> Response:
    context = {
        "hooks": parts.backend.webhooks.webhooks(),
        "kind_names": KIND_NAMES,
        "secret": secret,
        "url": url,
        "problem": str(problem) if problem else None,
    }
    status = status_of(problem) if problem else 200
    return page(request, "webhooks.html", context, status_code=status)
