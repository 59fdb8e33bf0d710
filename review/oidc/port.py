"""The port of the identity provider, and what is remembered while somebody is there."""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Protocol

from review.access.identity import Identity
from review.oidc.errors import ProviderLoginError

_BYTES = 32
_MAX_COOKIE_CHARS = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the browser of somebody who went to the provider keeps until they are back.

    It is their own, so nothing in it has to be hidden from them: ``state`` ties the way back to the
    browser that went, ``nonce`` the provider's answer to this visit, and ``verifier`` the exchange
    of the code to who began (RFC 7636).

    Attributes:
        wanted: The path to go on to.
    """

    state: str
    nonce: str
    verifier: str
    wanted: str

    def cookie(self) -> str:
        """As the value of a cookie."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()


class IdentityProvider(Protocol):
    """Where people of a team log in."""

    @property
    def name(self) -> str:
        """As people call it."""
        ...

    def way_there(self, visit: Visit, redirect_uri: str) -> str:
        """The address to send the browser to; ProviderLoginError when the provider is away."""
        ...

    def who_came_back(self, visit: Visit, redirect_uri: str, answer: Mapping[str, str]) -> Identity:
        """Whom the provider vouches for in what it sent along; ProviderLoginError for nobody."""
        ...


def new_visit(wanted: str) -> Visit:
    """A visit that nobody can guess."""
    state, nonce, verifier = (secrets.token_urlsafe(_BYTES) for _ in range(3))
    return Visit(state=state, nonce=nonce, verifier=verifier, wanted=wanted)


def visit_of(cookie: str) -> Visit:
    """What a cookie says; ProviderLoginError for one that says nothing."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cookie[:_MAX_COOKIE_CHARS].encode()))
        visit = Visit(**{name: str(found[name]) for name in Visit.__dataclass_fields__})
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError) as error:
        raise ProviderLoginError("this browser was not on its way there") from error
    return visit
