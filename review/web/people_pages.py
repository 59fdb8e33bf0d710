"""Accounts, for administrators."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.errors import NotAllowedError
from review.tasks import Role
from review.web.access import CurrentUser
from review.web.login_pages import Name, Password
from review.web.problems import status_of
from review.web.rendering import page, see
from review.web.services import Parts, Services
from review.web.views import ROLE_NAMES
from subtitles.errors import ReviewError

router = APIRouter(prefix="/people")


@router.get("")
def people_page(request: Request, parts: Parts) -> Response:
    """Everybody with an account, and forms to add one and to reset a password."""
    return _people(request, parts, problem=None)


@router.post("")
def add_person(
    request: Request, parts: Parts, name: Name, password: Password, role: Annotated[Role, Form()]
) -> Response:
    """A new account."""
    try:
        parts.people.add_user(name, password, role)
    except ReviewError as problem:
        return _people(request, parts, problem=problem)
    return see("/people", "added")


@router.post("/password")
def reset_password(request: Request, parts: Parts, name: Name, password: Password) -> Response:
    """A new password for somebody who lost theirs; their sessions end."""
    try:
        parts.people.set_password(name, password)
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
        parts.people.set_active(name, active=active)
    except ReviewError as problem:
        return _people(request, parts, problem=problem)
    return see("/people", "saved")


def _people(request: Request, parts: Services, *, problem: ReviewError | None) -> Response:
    context = {
        "people": parts.people.users(),
        "role_names": ROLE_NAMES,
        "problem": str(problem) if problem else None,
    }
    status = status_of(problem) if problem else 200
    return page(request, "people.html", context, status_code=status)
