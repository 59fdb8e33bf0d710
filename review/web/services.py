"""What every route needs, put together once by `create_app`."""

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.templating import Jinja2Templates

from review.backend import Backend
from review.oidc.port import IdentityProvider
from review.people import People
from review.store import Clock, ReviewStore
from review.tasks import Role, User
from review.web.first_run import FirstRun
from review.web.settings import WebSettings
from review.web.throttle import LoginThrottle


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Another way in than by password.

    Attributes:
        provider: Who vouches for people.
        newcomers: The role of somebody whom nobody has invited; None lets no such person in.
    """

    provider: IdentityProvider
    newcomers: Role | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts behind the pages.

    Attributes:
        backend: All that is kept.
        hashing: Lets few password checks run at once: argon2 takes 64 MiB each.
        door: None where people log in by password alone.
    """

    backend: Backend
    clock: Clock
    settings: WebSettings
    throttle: LoginThrottle
    first_run: FirstRun
    templates: Jinja2Templates
    hashing: BoundedSemaphore
    door: Door | None = None

    @property
    def store(self) -> ReviewStore:
        """The queue."""
        return self.backend.store

    @property
    def people(self) -> People:
        """Accounts and sessions."""
        return self.backend.people

    def identify(self, name: str, password: str, address: str) -> User | None:
        """Who that is, or None.

        Raises:
            TooManyLoginsError: after too many attempts for this account or from this address.
        """
        self.throttle.count(name, address)
        with self.hashing:
            user = self.people.authenticate(name, password)
        if user is not None:
            self.throttle.forgive(name, address)
        return user


def services(request: Request) -> Services:
    """The services of the application that got this request."""
    return cast(Services, request.app.state.services)


Parts = Annotated[Services, Depends(services)]


def client_address(request: Request) -> str:
    """Where the request comes from; behind a trusted proxy, what that proxy says."""
    return request.client.host if request.client else "unknown"
