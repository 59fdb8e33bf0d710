"""Who may use which route: the one place where that is decided.

Every route has a name and a line in `RULES`; `create_app` refuses to start with a route that has
none, so a forgotten rule is found at once and not by a stranger.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from review.tasks import Role, User
from review.web.cookies import session_token
from review.web.problems import ForbiddenError, NotLoggedInError, UnruledRouteError
from review.web.services import services


class Access(StrEnum):
    """Who may use a route."""

    PUBLIC = "public"
    LOGIN = "login"
    LINGUIST = "linguist"
    LEAD = "lead"
    ADMIN = "admin"


_EDITORS = frozenset({Role.LINGUIST, Role.LEAD, Role.ADMIN})
ROLES: Mapping[Access, frozenset[Role]] = MappingProxyType(
    {
        Access.LOGIN: frozenset(Role),
        Access.LINGUIST: _EDITORS,
        Access.LEAD: frozenset({Role.LEAD, Role.ADMIN}),
        Access.ADMIN: frozenset({Role.ADMIN}),
    }
)

RULES: Mapping[str, Access] = MappingProxyType(
    {
        # Reached before anybody is logged in.
        "static": Access.PUBLIC,
        "health": Access.PUBLIC,
        "login_page": Access.PUBLIC,
        "log_in": Access.PUBLIC,
        "setup_page": Access.PUBLIC,
        "set_up": Access.PUBLIC,
        "api_log_in": Access.PUBLIC,
        # Looking.
        "log_out": Access.LOGIN,
        "account_page": Access.LOGIN,
        "change_password": Access.LOGIN,
        "queue_page": Access.LOGIN,
        "task_page": Access.LOGIN,
        "history_page": Access.LOGIN,
        "media": Access.LOGIN,
        "export": Access.LOGIN,
        "api_cues": Access.LOGIN,
        "api_cue": Access.LOGIN,
        "api_events": Access.LOGIN,
        "api_offers": Access.LOGIN,
        # Working.
        "take_next": Access.LINGUIST,
        "claim": Access.LINGUIST,
        "release": Access.LINGUIST,
        "cue_page": Access.LINGUIST,
        "edit_cue": Access.LINGUIST,
        "approve": Access.LINGUIST,
        "request_changes": Access.LINGUIST,
        "api_claim": Access.LINGUIST,
        "api_heartbeat": Access.LINGUIST,
        "api_edit_cue": Access.LINGUIST,
        "api_confirm_cue": Access.LINGUIST,
        "reopen": Access.LEAD,
        # People.
        "people_page": Access.ADMIN,
        "add_person": Access.ADMIN,
        "reset_password": Access.ADMIN,
        "set_active": Access.ADMIN,
    }
)


def may(user: User | None, access: Access) -> bool:
    """Whether this person (None: nobody is logged in) may use routes of this kind."""
    return access is Access.PUBLIC or (
        user is not None and user.is_active and user.role in ROLES[access]
    )


def check_rules(routes: Iterable[APIRoute]) -> None:
    """Refuse routes without a rule, and two routes of one name.

    Raises:
        UnruledRouteError: naming the route.
    """
    seen: set[str] = set()
    for route in routes:
        if route.name not in RULES or route.name in seen:
            raise UnruledRouteError(route.name, route.path)
        seen.add(route.name)


def guard(request: Request) -> None:
    """Let a request through, or not; leaves the person in ``request.state.user``.

    Raises:
        NotLoggedInError: nobody is logged in and somebody must be.
        ForbiddenError: this person may not.
    """
    parts = services(request)
    token = session_token(request, parts.settings)
    user = parts.people.session_user(token) if token else None
    request.state.user = user
    access = RULES[request.scope["route"].name]
    if may(user, access):
        return
    if user is None or not user.is_active:
        raise NotLoggedInError(request.url.path)
    raise ForbiddenError(access.value)


def current_user(request: Request) -> User:
    """The person `guard` let in; only for routes that need somebody."""
    user = cast("User | None", request.state.user)
    if user is None:
        raise NotLoggedInError(request.url.path)
    return user


CurrentUser = Annotated[User, Depends(current_user)]
