"""The JSON interface of one's own account: who one is, one's password, one's tokens."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from review.web.access import CurrentReach, CurrentUser
from review.web.access_bodies import (
    NewTokenAnswer,
    OwnAnswer,
    OwnPasswordBody,
    TokenAnswer,
    TokenBody,
    membership_answer,
    token_answer,
)
from review.web.cookies import clear_session, session_token, set_session
from review.web.problems import WrongCredentialsError
from review.web.services import Parts, client_address

router = APIRouter(prefix="/api/v1", tags=["account"])


@router.get("/me")
def api_me(reach: CurrentReach) -> OwnAnswer:
    """Who is asking, and what they may do; of a lead everywhere memberships are left out."""
    return OwnAnswer(
        user_id=reach.user.user_id,
        name=reach.user.name,
        role=reach.user.role,
        memberships=tuple(membership_answer(one) for one in reach.memberships),
    )


@router.delete("/session", status_code=204, response_class=Response)
def api_log_out(request: Request, response: Response, parts: Parts) -> None:
    """End the session."""
    parts.people.close_session(session_token(request, parts.settings))
    clear_session(response, request, parts.settings)


@router.put("/me/password", status_code=204, response_class=Response)
def api_change_password(
    request: Request, response: Response, parts: Parts, user: CurrentUser, body: OwnPasswordBody
) -> None:
    """Change one's own password; every other session of the account ends."""
    if parts.identify(user.name, body.current, client_address(request)) is None:
        raise WrongCredentialsError
    parts.people.set_password(user.name, body.password, by=user.user_id)
    token = parts.people.open_session(user.user_id, lifetime=parts.settings.session_lifetime)
    set_session(response, token, request, parts.settings)


@router.get("/tokens")
def api_tokens(parts: Parts, user: CurrentUser) -> tuple[TokenAnswer, ...]:
    """One's own tokens, newest first."""
    return tuple(token_answer(token) for token in parts.backend.tokens.tokens(user.user_id))


@router.post("/tokens", status_code=201)
def api_issue_token(parts: Parts, user: CurrentUser, body: TokenBody) -> NewTokenAnswer:
    """A new token; its secret is in this answer and nowhere else."""
    token, secret = parts.backend.tokens.issue(
        user.user_id, body.name, body.scopes, lifetime=timedelta(days=body.days)
    )
    return NewTokenAnswer(**token_answer(token).model_dump(), secret=secret)


@router.delete("/tokens/{token_id}", status_code=204, response_class=Response)
def api_revoke_token(parts: Parts, user: CurrentUser, token_id: str) -> None:
    """Make one of one's own tokens worthless."""
    parts.backend.tokens.revoke(token_id, owner_id=user.user_id)
