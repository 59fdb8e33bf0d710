"""Accounts, for administrators."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.access.identity import Invitation, clean_email
from review.access.log import AccessEventKind
from review.errors import NotAllowedError
from review.tasks import Role
from review.web.access import CurrentUser
from review.web.login_pages import Name, Password
from review.web.person_pages import MembershipView, membership_view, project_names
from review.web.problems import status_of
from review.web.rendering import page, see
from review.web.services import Parts, Services
from review.web.views import ROLE_NAMES
from subtitles.errors import ReviewError

router = APIRouter(prefix="/people")

ACCESS_EVENT_NAMES = {
    AccessEventKind.USER_ADDED: "made an account",
    AccessEventKind.USER_INVITED: "invited",
    AccessEventKind.USER_LINKED: "came through the identity provider",
    AccessEventKind.USER_CLOSED: "closed the account",
    AccessEventKind.USER_OPENED: "opened the account again",
    AccessEventKind.ROLE_SET: "gave another role",
    AccessEventKind.PASSWORD_SET: "set a password",
    AccessEventKind.MEMBER_GRANTED: "gave a membership",
    AccessEventKind.MEMBER_WITHDRAWN: "took a membership back",
    AccessEventKind.PROJECT_ADDED: "made a project",
    AccessEventKind.PROJECT_CHANGED: "changed how a project is reviewed",
    AccessEventKind.TOKEN_ISSUED: "made a token",
    AccessEventKind.TOKEN_REVOKED: "revoked a token",
    AccessEventKind.HOOK_ADDED: "added a webhook",
    AccessEventKind.HOOK_SWITCHED: "switched a webhook",
    AccessEventKind.GLOSSARY_STORED: "stored the words of",
}


@router.get("")
def people_page(request: Request, parts: Parts) -> Response:
    """Everybody with an account, and forms to add one and to reset a password."""
    return _people(request, parts, problem=None)


@router.post("")
def add_person(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    name: Name,
    password: Password,
    role: Annotated[Role, Form()],
) -> Response:
    """A new account."""
    try:
        parts.people.add_user(name, password, role, by=user.user_id)
    except ReviewError as problem:
        return _people(request, parts, problem=problem)
    return see("/people", "added")


@router.post("/invitations")
def invite(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    name: Name,
    email: Annotated[str, Form(max_length=500)],
    role: Annotated[Role, Form()],
) -> Response:
    """A new account for somebody who logs in through the identity provider."""
    try:
        invitation = Invitation(name=name, role=role, email=clean_email(email))
        parts.people.invite(invitation, by=user.user_id)
    except ReviewError as problem:
        return _people(request, parts, problem=problem)
    return see("/people", "invited")


@router.post("/password")
def reset_password(
    request: Request, parts: Parts, user: CurrentUser, name: Name, password: Password
) -> Response:
    """A new password for somebody who lost theirs; their sessions end."""
    try:
        parts.people.set_password(name, password, by=user.user_id)
    except ReviewError as problem:
        return _people(request, parts, problem=problem)
    return see("/people", "password")


@router.post("/active")
def set_active(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    name: Name,
    active: Annotated[bool, Form()],
) -> Response:
    """Close somebody's account (which ends their sessions) or open it again."""
    try:
        if name == user.name and not active:
            raise NotAllowedError("you cannot close your own account: ask another administrator")
        parts.people.set_active(name, active=active, by=user.user_id)
    except ReviewError as problem:
        return _people(request, parts, problem=problem)
    return see("/people", "saved")


@router.get("/log")
def access_log_page(request: Request, parts: Parts) -> Response:
    """What was changed about people and projects, and by whom."""
    context = {"events": parts.backend.access_log.access_events(), "names": ACCESS_EVENT_NAMES}
    return page(request, "access_log.html", context)


def _people(request: Request, parts: Services, *, problem: ReviewError | None) -> Response:
    projects = project_names(parts)
    memberships: dict[str, list[MembershipView]] = {}
    for one in parts.backend.members.memberships():
        memberships.setdefault(one.user_id, []).append(membership_view(one, projects))
    context = {
        "people": parts.people.accounts(),
        "memberships": memberships,
        "role_names": ROLE_NAMES,
        "provider": parts.door.provider.name if parts.door else "",
        "problem": str(problem) if problem else None,
    }
    status = status_of(problem) if problem else 200
    return page(request, "people.html", context, status_code=status)
