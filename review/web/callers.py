"""Who sent a request: somebody at a browser, or a program with a token; never both at once."""

from dataclasses import dataclass, replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from review.access.tokens import Scope
from review.tasks import User
from review.web.cookies import session_token
from review.web.problems import NotLoggedInError, TokenRefusedError, TwoCredentialsError
from review.web.services import Services

_SCHEME = "bearer "
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers by which a proxy says that somebody else asks."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is behind a request.

    Attributes:
        user: With the role they have everywhere; None for nobody.
        scopes: What the token is for; None for somebody at a browser.
    """

    user: User | None = None
    scopes: frozenset[Scope] | None = None


def bearer_secret(authorization: str) -> str | None:
    """The secret in an Authorization header; None for a header of another kind, or none."""
    if not authorization.lower().startswith(_SCHEME):
        return None
    return authorization[len(_SCHEME) :].strip()


def caller_of(request: Request, parts: Services, *, is_public: bool) -> Caller:
    """Who sent it.

    A token is looked at where somebody has to be known, and nowhere else. A cookie beside it is
    refused: browsers send cookies by themselves, and the check that a page of ours made the request
    (`review.web.shield`) is not made for tokens.

    Raises:
        TwoCredentialsError: a token and a cookie.
        NotLoggedInError: a token that opens nothing.
    """
    secret = bearer_secret(request.headers.get("authorization", ""))
    cookie = session_token(request, parts.settings)
    if secret is None:
        return Caller(parts.people.session_user(cookie) if cookie else None)
    if is_public:
        return Caller()
    if cookie:
        raise TwoCredentialsError
    bearer = parts.backend.tokens.bearer(secret)
    if bearer is None:
        raise NotLoggedInError(request.url.path)
    return Caller(bearer.user, bearer.scopes)


def is_from_this_machine(request: Request) -> bool:
    """Whether a program beside this server asks it, and not a proxy for somebody else.

    A proxy on this machine comes from a loopback address, too: it names whom it asks for, or keeps
    the name by which it was asked.
    """
    headers = request.headers
    if any(name in headers for name in _FORWARDED):
        return False
    host = request.client.host if request.client else ""
    name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    return _is_loopback(host) and (_is_loopback(name) or name == "localhost")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def require_scope(caller: Caller, needed: Scope | None) -> None:
    """Let a token do what it is for; somebody at a browser needs none.

    Raises:
        TokenRefusedError: it is for something else, or (``needed`` None) no token may do this.
    """
    if caller.scopes is not None and (needed is None or needed not in caller.scopes):
        raise TokenRefusedError(needed or "")


def on_the_spot(request: Request, parts: Services, user: User) -> User:
    """The person with the role they have here: on the task of the address, or else anywhere.

    Raises:
        UnknownTaskError: no such task, or none for this person.
    """
    task_id = request.path_params.get("task_id")
    if task_id is None:
        return replace(user, role=parts.backend.members.reach(user).highest_role)
    return replace(user, role=parts.backend.members.role_on(user, task_id))
