"""What every route needs, put together once by `create_app`."""

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.templating import Jinja2Templates

from review.people import People
from review.store import Clock, ReviewStore
from review.tasks import User
from review.web.first_run import FirstRun
from review.web.settings import WebSettings
from review.web.throttle import LoginThrottle


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The parts behind the pages.

    Attributes:
        hashing: Lets few password checks run at once: argon2 takes 64 MiB each.
    """

    store: ReviewStore
    people: People
    clock: Clock
    settings: WebSettings
    throttle: LoginThrottle
    first_run: FirstRun
    templates: Jinja2Templates
    hashing: BoundedSemaphore

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
