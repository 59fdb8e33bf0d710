"""Who may use which route: the one place where that is decided.

Every route has a name and a line in `review.web.rules.RULES`.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, cast

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from review.access.roles import Reach, roles_from
from review.access.tokens import Scope
from review.tasks import Role, User
from review.web.callers import caller_of, is_from_this_machine, on_the_spot, require_scope
from review.web.problems import ForbiddenError, NotLoggedInError, UnruledRouteError
from review.web.rules import OPEN_ON_LOOPBACK, RULES, SCOPES, Access
from review.web.services import services

__all__ = ["RULES", "Access"]


ROLES: Mapping[Access, frozenset[Role]] = MappingProxyType(
    {
        Access.LOGIN: roles_from(Role.GUEST),
        Access.LINGUIST: roles_from(Role.LINGUIST),
        Access.LEAD: roles_from(Role.LEAD),
        Access.ADMIN: roles_from(Role.ADMIN),
    }
)
"""Roles on the task in the address, if there is one; else the highest a person has anywhere."""


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


def scope_of(name: str, path: str, method: str) -> Scope | None:
    """What a token must be for to use a route; None where no token may."""
    if name in SCOPES or not path.startswith("/api/") or RULES[name] is Access.PUBLIC:
        return SCOPES.get(name)
    if RULES[name] is Access.ADMIN:
        return Scope.ADMIN
    return Scope.TASKS_READ if method in {"GET", "HEAD"} else Scope.TASKS_WRITE


def guard(request: Request) -> None:
    """Let a request through, or not; leaves the person in ``request.state``.

    ``person`` has the role they have everywhere, ``user`` the one they have here.

    Raises:
        NotLoggedInError: nobody is logged in and somebody must be.
        ForbiddenError: this person may not.
        TokenRefusedError: this token is not for that.
        UnknownTaskError: the task in the address is none, or none for this person.
    """
    parts, route = services(request), request.scope["route"]
    access = RULES[route.name]
    if route.name in OPEN_ON_LOOPBACK and is_from_this_machine(request):
        request.state.person = request.state.user = None
        return
    caller = caller_of(request, parts, is_public=access is Access.PUBLIC)
    request.state.person = request.state.user = user = caller.user
    if access is Access.PUBLIC:
        return
    if user is None or not user.is_active:
        raise NotLoggedInError(request.url.path)
    require_scope(caller, scope_of(route.name, route.path, request.method))
    request.state.user = on_the_spot(request, parts, user)
    if not may(request.state.user, access):
        raise ForbiddenError(access.value)


def current_user(request: Request) -> User:
    """The person `guard` let in, with their role here; only for routes that need somebody."""
    user = cast("User | None", request.state.user)
    if user is None:
        raise NotLoggedInError(request.url.path)
    return user


CurrentUser = Annotated[User, Depends(current_user)]


def current_reach(request: Request) -> Reach:
    """What the person `guard` let in may do, and where; for routes about many tasks."""
    person = cast("User | None", request.state.person)
    if person is None:
        raise NotLoggedInError(request.url.path)
    return services(request).backend.members.reach(person)


CurrentReach = Annotated[Reach, Depends(current_reach)]
