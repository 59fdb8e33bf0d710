"""One's own API tokens."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.access.tokens import Scope
from review.tasks import User
from review.web.access import CurrentUser
from review.web.access_forms import TokenForm
from review.web.problems import status_of
from review.web.rendering import page, see
from review.web.services import Parts, Services
from subtitles.errors import ReviewError

router = APIRouter(prefix="/account/tokens")

SCOPE_NAMES = {
    Scope.TASKS_READ: "See tasks, their text and their media",
    Scope.TASKS_WRITE: "Work on tasks: claim, edit, decide",
    Scope.EXPORT_READ: "Take subtitle files",
    Scope.ADMIN: "Manage people, projects and webhooks",
}
LIFETIMES = {30: "30 days", 90: "90 days", 365: "a year"}


@router.get("")
def tokens_page(request: Request, parts: Parts, user: CurrentUser) -> Response:
    """The tokens one has, and a form for another."""
    return _tokens(request, parts, user)


@router.post("")
def issue_token(
    request: Request, parts: Parts, user: CurrentUser, form: Annotated[TokenForm, Form()]
) -> Response:
    """A new token. The answer is the page itself: the secret stands in no address and no cookie."""
    lifetime = timedelta(days=form.days)
    try:
        _, secret = parts.backend.tokens.issue(
            user.user_id, form.name, form.scopes, lifetime=lifetime
        )
    except ReviewError as problem:
        return _tokens(request, parts, user, problem=problem)
    return _tokens(request, parts, user, secret=secret)


@router.post("/revoke")
def revoke_token(
    parts: Parts, user: CurrentUser, token_id: Annotated[str, Form(max_length=100)]
) -> Response:
    """Make one of one's own tokens worthless."""
    parts.backend.tokens.revoke(token_id, owner_id=user.user_id)
    return see("/account/tokens", "revoked")


def _tokens(
    request: Request,
    parts: Services,
    user: User,
    *,
    secret: str = "",
    problem: ReviewError | None = None,
) -> Response:
    now = parts.clock()
    context = {
        "tokens": [(one, one.is_valid(now)) for one in parts.backend.tokens.tokens(user.user_id)],
        "scope_names": SCOPE_NAMES,
        "lifetimes": LIFETIMES,
        "secret": secret,
        "problem": str(problem) if problem else None,
    }
    status = status_of(problem) if problem else 200
    return page(request, "tokens.html", context, status_code=status)
