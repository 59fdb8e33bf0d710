"""Logging in and out, the first account, and one's own password."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from review.tasks import User
from review.web.access import CurrentUser
from review.web.cookies import clear_session, session_token, set_session
from review.web.problems import WebError, WrongCredentialsError, status_of
from review.web.rendering import own_path, page, see
from review.web.services import Parts, Services, client_address
from subtitles.errors import ReviewError

router = APIRouter()

Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=1000)]
Wanted = Annotated[str, Form(alias="next", max_length=2000)]


@router.get("/login")
def login_page(
    request: Request, parts: Parts, wanted: Annotated[str, Query(alias="next")] = "/"
) -> Response:
    """Ask for name and password."""
    if request.state.user is not None:
        return see(own_path(wanted))
    return login_form(request, parts, wanted=wanted, name="", problem=None)


@router.post("/login")
def log_in(
    request: Request, parts: Parts, name: Name, password: Password, wanted: Wanted = "/"
) -> Response:
    """Check them and open a session."""
    try:
        user = parts.identify(name, password, client_address(request))
        if user is None:
            raise WrongCredentialsError
    except WebError as problem:
        return login_form(request, parts, wanted=wanted, name=name, problem=problem)
    return logged_in(request, parts, user, own_path(wanted))


@router.post("/logout")
def log_out(request: Request, parts: Parts) -> Response:
    """End the session."""
    parts.people.close_session(session_token(request, parts.settings))
    answer = see("/login", "logged-out")
    clear_session(answer, request, parts.settings)
    return answer


@router.get("/setup")
def setup_page(request: Request, parts: Parts, token: str = "") -> Response:
    """Ask for the first account; NoSetupError unless the address is the one that was printed."""
    parts.first_run.check(token)
    return page(request, "setup.html", {"token": token, "name": "", "problem": None})


@router.post("/setup")
def set_up(
    request: Request,
    parts: Parts,
    token: Annotated[str, Form(max_length=200)],
    name: Name,
    password: Password,
) -> Response:
    """Make the first administrator and log in."""
    parts.first_run.check(token)
    try:
        user = parts.first_run.create_admin(token, name, password)
    except ReviewError as problem:
        context = {"token": token, "name": name, "problem": str(problem)}
        return page(request, "setup.html", context, status_code=status_of(problem))
    return logged_in(request, parts, user, "/")


@router.get("/account")
def account_page(request: Request, user: CurrentUser) -> Response:
    """One's own account."""
    return page(request, "account.html", {"person": user, "problem": None})


@router.post("/account/password")
def change_password(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    current: Password,
    password: Password,
) -> Response:
    """Change one's own password; every other session of the account ends."""
    try:
        if parts.identify(user.name, current, client_address(request)) is None:
            raise WrongCredentialsError
        parts.people.set_password(user.name, password)
    except ReviewError as problem:
        context = {"person": user, "problem": str(problem)}
        return page(request, "account.html", context, status_code=status_of(problem))
    return logged_in(request, parts, user, "/account?notice=password")


def logged_in(request: Request, parts: Services, user: User, path: str) -> Response:
    """A fresh session for every login, so that no earlier token can become a logged-in one."""
    lifetime = parts.settings.session_lifetime
    token = parts.people.open_session(user.user_id, lifetime=lifetime)
    answer = see(path)
    set_session(answer, token, request, parts.settings)
    return answer


def login_form(
    request: Request, parts: Services, *, wanted: str, name: str, problem: ReviewError | None
) -> Response:
    """The page to log in on, with what went wrong."""
    context = {
        "next": own_path(wanted),
        "name": name,
        "problem": str(problem) if problem else None,
        "no_accounts": parts.first_run.pending(),
        "provider": parts.door.provider.name if parts.door else "",
    }
    status = status_of(problem) if problem else 200
    return page(request, "login.html", context, status_code=status)
