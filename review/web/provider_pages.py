"""Logging in through the identity provider: there and back."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from review.errors import NotAllowedError
from review.oidc.errors import NobodyHereError
from review.oidc.port import new_visit, visit_of
from review.web.cookies import is_secure
from review.web.login_pages import logged_in, login_form
from review.web.rendering import own_path
from review.web.services import Door, Parts, Services
from subtitles.errors import ReviewError

router = APIRouter(prefix="/login/provider")

_COOKIE = "polycue_visit"
_PATH = "/login/provider"
_LASTS_S = 600


@router.get("")
def go_to_provider(request: Request, parts: Parts, wanted: str = "/") -> Response:
    """Send the browser to the provider; it keeps what it needs to come back in a cookie."""
    door = _door(parts)
    visit = new_visit(own_path(wanted))
    try:
        place = door.provider.way_there(visit, _way_back(parts))
    except ReviewError as problem:
        return login_form(request, parts, wanted=wanted, name="", problem=problem)
    answer = RedirectResponse(place, status_code=303)
    answer.set_cookie(
        _COOKIE,
        visit.cookie(),
        max_age=_LASTS_S,
        path=_PATH,
        secure=is_secure(request, parts.settings),
        httponly=True,
        # Lax, so that it comes along when the provider sends the browser back.
        samesite="lax",
    )
    return answer


@router.get("/back")
def come_back(request: Request, parts: Parts) -> Response:
    """Open a session for whom the provider vouches for."""
    door = _door(parts)
    try:
        visit = visit_of(request.cookies.get(_COOKIE, ""))
        identity = door.provider.who_came_back(visit, _way_back(parts), request.query_params)
        user = parts.people.recognise(identity, newcomers=door.newcomers)
        if user is None:
            raise NobodyHereError(identity.name or identity.email)
    except ReviewError as problem:
        answer = login_form(request, parts, wanted="/", name="", problem=problem)
    else:
        answer = logged_in(request, parts, user, visit.wanted)
    answer.delete_cookie(_COOKIE, path=_PATH)
    return answer


def _door(parts: Services) -> Door:
    if parts.door is None:
        raise NotAllowedError("no identity provider is set: log in with your password")
    return parts.door


def _way_back(parts: Services) -> str:
    """Where the provider sends the browser; it has to be registered there."""
    return f"{parts.settings.address}{_PATH}/back"
